"""What was known when, and why a claim lost: the views `vintages` and `sources_of`, on both databases."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import (
    ArticleRecord,
    Claim,
    Retraction,
    link_copies,
    load_article,
    load_catalogue,
    open_database,
    reading,
    retract_article,
    series,
    writing,
)
from tests.test_models_load import ARTICLE, AT, EVENING, GRADE, INDICATORS, LATE, MORNING, NOON, PLACES
from tests.test_models_series import Q1, article, say

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    return fresh_db


def load(db: Engine, record: ArticleRecord, *claims: Claim, now: datetime | None = None) -> None:
    with writing(db) as conn:
        load_article(conn, record, claims, now=now or record.fetched_at)


def rows(db: Engine, query: str) -> list[tuple[Any, ...]]:
    with reading(db) as conn:
        return [tuple(row) for row in conn.execute(text(query))]


def known(db: Engine, moment: datetime) -> list[tuple[str, str | None, date | None, int]]:
    """The series as of a moment: value, title, day and number of claims of each point."""
    return [(row.value_text, row.title, row.published, row.claims) for row in series(db, as_of=moment)]


def test_an_edited_article_said_before_what_it_said_before(db: Engine) -> None:
    load(db, ARTICLE, say("1.25"))
    edited = replace(ARTICLE, content_hash="a2", title="Đính chính", published=date(2024, 1, 16), fetched_at=NOON)
    load(db, edited, say("1.3"))
    first = [("1.25", ARTICLE.title, ARTICLE.published, 1)]
    assert known(db, MORNING - INSTANT) == []
    assert known(db, MORNING) == known(db, NOON - INSTANT) == first
    assert known(db, NOON) == known(db, EVENING) == [("1.3", "Đính chính", date(2024, 1, 16), 1)]


def test_a_new_title_over_the_same_figures_is_a_vintage_and_the_same_bytes_are_none(db: Engine) -> None:
    load(db, ARTICLE, say("1.25"))
    load(db, replace(ARTICLE, fetched_at=NOON), say("1.25"))
    assert rows(db, "SELECT value_text, title, known_to FROM vintages") == [("1.25", ARTICLE.title, None)]
    load(db, replace(ARTICLE, content_hash="a2", title="Tên mới", fetched_at=EVENING), say("1.25"))
    assert known(db, NOON) == [("1.25", ARTICLE.title, ARTICLE.published, 1)]
    assert known(db, EVENING) == [("1.25", "Tên mới", ARTICLE.published, 1)]


def test_a_retracted_article_said_it_until_then_and_says_it_again_when_it_is_back(db: Engine) -> None:
    load(db, ARTICLE, say("1.25"))
    with writing(db) as conn:
        retract_article(conn, Retraction(ARTICLE.source, ARTICLE.identity, "0", NOON, "gone"))
    load(db, replace(ARTICLE, content_hash="a2", fetched_at=EVENING), say("1.25"))
    said = [("1.25", ARTICLE.title, ARTICLE.published, 1)]
    times = [MORNING, NOON - INSTANT, NOON, EVENING - INSTANT, EVENING]
    assert [known(db, moment) for moment in times] == [said, said, [], [], said]


def test_a_better_reader_changes_what_is_known_since_it_read(db: Engine) -> None:
    load(db, ARTICLE, say("12.5"))
    load(db, replace(ARTICLE, extractor_version="2"), say("1.25"), now=EVENING)
    assert [known(db, moment)[0][0] for moment in (MORNING, EVENING - INSTANT, EVENING)] == ["12.5", "12.5", "1.25"]


def test_the_rule_is_applied_to_what_stood_then(db: Engine) -> None:
    load(db, article("a"), say("1.25", bound="approx"))
    load(db, article("b", fetched_at=NOON), say("1.3"))
    load(db, article("c", fetched_at=EVENING), say("1.25"))
    load(db, article("d", fetched_at=EVENING), say("1.25"))
    assert [[row[0::3] for row in known(db, moment)] for moment in (MORNING, NOON, EVENING)] == [
        [("1.25", 1)], [("1.3", 2)], [("1.25", 4)]
    ]  # fmt: skip


def test_every_series_that_ever_stood_can_be_asked_for_again(fresh_url: str) -> None:
    chance, engine = random.Random(len(fresh_url)), open_database(fresh_url, create=True)
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    stood = {}
    for step in range(40):
        name, moment = chance.choice("abcd"), MORNING + timedelta(hours=step)
        with writing(engine) as conn:
            if chance.random() < 0.2:
                retract_article(conn, Retraction(name, name, f"{step}", moment, "gone"))
            else:
                record = article(name, title=f"{step}", content_hash=f"{step}", fetched_at=moment,
                                 locality=chance.choice(["56", "575"]))  # fmt: skip
                load_article(conn, record, some_claims(chance), now=moment)
        stood[moment] = series(engine)
    assert {moment: series(engine, as_of=moment) for moment in stood} == stood
    assert len({len(points) for points in stood.values()}) > 2
    assert rows(engine, "SELECT point, key, title FROM vintages WHERE known_to IS NULL ORDER BY point") == rows(
        engine, "SELECT point, key, title FROM series ORDER BY point"
    )


def some_claims(chance: random.Random) -> list[Claim]:
    said = [
        say(chance.choice(["1.25", "1.3"]), bound=chance.choice(["eq", "approx"]), derived=chance.random() < 0.3),
        say("2", period=Q1, confidence=chance.choice([0.9, 0.95])),
        replace(GRADE, mentions=()),
    ]
    return chance.sample(said, chance.randint(0, 3))


@pytest.mark.parametrize(
    ("winner", "loser", "why"),
    [
        ((article("z"), say("1.3")), (article("a"), say("1.25", derived=True)), "derived"),
        ((article("z"), say("1.3")), (article("a"), say("1.25", bound="approx")), "rounded"),
        ((article("z"), say("1.3")), (article("a"), say("1.25", bound="gt")), "bound"),
        ((article("z", locality="575"), say("1.3")), (article("a"), say("1.25")), "quoted"),
        ((article("z", published=date(2024, 2, 2)), say("1.3")), (article("a"), say("1.25")), "earlier"),
        ((article("z"), say("1.3")), (article("a", published=None), say("1.25")), "earlier"),
        ((article("z"), say("1.3", confidence=0.95)), (article("a"), say("1.25")), "confidence"),
        ((article("a"), say("1.3")), (article("z"), say("1.3")), "key"),
        (
            (article("z"), say("1.3")),
            (article("a", origin="https://z.example/dien-khanh", published=date(2024, 2, 2)), say("1.25")),
            "copy",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_claim_that_lost_says_why(db: Engine, winner: Any, loser: Any, why: str) -> None:
    for record, claim in (loser, winner):
        load(db, record, claim)
    with writing(db) as conn:
        link_copies(conn)
    found = rows(db, "SELECT preferred, lost_by, value_text, article FROM sources_of ORDER BY preferred DESC")
    assert found == [
        (True, None, str(winner[1].value), winner[0].identity),
        (False, why, str(loser[1].value), loser[0].identity),
    ]


def test_every_claim_of_a_point_leads_to_its_words(db: Engine) -> None:
    load(db, article("a", text=ARTICLE.text), LATE)
    load(db, article("b"), replace(LATE, value=Decimal("1.3")))
    load(db, article("c"), replace(LATE, value=Decimal("1.3")))
    columns = "preferred, lost_by, value_text, sources, quote, char_start, char_end, source, archive_path"
    assert sorted(rows(db, f"SELECT {columns} FROM sources_of")) == [
        (False, "fewer sources", "1.25", 1, "1,25%", AT, AT + 5, "a", None),
        (False, "key", "1.3", 2, "1,25%", AT, AT + 5, "c", None),
        (True, None, "1.3", 2, "1,25%", AT, AT + 5, "b", None),
    ]


def test_what_is_withdrawn_or_unsure_competes_with_nobody(db: Engine) -> None:
    load(db, article("a"), say("1.25"))
    load(db, article("a", content_hash="a2", fetched_at=NOON), say("1.3"))
    with writing(db) as conn:
        conn.execute(text("UPDATE parameter SET number = 0.8 WHERE name = 'published_threshold'"))
    load(db, article("b"), say("1.4", confidence=0.5))
    assert rows(db, "SELECT value_text, preferred FROM sources_of") == [("1.3", True)]
