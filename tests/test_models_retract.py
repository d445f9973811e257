"""An article that its site has taken back, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, text

from models import (
    LoadCounts,
    Retraction,
    UncataloguedRecord,
    load_article,
    reading,
    retract_article,
    series,
    writing,
)
from models.types import UtcTime
from tests.test_models_load import ARTICLE, EVENING, GRADE, LATE, MORNING, NOON, db, everything, load

__all__ = ["db"]
GONE = Retraction(ARTICLE.source, ARTICLE.identity, "none", NOON, "the site answers 410")
WAITING: dict[str, Any] = {
    "uncatalogued": [UncataloguedRecord(text="12 buổi", value=Decimal(12), unit="count", start=0, end=3)]
}


def retract(db: Engine, gone: Retraction = GONE) -> LoadCounts:
    with writing(db) as conn:
        return retract_article(conn, gone)


def known_at(db: Engine, moment: datetime) -> list[tuple[Any, ...]]:
    """What was said as of a moment, and where."""
    when = "SELECT value_text, quote, title, archive_path FROM claims WHERE first_seen <= :t"
    query = text(f"{when} AND (withdrawn IS NULL OR withdrawn > :t) ORDER BY measure")
    with reading(db) as conn:
        return [tuple(row) for row in conn.execute(query, {"t": _stored(db, moment)})]


def _stored(db: Engine, moment: datetime) -> Any:
    given = UtcTime().process_bind_param(moment, db.dialect)
    return given if db.dialect.name == "postgresql" else f"{given:%Y-%m-%d %H:%M:%S.%f}"


def count(db: Engine, table: str) -> int:
    with reading(db) as conn:
        return int(conn.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_a_retraction_withdraws_all_claims_and_what_was_known_before_stays(db: Engine) -> None:
    kept = replace(ARTICLE, archive_path="baomau/2024/01/dien-khanh.html.gz")
    load(db, kept, LATE, GRADE, **WAITING)
    before = known_at(db, MORNING)
    assert count(db, "review") > 0
    assert retract(db) == LoadCounts("retracted", withdrawn=2)
    assert (series(db), count(db, "review"), known_at(db, NOON)) == ([], 0, [])
    assert known_at(db, MORNING) == before
    assert before[0] == ("1.25", "1,25%", kept.title, kept.archive_path)


def test_the_same_retraction_twice_changes_no_row(db: Engine) -> None:
    load(db, ARTICLE, LATE)
    retract(db)
    before = everything(db)
    assert retract(db) == LoadCounts("unchanged")
    assert everything(db) == before


def test_an_article_that_comes_back_opens_a_second_interval(db: Engine) -> None:
    load(db, ARTICLE, LATE)
    retract(db)
    assert load(db, replace(ARTICLE, fetched_at=EVENING), LATE) == LoadCounts("changed", added=1)
    assert [len(known_at(db, moment)) for moment in (MORNING, NOON, EVENING)] == [1, 0, 1]
    before = everything(db)
    assert retract(db) == LoadCounts("older")
    assert everything(db) == before


def test_a_retraction_that_is_older_than_the_loaded_version_withdraws_nothing(db: Engine) -> None:
    load(db, replace(ARTICLE, fetched_at=EVENING), LATE)
    assert retract(db) == LoadCounts("older")
    assert len(series(db)) == 1


def test_an_article_of_which_nothing_was_read_can_be_retracted(db: Engine) -> None:
    assert retract(db) == LoadCounts("retracted")
    assert load(db, ARTICLE, LATE) == LoadCounts("older")
    with writing(db) as conn:
        assert load_article(conn, replace(ARTICLE, fetched_at=EVENING), [LATE], now=EVENING).added == 1
