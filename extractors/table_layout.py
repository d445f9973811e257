"""The parts of a table: the lines of its head, the column that names its rows, the column of units, the words above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from extractors.facts import Block
from extractors.sentences import Document
from extractors.table_cells import Cell, cell_of
from extractors.table_words import is_called, is_head, says
from extractors.units import Unit, read_unit

Row = Mapping[int, Cell]

_YEAR = regex.compile(r"(?:19|20)\d\d")
_BRACKETED = regex.compile(r"\([^()]*\)")
_REACH = 600
_LINES_ABOVE = 3
_MOST_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """`heads` by column, the lines of a head of several lines joined; `name` and `unit` are numbers of columns."""

    heads: Mapping[int, str]
    rows: Sequence[Row]
    name: int
    unit: int | None
    above: str
    note: Unit | None
    """What the words above say that everything is counted in."""


def read_layout(document: Document, blocks: Sequence[Block], above: str) -> Layout | None:
    """The parts of a table; None where no column names its rows."""
    rows: dict[int, dict[int, Cell]] = {}
    for block in blocks:
        rows.setdefault(block.row or 0, {})[block.column or 0] = cell_of(document.norm, block)
    lines = [rows[number] for number in sorted(rows)]
    title = ""
    if len(lines) > 2 and len(lines[0]) == 1 < len(lines[1]):  # "Bảng 1. …" across the whole table
        title = next(iter(lines.pop(0).values())).words
    deep = _head_rows(lines)
    heads, body = _heads(lines[:deep]), lines[deep:]
    unit = _unit_column(heads, body)
    name = _name_column(heads, body, unit)
    if name is None:
        return None
    words, note = _words_above(document.norm[: min(block.start for block in blocks)], above)
    return Layout(heads, body, name, unit, f"{words} {title}".strip(), note)


def _head_rows(lines: Sequence[Row]) -> int:
    """How many lines the head has: below the first only what stands under a wider head, or in brackets."""
    deep = 1
    while deep < min(_MOST_HEAD_ROWS, len(lines) - 1):
        row = lines[deep]
        figures = any(cell.number and not _YEAR.fullmatch(cell.words) for cell in row.values())
        bracketed = all(_BRACKETED.fullmatch(cell.words) for cell in row.values())
        if figures or not (bracketed or (row and min(row) > min(lines[0]))):
            break
        deep += 1
    return deep


def _heads(lines: Sequence[Row]) -> dict[int, str]:
    """The words over each column; a head that spans several stands over every one with words of its own below."""
    heads: dict[int, str] = {}
    for column in sorted({column for line in lines for column in line}):
        spanning = max((left for left in lines[0] if left <= column), default=column)
        top = lines[0].get(spanning)
        below = [line[column] for line in lines[1:] if column in line]
        words = [cell.words for cell in [top, *below] if cell is not None]
        heads[column] = ", ".join(words).replace(", (", " (")
    return heads


def _unit_column(heads: Mapping[int, str], rows: Sequence[Row]) -> int | None:
    for column, words in heads.items():
        cells = [row[column] for row in rows if column in row]
        if is_called(words, "unit") or (cells and all(cell.unit and not cell.number for cell in cells)):
            return column
    return None


def _name_column(heads: Mapping[int, str], rows: Sequence[Row], unit: int | None) -> int | None:
    """The first column headed as one of names, else the first that mostly holds words."""
    open_columns = [column for column in heads if column != unit]
    for column in open_columns:
        if is_head(heads[column], "places", "times", "indicators"):
            return column
    for column in open_columns:
        words = sum(column in row and row[column].number is None for row in rows)
        if words * 5 >= len(rows) * 4 and not is_head(heads[column], "number", "rank"):
            return column
    return None


def _words_above(before: str, above: str) -> tuple[str, Unit | None]:
    """What introduces a table, and the unit of a note such as "Đơn vị tính: tỷ đồng" right above it."""
    lines = [line.strip() for line in before[-_REACH:].split("\n") if line.strip()][-_LINES_ABOVE:]
    note = next((unit for line in reversed(lines) if (unit := _noted(line)) is not None), None)
    if _noted(above) is None or len(lines) < 2:
        return above, note
    return next((line for line in reversed(lines) if _noted(line) is None), above), note


def _noted(line: str) -> Unit | None:
    match = regex.fullmatch(rf"\W*(?:{says('unit_note').pattern})\s?:\s*(?P<unit>[^()]+?)\W*", line)
    text = match["unit"].strip() if match else ""
    if match is not None and line.rstrip(" )").endswith("%"):
        text = "%"
    unit = read_unit(text, 0) if text else None
    return unit if unit is not None and unit.end == len(text) else None
