"""Put an article in, do one thing, compare whole rows; on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from models import (
    ArticleRecord,
    Claim,
    FindingRecord,
    LoadCounts,
    LoadProblem,
    Mention,
    UncataloguedRecord,
    load_article,
    load_catalogue,
    plan_article,
    reading,
    series,
    writing,
)
from models.tables import Base

TEXT = "Năm 2023, hồ sơ trễ hạn ở Diên Khánh là 1,25%; xếp hạng 3/8, loại Khá."
AT = TEXT.index("1,25%")
MORNING = datetime(2024, 1, 15, 1, 30, tzinfo=UTC)
NOON, EVENING = MORNING + timedelta(hours=4), MORNING + timedelta(hours=10)
PLACES: list[dict[str, Any]] = [
    {"id": "VN", "code": "VN", "name": "Việt Nam", "type": "Quốc gia", "tier": "country"},
    {"id": "56", "code": "56", "name": "Tỉnh Khánh Hòa", "short_name": "Khánh Hòa", "type": "Tỉnh",
     "tier": "province", "parent": "VN", "valid_to": date(2025, 6, 30)},
    {"id": "575", "code": "575", "name": "Huyện Diên Khánh", "short_name": "Diên Khánh", "type": "Huyện",
     "tier": "district", "parent": "56", "valid_to": date(2025, 6, 30)},
]  # fmt: skip
INDICATORS: list[dict[str, Any]] = [
    {"code": "dossier.late_rate", "name_vi": "Tỷ lệ hồ sơ trễ hạn", "name_en": "Share late", "unit": "percent"},
    {"code": "par.index", "name_vi": "Chỉ số cải cách hành chính", "name_en": "Reform index", "unit": "percent"},
]
ARTICLE = ArticleRecord(
    source="baomau",
    identity="https://baomau.example/dien-khanh",
    content_hash="a1",
    fetched_at=MORNING,
    text=TEXT,
    extractor_version="1",
    title="Diên Khánh giảm hồ sơ trễ hạn",
    published=date(2024, 1, 15),
    url="https://baomau.example/dien-khanh",
    locality="575",
    layers={"title": "json-ld"},
)
LATE = Claim(
    locality="575",
    indicator="dossier.late_rate",
    period="2023-01-01/2023-12-31",
    value=Decimal("1.25"),
    unit="percent",
    printed="1,25",
    confidence=0.9,
    mentions=(Mention(AT, AT + 5),),
)
RANK = replace(
    LATE, indicator="par.index", measure="rank", value=Decimal(3), unit="rank", out_of=Decimal(8), printed="3/8"
)
GRADE = replace(LATE, indicator="par.index", measure="rating", value="Khá", unit="rating", printed="Khá")


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    """A database that knows a few places and indicators."""
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    return fresh_db


def load(db: Engine, record: ArticleRecord, *claims: Claim, **more: Any) -> LoadCounts:
    with writing(db) as conn:
        return load_article(conn, record, claims, **{"now": record.fetched_at, **more})


def everything(db: Engine) -> dict[str, list[Any]]:
    """Every row of every table."""
    with reading(db) as conn:
        return {table.name: sorted(map(repr, conn.execute(select(table)))) for table in Base.metadata.sorted_tables}


def claims(db: Engine) -> list[tuple[Any, ...]]:
    """What was said, and from when until when it stood in the article."""
    with reading(db) as conn:
        rows = conn.execute(text("SELECT * FROM claims ORDER BY first_seen, indicator, measure, value_text"))
        return [(row.indicator, row.measure, row.value_text, row.withdrawn is None, row.quote) for row in rows]


def test_an_article_is_loaded_with_all_it_says(db: Engine) -> None:
    assert load(db, ARTICLE, LATE, RANK, GRADE) == LoadCounts("new", added=3)
    assert claims(db) == [
        ("dossier.late_rate", "level", "1.25", True, "1,25%"),
        ("par.index", "rank", "3", True, "1,25%"),
        ("par.index", "rating", "Khá", True, "1,25%"),
    ]
    points = {(row.measure, row.value, row.value_text, row.out_of) for row in series(db)}
    assert points == {
        ("level", Decimal("1.25"), "1.25", None),
        ("rank", Decimal(3), "3", Decimal(8)),
        ("rating", None, "Khá", None),
    }


def test_loading_twice_changes_no_row(db: Engine) -> None:
    extras: dict[str, Any] = {
        "uncatalogued": [UncataloguedRecord(text="12 buổi", value=Decimal(12), unit="count", start=0, end=3)],
        "findings": [FindingRecord(check="rate_vs_counts", message="1,25% is not 3 of 8", claims=(0, 1))],
    }
    load(db, ARTICLE, LATE, RANK, **extras)
    before = everything(db)
    assert load(db, ARTICLE, RANK, LATE, **{**extras, "findings": [
        FindingRecord(check="rate_vs_counts", message="1,25% is not 3 of 8", claims=(1, 0))
    ], "now": EVENING}) == LoadCounts("unchanged", unchanged=2)  # fmt: skip
    assert load(db, replace(ARTICLE, fetched_at=EVENING), LATE, RANK, **extras) == LoadCounts("unchanged", unchanged=2)
    assert everything(db) == before


def test_an_edited_article_withdraws_one_claim_and_adds_another(db: Engine) -> None:
    load(db, ARTICLE, LATE, GRADE)
    edited = replace(ARTICLE, content_hash="b2", fetched_at=NOON, text=TEXT.replace("1,25", "1,52"))
    mended = replace(LATE, value=Decimal("1.52"), printed="1,52")
    assert load(db, edited, mended, GRADE) == LoadCounts("changed", added=1, withdrawn=1, unchanged=1)
    assert claims(db) == [
        ("dossier.late_rate", "level", "1.25", False, "1,25%"),
        ("par.index", "rating", "Khá", True, "1,52%"),
        ("dossier.late_rate", "level", "1.52", True, "1,52%"),
    ]
    assert [row.value for row in series(db, indicator="dossier.late_rate")] == [Decimal("1.52")]


def test_a_claim_that_comes_back_opens_a_second_interval(db: Engine) -> None:
    load(db, ARTICLE, LATE)
    load(db, replace(ARTICLE, content_hash="b2", fetched_at=NOON))
    assert load(db, replace(ARTICLE, fetched_at=EVENING), LATE) == LoadCounts("changed", added=1)
    with reading(db) as conn:
        rows = conn.execute(text("SELECT key, first_seen, withdrawn FROM claims ORDER BY first_seen")).all()
        known_at_noon = conn.scalar(text(
            "SELECT count(*) FROM claims WHERE first_seen <= :t AND (withdrawn IS NULL OR withdrawn > :t)"
        ), {"t": "2024-01-15 08:00:00+00" if db.dialect.name == "postgresql" else "2024-01-15 08:00:00"})  # fmt: skip
    assert len(rows) == 2
    assert len({row.key for row in rows}) == 1
    assert known_at_noon == 0


def test_more_confidence_is_a_new_row_because_no_claim_is_overwritten(db: Engine) -> None:
    load(db, ARTICLE, LATE)
    surer = replace(LATE, confidence=0.97)
    assert load(db, ARTICLE, surer, now=NOON) == LoadCounts("changed", changed=1)
    assert [row[3] for row in claims(db)] == [False, True]


def test_a_better_reading_of_the_title_touches_no_claim(db: Engine) -> None:
    load(db, ARTICLE, LATE)
    before = everything(db)
    assert load(db, replace(ARTICLE, title="Diên Khánh: giảm trễ hạn"), LATE).state == "unchanged"
    after = everything(db)
    assert after.pop("article_version") != before.pop("article_version")
    assert after == before


def test_versions_may_arrive_in_any_order(db: Engine) -> None:
    first, last = ARTICLE, replace(ARTICLE, content_hash="b2", fetched_at=NOON)
    mended = replace(LATE, value=Decimal("1.52"))
    load(db, last, mended)
    assert load(db, first, LATE) == LoadCounts("older")
    before = everything(db)
    assert load(db, first, LATE) == LoadCounts("older")
    assert everything(db) == before
    assert [(row.value, row.claims) for row in series(db)] == [(Decimal("1.52"), 1)]


def test_a_plan_says_what_loading_would_do_and_writes_nothing(db: Engine) -> None:
    load(db, ARTICLE, LATE, RANK, GRADE)
    before = everything(db)
    edited = replace(ARTICLE, content_hash="b2", fetched_at=NOON)
    now_said = [replace(LATE, value=Decimal("1.52")), replace(RANK, confidence=0.5), GRADE]
    with reading(db) as conn:
        plan = plan_article(conn, edited, now_said)
    assert [row.value_text for row in plan.added] == ["1.52"]
    assert [(old.confidence, new.confidence) for old, new in plan.changed] == [(0.9, 0.5)]
    assert [row.value_text for row in plan.withdrawn] == ["1.25"]
    assert (plan.state, plan.unchanged) == ("changed", 1)
    assert everything(db) == before
    assert load(db, edited, *now_said) == LoadCounts("changed", added=1, changed=1, withdrawn=1, unchanged=1)


def test_the_same_claim_twice_is_one_row_with_two_mentions(db: Engine) -> None:
    again = replace(LATE, mentions=(Mention(0, 8),), confidence=0.4)
    assert load(db, ARTICLE, LATE, again) == LoadCounts("new", added=1)
    with reading(db) as conn:
        rows = conn.execute(text("SELECT quote, mentions, confidence FROM claims")).all()
    assert [tuple(row) for row in rows] == [("Năm 2023", 2, 0.9)]


@pytest.mark.parametrize(
    ("record", "claim", "message"),
    [
        (ARTICLE, replace(LATE, locality="999"), "locality 999 is not in the database's catalogue"),
        (ARTICLE, replace(LATE, indicator="no.such"), "indicator no.such is not in the database's catalogue"),
        (ARTICLE, replace(LATE, period="2023"), "period '2023' is not START/END or one day in ISO 8601"),
        (ARTICLE, replace(LATE, period="2023-12-31/2023-01-01"), "ends before it starts"),
        (ARTICLE, replace(LATE, status="maybe"), "status 'maybe' is none of actual, estimate, target"),
        (ARTICLE, replace(LATE, value=Decimal("1e400")), "value 1e+400 is no number"),
        (ARTICLE, replace(LATE, value=Decimal("1e-400")), "value 1e-400 is no number"),
        (ARTICLE, replace(LATE, value=Decimal("NaN")), "value NaN is no number"),
        (ARTICLE, replace(LATE, out_of=Decimal("1234567890.1234567")), "has more than 15 digits"),
        (ARTICLE, replace(LATE, mentions=(Mention(60, 600),)), "outside the text of 70 characters"),
        (replace(ARTICLE, text=TEXT + "\0"), LATE, "characters that no database stores"),
    ],
)  # fmt: skip
def test_what_no_row_can_hold_is_refused_and_nothing_is_written(
    db: Engine, record: ArticleRecord, claim: Claim, message: str
) -> None:
    before = everything(db)
    with pytest.raises(LoadProblem, match=re.escape(message)):
        load(db, record, GRADE, claim)
    assert everything(db) == before


def test_the_catalogue_is_written_once(db: Engine) -> None:
    before = everything(db)
    with writing(db) as conn:
        assert load_catalogue(conn, PLACES, INDICATORS) == 0
    assert everything(db) == before
    renamed = [*PLACES[:2], {**PLACES[2], "name": "Huyện Diên Khánh (cũ)"}]
    with writing(db) as conn:
        assert load_catalogue(conn, renamed, INDICATORS) == 1


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([{**PLACES[1], "parent": "99"}], "locality 56 lies in 99, which is not in the catalogue"),
        ([PLACES[0], PLACES[0]], "locality VN comes twice in the catalogue"),
        ([{**PLACES[2], "parent": "575"}], "locality 575 lies in itself"),
    ],
)
def test_a_broken_catalogue_is_refused(db: Engine, places: list[dict[str, Any]], message: str) -> None:
    with writing(db) as conn, pytest.raises(LoadProblem, match=message):
        load_catalogue(conn, places, [])
