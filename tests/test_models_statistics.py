"""PostgreSQL learns how large a first run has made its tables, at once and again when they have grown."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from models import writing
from models.statistics import learn_sizes
from tests.test_models_copies import DAY, article, db, load, rows

__all__ = ["db"]

TOLD = "SELECT CAST(reltuples AS int) FROM pg_class WHERE oid = to_regclass('observation')"


def learn(db: Engine) -> None:
    with writing(db) as conn:
        learn_sizes(conn)


def test_the_planner_knows_what_a_first_run_stored(db: Engine) -> None:
    load(db, *(article(f"https://bao.vn/bai-{n}.html", published=DAY + timedelta(n)) for n in range(3)))
    learn(db)
    load(db, article("https://bao.vn/bai-3.html"))
    learn(db)  # one more is no reason to look again
    if db.dialect.name == "postgresql":
        assert rows(db, TOLD) == [(3,)]
    assert rows(db, "SELECT count(*) FROM observation") == [(4,)]
