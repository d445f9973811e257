"""The commands that ask about places: their history, and what today's territory had before."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from flows.commands.console import say, show_table, warn

_TOLD = 12
"""Of so many units at most the history is told."""


class ListFormat(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


def localities(
    name: Annotated[str, typer.Argument(help="Part of a name, also a former one, with or without accents; or a code.")],
) -> None:
    """Find a place, before and since 1 July 2025, and tell what it was called, what it came from, what became of it."""
    from flows.places import find_units, history_rows, unit_row

    units = find_units(name)
    if not units:
        warn(f"solieu: no locality {name!r}")
        raise typer.Exit(1)
    show_table("", ("id", "name", "tier", "lies in", "valid"), map(unit_row, units))
    if len(units) > _TOLD:
        say(f"{len(units)} places; an id or a longer name tells their history")
        return
    told = [[unit.id, *event] for unit in units for event in history_rows(unit)]
    if told:
        say("")
        show_table("", ("id", "day", "", "", "decree"), told)


def territory(
    place: Annotated[str, typer.Argument(help="Id or name of a unit.")],
    indicator: Annotated[str | None, typer.Option(help="Code or name.")] = None,
    format: Annotated[ListFormat, typer.Option(help="How to print it.")] = ListFormat.table,
) -> None:
    """Print what the territory of a unit had, put together from its predecessors: counts and money, never rates."""
    from flows.commands.show import TERRITORY_HEADS, territory_table
    from flows.export import rows_csv, rows_json
    from flows.settings import read_settings
    from models.database import open_database
    from models.points import TERRITORY_COLUMNS, territory_series

    rows = territory_series(open_database(read_settings().database, create=False), territory=place, indicator=indicator)
    if not rows:
        warn("nothing adds up: every part needs a count or an amount for the same period")
    if format is ListFormat.table:
        show_table("", TERRITORY_HEADS, territory_table(rows), right=["value", "parts"])
    else:
        typer.echo((rows_csv if format is ListFormat.csv else rows_json)(rows, TERRITORY_COLUMNS), nl=False)
