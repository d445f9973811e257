"""What is read with too little confidence waits, and is in no series."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models import UncataloguedRecord, load_parameters, series, writing
from models.review import WaitingGroup, waiting, waiting_counts, waiting_groups
from tests.test_models_load import ARTICLE, AT, LATE, RANK, TEXT, db, load

__all__ = ["db"]

BOOKS = UncataloguedRecord(
    text="3/8", value=Decimal(3), unit="count", start=TEXT.index("3/8"), end=TEXT.index("3/8") + 3, label="tủ sách"
)


@pytest.fixture
def asked(db: Engine) -> Engine:
    """A database whose series ask for 0.8."""
    with writing(db) as conn:
        assert load_parameters(conn, {"published_threshold": 0.8}) == 1
    return db


def test_an_unsure_claim_waits_and_a_sure_one_is_in_the_series(asked: Engine) -> None:
    load(asked, ARTICLE, LATE, replace(RANK, confidence=0.7))
    assert [(row.indicator, row.value) for row in series(asked)] == [("dossier.late_rate", Decimal("1.25"))]
    assert [(w.why, w.label, w.value_text, w.quote, w.char_start, w.confidence) for w in waiting(asked)] == [
        ("unsure", "Chỉ số cải cách hành chính", "3", "1,25%", AT, 0.7)
    ]


def test_a_lower_threshold_lets_it_in(asked: Engine) -> None:
    load(asked, ARTICLE, replace(RANK, confidence=0.7))
    assert series(asked) == []
    with writing(asked) as conn:
        load_parameters(conn, {"published_threshold": 0.6})
    assert [(row.measure, row.value) for row in series(asked)] == [("rank", Decimal(3))]
    assert waiting(asked) == []


def test_figures_of_one_label_are_counted_together(asked: Engine) -> None:
    other = replace(ARTICLE, identity="https://baomau.example/hai", content_hash="b2")
    with_books = {"uncatalogued": [BOOKS, replace(BOOKS, why="aside")]}
    load(asked, ARTICLE, replace(LATE, confidence=0.1), **with_books)
    load(asked, other, **with_books)
    assert waiting_groups(asked) == [
        WaitingGroup("unsure", "Tỷ lệ hồ sơ trễ hạn", "percent", 1, 1, "1,25%", ARTICLE.identity),
        WaitingGroup("unnamed", "tủ sách", "count", 2, 2, "3/8", ARTICLE.identity),
        WaitingGroup("aside", "tủ sách", "count", 2, 2, "3/8", ARTICLE.identity),
    ]
    assert list(waiting_counts(asked).items()) == [("unsure", 1), ("unnamed", 2), ("aside", 2)]
    assert [(w.article, w.value_text) for w in waiting(asked, why="aside")] == [
        (ARTICLE.identity, "3"),
        (other.identity, "3"),
    ]


def test_a_withdrawn_claim_waits_no_longer(asked: Engine) -> None:
    load(asked, ARTICLE, replace(LATE, confidence=0.1))
    load(asked, replace(ARTICLE, content_hash="b2", text=TEXT.replace("1,25%", "mất  ")))
    assert waiting(asked) == []


def test_a_figure_of_an_unclear_place_names_the_places_it_may_be_about(asked: Engine) -> None:
    unplaced = replace(BOOKS, why="unplaced", place="Khánh Sơn", candidates=("575", "56"))
    load(asked, ARTICLE, replace(LATE, confidence=0.1), uncatalogued=[BOOKS, unplaced])
    assert load(asked, ARTICLE, replace(LATE, confidence=0.1), uncatalogued=[BOOKS, unplaced]).state == "unchanged"
    assert [(w.why, w.label, w.candidates) for w in waiting(asked)] == [
        ("unsure", "Tỷ lệ hồ sơ trễ hạn", ""),
        ("unplaced", "tủ sách", "575 56"),
        ("unnamed", "tủ sách", ""),
    ]
