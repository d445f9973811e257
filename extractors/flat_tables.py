"""Tables that lost their lines: "Đơn vị | Tiếp nhận | Trễ hạn" printed one cell a line, or a row a line.

A table is only recognised when every row agrees on the number of columns; otherwise its lines stay
what they are. Row 0 is the header, and row 1 too where the header has two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from extractors.flat_grids import find_grids, is_number
from extractors.lines import Line
from extractors.table_words import is_head

_CELL = 120
"""Longest cell; longer lines are prose."""

_ROW_GAP = regex.compile(r"\s*\t\s*|[\s\u00a0]{3,}")
_WIDE = re.compile(r"\t|\s{3}")
_RULE = regex.compile(r"^[\s|+:=\-–_]+$")
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_SIGNS = regex.compile(r"^[%()\-–−.…]{1,4}$")
"""Cells without a letter or a digit, which look like furniture: "%", "(%)", the dash of a missing number."""

_BRACKETED = regex.compile(r"^\((?=.*[\p{L}%])[^()]*\)$")


def mark_tables(lines: list[Line]) -> list[Line]:
    """The lines with those of tables replaced by their cells (kind cell, table, row, column)."""
    return _cells_in_rows(_cells_in_lines(lines))


def _cells_in_lines(lines: list[Line]) -> list[Line]:
    result: list[Line] = []
    table = 1 + max((line.table for line in lines if line.table is not None), default=-1)
    for run in _runs(lines):
        if len(run) < 2:
            result += run
            continue
        cells = _joined(run)
        placed: set[int] = set()
        for grid in find_grids([" ".join(line.text for line in cell) for cell in cells]):
            for index, (row, column) in zip(range(grid.start, grid.end), grid.places, strict=True):
                cells[index] = [_placed(_as_one(cells[index]), table, row, column)]
                placed.add(index)
            table += 1
        result += [line for cell in cells for line in cell]
    return result


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Short lines without a kind that follow one another; every other line is a run of its own."""
    run: list[Line] = []
    for line in lines:
        if (not line.kind and _is_cell(line.text)) or (line.kind == "chrome" and _SIGNS.match(line.text)):
            run.append(line)
            continue
        yield from [run] if run else []
        yield [line]
        run = []
    yield from [run] if run else []


def _is_cell(text: str) -> bool:
    return len(text) <= _CELL and not text.endswith((";", ":", "…"))


def _joined(run: Sequence[Line]) -> list[list[Line]]:
    """ "(triệu USD)" on a line of its own belongs to the words above it."""
    cells: list[list[Line]] = []
    for line in run:
        if cells and _BRACKETED.match(line.text) and not is_number(cells[-1][-1].text):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _as_one(cell: Sequence[Line]) -> Line:
    return Line("\n".join(line.text for line in cell), cell[0].start, cell[-1].end)


def _placed(cell: Line, table: int, row: int, column: int) -> Line:
    cell.kind, cell.table, cell.row, cell.column = "cell", table, row, column
    return cell


def _cells_in_rows(lines: list[Line]) -> list[Line]:
    """Runs of lines that fall into the same number of pieces under a head, with figures in every row."""
    table = 1 + max((line.table for line in lines if line.table is not None), default=-1)
    result: list[Line] = []
    index = 0
    while index < len(lines):
        rows, end = _rows_from(lines, index) if _has_cells(lines[index]) else ([], index)
        if len(rows) < 2 or not _is_headed(rows[0]):
            result.append(lines[index])
            index += 1
            continue
        for row, pieces in enumerate(rows):
            result += [_placed(cell, table, row, n) for n, cell in enumerate(pieces) if cell is not None]
        table += 1
        index = end
    return result


def _has_cells(line: Line) -> bool:
    """Whether it may be a row: most lines are sentences, or cells already."""
    if line.kind or "|" in line.text:
        return not line.kind
    wide = "   " in line.text or not line.text.isprintable()
    return wide and _WIDE.search(line.text) is not None


def _rows_from(lines: Sequence[Line], start: int) -> tuple[list[list[Line | None]], int]:
    """The rows that begin at a line, and where they end; rules between rows ("|---|---|") are passed over."""
    rows: list[list[Line | None]] = []
    at = start
    while at < len(lines):
        line = lines[at]
        pieces = [] if line.kind else _pieces(line)
        if rows and _RULE.match(line.text):
            at += 1
        elif len(pieces) < 2 or (rows and (len(pieces) != len(rows[0]) or not _has_figure(pieces))):
            break
        else:
            rows.append(pieces)
            at += 1
    return rows, at


def _is_headed(head: Sequence[Line | None]) -> bool:
    words = [cell.text if cell else "" for cell in head]
    figures = any(is_number(text) and not _YEAR.match(text) for text in words)
    return not figures and is_head(words[0], "number", "rank", "places", "times", "indicators")


def _has_figure(pieces: Sequence[Line | None]) -> bool:
    return any(cell is not None and is_number(cell.text) for cell in pieces)


def _pieces(line: Line) -> list[Line | None]:
    """The cells of a line; between bars a cell may be empty, between wide gaps none can."""
    if not _has_cells(line):
        return [line]
    if "|" not in line.text:
        return list(_split(line, 0, len(line.text), _ROW_GAP))
    inner = line.text.strip().strip("|")
    start = line.text.index(inner) if inner else 0
    parts = inner.split("|")
    cells: list[Line | None] = []
    for part in parts:
        cells.append(_trimmed(line, start, start + len(part)))
        start += len(part) + 1
    return cells


def _split(line: Line, start: int, end: int, gap: regex.Pattern[str]) -> Iterator[Line | None]:
    at = start
    for match in gap.finditer(line.text, start, end):
        if match.start() > at:
            yield _trimmed(line, at, match.start())
        at = match.end()
    if end > at:
        yield _trimmed(line, at, end)


def _trimmed(line: Line, start: int, end: int) -> Line | None:
    text = line.text[start:end]
    inner = text.strip()
    if not inner:
        return None
    at = line.start + start + text.index(inner)
    return Line(inner, at, at + len(inner))
