"""The commands that ask: indicators, db; and those of review.py, series.py, places.py and sources.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import say, show_table, warn
from flows.commands.places import localities, territory
from flows.commands.review import EXAMPLE as REVIEW_EXAMPLE
from flows.commands.review import review
from flows.commands.series import EXAMPLE, series
from flows.commands.sources import sources

if TYPE_CHECKING:
    from sqlalchemy import Engine


db = typer.Typer(help="The database: bring it up to date, look at its state.", no_args_is_help=True)


def indicators(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD]…", help="Parts of a code or a name.")] = None,
) -> None:
    """List the indicators of the catalogue."""
    from flows.labels import indicator_rows

    said = " ".join(words or ())
    found = indicator_rows(said)
    if not found:
        warn(f"solieu: no indicator {said!r}")
        raise typer.Exit(1)
    show_table("", ("code", "name", "English name", "unit"), found)


@db.command(epilog="Example: SOLIEU_DATABASE_URL=postgresql://app@db/solieu solieu db upgrade")
def upgrade() -> None:
    """Make the database, or bring it to the newest revision."""
    from flows.load import prepare
    from flows.settings import read_settings
    from models.database import masked, open_database

    settings = read_settings()
    prepare(open_database(settings.database, create=True), [], anew=True)
    say(f"{masked(settings.database)}: up to date")


@db.command(epilog="Example: solieu db info")
def info() -> None:
    """Where the database is, how much it holds, and the last runs."""
    from flows.settings import read_settings
    from models.database import masked, open_database
    from models.ledger import runs

    settings = read_settings()
    engine = open_database(settings.database, create=False)
    say(masked(settings.database))
    show_table("", ("table", "rows"), _sizes(engine), right=["rows"])
    last = runs(engine, limit=5)
    rows = ([str(r.id), r.kind, _moment(r.started), _moment(r.ended), r.state, _gist(r.note)] for r in last)
    show_table("", ("run", "kind", "started", "ended", "state", "note"), rows)


@db.command(epilog="Example: solieu db grant analyst && psql -c \"ALTER ROLE analyst LOGIN PASSWORD '…'\"")
def grant(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Its name; it is made where there is none.")],
) -> None:
    """Let a role of PostgreSQL read every table and view, and change nothing."""
    from flows.settings import read_settings
    from models.database import open_database
    from models.grants import grant_reading

    made = grant_reading(open_database(read_settings().database, create=False), role)
    login = f"; it has no login yet: ALTER ROLE {role} LOGIN PASSWORD '…'" if made else ""
    say(f"{role} may read every table and view{login}")


def _sizes(engine: Engine) -> list[list[str]]:
    from sqlalchemy import func, select

    from models.database import reading
    from models.tables import Base

    with reading(engine) as conn:
        tables = Base.metadata.sorted_tables
        return [[table.name, str(conn.scalar(select(func.count()).select_from(table)))] for table in tables]


def _gist(note: str) -> str:
    """The first line of a note, and how many follow."""
    first, *more = note.splitlines() or [""]
    return f"{first} (and {len(more)} more)" if more else first


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


EXAMPLES: dict[Callable[..., None], str] = {
    series: EXAMPLE,
    review: REVIEW_EXAMPLE,
    indicators: "solieu indicators hồ sơ",
    localities: "solieu localities 'Nha Trang'",
    territory: "solieu territory '56@2025' --indicator budget.revenue",
}


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    for command, example in EXAMPLES.items():
        app.command(epilog=f"Example: {example}")(command)
    app.add_typer(sources, name="sources")
    app.add_typer(db, name="db")
