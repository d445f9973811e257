"""A role that may only look."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from flows.cli import main
from flows.settings import Settings
from models import DatabaseProblem, open_database, writing
from models.grants import grant_reading
from models.wide import make_wide
from tests.sites import settings

__all__ = ["settings"]


def as_role(url: str, statement: str) -> int:
    """What the analyst's statement gives, as a number of rows."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as conn:
        conn.execute(text("SET ROLE analyst"))
        return conn.execute(text(statement)).rowcount


def test_an_analyst_reads_everything_and_changes_nothing(postgres_url: str) -> None:
    engine = open_database(postgres_url, create=True)
    assert [grant_reading(engine, "analyst"), grant_reading(engine, "analyst")] == [True, False]
    assert [as_role(postgres_url, f"SELECT * FROM {name}") for name in ("series", "observation", "data_dictionary")]
    with writing(engine) as conn:
        make_wide(conn)
    assert as_role(postgres_url, "SELECT * FROM wide") == 0
    for statement in ("DELETE FROM observation", "INSERT INTO parameter VALUES ('x', 1)", "CREATE TABLE mine (id int)"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            as_role(postgres_url, statement)


@pytest.mark.parametrize("role", ["", "Analyst", "a b", "x; DROP TABLE article", "x" * 64])
def test_a_name_that_is_none_is_refused(postgres_url: str, role: str) -> None:
    with pytest.raises(DatabaseProblem, match="is no name for a role"):
        grant_reading(open_database(postgres_url, create=True), role)


def test_sqlite_has_no_roles(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["db", "grant", "analyst"])
    assert done.value.code == 1
    assert capsys.readouterr().err.startswith("solieu: SQLite knows no roles: who may only look gets the file to read")
