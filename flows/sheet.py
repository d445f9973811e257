"""Points as a table for other programs: a row a point, or a row a place and period and a column an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flows.labels import CODES, Labels
from flows.lines import against, parts_of
from models.points import COLUMNS, SeriesRow

Cell = Decimal | float | int | str | date | None
"""A number, words, a day or nothing."""
KEYS = ("locality", "locality_name", "time_period", "period")
"""What every row of a wide sheet begins with."""
ASIDES = {"bound": "eq", "correction": ""}
"""What a column of a wide sheet has behind it where it is not always so."""


class Sheet(NamedTuple):
    heads: list[str]
    rows: list[list[Cell]]


def sheet(rows: Iterable[object], columns: Sequence[str]) -> Sheet:
    """These columns of any rows."""
    return Sheet(list(columns), [[getattr(row, name) for name in columns] for row in rows])


def long_sheet(rows: Sequence[SeriesRow], labels: Labels = CODES) -> Sheet:
    """A row a point."""
    return Sheet(labels.heads(COLUMNS), sheet(map(labels.row, rows), COLUMNS).rows)


class Column(NamedTuple):
    """What the points of a column have in common. Sorted, the columns of an indicator stand side by side."""

    indicator: str
    breakdown: str
    scope: str
    measure: str
    against: str
    status: str
    unit: str


def wide_sheet(rows: Sequence[SeriesRow], labels: Labels = CODES) -> Sheet:
    """A row a place and period, in the order of places and days; a column for what differs in anything else.

    Where a column has other than exact numbers, the one behind it says of which: "less than". So it does where an
    operator put one right.
    """
    cells: dict[tuple[str, ...], dict[Column, SeriesRow]] = {}
    for row in rows:
        cells.setdefault(_place_and_period(row), {})[_column(row)] = row
    columns = sorted({_column(row): None for row in rows})
    asides = {(_column(row), slot) for row in rows for slot, usual in ASIDES.items() if getattr(row, slot) != usual}
    behind = {column: [slot for slot in ASIDES if (column, slot) in asides] for column in columns}
    heads = labels.heads(KEYS)
    for column, head in zip(columns, _heads(columns, rows, labels), strict=True):
        heads += [head, *(f"{head}: {labels.word('head', slot)}" for slot in behind[column])]
    return Sheet(heads, [_line(cells[key], behind, labels) for key in sorted(cells)])


def _place_and_period(row: SeriesRow) -> tuple[str, ...]:
    start, _, end = row.period.partition("/")
    return row.locality, start, end or start, row.period


def _column(row: SeriesRow) -> Column:
    base = against(row.period, row.base)
    return Column(row.indicator, row.breakdown, row.scope, row.measure, base, row.status, row.unit)


def _line(found: dict[Column, SeriesRow], behind: Mapping[Column, Sequence[str]], labels: Labels) -> list[Cell]:
    one = next(iter(found.values()))
    line: list[Cell] = [getattr(one, key) for key in KEYS]
    for column, slots in behind.items():
        row = found.get(column)
        line.append(None if row is None else row.value_text if row.value is None else row.value)
        line += [None if row is None else labels.word(slot, getattr(row, slot)) for slot in slots]
    return line


def _heads(columns: Sequence[Column], rows: Iterable[SeriesRow], labels: Labels) -> list[str]:
    """`dossier.late_rate, target (percent)`; two of one name are told apart by the code."""
    example: dict[Column, SeriesRow] = {_column(row): row for row in rows}
    heads = {column: _head(column, example[column], labels) for column in columns}
    times = Counter(heads.values())
    return [f"{head} [{c.indicator} {c.breakdown}]" if times[head] > 1 else head for c, head in heads.items()]


def _head(column: Column, row: SeriesRow, labels: Labels) -> str:
    said = {name: getattr(column, name) for name in ("scope", "measure", "against", "status")}
    marks = [labels.word(kind, word) for kind, word in said.items() if word not in ("all", "level", "actual", "")]
    return f"{', '.join([labels.indicator(row), *parts_of(row), *marks])} ({labels.word('unit', column.unit)})"
