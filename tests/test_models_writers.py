"""Several programs write at once: they queue, nobody is told of a lock that would have been let go, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, select, update

import models.database
from models import DatabaseProblem, load_catalogue, open_database, reading, writing
from models.linking import link_copies
from models.plan import find_known
from models.tables import Parameter
from tests.test_models_load import ARTICLE, INDICATORS, LATE, NOON, PLACES, load

WRITERS, TIMES = 4, 200
COUNTED = select(Parameter.number).where(Parameter.name == "published_threshold")
COPY = replace(ARTICLE, source="baokhac", identity="https://baokhac.example/chep", origin=ARTICLE.url, url=None)


def count_up(conn: Connection) -> None:
    """Read, then write what follows from it."""
    read = conn.execute(COUNTED.with_for_update()).scalar_one()
    conn.execute(update(Parameter).where(Parameter.name == "published_threshold").values(number=read + 1))


def test_four_writers_of_200_transactions_each_lose_none(fresh_db: Engine, fresh_url: str) -> None:
    with reading(fresh_db) as conn:
        before = conn.scalar(COUNTED)

    def write(_: int) -> None:
        engine = open_database(fresh_url, create=False)
        for _ in range(TIMES):
            with writing(engine) as conn:
                count_up(conn)
        engine.dispose()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with reading(fresh_db) as conn:
        assert conn.scalar(COUNTED) == before + WRITERS * TIMES


def test_who_waits_too_long_for_another_writer_is_told_and_may_try_again(
    tmp_path: Path, empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/solieu.db"
    (tmp_path / "solieu.db").write_bytes(empty_file.read_bytes())
    other = open_database(url, create=False)
    monkeypatch.setattr(models.database, "WAIT_SECONDS", 0)
    engine = open_database(url, create=False)
    told = f"{url}: another program has been writing for 0 s, nothing was written; try again"
    with writing(other), pytest.raises(DatabaseProblem, match=re.escape(told)), writing(engine) as conn:
        count_up(conn)
    with writing(engine) as conn:
        count_up(conn)


@pytest.fixture
def copies(postgres_urls: Callable[..., str], empty_database: str) -> Engine:
    """PostgreSQL with an article and its copy, of which nobody knows yet; two programs never wait for long."""
    engine = open_database(postgres_urls(empty_database), create=False)
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("SET LOCAL lock_timeout = '1s'"))
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    for record in (ARTICLE, COPY):
        load(engine, record, LATE)
    return engine


def test_an_article_is_linked_while_another_program_reads_it_anew(copies: Engine) -> None:
    with writing(copies) as busy:
        assert find_known(busy, COPY, lock=True).article_id
        with writing(copies) as conn:
            assert link_copies(conn) == {(COPY.source, COPY.identity)}


def test_links_and_articles_are_ranked_last_so_that_none_waits_for_the_other(copies: Engine) -> None:
    said: list[str] = []
    event.listen(copies, "before_cursor_execute", lambda *given: said.append(given[2]))
    with writing(copies) as conn:
        link_copies(conn)
    load(copies, replace(ARTICLE, content_hash="a2", fetched_at=NOON, title="Đã sửa"), replace(LATE, printed="1,250"))
    last = [n for n, statement in enumerate(said) if statement.startswith("UPDATE likeness")]
    ranked = [n for n, statement in enumerate(said) if "solieu ranking" in statement]
    assert len(ranked) == 2
    assert last[-1] < ranked[0]
