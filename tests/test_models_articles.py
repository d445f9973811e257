"""Articles as they stand, and what stands behind series; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models import FindingRecord, Mention, UncataloguedRecord, load_article, load_catalogue, writing
from models.articles import AT_ONCE, LeftFigure, new_claims, standing_articles
from models.ledger import start_run
from models.sourced import ChangeRow, TargetRow, changes, places_with_series, sources_of, targets
from tests.test_models_load import ARTICLE, INDICATORS, LATE, NOON, PLACES

BEFORE = "2022-01-01/2022-12-31"
NOW = replace(LATE, mentions=(Mention(0, 3), Mention(5, 8)))
AIM = replace(LATE, status="target", bound="lt", value=Decimal("0.5"), mentions=())
EARLIER = replace(LATE, period=BEFORE, value=Decimal("1.2"), mentions=())


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    return fresh_db


def test_an_article_is_handed_over_whole(db: Engine) -> None:
    left = UncataloguedRecord(text="3 lớp", value=Decimal(3), unit="count", start=9, end=14, label="lớp học")
    found = FindingRecord(check="jump", message="từ 1,2", claims=(0,))
    with writing(db) as conn:
        load_article(conn, ARTICLE, [NOW], [left], [found], now=NOON)
    (article,) = standing_articles(db)
    (claim,) = article.claims
    assert (article.source, article.identity, article.text) == (ARTICLE.source, ARTICLE.identity, ARTICLE.text)
    assert (claim.row.indicator, claim.row.value) == (NOW.indicator, NOW.value)
    assert claim.places == ((0, 3, ARTICLE.text[0:3]), (5, 8, ARTICLE.text[5:8]))
    assert article.left == (LeftFigure(9, 14, "3 lớp", "3", "count", "lớp học", "unnamed", "", ""),)
    assert article.findings == (("jump", "từ 1,2", (claim.row.key,)),)


def test_every_article_comes_once_however_many_there_are(db: Engine) -> None:
    names = [f"https://bao.example/{n:04}" for n in range(AT_ONCE + 3)]
    with writing(db) as conn:
        for name in names:
            load_article(conn, replace(ARTICLE, identity=name), [], now=NOON)
    assert [article.identity for article in standing_articles(db)] == names


def test_what_stands_behind_a_series(db: Engine) -> None:
    with writing(db) as conn:
        load_article(conn, ARTICLE, [replace(NOW, value=Decimal("0.7")), AIM, EARLIER], now=NOON)
    place = LATE.locality
    assert places_with_series(db) == [place]
    told = [(row.time_period, row.status, row.value, row.preferred, row.published) for row in sources_of(db, place)]
    day = ARTICLE.published or date.min
    assert sorted(told) == [
        ("2022", "actual", Decimal("1.2"), True, day),
        ("2023", "actual", Decimal("0.7"), True, day),
        ("2023", "target", Decimal("0.5"), True, day),
    ]
    slots = (LATE.indicator, LATE.scope, "")
    aim = TargetRow(*slots, "level", "2023", LATE.period, "", "percent", "lt", Decimal("0.5"), Decimal("0.7"), False)
    assert targets(db, place) == [aim]
    assert changes(db, place) == [ChangeRow(*slots, "2023", LATE.period, "percent", Decimal("-0.5"), None)]


def test_new_is_what_the_run_brought_and_still_stands(db: Engine) -> None:
    first, second = start_run(db, "nightly", NOON), start_run(db, "nightly", NOON)
    with writing(db) as conn:
        load_article(conn, ARTICLE, [NOW, EARLIER], run_id=first, now=NOON)
    count, claims = new_claims(db, first, limit=1)
    assert (count, [claim.article for claim in claims]) == (2, [ARTICLE.identity])
    assert new_claims(db, second, limit=9) == (0, [])
