"""A table printed one cell a line: where it begins, how many columns it has, which cell is which.

Nothing is guessed. The head must begin with a word that heads tables ("Đơn vị", "Chỉ tiêu", "STT"), every row must have
the same kinds of cells in the same order, and only one number of columns may answer to that; otherwise there is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.page_words import opens_with
from extractors.table_words import is_called, is_head, says
from extractors.units import read_unit

Place = tuple[int, int]
"""Row and column."""

_NUMBER = regex.compile(r"^(?:[+\-–−<>≤≥]\s?)?\d[\d.,/\s]*(?:[-–]\s?\d[\d.,]*\s?)?%?$")
_MISSING = regex.compile(r"^(?:[-–−…x]|\.{2,4})$")
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_TIME = regex.compile(r"^(?:(?P<part>[0-9]{1,2})[./-])?(?P<year>(?:19|20)[0-9]{2})$|^(?P<part>[0-9]{1,2})$")
_MOST_COLUMNS = 16
_LONGEST_HEAD = 40
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells `start:end` of a run are a table; `places` are theirs, in order."""

    start: int
    end: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    length: int
    columns: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def rows(self) -> int:
        return max(row for row, _ in self.places) + 1


def find_grids(lines: Sequence[str]) -> Iterator[Grid]:
    """The tables of a run of short lines, from top to bottom."""
    cells = [unicodedata.normalize("NFC", line) for line in lines]
    at = 0
    while at < len(cells):
        grid = _grid_at(cells, at) if is_head(cells[at], "number", "rank", "places", "times", "indicators") else None
        if grid:
            yield grid
        at = grid.end if grid else at + 1


def is_number(text: str) -> bool:
    """Whether a cell holds a number, or the dash of a missing one."""
    bounded = says("bounds").match(text)
    return _NUMBER.match(text[bounded.end() :].lstrip() if bounded else text) is not None or bool(_MISSING.match(text))


def is_unit(text: str) -> bool:
    """ "tỷ đồng", "%", "lượt": a cell that is a unit and nothing else."""
    unit = read_unit(text, 0)
    return unit is not None and unit.end == len(text)


def _grid_at(cells: Sequence[str], start: int) -> Grid | None:
    """The one table whose head begins at `start`; None where none fits, or several do."""
    found = {grid for head in _heads(cells, start) if (grid := _filled(cells, head))}
    return found.pop() if len(found) == 1 else None


def _heads(cells: Sequence[str], start: int) -> Iterator[_Head]:
    """Heads that would leave none, one or two cells of words to begin the first row."""
    numbers = [n for n in range(start, min(len(cells), start + _LONGEST_HEAD)) if is_number(cells[n])]
    if not numbers:
        return
    first_but_years = next((n for n in numbers if not _YEAR.match(cells[n])), numbers[0])
    for end in sorted({numbers[0], first_but_years}):
        for length in range(max(2, end - start - 2), end - start + 1):
            yield from _heads_of(cells, start, length)


def _heads_of(cells: Sequence[str], start: int, length: int) -> Iterator[_Head]:
    """One line of head; or "Đơn vị | Năm 2022 | Năm 2023" over twice "Tiếp nhận | Trễ hạn"."""
    words = tuple(cells[start : start + length])
    if length <= _MOST_COLUMNS:
        yield _Head(start, length, words, tuple((0, column) for column in range(length)))
    for names in (1, 2, 3):
        for groups in range(2, 7):
            wide, rest = divmod(length - names - groups, groups)
            below = words[names + groups :]
            if wide >= 2 and not rest and below == below[:wide] * groups:
                tops = [(0, names + group * wide) for group in range(groups)]
                subs = [(1, names + column) for column in range(len(below))]
                places = (*((0, column) for column in range(names)), *tops, *subs)
                yield _Head(start, length, words[:names] + below, places)


def _filled(cells: Sequence[str], head: _Head) -> Grid | None:
    """The rows under a head; None where they do not agree with it or with one another."""
    places, at, row = list(head.places), head.start + head.length, head.rows
    full: list[Sequence[str]] = []
    while at < len(cells):
        line = cells[at : at + len(head.columns)]
        total = _total_row(cells[at:], head, full, row)
        if not total and len(line) == len(head.columns) and _agrees(line, full):
            full.append(line)
            places += [(row, column) for column in range(len(line))]
            at += len(line)
        elif total:
            places += total
            at += len(total)
        else:
            break
        row += 1
    whole = at >= len(cells) or not is_number(cells[at])
    if whole and len(full) >= _FEWEST_ROWS and _is_sound(head, full):
        return Grid(head.start, at, tuple(places))
    return None


def _agrees(line: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    shape = [is_number(cell) for cell in line]
    return any(shape) and (not rows or shape == [is_number(cell) for cell in rows[0]])


def _total_row(rest: Sequence[str], head: _Head, rows: Sequence[Sequence[str]], row: int) -> list[Place]:
    """ "Tổng cộng" that stands for number, name and unit: its figures are all the row has, in their order."""
    if not opens_with("table_totals", rest[0]):
        return []
    figures = next((n for n, cell in enumerate(rest[1:]) if not is_number(cell)), len(rest) - 1)
    numbered = is_head(head.columns[0], "number", "rank")
    if not rows:
        first = numbered and figures == len(head.columns) - 2
        return [(row, 1 + n) for n in range(1 + figures)] if first else []
    columns = [n for n, cell in enumerate(rows[0]) if is_number(cell) and not (n == 0 and numbered)]
    if not columns or figures != len(columns) or _shape_of_row(rest, rows[0]):
        return []
    return [(row, columns[0] - 1), *((row, column) for column in columns)]


def _shape_of_row(rest: Sequence[str], row: Sequence[str]) -> bool:
    """The row of the whole has a cell for every column, as all others have."""
    return len(rest) >= len(row) and [is_number(c) for c in rest[: len(row)]] == [is_number(c) for c in row]


def _is_sound(head: _Head, rows: Sequence[Sequence[str]]) -> bool:
    """Numbers under every head but those of names, units, remarks; the first column counts, or names each row once."""
    columns = list(zip(*rows, strict=True))
    if is_head(head.columns[0], "number", "rank"):
        if not _counts_on(columns[0]) or any(is_number(cell) for cell in columns[1]):
            return False
        names, rest = columns[1], range(2, len(columns))
    elif is_number(rows[0][0]):
        if not is_head(head.columns[0], "times") or not _are_times(columns[0]):
            return False
        names, rest = columns[0], range(1, len(columns))
    else:
        names, rest = columns[0], range(1, len(columns))
    distinct = len(set(names)) == len(names) and not all(map(is_unit, names))
    return distinct and all(_is_understood(head.columns[n], columns[n]) for n in rest)


def _is_understood(head: str, cells: Sequence[str]) -> bool:
    return _is_figures(head, cells) or _is_words(head, cells)


def _is_figures(head: str, cells: Sequence[str]) -> bool:
    unit = read_unit(head, 0)
    measure = unit is not None and unit.end == len(head) and unit.kind in ("money", "percent")
    named = measure or is_called(head, "unit") or (is_number(head) and not _YEAR.match(head))
    return not named and all(map(is_number, cells))


def _is_words(head: str, cells: Sequence[str]) -> bool:
    """Units, or remarks that are called so; a column of other words may be the names of the rows below, moved up."""
    if any(map(is_number, cells)):
        return False
    return all(map(is_unit, cells)) or is_called(head, "remark")


def _counts_on(cells: Sequence[str]) -> bool:
    """1, 2, 3 …; ranks may be shared or left out: 4, 4, 6."""
    if not all(cell.isdecimal() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return all(0 <= step <= 2 for step in steps) and any(steps)


def _are_times(cells: Sequence[str]) -> bool:
    """Months or years that follow one another, either way: "10.2025", "11.2025"; "2021", "2022"."""
    times = [_count_of(match) for cell in cells if (match := _TIME.match(cell)) is not None]
    return len(times) == len(cells) and {later - earlier for earlier, later in pairwise(times)} in ({1}, {-1})


def _count_of(match: regex.Match[str]) -> int:
    part, year = match["part"], match["year"]
    return int(part) + 12 * int(year) if part and year else int(part or year)
