"""Calendar arithmetic on periods: the same span a year earlier, the month before, the quarter around a day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from extractors.facts import Period


def day(year: int, month: int, number: int) -> date | None:
    """That day, or None where the month has no such day."""
    in_range = 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]
    return date(year, month, number) if in_range else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> Period:
    """From the first day of one month to the last day of another."""
    return Period(date(year, first, 1), month_end(year, last))


def whole_year(year: int) -> Period:
    """1 January to 31 December."""
    return months(year, 1, 12)


def month_of(when: date) -> Period:
    """The calendar month around a day."""
    return months(when.year, when.month, when.month)


def is_month(period: Period) -> bool:
    """Exactly one calendar month."""
    return period == month_of(period.start)


def months_touched(period: Period) -> int:
    """How many calendar months a period touches."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def quarter_of(when: date) -> Period:
    """The calendar quarter around a day."""
    first = (when.month - 1) // 3 * 3 + 1
    return months(when.year, first, first + 2)


def shift_years(period: Period, years: int) -> Period:
    """The same span some years later or earlier; the last day of a month stays the last day."""
    return Period(_shifted(period.start, years), _shifted(period.end, years))


def _shifted(when: date, years: int) -> date:
    last = month_end(when.year + years, when.month)
    return last if when == month_end(when.year, when.month) else when.replace(year=when.year + years)


def last_months(end: date, count: int) -> Period:
    """So many whole months, the last of them ending on `end`."""
    first = end.year * 12 + end.month - count
    return Period(date(first // 12, first % 12 + 1, 1), end)


def previous(period: Period) -> Period:
    """The span of the same length right before: a month before a month, a quarter before a quarter."""
    end = period.start - timedelta(days=1)
    if period.start.day != 1 or period.end != month_end(period.end.year, period.end.month):
        return Period(end - (period.end - period.start), end)
    return last_months(end, months_touched(period))
