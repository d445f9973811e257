"""The page of a place: the last of each of its series, with trend, change, target and rank, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Engine

from flows.commands.show import value_words
from flows.commands.show import words as kind_words
from flows.lines import lines, parts_of, seen_values
from flows.pages.addresses import series_at
from flows.pages.frame import Words
from flows.pages.told import break_words
from models.points import HistoryRow, LatestRow, SeriesRow, locality_history, series
from models.sourced import ChangeRow, TargetRow, changes, targets

WIDE, HIGH = 96, 24
"""Of a sparkline, in pixels."""
Slots = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Last:
    """The last figure of a series as a row: `curve` are the points of its sparkline, `target` that of its period or a
    later one, `met` None where nobody can say."""

    row: LatestRow
    name: str
    what: str
    value: str
    at: str
    curve: str = ""
    change: str = ""
    target: str = ""
    met: bool | None = None
    rank: str = ""


@dataclass(frozen=True, slots=True)
class PlacePage:
    """All that the template shows."""

    locality: str
    name: str
    series_break: str
    last: tuple[Last, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """All that is stored of a place and shown on its page."""

    points: tuple[SeriesRow, ...]
    newest: tuple[LatestRow, ...]
    aims: tuple[TargetRow, ...]
    moved: tuple[ChangeRow, ...]
    history: tuple[HistoryRow, ...]


def place_of(engine: Engine, locality: str, newest: Iterable[LatestRow]) -> Place:
    """`newest` are the rows of the view `latest` that are the place's."""
    return Place(
        points=tuple(series(engine, locality=locality)),
        newest=tuple(newest),
        aims=tuple(targets(engine, locality)),
        moved=tuple(changes(engine, locality)),
        history=tuple(locality_history(engine, locality)),
    )


def place_page(place: Place, words: Words) -> PlacePage:
    point, beside = place.points[0], Beside(place)
    shown = (row for row in place.newest if row.measure != "rank" or not beside.has_level(row))
    return PlacePage(
        locality=point.locality,
        name=point.locality_name,
        series_break=break_words(point.series_break, words),
        last=tuple(beside.last(row, words) for row in shown),
        history=place.history,
    )


class Beside:
    """What stands beside the last figure of a series, found by its slots."""

    def __init__(self, place: Place) -> None:
        newest = place.newest
        self.curves = _curves(place.points)
        self.levels = {_slots(row) for row in newest if row.measure == "level"}
        self.ranks = {_slots(row): f"{row.value_text} ({row.time_period})" for row in newest if row.measure == "rank"}
        self.aims = {_slots(row): row for row in place.aims}
        self.moved = {(*_slots(row, "level"), row.time_period): row for row in place.moved}

    def has_level(self, row: LatestRow) -> bool:
        return _slots(row, "level") in self.levels

    def last(self, row: LatestRow, words: Words) -> Last:
        aim = self.aims.get(_slots(row))
        value = row.value_text if row.value is None else row.value
        return Last(
            row=row,
            name=words.labels.indicator(row),
            what=", ".join(filter(None, [*parts_of(row), _kind(row, words)])),
            value=value_words(value, row.unit, row.bound, words.labels, words.decimal),
            at=series_at(row.locality, row.indicator),
            curve=self.curves.get((*_slots(row), row.time_period), ""),
            change=_change(self.moved.get((*_slots(row), row.time_period)), words),
            target=_target(aim, words) if aim else "",
            met=aim.met if aim else None,
            rank=self.ranks.get(_slots(row, "rank"), "") if row.measure == "level" else "",
        )


def _kind(row: LatestRow, words: Words) -> str:
    return kind_words(row.status, row.measure, row.scope, words.labels)


def _slots(row: LatestRow | TargetRow | ChangeRow | SeriesRow, measure: str = "") -> Slots:
    return row.indicator, row.scope, row.breakdown, measure or getattr(row, "measure", "level")


def _change(moved: ChangeRow | None, words: Words) -> str:
    if moved is None:
        return ""
    unit = "pp" if moved.unit == "percent" else moved.unit
    told = value_words(moved.change, unit, "eq", words.labels, words.decimal)
    return f"+{told}" if moved.change > 0 else told


def _target(aim: TargetRow, words: Words) -> str:
    told = value_words(aim.target, aim.unit, aim.target_bound, words.labels, words.decimal)
    return f"{told} ({aim.time_period})"


def _curves(points: Sequence[SeriesRow]) -> dict[Slots, str]:
    """The sparkline of each line that has one, by the slots of its last figure and by its period."""
    found: dict[Slots, str] = {}
    for rows in lines(points).values():
        seen = [row for row in rows if row.status != "target"]
        if seen and (drawn := curve(seen_values(seen))):
            found[(*_slots(seen[-1]), seen[-1].time_period)] = drawn
    return found


def curve(values: Sequence[Decimal]) -> str:
    """`2,22 48,12 94,2`: where a sparkline goes; none of fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step = Decimal(WIDE - 4) / (len(values) - 1)
    heights = [(value - low) / (high - low) if high > low else Decimal("0.5") for value in values]
    return " ".join(f"{2 + at * step:.0f},{HIGH - 2 - height * (HIGH - 4):.0f}" for at, height in enumerate(heights))
