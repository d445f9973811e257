"""Findings as they are asked for: stored ones with their claims, and those that articles give together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from models import (
    ArticleRecord,
    Claim,
    FindingRecord,
    UnknownName,
    link_copies,
    load_article,
    load_catalogue,
    load_parameters,
    writing,
)
from models.findings import findings
from tests.test_models_load import ARTICLE, INDICATORS, LATE, NOON, PLACES

Row = tuple[str, str, list[tuple[str, str, str | None]]]
AIM = replace(LATE, value=Decimal(1), printed="1", status="target", bound="lt")


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
        load_parameters(conn, {"published_threshold": 0.5})
    return fresh_db


def article(name: str, **slots: Any) -> ArticleRecord:
    base = {"identity": name, "content_hash": name, "text": f"{ARTICLE.text} {name}", "source": name}
    return replace(ARTICLE, **{**base, "url": f"https://{name}.example/dien-khanh", **slots})


def load(db: Engine, record: ArticleRecord, *claims: Claim, found: tuple[FindingRecord, ...] = ()) -> None:
    with writing(db) as conn:
        load_article(conn, record, claims, findings=found, now=record.fetched_at)
        link_copies(conn)


def said(value: str, **slots: Any) -> Claim:
    return replace(LATE, value=Decimal(value), printed=value.replace(".", ","), **slots)


def told(db: Engine, **asked: str) -> list[Row]:
    """Each finding: its check, its arithmetic, and source, value and words of its claims."""
    return [
        (row.check, row.message, [(c.source, c.words, c.quote) for c in row.claims])
        for row in findings(db, **asked)  # type: ignore[arg-type]
    ]


def test_a_stored_finding_comes_with_the_claims_that_still_stand(db: Engine) -> None:
    doubt = FindingRecord(check="complement", message="on time and late make 99 %, not 100 %", claims=(0,))
    load(db, article("a"), LATE, found=(doubt, FindingRecord(check="page", message="no date could be read")))
    assert told(db) == [
        ("complement", doubt.message, [("a", "1.25 %", "1,25%")]),
        ("page", "no date could be read", []),
    ]
    assert told(db, locality="Diên Khánh", check="complement") == told(db)[:1]
    assert told(db, indicator="par.index") == []
    load(db, article("a", content_hash="b", fetched_at=NOON), found=())
    assert told(db) == []


def test_articles_that_differ_on_a_point(db: Engine) -> None:
    load(db, article("a", published=date(2024, 1, 20)), said("1.9"))
    load(db, article("b"), said("1.25"))
    between = "1.25 % and 1.9 % for the same point, 0.65 percentage points apart"
    assert told(db) == [("disagreement", between, [("b", "1.25 %", "1,25%"), ("a", "1.9 %", "1,25%")])]
    assert told(db, locality="575") == told(db)
    assert told(db, locality="56") == []
    load(db, article("a", content_hash="c", fetched_at=NOON, published=date(2024, 1, 20)), said("1.3"))
    assert told(db) == []  # mended: 1,3 is 1,25 rounded


def test_doubtful_readings_and_copies_contradict_nobody(db: Engine) -> None:
    load(db, article("a"), said("1.25"))
    load(db, article("b"), said("1.9", confidence=0.3))
    load(db, article("c", origin="https://a.example/dien-khanh"), said("1.9"))
    assert told(db) == []


def test_a_target_that_was_missed(db: Engine) -> None:
    load(db, article("a"), AIM)
    assert told(db) == []
    load(db, article("b"), replace(LATE, scope="district"))
    message = "target under 1 %, actual 1.25 % (district offices): missed by 0.25 percentage points"
    assert told(db) == [("target_vs_actual", message, [("a", "under 1 %", "1,25%"), ("b", "1.25 %", "1,25%")])]


def test_a_plain_target_that_was_passed_the_good_way_is_no_finding(db: Engine) -> None:
    load(db, article("a"), replace(AIM, bound="eq"))
    load(db, article("b"), said("0.8"))
    for better, messages in (
        (None, ["target 1 %, actual 0.8 %: below it by 0.2 percentage points"]),
        ("more", ["target 1 %, actual 0.8 %: missed by 0.2 percentage points"]),
        ("less", []),
    ):
        with writing(db) as conn:
            load_catalogue(conn, PLACES, [{**one, "better": better} for one in INDICATORS])
        assert [message for _, message, _ in told(db)] == messages


def test_a_slip_along_a_series(db: Engine) -> None:
    years = {2020: "91.5", 2021: "9.15", 2022: "92.25"}
    for year, value in years.items():
        load(db, article(f"of{year}"), said(value, period=f"{year}-01-01/{year}-12-31"))
    message = "9.15 % (2021) beside 91.5 % (2020) and 92.25 % (2022)"
    assert [row[:2] for row in told(db)] == [("jump", message)]


def test_a_name_that_nobody_bears(db: Engine) -> None:
    with pytest.raises(UnknownName):
        findings(db, locality="Diên Khanh")
