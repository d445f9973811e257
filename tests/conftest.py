"""A fresh database on both kinds, for every test that asks for one."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from flows.load import prepare
from models import open_database
from tests.postgres import postgres_server
from tests.programs import environment

DATABASES = count(1)
LONG = (
    ("test_cluster", "test_flows_schedule"),
    ("test_workers", "test_flows_names"),
    ("test_orders", "test_flows_retraction", "test_flows_corrections"),
    ("test_flows_demo", "test_flows_bucket", "test_flows_secrets"),
)
"""Files whose tests wait, or start programs of their own, by the process that begins with them; those that need a
`prefect_database` are together, and no process has all of them, for its end would be waited for."""
collect_ignore = [] if (Path(__file__).parents[2] / "shared" / "gold").exists() else ["test_accuracy.py"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each of the processes that share the tests begins with some long files: at the end one would wait for another.

    They are given as many tests each, in order, and take what is left of one another's (`--dist worksteal`).
    """
    processes = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    shares: list[list[pytest.Item]] = [[] for _ in range(processes)]
    own = {file: shares[n % processes] for n, files in enumerate(LONG) for file in files}
    short = list[pytest.Item]()
    for item in items:
        own.get(item.path.stem, short).append(item)
    left, ordered = len(items), list[pytest.Item]()
    for n, share in enumerate(shares):
        size = left // (processes - n)
        left -= size
        fill = max(0, size - len(share))
        ordered += share + short[:fill]
        del short[:fill]
    items[:] = ordered + short


@pytest.fixture(scope="session", autouse=True)
def quiet_end() -> Iterator[None]:
    """Prefect tells of its server's end when the process exits, and pytest has closed its output by then."""
    yield
    logging.getLogger("prefect").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def prefect_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prefect's own database without a run, to be copied: its server takes twenty seconds to make one."""
    home = tmp_path_factory.mktemp("prefect")
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    subprocess.run(command, env=environment(PREFECT_HOME=str(home)), stdout=subprocess.DEVNULL, check=True)
    return home / "prefect.db"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server; the tests fail, they do not skip, where none can be started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_urls(postgres: str) -> Callable[..., str]:
    """Gives a database of the server each time: an empty one, or a copy."""

    def new(template: str = "template1") -> str:
        name = f"test_{next(DATABASES)}"
        engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
        with engine.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return make_url(postgres).set(database=name).render_as_string(hide_password=False)

    return new


@pytest.fixture
def postgres_url(postgres_urls: Callable[..., str]) -> str:
    """An empty database of the server."""
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


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "solieu.db"
    engine = open_database(f"sqlite:///{file}", create=True)
    with engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def empty_database(postgres_urls: Callable[..., str]) -> str:
    """The name of a database of the server with empty tables, to be copied: making the tables takes a second."""
    url = postgres_urls()
    open_database(url, create=True).dispose()
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that has nothing in it yet, but empty tables for a test that asks for `fresh_db`."""
    filled = "fresh_db" in request.fixturenames
    if request.param == "sqlite":
        file = tmp_path / "solieu.db"
        if filled:
            copyfile(request.getfixturevalue("empty_file"), file)
        return f"sqlite:///{file}"
    urls = request.getfixturevalue("postgres_urls")
    return str(urls(request.getfixturevalue("empty_database")) if filled else urls())


@pytest.fixture
def fresh_db(fresh_url: str) -> Iterator[Engine]:
    """A database with empty tables."""
    engine = open_database(fresh_url, create=True)
    yield engine
    engine.dispose()
