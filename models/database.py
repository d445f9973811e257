"""Open SQLite (the default) or PostgreSQL, in transactions that say whether they write.

engine = open_database("postgresql://reader@db/solieu", create=False)
with reading(engine) as conn: ...
with writing(engine) as conn: ...        # on SQLite BEGIN IMMEDIATE: writers queue instead of failing
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from models.problems import DatabaseProblem, NoDatabase

DEFAULT_URL = "sqlite:///data/db/solieu.db"
REVISION = "0009"
"""The newest migration: what this version of the program reads and writes."""
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""Whatever driver a URL names, these are the ones the lock file brings."""
WAIT_SECONDS = 30
"""How long a SQLite writer waits for another one."""
CACHE_KB, CHECKPOINT_PAGES = 64 * 1024, 8000
"""How much of a SQLite file a connection keeps at hand, and how much is written beside it before it is put in its
place: an article touches a hundred pages all over the file, mostly the same ones as the article before."""
CONNECT_SECONDS = 10
"""How long a PostgreSQL server may take to answer."""


def open_database(url: str | None = None, *, create: bool) -> Engine:
    """An engine on a database of the right shape; DatabaseProblem when that cannot be had.

    `create` makes what is missing: the SQLite file with its folders, the tables, the newer columns. Without it a
    missing or older database is a problem, and nothing is written.
    """
    where = _read_url(url or DEFAULT_URL)
    with _explained(where):
        engine = _engine(where, create=create)
        revision = _revision(engine)
        if create and revision != REVISION:
            _check_known(where, revision)
            _migrate(engine)
        elif revision is None:
            raise NoDatabase(f"{masked(where)} holds no solieu tables yet: run `solieu db upgrade`")
        elif revision != REVISION:
            _check_known(where, revision)
            raise DatabaseProblem(
                f"{masked(where)} is of revision {revision}, this program needs {REVISION}: run `solieu db upgrade`"
            )
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for queries: never waits for writers, works on a read-only file."""
    with _explained(engine.url), engine.connect() as conn, conn.begin():
        yield conn


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is written, or nothing."""
    with _explained(engine.url), engine.connect() as conn, conn.execution_options(solieu_writes=True).begin():
        yield conn


def masked(url: str | URL) -> str:
    """The URL as a message may show it: `postgresql+psycopg://app:***@db/solieu`."""
    try:
        shown = make_url(url)
    except ArgumentError:
        return "the database URL"
    if "immutable" in shown.query:  # our own way to a file in a folder that nobody may write
        shown = shown.set(database=(shown.database or "").removeprefix("file:"), query={})
    secret = {name: "hidden" for name in shown.query if name in ("password", "passfile", "sslpassword")}
    return shown.update_query_dict(secret).render_as_string(hide_password=True)


def backend(url: str) -> str:
    """sqlite or postgresql."""
    return _read_url(url).get_backend_name()


def sealed(path: Path) -> bool:
    """WAL writes beside the file even to read it; where we may not, and no -wal is there, the file alone is all."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def _read_url(url: str) -> URL:
    try:
        where = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseProblem(
            "the database URL cannot be read; it looks like sqlite:///data/db/solieu.db "
            "or postgresql://user:password@host/name (SOLIEU_DATABASE_URL)"
        ) from None
    backend = where.get_backend_name()
    if backend not in DRIVERS:
        raise DatabaseProblem(f"{masked(where)}: solieu keeps its data in SQLite or PostgreSQL (SOLIEU_DATABASE_URL)")
    return where.set(drivername=DRIVERS[backend])


def _engine(where: URL, *, create: bool) -> Engine:
    if where.get_backend_name() == "sqlite":
        return _sqlite(where, create=create)
    try:
        return create_engine(where, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    except ModuleNotFoundError as missing:
        raise DatabaseProblem(
            f"{masked(where)} needs the package {missing.name}: pip install 'solieu[postgres]'"
        ) from None


def _sqlite(where: URL, *, create: bool) -> Engine:
    if where.database in (None, "", ":memory:"):
        return _with_transactions(create_engine(where, poolclass=StaticPool, connect_args={"check_same_thread": False}))
    if where.database.startswith("file:"):
        return _with_transactions(create_engine(where, connect_args={"timeout": WAIT_SECONDS}))
    path = Path(where.database)
    if not path.exists():
        if not create:
            raise NoDatabase(f"{path} does not exist yet: `solieu nightly` or `solieu run FILE` makes it")
        path.parent.mkdir(parents=True, exist_ok=True)
    elif sealed(path):
        where = where.set(database=f"file:{path.resolve()}").update_query_dict({"immutable": "1", "uri": "true"})
    return _with_transactions(create_engine(where, connect_args={"timeout": WAIT_SECONDS}))


def _with_transactions(engine: Engine) -> Engine:
    """SQLAlchemy's recipe for SQLite: the driver opens no transactions of its own, so that BEGIN IMMEDIATE is ours."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _file_of(engine.url)
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get("solieu_writes", False)
        if writes and conn.info["file"] != _file_of(engine.url):
            raise DatabaseProblem(
                f"{masked(engine.url)}: the file was deleted or replaced meanwhile; what the archive has is not "
                "lost: run it again"
            )
        if writes:
            _begin_writing(conn)
        else:
            conn.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(conn: Connection) -> None:
    """Once the others have written. SQLite itself soon asks ten times a second alone, and who writes without a pause
    hardly ever lets another one in; begun anew it asks every millisecond or two."""
    driver: Any = conn.connection.driver_connection
    end = monotonic() + WAIT_SECONDS
    driver.execute("PRAGMA busy_timeout = 3")
    try:
        while _is_busy(driver) and monotonic() < end:
            pass
        if not driver.in_transaction:
            conn.exec_driver_sql("BEGIN IMMEDIATE")  # fails, and says why
    finally:
        driver.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")


def _is_busy(driver: Any) -> bool:
    """Whether another one is writing; else this one has begun, or cannot."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        return "locked" in str(fault)
    return False


def _file_of(where: URL) -> tuple[int, int] | None:
    """Which file it is, whatever its name: SQLite goes on writing into one that was deleted."""
    try:
        found = os.stat(where.database or "")
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _revision(engine: Engine) -> str | None:
    with reading(engine) as conn:
        if not inspect(conn).has_table("alembic_version"):
            return None
        revision = conn.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def _check_known(where: URL, revision: str | None) -> None:
    if revision is not None and revision > REVISION:
        raise DatabaseProblem(f"{masked(where)} is of revision {revision}, made by a newer solieu: update this one")


def _migrate(engine: Engine) -> None:
    from models.migrations.run import upgrade  # Alembic takes 0.1 s to import, and most commands need no migration

    if engine.dialect.name == "sqlite":
        with engine.connect() as conn:
            assert conn.connection.driver_connection is not None
            conn.connection.driver_connection.execute("PRAGMA journal_mode = WAL")
    with writing(engine) as conn:
        upgrade(conn)


@contextmanager
def _explained(where: URL) -> Iterator[None]:
    """What a driver reports, as one line that names the database and hides its password."""
    try:
        yield
    except OSError as problem:
        raise DatabaseProblem(f"{masked(where)}: {problem.strerror or problem}") from problem
    except SQLAlchemyError as problem:
        if not isinstance(problem, DBAPIError):
            raise
        cause = None if isinstance(problem, OperationalError) else problem
        raise DatabaseProblem(f"{masked(where)}: {_reason(problem)}") from cause


def _reason(problem: DBAPIError) -> str:
    said = str(problem.orig).strip().splitlines()
    line = said[0] if said else type(problem.orig).__name__
    if "readonly" in line or "read-only" in line:
        return "the database is read-only, nothing was written"
    if "database is locked" in line:
        return f"another program has been writing for {WAIT_SECONDS} s, nothing was written; try again"
    if isinstance(problem, OperationalError) and isinstance(problem.orig, sqlite3.Error):
        return f"{line}; check that the file and its folder can be read and written, and that the disk has room"
    return line
