"""Which points belong to one line: "Nha Trang, dossier.late_rate, by year"."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from models.periods import OTHER, read_period, time_period
from models.points import LatestRow, SeriesRow

YEAR_BEFORE, PERIOD_BEFORE = "year_before", "period_before"


class Line(NamedTuple):
    """What the points of a line have in common; their periods and statuses differ."""

    locality: str
    indicator: str
    scope: str
    breakdown: str
    measure: str
    unit: str
    freq: str
    against: str


def line_of(row: SeriesRow) -> Line:
    slots = (row.locality, row.indicator, row.scope, row.breakdown, row.measure, row.unit, row.freq)
    return Line(*slots, against(row.period, row.base))


def lines(rows: Iterable[SeriesRow]) -> dict[Line, list[SeriesRow]]:
    """The points of every line that are numbers, in the order given."""
    found: dict[Line, list[SeriesRow]] = {}
    for row in rows:
        if row.value is not None:
            found.setdefault(line_of(row), []).append(row)
    return found


def against(period: str, base: str) -> str:
    """What a movement is against: the year before, the period before, or else the base itself; '' for a level."""
    if not base:
        return ""
    (start, end), (base_start, base_end) = read_period(period), read_period(base)
    freq, base_freq = time_period(start, end)[0], time_period(base_start, base_end)[0]
    alike = freq == base_freq and (freq != OTHER or base_end == _year_before(end))
    if alike and base_start == _year_before(start):
        return YEAR_BEFORE
    if alike and freq != OTHER and base_end == start - timedelta(days=1):
        return PERIOD_BEFORE
    return base


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def parts_of(row: SeriesRow | LatestRow) -> list[str]:
    """The words of a breakdown: `{"origin":"international"}` → `international`."""
    return [str(part) for part in json.loads(row.breakdown).values()] if row.breakdown else []


BARS = "▁▂▃▄▅▆▇█"
FEWEST = 3
"""Fewer points are no curve."""


def sparkline(rows: Iterable[SeriesRow]) -> str:
    """`▁▃█` for what was seen of a line; an actual is taken before an estimate of the same period."""
    values = seen_values(rows)
    if len(values) < FEWEST:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return BARS[len(BARS) // 2] * len(values)
    return "".join(BARS[int((value - low) / (high - low) * (len(BARS) - 1))] for value in values)


def seen_values(rows: Iterable[SeriesRow]) -> list[Decimal]:
    """A line's numbers in the order of their periods, one a period."""
    seen = {row.period: row.value for row in sorted(rows, key=_last_wins)}
    return [value for _, value in sorted(seen.items(), key=lambda one: read_period(one[0])) if value is not None]


def trends(rows: Iterable[SeriesRow]) -> dict[SeriesRow, str]:
    """The last point of a line that is no target → its sparkline, of lines that are long enough."""
    found = [[row for row in points if row.status != "target"] for points in lines(rows).values()]
    return {points[-1]: curve for points in found if (curve := sparkline(points))}


def _last_wins(row: SeriesRow) -> bool:
    return row.status == "actual"
