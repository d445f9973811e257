"""What `solieu series` does with its points: a table on the terminal, text, a file, a plot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import typer

from flows.commands.console import show_table, warn
from flows.commands.show import SERIES_HEADS, grouped, series_table
from flows.export import rows_parquet, sheet_csv, sheet_json, sheet_parquet
from flows.labels import Labels
from flows.lines import trends
from flows.sheet import Sheet, long_sheet, wide_sheet
from flows.store import write_file
from models.points import COLUMNS, SeriesRow

BOM = "\ufeff"


class Manner(NamedTuple):
    """How points are told: `form` is table, csv, json, parquet or xlsx."""

    form: str
    wide: bool
    labels: Labels
    decimal: str
    bom: bool


def show(rows: Sequence[SeriesRow], manner: Manner) -> None:
    """Print a table for people."""
    labels, decimal = manner.labels, manner.decimal
    if manner.wide:
        _show_sheet(wide_sheet(rows, labels), decimal)
        return
    curves = trends(rows)
    more = {"trend": bool(curves), "correction": any(row.correction for row in rows)}
    heads = labels.heads([*SERIES_HEADS, *(head for head, there in more.items() if there)], "table")
    show_table("", heads, series_table(rows, labels, decimal, curves), right=labels.heads(["value"], "table"))


def write(rows: Sequence[SeriesRow], manner: Manner, out: Path | None) -> None:
    """Write the file and say so; text without a file goes to standard output."""
    told = _told(rows, manner)
    if out is None:
        assert isinstance(told, str)
        typer.echo(told, nl=False)
        return
    write_file(out, told.encode() if isinstance(told, str) else told)
    warn(f"{out}: {len(rows)} points")


def draw(rows: Sequence[SeriesRow], file: Path, labels: Labels) -> None:
    """Write the plot and say so."""
    from flows.plot import plot

    plotted = plot(rows, labels, file.suffix.lower().removeprefix("."))
    write_file(file, plotted)
    words = sum(row.value is None for row in rows)
    warn(f"{file}: {len(rows) - words} points" + (f"; in words and not drawn: {words}" if words else ""))


def _told(rows: Sequence[SeriesRow], manner: Manner) -> str | bytes:
    if manner.form == "parquet" and not manner.wide:
        return rows_parquet(map(manner.labels.row, rows))
    table = (wide_sheet if manner.wide else long_sheet)(rows, manner.labels)
    if manner.form == "parquet":
        return sheet_parquet(table)
    if manner.form == "xlsx":
        from flows.spreadsheet import sheet_xlsx

        return sheet_xlsx(table)
    if manner.form == "json":
        return sheet_json(table if manner.wide else table._replace(heads=list(COLUMNS)))  # keys are for programs
    return (BOM if manner.bom else "") + sheet_csv(table, manner.decimal)


def _show_sheet(table: Sheet, decimal: str) -> None:
    numbers = {at for row in table.rows for at, cell in enumerate(row) if isinstance(cell, Decimal)}
    rows = [
        [grouped(cell, decimal) if isinstance(cell, Decimal) else str(cell or "") for cell in row] for row in table.rows
    ]
    show_table("", table.heads, rows, right=[table.heads[at] for at in numbers])
