"""Open, migrate, share and refuse: what an operator meets."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from models import (
    DatabaseProblem,
    LoadProblem,
    load_article,
    load_catalogue,
    masked,
    open_database,
    plan_article,
    reading,
    series,
    writing,
)
from models.database import REVISION
from models.migrations.run import HERE, downgrade, upgrade
from models.tables import Base
from tests.test_models_load import ARTICLE, INDICATORS, LATE, PLACES


def fill(engine: Engine) -> None:
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
        load_article(conn, ARTICLE, [LATE], now=ARTICLE.fetched_at)


def fill_another(engine: Engine) -> None:
    with writing(engine) as conn:
        load_article(conn, replace(ARTICLE, identity="another"), [LATE], now=ARTICLE.fetched_at)


def test_migrations_make_the_tables_that_the_program_uses(fresh_db: Engine) -> None:
    with reading(fresh_db) as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert ScriptDirectory(str(HERE)).get_current_head() == REVISION


def test_a_populated_database_goes_down_and_up_again(fresh_db: Engine) -> None:
    fill(fresh_db)
    points = series(fresh_db)
    with writing(fresh_db) as conn:
        downgrade(conn, "base")
    with fresh_db.connect() as conn:
        assert inspect(conn).get_table_names() == ["alembic_version"]
        assert inspect(conn).get_view_names() == []
    with writing(fresh_db) as conn:
        upgrade(conn)
    fill(fresh_db)
    assert series(fresh_db) == points


def old_database(engine: Engine) -> None:
    """A database of revision 0002 that holds a unit and a claim about it, written without the program of today."""
    moment, day = "2024-01-15 01:30:00+00:00", "2023-12-31"
    rows: dict[str, dict[str, object]] = {
        "source": {"id": "baomau", "name": "Báo Mẫu"},
        "locality": {"code": "56@2025", "name": "Tỉnh Khánh Hòa", "short_name": "Khánh Hòa", "type": "Tỉnh",
                     "tier": "province", "province": "56@2025", "valid_from": "2025-07-01"},
        "indicator": {"code": "par.index", "name_vi": "Chỉ số", "name_en": "Index", "unit": "percent"},
        "article": {"id": 1, "source_id": "baomau", "identity": "bai"},
        "article_version": {"id": 1, "article_id": 1, "content_hash": "a", "text_hash": "a", "fetched_at": moment,
                            "text": "87,6", "layers": "{}", "extractor_version": "1"},
        "observation": {"id": 1, "article_id": 1, "key": "k", "point": "p", "locality": "56@2025", "scope": "all",
                        "indicator": "par.index", "breakdown": "", "period": day, "period_start": day,
                        "period_end": day, "freq": "D", "time_period": day, "status": "actual", "measure": "level",
                        "base": "", "value": "87.6", "value_text": "87.6", "printed": "87,6", "unit": "percent",
                        "bound": "eq", "confidence": 0.99, "derived": False, "extractor_version": "1",
                        "first_seen": moment},
        "uncatalogued": {"id": 1, "version_id": 1, "char_start": 0, "char_end": 4, "quote": "87,6",
                         "value_text": "87.6", "unit": "percent", "label": "chỉ số"},
    }  # fmt: skip
    with writing(engine) as conn:
        downgrade(conn, "base")
        upgrade(conn, "0002")
        for table, row in rows.items():
            names = ", ".join(f":{name}" for name in row)
            conn.execute(text(f"INSERT INTO {table} ({names.replace(':', '')}) VALUES ({names})"), row)


def test_a_database_of_0002_gets_a_history_and_gives_it_back(fresh_db: Engine, fresh_url: str) -> None:
    old_database(fresh_db)
    engine = open_database(fresh_url, create=True)
    (point,) = series(engine, locality="56")
    assert (point.locality, point.value_text, str(point.locality_valid_from)) == ("56@2025", "87.6", "2025-07-01")
    with reading(engine) as conn:
        assert conn.execute(text("SELECT id, code, name FROM locality")).one() == ("56@2025", "56", "Tỉnh Khánh Hòa")
        assert conn.execute(text("SELECT part, whole_since FROM territory")).one() == ("56@2025", None)
        assert conn.scalar(text("SELECT candidates FROM review")) == ""
        assert not conn.scalar(text("SELECT additive FROM indicator"))
        assert ["id"] in [key["referred_columns"] for key in inspect(conn).get_foreign_keys("observation")
                          if key["referred_table"] == "locality"]  # fmt: skip
    with writing(engine) as conn:
        downgrade(conn, "0002")
        assert conn.execute(text("SELECT code, province FROM locality")).one() == ("56@2025", "56@2025")
        assert conn.execute(text("SELECT locality, locality_name FROM series")).one() == ("56@2025", "Tỉnh Khánh Hòa")
        assert conn.scalar(text("SELECT quote FROM review")) == "87,6"
        assert "locality_link" not in inspect(conn).get_table_names()


def test_opening_again_changes_nothing(fresh_url: str) -> None:
    fill(open_database(fresh_url, create=True))
    assert [row.value_text for row in series(open_database(fresh_url, create=True))] == ["1.25"]
    assert [row.value_text for row in series(open_database(fresh_url, create=False))] == ["1.25"]


def test_an_empty_database_says_what_to_run(fresh_url: str) -> None:
    with pytest.raises(DatabaseProblem, match="solieu"):
        open_database(fresh_url, create=False)


def test_a_database_of_another_revision_is_not_touched(fresh_db: Engine, fresh_url: str) -> None:
    for revision, advice in (("0000", "run `solieu db upgrade`"), ("9999", "made by a newer solieu")):
        with writing(fresh_db) as conn:
            conn.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
        with pytest.raises(DatabaseProblem, match=advice):
            open_database(fresh_url, create=False)
    with pytest.raises(DatabaseProblem, match="made by a newer solieu"):
        open_database(fresh_url, create=True)


def test_views_explain_themselves(fresh_db: Engine) -> None:
    with reading(fresh_db) as conn:
        if fresh_db.dialect.name == "postgresql":
            explained = conn.scalar(text("SELECT obj_description('series'::regclass)"))
        else:
            explained = conn.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'series'"))
    assert "3. exact (eq) before approximate (approx)" in str(explained)


def test_a_transaction_that_fails_writes_nothing(fresh_db: Engine) -> None:
    broken = [{**PLACES[1], "parent": "99"}]
    with pytest.raises(LoadProblem), writing(fresh_db) as conn:
        load_catalogue(conn, [], INDICATORS) and load_catalogue(conn, broken, [])
    with reading(fresh_db) as conn:
        assert conn.scalar(text("SELECT count(*) FROM indicator")) == 0


def test_four_writers_queue_and_lose_nothing(fresh_url: str) -> None:
    fill(open_database(fresh_url, create=True))

    def write(worker: int) -> None:
        engine = open_database(fresh_url, create=True)
        for number in range(10):
            record = replace(ARTICLE, source=f"bao{number}", identity=f"bai-{worker}-{number}")
            with writing(engine) as conn:
                load_article(conn, record, [LATE], now=ARTICLE.fetched_at)
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert [row.claims for row in series(open_database(fresh_url, create=False))] == [41]


def test_writers_of_one_article_wait_for_each_other(fresh_url: str) -> None:
    engine = open_database(fresh_url, create=True)
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)

    def write(worker: int) -> str:
        with writing(engine) as conn:
            return load_article(conn, ARTICLE, [LATE], now=datetime(2024, 1, 1 + worker, tzinfo=UTC)).state

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == ["new", "unchanged", "unchanged", "unchanged"]


def test_a_read_only_database_answers_and_says_why_it_takes_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/solieu.db", create=True)
    fill(engine)
    engine.dispose()
    locked = open_database(f"sqlite:///file:{tmp_path}/solieu.db?mode=ro&uri=true", create=True)
    assert [row.value_text for row in series(locked)] == ["1.25"]
    with reading(locked) as conn:
        assert plan_article(conn, ARTICLE, []).withdrawn
    with pytest.raises(DatabaseProblem, match="the database is read-only, nothing was written"):
        fill_another(locked)


def test_a_database_in_use_can_be_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/solieu.db"
    fill(open_database(url, create=True))
    with writing(open_database(url, create=True)):
        assert len(series(open_database(url, create=False))) == 1


def test_sqlite_keeps_a_log_and_foreign_keys(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/folder/solieu.db", create=True)
    with reading(engine) as conn:
        assert conn.scalar(text("PRAGMA journal_mode")) == "wal"
        assert conn.scalar(text("PRAGMA foreign_keys")) == 1


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "data/db/solieu.db does not exist yet: `solieu nightly` or `solieu run FILE` makes it"),
        ("solieu.db", "the database URL cannot be read; it looks like sqlite:///data/db/solieu.db"),
        ("postgresql://app:geheim@db:x/solieu", "the database URL cannot be read"),
        ("mysql://app:geheim@db/solieu", "mysql://app:***@db/solieu: solieu keeps its data in SQLite or PostgreSQL"),
        ("postgresql://app:geheim@127.0.0.1:1/solieu", "postgresql+psycopg://app:***@127.0.0.1:1/solieu: connection"),
        ("postgres://127.0.0.1:1/solieu?password=geheim", "password=hidden: connection"),
        ("sqlite:////no/such/folder/solieu.db", "/no/such/folder/solieu.db does not exist yet"),
        ("sqlite:////tmp", "sqlite:////tmp: unable to open database file"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(
    url: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatabaseProblem, match=re.escape(message)) as caught:
        open_database(url, create=False)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Hồ sơ trễ hạn</p>" * 400, encoding="utf-8")
    before = page.read_bytes()
    with pytest.raises(DatabaseProblem, match="file is not a database"):
        open_database(f"sqlite:///{page}", create=True)
    assert page.read_bytes() == before


def test_an_older_sqlite_client_reads_the_views(tmp_path: Path) -> None:
    fill(open_database(f"sqlite:///{tmp_path}/solieu.db", create=True))
    with sqlite3.connect(tmp_path / "solieu.db") as plain:
        assert plain.execute("SELECT value, typeof(value), value_text FROM series").fetchall() == [
            (1.25, "real", "1.25")
        ]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://app:geheim@db/solieu", "postgresql://app:***@db/solieu"),
        (
            "postgresql://app@/solieu?host=/run&sslpassword=geheim",
            "postgresql://app@/solieu?host=%2Frun&sslpassword=hidden",
        ),
        ("not a url: geheim", "the database URL"),
        ("sqlite:///file:/data/solieu.db?immutable=1&uri=true", "sqlite:////data/solieu.db"),
    ],
)
def test_a_masked_url_shows_no_secret(url: str, shown: str) -> None:
    assert masked(url) == shown
