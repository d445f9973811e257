"""Periods as SDMX prints them: `2023`, `2024-S1`, `2024-Q1`, `2024-04`, `2023-08-31`, else the ISO 8601 range."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from models.problems import LoadProblem

SPANS = {12: ("A", "{year}"), 6: ("S", "{year}-S{part}"), 3: ("Q", "{year}-Q{part}"), 1: ("M", "{year}-{part:02}")}
"""Months of a span → SDMX frequency, and how its TIME_PERIOD is written."""
_NAMED = re.compile(r"(?P<year>\d{4})(?:-(?P<kind>[SQ]?)(?P<part>\d{1,2}))?")
OTHER = "_O"
"""SDMX CL_FREQ: a frequency that is none of the listed ones, such as nine months or five years."""


@lru_cache(maxsize=4096)
def read_period(iso: str) -> tuple[date, date]:
    """First and last day of `2023-01-01/2023-12-31` or `2023-08-31`; LoadProblem for anything else."""
    first, _, last = iso.partition("/")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise LoadProblem(f"period {iso!r} is not START/END or one day in ISO 8601") from None
    if start > end:
        raise LoadProblem(f"period {iso!r} ends before it starts")
    return start, end


@lru_cache(maxsize=4096)
def time_period(start: date, end: date) -> tuple[str, str]:
    """SDMX frequency and TIME_PERIOD of a span, both days inclusive."""
    if start == end:
        return "D", start.isoformat()
    months = end.month - start.month + 1
    whole = start.year == end.year and start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole and months in SPANS and (start.month - 1) % months == 0:
        frequency, pattern = SPANS[months]
        return frequency, pattern.format(year=start.year, part=(start.month - 1) // months + 1)
    return OTHER, f"{start.isoformat()}/{end.isoformat()}"


def period_of(label: str) -> str:
    """The period in ISO 8601 that `2022`, `2024-S1`, `2024-Q1` or `2024-04` names, or that stands there already;
    LoadProblem for anything else."""
    named = _NAMED.fullmatch(label)
    if named is None:
        read_period(label)
        return label
    months = {None: 12, "S": 6, "Q": 3, "": 1}[named["kind"]]
    last = months * int(named["part"] or 1)
    try:
        start, end = date(int(named["year"]), last - months + 1, 1), date(int(named["year"]), last, 1)
    except ValueError:
        raise LoadProblem(f"period {label!r}: a year has no such part") from None
    return f"{start}/{end.replace(day=monthrange(end.year, end.month)[1])}"
