"""Times told by days: "từ ngày 15/4 đến ngày 14/5", "đến ngày 31/8", "15 ngày đầu tháng 12", "sáng 19-4"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from extractors.facts import Period
from extractors.period_mentions import PeriodMention
from extractors.period_reading import Form, at, day_of, is_day, months_of, span, year_of
from extractors.spans import day, whole_year
from extractors.units import read_unit

_HOLIDAYS = timedelta(days=6)
"""No holiday is longer, Tết aside."""


def days(form: Form) -> PeriodMention | None:
    """ "Từ ngày 20/3 đến ngày 19/4/2023", "từ ngày 1 đến ngày 15/6"."""
    if not is_day(form, "2") or (form.part("m") and not is_day(form)):
        return None
    end = day_of(form, "2")
    if form.part("m"):
        start = day_of(form, near=end)
    else:
        start = day(end.year, end.month, int(form.part("day") or 0)) if end else None
    return form.mention("span", span(start, end), given=form.tells_year("2"))


def holidays(form: Form) -> PeriodMention | None:
    """ "Kỳ nghỉ lễ 30-4 và 1-5": the days in between; "lễ 30/4 và 2/9" are two."""
    found = days(form)
    near = found and found.period and found.period.end - found.period.start <= _HOLIDAYS
    return found if near else None


def year_to_day(form: Form) -> PeriodMention | None:
    """ "Từ đầu năm đến ngày 15-8", "lũy kế đến 30/6"."""
    if not is_day(form) or form.tells_two_years:
        return None
    year, given = year_of(form)
    end = day(year, int(form.part("m") or 0), int(form.part("d") or 0)) if year else day_of(form)
    return form.mention("span", span(end.replace(month=1, day=1) if end else None, end), given=given)


def stock_day(form: Form) -> PeriodMention | None:
    """ "Đến ngày 31/8", "tại thời điểm 31/12/2023"."""
    return form.mention("day", at(day_of(form)), given=form.tells_year()) if is_day(form) else None


def opening(form: Form) -> PeriodMention | None:
    """ "từ 1/7", "từ 2021": kept only where an end follows; "từ 2021 hồ sơ" counts."""
    if read_unit(form.norm, form.match.end()) is not None or (form.part("d") and not is_day(form)):
        return None
    year = form.part("fullyear")
    period = whole_year(int(year)) if year else at(day_of(form))
    return form.mention("opening", period, given=bool(year) or form.tells_year())


def days_counted(form: Form) -> PeriodMention | None:
    """ "3 ngày (15-17/12)"; "5 ngày 2-3/9" do not agree."""
    found = days(form)
    if found is None or found.period is None:
        return found
    return found if (found.period.end - found.period.start).days + 1 == form.count else None


def event(form: Form) -> PeriodMention | None:
    """ "Sáng 19-4", "hôm qua"."""
    if form.part("d") and not is_day(form):
        return None
    return form.mention("event", at(day_of(form)) if form.part("d") else None, given=form.tells_year())


def days_of_month(form: Form) -> PeriodMention | None:
    """ "15 ngày đầu tháng 12"."""
    return _part_of_month(form, lambda month: (1, form.count))


def last_days_of_month(form: Form) -> PeriodMention | None:
    """ "10 ngày cuối tháng 3"."""
    return _part_of_month(form, lambda month: (month.end.day - form.count + 1, month.end.day))


def month_half_first(form: Form) -> PeriodMention | None:
    """ "Nửa đầu tháng 12/2023"."""
    return _part_of_month(form, lambda month: (1, 15))


def month_half_last(form: Form) -> PeriodMention | None:
    """ "Nửa cuối tháng 9"."""
    return _part_of_month(form, lambda month: (16, month.end.day))


def _part_of_month(form: Form, days: Callable[[Period], tuple[int, int]]) -> PeriodMention | None:
    whole = months_of(form, form.month, form.month)
    if whole.period is None:
        return whole
    first, last = days(whole.period)
    if not 1 <= first <= last <= whole.period.end.day:
        return None
    start = whole.period.start
    return replace(whole, period=Period(start.replace(day=first), start.replace(day=last)))


def days_of_year(form: Form) -> PeriodMention | None:
    """ "10 ngày đầu năm 2023"."""
    whole = months_of(form, 1, 1)
    if whole.period is None:
        return whole
    start = whole.period.start
    return replace(whole, period=Period(start, start + timedelta(days=form.count - 1)))
