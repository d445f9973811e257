"""The observations of a table: for every row and column, whose figure it is, of what, when and how it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from extractors.bases import default_base
from extractors.facts import Evidence, Observation, Period, Uncatalogued
from extractors.former import resolved
from extractors.frame import Frame
from extractors.periods import find_periods
from extractors.places.article import ArticlePlaces
from extractors.places.mentions import PlaceMention
from extractors.table_cells import Cell, Number
from extractors.table_columns import Column, movement_of, period_of, up_to
from extractors.table_layout import Layout, Row
from extractors.table_meanings import Value, change_of, grade_of, level_of, rank_of, share_of
from extractors.table_names import Named, is_index, unit_in
from extractors.table_rows import Subject, subject_of, tier_of
from extractors.table_topics import named_for, without_rivals
from extractors.tiers import OFFICE_DOMAINS
from extractors.where import fits_tier

_COMPARED = ("change", "growth")
_TIMES = ("span", "day")
_PLACES = 2
"""A table with so many rows of places is one of places, and a row that is none is a place we do not know."""


@dataclass(slots=True)
class Table:
    """One table while it is read."""

    layout: Layout
    columns: Mapping[int, Column]
    places: ArticlePlaces
    frame: Frame
    published: date | None
    named: dict[int, Named | None] = field(default_factory=dict)
    """The indicator of each column, for rows that name none."""
    printed: dict[int, str | None] = field(default_factory=dict)
    """How each column of movements prints them."""
    period: Period | None = None
    """What the words above, or the article, speak of; `day` where that is "đến hết ngày 30/9"."""
    day: bool = False
    scope: str | None = None

    def __post_init__(self) -> None:
        named = {n: named_for(n, self.columns, self.layout.above, self.frame) for n in self.columns}
        self.named = without_rivals(named, self.columns)
        self.printed = {n: movement_of(c, self._numbers(n)) for n, c in self.columns.items() if c.kind == "growth"}
        said = [m for m in find_periods(self.layout.above, self.published) if m.role == "main" and m.kind in _TIMES]
        mention = said[-1] if said else self.frame.mention
        self.period = resolved(mention, self.frame) if mention else None
        self.day = mention is not None and mention.kind == "day"
        self.scope = tier_of(self.layout.above, self.places)

    def read(self) -> Iterator[Observation | Uncatalogued]:
        """Row by row; a second row of one indicator is a part of it and left out."""
        told: set[object] = set()
        for cell, row, subject in self._subjects():
            if subject is None:
                yield from self._unplaced(row, cell.words)
                continue
            named = subject.named
            again = (named.indicator.code, named.breakdown, named.moves, subject.tier) if named else None
            if again is None or again not in told:
                yield from self._read_row(row, subject, cell.words)
            told.add(again)

    def _subjects(self) -> list[tuple[Cell, Row, Subject | None]]:
        """The rows with the cell that names them; of those that are no subject only the ones among places."""
        named = [(row[self.layout.name], row) for row in self.layout.rows if self.layout.name in row]
        found = [(cell, row, self._subject(cell, row)) for cell, row in named]
        places = sum(subject is not None and subject.place is not None for _, _, subject in found)
        return [one for one in found if one[2] is not None or places >= _PLACES]

    def _unplaced(self, row: Row, name: str, place: PlaceMention | None = None) -> Iterator[Uncatalogued]:
        """The figures of a row that stands among places and is none we know, or may be several."""
        day = self.period.end if self.period else self.published
        if place is not None and self.places.resolve(place, day) is not None:
            return
        candidates = self.places.candidates(place, day) if place else ()
        for n, column in self.columns.items():
            cell, number = row.get(n), row[n].number if n in row else None
            if cell and number:
                unit = number.unit or column.unit
                about = (column.words, "unplaced", name, candidates)
                yield Uncatalogued(cell.words, number.value, unit.unit if unit else "", cell.start, cell.end, *about)

    def _numbers(self, column: int) -> list[Number]:
        cells = [row[column] for row in self.layout.rows if column in row]
        return [number for cell in cells if (number := cell.number) is not None]

    def _subject(self, cell: Cell, row: Row) -> Subject | None:
        layout = self.layout
        unit = row[layout.unit].unit if layout.unit is not None and layout.unit in row else None
        return subject_of(cell.words, layout.heads[layout.name], unit, self.places, self.published, layout.above)

    def _read_row(self, row: Row, subject: Subject, name: str) -> Iterator[Observation | Uncatalogued]:
        if subject.place is not None:
            yield from self._unplaced(row, name, subject.place)
        for number, column in self.columns.items():
            named = self._indicator(number, column, subject)
            cell = row.get(number)
            if named is None or cell is None or (subject.mean and named.indicator.unit not in ("percent", "points")):
                continue
            value = self._value(number, column, named, cell, row, name)
            found = self._observation(number, column, subject, value, cell) if value else None
            yield from [found] if found else []

    def _indicator(self, number: int, column: Column, subject: Subject) -> Named | None:
        """The row's indicator, unless the column is of another one or says what is not understood."""
        if subject.named is None:
            return self.named[number]
        if column.named is not None and column.named.indicator != subject.named.indicator:
            return None
        return subject.named if column.named or column.bare else None

    def _value(self, number: int, column: Column, named: Named, cell: Cell, row: Row, name: str) -> Value | None:
        if column.kind == "growth":
            return change_of(named, cell, column, self.printed[number])
        if column.kind == "share":
            return share_of(named, cell)
        if column.kind == "rank":
            return rank_of(named, cell)
        if column.kind == "rating":
            return grade_of(named, cell)
        if named.indicator.growth_only and self.printed:
            return None  # the columns of movements say it better
        at = self.layout.unit
        if at is not None and at in row and row[at].unit is None:
            return None
        own = row[at].unit if at is not None and at in row else None
        return level_of(named, cell, (column.unit, own, unit_in(name), self.layout.note), f"{column.words} {name}")

    def _observation(self, n: int, column: Column, subject: Subject, value: Value, cell: Cell) -> Observation | None:
        anchor = self._anchor(n, column, subject)
        period = self._period(anchor, subject, value)
        if period is None:
            return None
        status = self._status(anchor, period)
        day = self.published if status == "target" and self.published else period.end
        where = self._locality(subject, day, value)
        if where is None:
            return None
        how = "default" if subject.place is None else "explicit"
        when = "explicit" if subject.time or anchor.time else "inherited"
        what = "explicit" if subject.named or column.named else "inherited"
        return Observation(
            locality=where, scope=self._scope(subject, value), indicator=value.indicator.code, period=period.iso,
            breakdown=self._breakdown(n, subject), status=status, measure=value.measure,
            base=self._base(column, period, value), value=value.value, unit=value.unit, out_of=value.out_of,
            printed=value.printed, quote=cell.words, start=cell.start, end=cell.end,
            bound=value.bound, derived=value.derived,
            evidence=tuple(Evidence(*found) for found in (
                ("locality", how), ("scope", "default"), ("indicator", what), ("period", when), ("measure", "column"),
            )),
        )  # fmt: skip

    def _anchor(self, number: int, column: Column, subject: Subject) -> Column:
        """The column whose time and status a movement, a share, a rank has: the latest level, best on its left."""
        if column.kind in ("level", "plan") or column.time is not None:
            return column
        levels = {n: c for n, c in self.columns.items() if c.kind == "level" and not _is_earlier(c)}
        same = {n: c for n, c in levels.items() if subject.named or self.named[n] == self.named[number]} or levels
        left = {n: c for n, c in same.items() if n < number} if column.kind != "rank" else same
        timed = {n: p for n, c in (left or same).items() if (p := period_of(c, self.period, flow=True)) is not None}
        return self.columns[max(timed, key=lambda n: (timed[n].end, n))] if timed else column

    def _period(self, column: Column, subject: Subject, value: Value) -> Period | None:
        flow = value.indicator.kind == "flow"
        if subject.time is None:
            table = up_to(self.period) if self.day and flow and self.period else self.period
            return period_of(column, table, flow)
        if column.time is None:
            return subject.time.period
        own = period_of(column, self.period, flow)
        if own is None or subject.time.year_given or (own.start.month, own.end.month) != (1, 12):
            return None
        return subject.time.in_year(own.end.year).period

    def _locality(self, subject: Subject, day: date, value: Value) -> str | None:
        code = self.places.resolve(subject.place, day) if subject.place else self.places.own_at(day)
        return code if code is not None and fits_tier(code, value.indicator) else None

    def _scope(self, subject: Subject, value: Value) -> str:
        office = value.indicator.domain in OFFICE_DOMAINS or is_index(value.indicator)
        if subject.place is not None or not office:
            return "all"
        if subject.tier is not None:
            return subject.tier
        whole = subject.time is None and subject.named is None and value.indicator.domain in OFFICE_DOMAINS
        return self.scope or "all" if whole else "all"

    def _breakdown(self, number: int, subject: Subject) -> tuple[tuple[str, str], ...]:
        named = subject.named or self.named[number]
        return named.breakdown if named else ()

    def _status(self, column: Column, period: Period) -> str:
        ahead = self.published is not None and period.start > self.published
        if column.kind == "plan" or ahead:
            return "target"
        if column.said == "estimate":
            return "estimate"
        open_still = self.published is not None and period.end >= self.published
        return "target" if self.frame.plan and not column.said and open_still else "actual"

    def _base(self, column: Column, period: Period, value: Value) -> str | None:
        """What a movement is measured against: what the head says, else what is usual."""
        if value.measure not in _COMPARED:
            return None
        base = column.base.resolve(period) if column.base else None
        return (base or default_base(value.indicator, period)).iso


def _is_earlier(column: Column) -> bool:
    """ "Cùng kỳ năm trước": a level to compare with."""
    return column.time is not None and column.time.kind == "relative"
