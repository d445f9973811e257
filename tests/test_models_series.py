"""Many claims, one preferred value a point: the rule of the view `series`, case by case."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import (
    ArticleRecord,
    Claim,
    UnknownName,
    latest,
    link_copies,
    load_article,
    load_catalogue,
    open_database,
    reading,
    series,
    writing,
)
from tests.test_models_load import ARTICLE, GRADE, INDICATORS, LATE, PLACES, RANK

Q1, Q2 = "2024-01-01/2024-03-31", "2024-04-01/2024-06-30"


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    return fresh_db


def article(name: str, **slots: Any) -> ArticleRecord:
    base = {"identity": name, "content_hash": name, "text": f"{ARTICLE.text} {name}", "locality": "56", "source": name}
    base["url"] = f"https://{name}.example/dien-khanh"
    return replace(ARTICLE, **{**base, **slots})


def say(value: str, **slots: Any) -> Claim:
    return replace(LATE, value=Decimal(value), mentions=(), **slots)


def load(db: Engine, *said: tuple[ArticleRecord, Claim]) -> None:
    for record, claim in said:
        with writing(db) as conn:
            load_article(conn, record, [claim], now=record.fetched_at)
            link_copies(conn)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((article("z"), say("1.3")), (article("a"), say("1.25", derived=True))),
        ((article("z"), say("1.3")), (article("a"), say("1.25", bound="approx"))),
        ((article("z"), say("1.3", bound="approx")), (article("a"), say("1.25", bound="gt"))),
        ((article("z", locality="575"), say("1.3")), (article("a"), say("1.25"))),
        ((article("z", published=date(2024, 2, 2)), say("1.3")), (article("a"), say("1.25"))),
        ((article("z"), say("1.3")), (article("a", published=None), say("1.25"))),
        ((article("z"), say("1.3", confidence=0.95)), (article("a"), say("1.25"))),
    ],
    ids=["printed", "exact", "approximate", "own report", "later", "dated", "surer"],
)
def test_the_better_claim_is_preferred_whatever_came_first(db: Engine, better: Any, worse: Any) -> None:
    load(db, worse, better)
    (row,) = series(db)
    assert (row.value, row.claims, row.sources, row.different_values) == (Decimal("1.3"), 2, 1, 2)


def test_several_sources_before_one_and_copies_count_once(db: Engine) -> None:
    copies = [(article(name, text="Cùng một bài viết.", published=date(2024, 3, 3)), say("1.25")) for name in "abc"]
    load(db, *copies, (article("x"), say("1.3")), (article("y"), say("1.3")))
    (row,) = series(db)
    assert (row.value, row.claims, row.sources) == (Decimal("1.3"), 5, 2)


def test_a_withdrawn_claim_is_no_longer_preferred(db: Engine) -> None:
    record = article("a", locality="575")
    load(db, (record, say("1.25")), (article("b"), say("1.3")))
    with writing(db) as conn:
        load_article(conn, replace(record, content_hash="a2"), [], now=record.fetched_at)
    assert [(row.value, row.claims) for row in series(db)] == [(Decimal("1.3"), 1)]


def test_the_order_of_loading_does_not_show(fresh_url: str) -> None:
    said = [
        (article(f"{name}{day}", published=date(2024, 1, day)), say(value, period=period))
        for name, day in itertools.product("ab", (1, 2))
        for value, period in (("1.25", Q1), ("1.3", Q2))
    ]
    once = filled(fresh_url, said)
    random.Random(7).shuffle(said)
    again = filled("sqlite://", said)
    assert series(once) == series(again)
    assert len(series(once)) == 2


def filled(url: str, said: list[tuple[ArticleRecord, Claim]]) -> Engine:
    engine = open_database(url, create=True)
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    by_article = itertools.groupby(sorted(said, key=lambda one: one[0].identity), key=lambda one: one[0])
    groups = [(record, [claim for _, claim in group]) for record, group in by_article]
    random.Random(len(url)).shuffle(groups)
    for record, claims in groups:
        with writing(engine) as conn:
            load_article(conn, record, claims, now=record.fetched_at)
    return engine


def test_series_are_asked_for_by_code_name_and_period(db: Engine) -> None:
    load(
        db, (article("a"), say("1.25")), (article("b"), replace(RANK, mentions=())), (article("c"), say("2", period=Q1))
    )
    load(db, (article("d"), say("3", locality="56", status="target")))

    def values(**asked: Any) -> list[str]:
        return [row.value_text for row in series(db, **asked)]

    assert values() == ["3", "1.25", "2", "3"]
    assert (
        values(locality="575")
        == values(locality="diên khánh")
        == values(locality="Huyện Diên Khánh")
        == ["1.25", "2", "3"]
    )
    assert values(locality="Khánh Hòa", status="target") == ["3"]
    assert values(indicator="par.index") == values(indicator="chỉ số cải cách hành chính") == ["3"]
    assert values(period="2024-Q1") == values(period=Q1) == values(since=date(2024, 1, 1)) == ["2"]
    assert values(until=date(2023, 5, 1), measure="level", status="actual") == ["1.25"]
    assert values(scope="province") == []


def test_an_unknown_name_is_told_with_its_neighbours(db: Engine) -> None:
    with pytest.raises(UnknownName, match="no locality 'Dien Khanh' in the database; close to it: Diên Khánh"):
        series(db, locality="Dien Khanh")
    with pytest.raises(UnknownName, match=r"no indicator 'xyz' in the database$"):
        series(db, indicator="xyz")


def test_latest_is_the_last_known_figure_with_labels(db: Engine) -> None:
    load(db, (article("a"), say("1.25")), (article("b"), say("0.9", period=Q2, status="estimate")))
    load(db, (article("c"), say("0.5", period="2025-01-01/2025-12-31", status="target")))
    load(db, (article("d"), replace(GRADE, mentions=())))
    rows = [(r.locality_name, r.indicator_vi, r.time_period, r.value_text, r.status) for r in latest(db)]
    assert rows == [
        ("Huyện Diên Khánh", "Tỷ lệ hồ sơ trễ hạn", "2024-Q2", "0.9", "estimate"),
        ("Huyện Diên Khánh", "Chỉ số cải cách hành chính", "2023", "Khá", "actual"),
    ]


@pytest.mark.parametrize(
    ("view", "start"),
    [
        ("latest", ["Huyện Diên Khánh", "Tỷ lệ hồ sơ trễ hạn", "2023", "1.25", "percent"]),
        ("series", ["575", "Huyện Diên Khánh", "Tỉnh Khánh Hòa", None, "2025-06-30", "ends 2025-06-30"]),
        ("claims", ["575", "Huyện Diên Khánh", "Tỉnh Khánh Hòa", "dossier.late_rate", "Tỷ lệ hồ sơ trễ hạn"]),
    ],
)
def test_a_person_can_read_the_first_columns_of_a_view(db: Engine, view: str, start: list[str | None]) -> None:
    load(db, (article("a"), say("1.25")))
    with reading(db) as conn:
        (row,) = conn.execute(text(f"SELECT * FROM {view}"))
    assert [str(one) if isinstance(one, date) else one for one in row[: len(start)]] == start
