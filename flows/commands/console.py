"""The terminal: tables, reports, progress on long work, and problems as one line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from flows.gather import Watch
    from flows.report import Report

WIDE = 220
"""Columns of a table that nobody looks at on a terminal: a row is never folded."""


def say(text: str) -> None:
    typer.echo(text)


def warn(text: str) -> None:
    typer.echo(text, err=True)


def show_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """A table as wide as the terminal; columns named in `right` hold numbers."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title) or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table)


def end_with(report: Report, *, show: bool = True) -> None:
    """Print what a run did; exit code 1 when something failed."""
    from flows.report import render

    if show:
        say(render(report))
    if not report.ok:
        raise typer.Exit(1)


@contextmanager
def watching() -> Iterator[Watch]:
    """Progress on a terminal; elsewhere one plain line when a piece of work is done."""
    if not sys.stderr.isatty():
        yield _tell_when_done
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TaskID, TimeElapsedColumn

    bars: dict[str, TaskID] = {}
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def move(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=of)
            progress.update(bars[what], completed=done, total=of)

        yield move


def _tell_when_done(what: str, done: int, of: int) -> None:
    if done == of:
        warn(f"{what}: {of} of {of}")
