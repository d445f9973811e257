"""Tables that lost their lines: "Đơn vị | Tiếp nhận | Trễ hạn" printed one cell a line, or a row a line.

A table is only recognised when every row agrees on the number of columns; otherwise its lines stay
what they are. Row 0 is the header.
"""

from __future__ import annotations

import regex

from extractors.lines import Line
from extractors.page_words import opens_with

_CELL = 70
"""Longest cell; longer lines are prose."""

_NUMBER = regex.compile(r"^[+\-–−]?\d[\d.,/\s]*%?$|^[-–−]$")
_ROW_GAP = regex.compile(r"\s*[|\t]\s*|[\s\u00a0]{3,}")


def mark_tables(lines: list[Line]) -> list[Line]:
    """The lines with those of tables replaced by their cells (kind cell, table, row, column)."""
    return _cells_in_rows(_cells_in_lines(lines))


def _cells_in_lines(lines: list[Line]) -> list[Line]:
    index, table = 0, 0
    while index < len(lines):
        end = index
        while end < len(lines) and not lines[end].kind and _is_cell(lines[end].text):
            end += 1
        grid = _grid([line.text for line in lines[index:end]]) if end - index >= 6 else None
        if grid:
            offset, places = grid
            for line, (row, column) in zip(lines[index + offset :], places, strict=False):
                line.kind, line.table, line.row, line.column = "cell", table, row, column
            table += 1
        index = end + 1
    return lines


def _is_cell(text: str) -> bool:
    return len(text) <= _CELL and not text.endswith((";", ":", "…"))


def _grid(cells: list[str]) -> tuple[int, list[tuple[int, int]]] | None:
    """Where the table starts in `cells` and the place of each of its cells."""
    return _numbered_rows(cells) or _named_rows(cells)


def _numbered_rows(cells: list[str]) -> tuple[int, list[tuple[int, int]]] | None:
    """Rows that begin with 1, 2, 3 … at equal distances, under as many header cells."""
    for first, text in enumerate(cells):
        if text != "1":
            continue
        for width in range(3, 16):
            rows = 1
            while first + rows * width < len(cells) and cells[first + rows * width] == str(rows + 1):
                rows += 1
            end = first + rows * width
            if rows >= 2 and first >= width and end <= len(cells) and _is_head(cells[first - width : first]):
                return first - width, _places(width, rows + 1) + _total_row(cells[end:], width, rows + 1)
    return None


def _is_head(cells: list[str]) -> bool:
    return not any(_NUMBER.match(cell) for cell in cells)


def _total_row(cells: list[str], width: int, row: int) -> list[tuple[int, int]]:
    """ "Tổng cộng" stands for number and name: its figures are counted from the right."""
    if not cells or not opens_with("table_totals", cells[0]):
        return []
    figures = 0
    while 1 + figures < len(cells) and figures < width - 1 and _NUMBER.match(cells[1 + figures]):
        figures += 1
    if figures not in (width - 1, width - 2):
        return []
    return [(row, width - figures - 1), *((row, width - figures + i) for i in range(figures))]


def _named_rows(cells: list[str]) -> tuple[int, list[tuple[int, int]]] | None:
    """Rows of one name and the same count of figures, under header cells without figures."""
    shape = "".join("n" if _NUMBER.match(cell) else "t" for cell in cells)
    match = regex.match(r"(?P<head>t+?)(?P<row>t(?P<figures>n+))(?:(?P=row)(?!n))+", shape)
    if match is None:
        return None
    width = len(match["row"])
    if width < 2 or len(match["head"]) < width:
        return None
    rows = (match.end() - len(match["head"])) // width
    return len(match["head"]) - width, _places(width, rows + 1)


def _places(width: int, rows: int) -> list[tuple[int, int]]:
    return [(row, column) for row in range(rows) for column in range(width)]


def _cells_in_rows(lines: list[Line]) -> list[Line]:
    """Runs of lines that fall into the same number of pieces, one of them figures."""
    table = 1 + max((line.table for line in lines if line.table is not None), default=-1)
    result: list[Line] = []
    index = 0
    while index < len(lines):
        end = index
        width = len(_pieces(lines[index]))
        while end < len(lines) and not lines[end].kind and width >= 2 and len(_pieces(lines[end])) == width:
            end += 1
        run = lines[index:end]
        if len(run) >= 2 and all(any(_NUMBER.match(cell.text) for cell in _pieces(line)) for line in run[1:]):
            for row, line in enumerate(run):
                result += [_placed(cell, table, row, column) for column, cell in enumerate(_pieces(line))]
            table += 1
            index = end
        else:
            result.append(lines[index])
            index += 1
    return result


def _pieces(line: Line) -> list[Line]:
    cells, at = [], 0
    for gap in [*_ROW_GAP.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        if end > at:
            cells.append(Line(line.text[at:end], line.start + at, line.start + end))
        at = gap.end() if gap else end
    return cells


def _placed(cell: Line, table: int, row: int, column: int) -> Line:
    cell.kind, cell.table, cell.row, cell.column = "cell", table, row, column
    return cell
