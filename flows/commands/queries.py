"""The commands that ask: review, indicators, db; and those of series.py, places.py and sources.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import say, show_table, warn
from flows.commands.places import ListFormat, localities, territory
from flows.commands.series import EXAMPLE, series
from flows.commands.sources import sources
from flows.places import folded

if TYPE_CHECKING:
    from sqlalchemy import Engine


db = typer.Typer(help="The database: bring it up to date, look at its state.", no_args_is_help=True)


class Waiting(StrEnum):
    unsure = "unsure"
    tie = "tie"
    unplaced = "unplaced"
    undated = "undated"
    unnamed = "unnamed"
    aside = "aside"


def review(
    why: Annotated[Waiting | None, typer.Option(help="Only what waits for this reason.")] = None,
    format: Annotated[
        ListFormat, typer.Option(help="Groups as a table; every figure as CSV or JSON.")
    ] = ListFormat.table,
) -> None:
    """List what waits for a person: figures read with little confidence, and figures of no known indicator."""
    from flows.export import rows_csv, rows_json
    from flows.settings import read_settings
    from models.database import open_database
    from models.review import COLUMNS, waiting, waiting_groups

    engine = open_database(read_settings().database, create=False)
    if format is not ListFormat.table:
        write = rows_csv if format is ListFormat.csv else rows_json
        typer.echo(write(waiting(engine, why=why), COLUMNS), nl=False)
        return
    groups = waiting_groups(engine, why=why)
    if not groups:
        warn("nothing waits for that reason" if why else "nothing waits")
    rows = ([g.why, g.label, g.unit, str(g.figures), str(g.articles), g.quote, g.article] for g in groups)
    show_table(
        "", ("why", "label", "unit", "figures", "articles", "for example", "in"), rows, right=["figures", "articles"]
    )


def indicators(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD]…", help="Parts of a code or a name.")] = None,
) -> None:
    """List the indicators of the catalogue."""
    from extractors.indicators import catalogue

    rows = ([i.code, i.name_vi, i.name_en, i.unit] for i in catalogue().indicators.values())
    _show_found(("code", "name", "English name", "unit"), rows, " ".join(words or ()), "indicator")


@db.command(epilog="Example: SOLIEU_DATABASE_URL=postgresql://app@db/solieu solieu db upgrade")
def upgrade() -> None:
    """Make the database, or bring it to the newest revision."""
    from flows.load import prepare
    from flows.settings import read_settings
    from models.database import masked, open_database

    settings = read_settings()
    prepare(open_database(settings.database, create=True), [])
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


def _show_found(heads: tuple[str, ...], rows: Iterable[list[str]], words: str, what: str) -> None:
    """The rows that hold all the words in any order; exit code 1 when none does."""
    wanted = folded(words).split()
    found = [row for row in rows if all(word in folded(" ".join(row)) for word in wanted)]
    if not found:
        warn(f"solieu: no {what} {words!r}" if words else f"solieu: no {what}")
        raise typer.Exit(1)
    show_table("", heads, found)


EXAMPLES: dict[Callable[..., None], str] = {
    series: EXAMPLE,
    review: "solieu review --why unsure",
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
