"""Which corrections were applied to an article, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from models import FindingRecord, load_article, load_catalogue, writing
from models.corrected import CorrectedArticle, claims_by_note, corrected_articles
from models.points import series
from tests.test_models_load import ARTICLE, INDICATORS, LATE, PLACES

CHECKS = ("correction", "retracted")
SAID = FindingRecord(check="correction", message="value 0.72 → 0.24", claims=(0,))


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
        load_article(conn, ARTICLE, [LATE], now=ARTICLE.fetched_at)
    return fresh_db


def test_an_article_knows_the_digest_of_its_corrections_and_what_became_of_them(db: Engine) -> None:
    assert corrected_articles(db, [], CHECKS) == []
    assert corrected_articles(db, [ARTICLE.identity, "z"], CHECKS) == [
        CorrectedArticle(ARTICLE.source, ARTICLE.identity, "", (), ARTICLE.text)
    ]
    corrected, later = replace(ARTICLE, corrections="d1"), ARTICLE.fetched_at + timedelta(days=1)
    claim = replace(LATE, correction="value 0.72 → 0.24", confidence=1.0)
    for _ in range(2):
        with writing(db) as conn:
            load_article(conn, corrected, [claim], findings=[SAID], now=later)
        assert corrected_articles(db, [], CHECKS) == [
            CorrectedArticle(
                ARTICLE.source, ARTICLE.identity, "d1", (("correction", "value 0.72 → 0.24"),), ARTICLE.text
            )
        ]
    assert [row.correction for row in series(db)] == ["value 0.72 → 0.24"]
    assert [row.correction for row in series(db, as_of=ARTICLE.fetched_at)] == [""]


def test_articles_are_found_by_what_their_text_has(db: Engine) -> None:
    found = CorrectedArticle(ARTICLE.source, ARTICLE.identity, "", (), ARTICLE.text)
    assert corrected_articles(db, [], CHECKS, lambda text: text == ARTICLE.text) == [found]
    assert corrected_articles(db, [], CHECKS, lambda _: False) == []
    assert corrected_articles(db, [ARTICLE.identity], CHECKS, lambda _: False) == [found]


def test_claims_that_stand_are_counted_by_their_correction(db: Engine) -> None:
    assert claims_by_note(db) == {}
    told = [replace(LATE, correction="a"), replace(LATE, period="2021-01-01/2021-12-31", correction="a")]
    for moment, claims in enumerate((told, told[:1])):
        with writing(db) as conn:
            load_article(conn, ARTICLE, claims, now=ARTICLE.fetched_at + timedelta(days=1 + moment))
        assert claims_by_note(db) == {"a": len(claims)}
