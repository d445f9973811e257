"""`solieu review`: the queue as a table, and on a terminal as questions whose answers become corrections."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import show_table, warn
from flows.commands.places import ListFormat

if TYPE_CHECKING:
    from models.review import WaitingGroup

EXAMPLE = "solieu review --why unsure"


class Waiting(StrEnum):
    unsure = "unsure"
    tie = "tie"
    unplaced = "unplaced"
    undated = "undated"
    unnamed = "unnamed"
    aside = "aside"
    crowded = "crowded"


def review(
    why: Annotated[Waiting | None, typer.Option(help="Only what waits for this reason.")] = None,
    as_list: Annotated[bool, typer.Option("--list", help="Print the groups, also on a terminal.")] = False,
    format: Annotated[
        ListFormat | None, typer.Option(help="Groups as a table; every figure as CSV or JSON.", show_default=False)
    ] = None,
) -> None:
    """Walk through what waits for a person, and write the answers as corrections; without a terminal, list it.

    Figures of no known indicator, the most frequent words first, then unsure readings, then places.
    """
    from flows.export import rows_csv, rows_json
    from flows.settings import read_settings
    from models.database import open_database
    from models.review import COLUMNS, waiting, waiting_groups

    settings = read_settings()
    engine = open_database(settings.database, create=False)
    if not as_list and format is None and on_terminal():
        from flows.adhoc import trial_desk
        from flows.commands.walk import walk_through

        walk_through(trial_desk(settings), waiting(engine, why=why), date.today())
    elif format in (ListFormat.csv, ListFormat.json):
        write = rows_csv if format is ListFormat.csv else rows_json
        typer.echo(write(waiting(engine, why=why), COLUMNS), nl=False)
    else:
        _show_groups(waiting_groups(engine, why=why), why)


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _show_groups(groups: Sequence[WaitingGroup], why: Waiting | None) -> None:
    if not groups:
        warn("nothing waits for that reason" if why else "nothing waits")
    rows = ([g.why, g.label, g.unit, str(g.figures), str(g.articles), g.quote, g.article] for g in groups)
    show_table(
        "", ("why", "label", "unit", "figures", "articles", "for example", "in"), rows, right=["figures", "articles"]
    )
