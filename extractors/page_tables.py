"""Tables of a page: the row and the column of each cell, spans counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

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
    rows, columns = {row for row, _ in places.values()}, {column for _, column in places.values()}
    square = min(len(rows), len(columns)) > 1
    return places if square and _count_prose(table, places) * 3 <= len(places) else None


def _count_prose(table: Tag, cells: Iterable[Tag]) -> int:
    """How many cells are paragraphs; few are so long with their spaces."""
    sizes = list(accumulate([len(node) if isinstance(node, str) else 0 for node in table.inside], initial=0))
    start = table.start + 1
    long = [cell for cell in cells if sizes[cell.end - start] - sizes[cell.start - start] > LONG]
    return sum(sum(map(len, cell.words())) > LONG for cell in long)


def _span(cell: Tag, name: str) -> int:
    value = cell.attrs.get(name, "1")
    return min(int(value), _WIDEST) if value.isdecimal() and int(value) else 1
