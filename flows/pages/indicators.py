"""The page of an indicator: every place side by side, a table and a map a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Engine

from flows.commands.show import value_words
from flows.pages.addresses import place_at, series_at
from flows.pages.frame import Words
from flows.pages.maps import Map, map_of
from flows.pages.series import what_of
from models.periods import read_period
from models.points import SeriesRow, series
from models.types import plain


@dataclass(frozen=True, slots=True)
class Compared:
    """A place's figure; `sort` is what its value is sorted by."""

    row: SeriesRow
    what: str
    value: str
    sort: str
    place_at: str
    series_at: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All that the template shows: of each period its figures, the newest period first, and its map if it has one."""

    code: str
    name: str
    periods: Mapping[str, tuple[Compared, ...]]
    maps: Mapping[str, Map]


def compared(engine: Engine, code: str) -> list[SeriesRow]:
    """Levels, ranks and ratings of an indicator; a movement stands on the page of its series."""
    return [row for row in series(engine, indicator=code) if row.measure in ("level", "rank", "rating")]


def indicator_page(code: str, rows: Sequence[SeriesRow], words: Words) -> IndicatorPage:
    """The page of the rows that are compared."""
    name = words.labels.indicator(rows[0]) if rows else code
    periods = dict(_periods(rows, words))
    maps = ((period, map_of([one.row for one in group], words)) for period, group in periods.items())
    return IndicatorPage(code, name, periods, {period: drawn for period, drawn in maps if drawn})


def _periods(rows: Iterable[SeriesRow], words: Words) -> Iterator[tuple[str, tuple[Compared, ...]]]:
    ordered = sorted(rows, key=lambda row: (read_period(row.period)[::-1], row.time_period), reverse=True)
    for period, group in groupby(ordered, key=lambda row: row.time_period):
        by_place = sorted(group, key=lambda row: (row.measure, row.locality_name, row.locality, row.status, row.scope))
        yield period, tuple(_compared(row, words) for row in by_place)


def _compared(row: SeriesRow, words: Words) -> Compared:
    value = row.value_text if row.value is None else row.value
    return Compared(
        row=row,
        what=what_of(row, words),
        value=value_words(value, row.unit, row.bound, words.labels, words.decimal),
        sort=row.value_text if row.value is None else plain(row.value),
        place_at=place_at(row.locality),
        series_at=series_at(row.locality, row.indicator),
    )
