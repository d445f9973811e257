"""A fresh database on both kinds, for every test that asks for one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from flows.load import prepare
from models import open_database
from tests.postgres import postgres_server

SCHEMAS = count(1)
collect_ignore = [] if (Path(__file__).parents[2] / "shared" / "gold").exists() else ["test_accuracy.py"]


@pytest.fixture(scope="session", autouse=True)
def quiet_end() -> Iterator[None]:
    """Prefect tells of its server's end when the process exits, and pytest has closed its output by then."""
    yield
    logging.getLogger("prefect").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server; the tests fail, they do not skip, where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def postgres_urls(postgres: str) -> Callable[[], str]:
    """Gives an empty schema of the server each time."""

    def new() -> str:
        schema = f"test_{next(SCHEMAS)}"
        engine = create_engine(postgres)
        with engine.begin() as conn:
            conn.execute(text(f"CREATE SCHEMA {schema}"))
        engine.dispose()
        address = make_url(postgres).update_query_dict({"options": f"-csearch_path={schema}"})
        return address.render_as_string(hide_password=False)

    return new


@pytest.fixture
def postgres_url(postgres_urls: Callable[[], str]) -> str:
    """An empty schema of the server."""
    return postgres_urls()


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with places and indicators, as a first run would write it, to be copied."""
    file = tmp_path_factory.mktemp("filled") / "solieu.db"
    engine = open_database(f"sqlite:///{file}", create=True)
    prepare(engine, ())
    with engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that has nothing in it yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/solieu.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def fresh_db(fresh_url: str) -> Iterator[Engine]:
    """A database with empty tables."""
    engine = open_database(fresh_url, create=True)
    yield engine
    engine.dispose()
