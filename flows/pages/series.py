"""The page of a series: what a place's indicator was, from period to period, and every claim that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from flows.commands.show import value_words
from flows.commands.show import words as kind_words
from flows.export import rows_csv
from flows.lines import against, parts_of
from flows.pages.addresses import place_at, series_at
from flows.pages.chart import chart_data
from flows.pages.frame import Words
from flows.pages.told import break_words
from models.points import SeriesRow
from models.sourced import SourcedRow

POINT = ("indicator", "scope", "breakdown", "measure", "status", "period", "base")
"""What makes a point of a place."""
CSV = tuple(field.name for field in fields(SourcedRow))
Anchors = Mapping[tuple[str, str, str], str]
"""Where on the site the words of a claim are, by source, article and key."""


Told = tuple[SeriesRow, SourcedRow, str]
"""A point, a claim that says so, and where its words are on the site ("" where they are not)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A series as it is stored: each of its points with each claim about it."""

    told: tuple[Told, ...]

    @property
    def point(self) -> SeriesRow:
        return self.told[0][0]

    @property
    def at(self) -> str:
        return series_at(self.point.locality, self.point.indicator)

    @property
    def csv_at(self) -> str:
        return series_at(self.point.locality, self.point.indicator, "csv")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as a row of the table."""

    claim: SourcedRow
    point: SeriesRow
    what: str
    value: str
    at: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What is measured one way, in one unit: a chart, unless none of it is a number, and the claims."""

    title: str
    said: tuple[Said, ...]
    chart: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """All that the template shows."""

    point: SeriesRow
    csv_at: str
    name: str
    series_break: str
    panels: tuple[Panel, ...]

    @property
    def place_at(self) -> str:
        return place_at(self.point.locality)

    @property
    def csv(self) -> str:
        """What the tables show, row by row."""
        return rows_csv((said.claim for panel in self.panels for said in panel.said), CSV)


def lines_of(points: Iterable[SeriesRow], claims: Iterable[SourcedRow], anchors: Anchors) -> Iterator[Line]:
    """The series of a place, one for each indicator of which there are claims."""
    of_point: dict[tuple[str, ...], list[SourcedRow]] = {}
    for claim in claims:
        of_point.setdefault(_point(claim), []).append(claim)
    for _, rows in groupby(sorted(points, key=lambda row: row.indicator), key=lambda row: row.indicator):
        told = [(row, claim, _at(claim, anchors)) for row in rows for claim in of_point.get(_point(row), ())]
        if told:
            yield Line(tuple(told))


def series_page(line: Line, words: Words) -> SeriesPage:
    said = [_said(*told, words) for told in line.told]
    ends = break_words(line.point.series_break, words)
    return SeriesPage(line.point, line.csv_at, words.labels.indicator(line.point), ends, tuple(_panels(said, words)))


def _at(claim: SourcedRow, anchors: Anchors) -> str:
    return anchors.get((claim.source, claim.article, claim.key), "")


def _point(row: SeriesRow | SourcedRow) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in POINT)


def _said(row: SeriesRow, claim: SourcedRow, at: str, words: Words) -> Said:
    value = claim.value_text if claim.value is None else claim.value
    told = value_words(value, claim.unit, claim.bound, words.labels, words.decimal)
    return Said(claim, row, what_of(row, words), told, at)


def what_of(row: SeriesRow, words: Words) -> str:
    """`mục tiêu, cấp huyện, so với cùng kỳ năm trước`."""
    base = against(row.period, row.base)
    told = kind_words(row.status, row.measure, row.scope, words.labels, derived=row.derived)
    return ", ".join(filter(None, [*parts_of(row), told, words.labels.word("against", base) if base else ""]))


def _panels(said: Sequence[Said], words: Words) -> Iterator[Panel]:
    ordered = sorted(said, key=lambda one: (one.point.measure != "level", *_measured(one)))
    for (measure, unit), group in groupby(ordered, key=_measured):
        rows = tuple(group)
        at = {one.point: f"../{one.at}" for one in rows if one.at and one.claim.preferred}
        chart = chart_data(list(dict.fromkeys(one.point for one in rows)), at, words)
        shown = words.labels.word("unit", chart["unit"] if chart else unit)
        yield Panel(f"{words.labels.word('measure', measure)} ({shown})", rows, chart)


def _measured(one: Said) -> tuple[str, str]:
    return one.point.measure, one.point.unit
