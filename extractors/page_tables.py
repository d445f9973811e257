"""Tables of a page: the row and the column of each cell, spans counted."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.lines import LONG
from extractors.tree import Tag

Grid = Mapping[Tag, tuple[int, int]]

_WIDEST = 100
_MOST_COLUMNS = 1000


def table_grid(table: Tag) -> Grid | None:
    """Each cell → (row, column) with spans counted; None for what only lays out a page or is too wide for a table."""
    if table.find("table", "img") is not None:
        return None
    places: dict[Tag, tuple[int, int]] = {}
    free: dict[int, int] = {}  # column → the first row that no cell from above reaches into
    for row, tr in enumerate(table.tags("tr")):
        column = 0
        for cell in (tag for tag in tr.children() if tag.name in ("td", "th")):
            while free.get(column, 0) > row:
                column += 1
            if column > _MOST_COLUMNS:
                return None
            places[cell] = (row, column)
            high, wide = (_span(cell, "rowspan"), _span(cell, "colspan")) if cell.attrs else (1, 1)
            if high > 1:
                free.update((at, max(free.get(at, 0), row + high)) for at in range(column, column + wide))
            column += wide
    return places if _is_square(places) else None


def _is_square(places: Grid) -> bool:
    """Of two rows and two columns at least, few of whose cells are paragraphs."""
    rows, columns = {row for row, _ in places.values()}, {column for _, column in places.values()}
    prose = sum(len(cell.text()) > LONG and sum(map(len, cell.words())) > LONG for cell in places)
    return min(len(rows), len(columns)) > 1 and prose * 3 <= len(places)


def _span(cell: Tag, name: str) -> int:
    value = cell.attrs.get(name, "1")
    return min(int(value), _WIDEST) if value.isdigit() and int(value) else 1
