"""What each column of a table holds, by the words of its head: levels, plans, growth, shares, ranks, grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import regex

from extractors.facts import Period
from extractors.periods import PeriodMention, find_periods
from extractors.spans import whole_year
from extractors.table_cells import Number
from extractors.table_names import Named, named_by, unit_in
from extractors.table_words import is_called, is_head, says
from extractors.units import Unit
from extractors.wording import starting

_RATIO = regex.compile(r"(?<!\d)(?P<now>(?:19|20)\d\d)\s?/\s?(?P<base>(?:19|20)\d\d)(?!\d)")
_YEAR = regex.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_LETTER = regex.compile(r"\p{L}")
_MEASURES = ("share", "movement", "plan", "estimate", "done")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. `kind`: level, plan, growth, share, rank, rating.

    `named` is the indicator of its own head; None where its rows, or the words above the table, name it.
    `bare`: its head says nothing that is not understood. `said`: which of done, estimate the head says.
    """

    kind: str
    words: str
    named: Named | None = None
    bare: bool = False
    said: str = ""
    unit: Unit | None = None
    time: PeriodMention | None = None
    base: PeriodMention | None = None


def read_columns(heads: Mapping[int, str], published: date | None, above: str) -> dict[int, Column]:
    """The columns whose heads are understood, by their number."""
    columns = {n: _column(words, published, above) for n, words in heads.items()}
    return {n: column for n, column in columns.items() if column is not None}


def _column(words: str, published: date | None, above: str) -> Column | None:
    if is_head(words, "number") or is_called(words, "unit"):
        return None
    unit = unit_in(words)
    times = _times(words, published)
    base = next((time for time in times if time.role == "base"), None)
    time = next((time for time in times if time.role != "base" and time.kind in ("span", "day", "relative")), None)
    rest = _without(words, times)
    kind, said = _kind(words, rest, base)
    bare = not _LETTER.search(_stripped(rest, kind))
    named = None if bare else named_by(rest, unit, above)
    if kind == "level" and base is not None and time is None:  # "Cùng kỳ năm trước": that period's own figures
        time, base = base, None
    return Column(kind, words, named, bare, said, unit, time, base)


def _times(words: str, published: date | None) -> list[PeriodMention]:
    """The times of a head; "2023/2022" compares two years, and "2023" alone is one."""
    ratio = _RATIO.search(words)
    if ratio:
        return [_of_year(ratio, "now", "main"), _of_year(ratio, "base", "base")]
    found = find_periods(words, published)
    years = list(_YEAR.finditer(words))
    if not found and len(years) == 1:
        return [_of_year(years[0], 0, "main")]
    return found


def _of_year(match: regex.Match[str], group: str | int, role: str) -> PeriodMention:
    start, end = match.span(group)
    return PeriodMention(start, end, "span", whole_year(int(match[group])), role, rule="year")


def _without(words: str, times: Sequence[PeriodMention]) -> str:
    """The words with those of times blanked out."""
    for time in times:
        words = words[: time.start] + " " * (time.end - time.start) + words[time.end :]
    return words


def _stripped(rest: str, kind: str) -> str:
    """What is left of a head without units, plain words of heads and the words of its kind."""
    rest = regex.sub(r"\([^()]*\)", " ", rest)
    lists = {"share": ("share", "rate"), "growth": ("movement", "rate"), "rank": ("rank",), "rating": ("rating",)}
    for name in (*lists.get(kind, ()), "bare", "rate"):
        rest = says(name).sub(" ", rest)
    return rest


def _kind(words: str, rest: str, base: PeriodMention | None) -> tuple[str, str]:
    """The kind of column, and whether a level is said to be done or estimated."""
    if says("rating").search(rest):
        return "rating", ""
    if says("rank").search(rest):
        return ("growth" if says("moves").search(rest) else "rank"), ""
    said = next((name for name in _MEASURES if says(name).search(rest)), "")
    if said == "share":
        return "share", ""
    measured = base is not None and starting("periods", "measured_by").match(words, base.start) is not None
    compared = measured or (base is not None and base.kind != "relative")
    if said == "movement" or compared or (base is not None and "%" in words):
        return "growth", ""
    if said == "plan":
        return "plan", ""
    return "level", said


def movement_of(column: Column, numbers: Sequence[Number]) -> str | None:
    """How a column prints movements: `moved` (7,94; -2,3), `index` (107,9 of 100), None where it cannot be told."""
    values = [number.value for number in numbers]
    percent = "%" in column.words or bool(says("always_percent").search(column.words))
    percent = percent or bool(values and all(n.unit is not None and n.unit.unit == "percent" for n in numbers))
    near = [value for value in values if 80 <= value <= 130]
    if values and len(near) * 2 >= len(values) and all(50 <= value <= 200 for value in values):
        moves = says("moves").search(column.words) is not None
        return None if moves else "index"
    if not percent or not values or any(90 <= value <= 130 for value in values):
        return None
    return "moved" if all(-100 <= value <= 1000 for value in values) else None


def period_of(column: Column, table: Period | None, flow: bool) -> Period | None:
    """The period of a column's figures: its head's own, else the table's; a plan is for the whole year."""
    own = column.time
    if own is None:
        return whole_year(table.end.year) if table and column.kind == "plan" else table
    if own.kind == "relative":
        return own.resolve(table) if table else None
    if own.kind == "day" and own.period and flow:
        return up_to(own.period)
    return own.period


def up_to(period: Period) -> Period:
    """ "Đến hết ngày 30/9" of what adds up: the year until then. Longer spans stay what they are."""
    return Period(date(period.end.year, 1, 1), period.end) if period.start == period.end else period
