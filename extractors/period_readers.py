"""Turn a matched form of catalogue/periods.yml into a mention: one function for each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from extractors.period_mentions import RELATIONS, PeriodMention
from extractors.period_reading import Form, at, day_of, is_day, months_of, span, year_of
from extractors.spans import day, last_months, month_of, months, whole_year
from extractors.wording import ending, starting

Reader = Callable[[Form], PeriodMention | None]


def _now(form: Form) -> PeriodMention:
    return form.mention("day", at(form.published), given=True)


def _days(form: Form) -> PeriodMention | None:
    if not is_day(form, "2") or (form.part("m") and not is_day(form)):
        return None
    end = day_of(form, "2")
    if form.part("m"):
        start = day_of(form, near=end)
    else:
        start = day(end.year, end.month, int(form.part("day") or 0)) if end else None
    return form.mention("span", span(start, end), given=form.part("y2") is not None)


def _year_to_day(form: Form) -> PeriodMention | None:
    if not is_day(form):
        return None
    year, given = year_of(form)
    end = day(year, int(form.part("m") or 0), int(form.part("d") or 0)) if year else day_of(form)
    return form.mention("span", span(end.replace(month=1, day=1) if end else None, end), given=given)


def _year_to_now(form: Form) -> PeriodMention:
    year, given = year_of(form)
    if year is None and form.published is not None:
        year = form.published.year
    return form.mention("span", span(date(year, 1, 1) if year else None, form.published), given=given)


def _month_to_now(form: Form) -> PeriodMention:
    month = months_of(form, form.month, form.month).period if form.part("month") else None
    if month is None and form.published is not None and not form.part("month"):
        month = month_of(form.published)
    return form.mention("span", span(month.start if month else None, form.published), given=False)


def _years_to_now(form: Form) -> PeriodMention:
    return form.mention("span", span(date(int(form.part("fullyear") or 0), 1, 1), form.published), given=True)


def _stock_day(form: Form) -> PeriodMention | None:
    return form.mention("day", at(day_of(form)), given=form.part("y") is not None) if is_day(form) else None


def _edge(whole: PeriodMention, *, last: bool = True) -> PeriodMention:
    """The last (or first) day of a span, for a level at that day."""
    when = None if whole.period is None else whole.period.end if last else whole.period.start
    return replace(whole, kind="day", period=at(when))


def _stock_year(form: Form) -> PeriodMention:
    """ "cuối năm 2015"; "cuối năm" read in spring is the one just over."""
    year, given = year_of(form)
    if year is None and not given and form.published is not None:
        year = form.published.year - (form.published.month <= 3 and not form.looks_ahead)
    return form.mention("day", at(date(year, 12, 31) if year else None), given=given)


def _stock_year_start(form: Form) -> PeriodMention:
    year, given = year_of(form)
    if year is None and not given and form.published is not None:
        year = form.published.year
    return form.mention("day", at(date(year, 1, 1) if year else None), given=given)


def _to_year(form: Form) -> PeriodMention:
    year = int(form.part("fullyear") or 0)
    ahead = form.published is not None and year >= form.published.year
    return form.mention("span", whole_year(year), given=True, role="target_hint" if ahead else "main")


def _is_length(form: Form) -> bool:
    """A length of time, not a time: "sau 6 tháng triển khai", "mỗi 3 tháng"."""
    at = form.match.start("count")
    before = ending("periods", "not_months_before").search(form.norm[max(0, at - 20) : at])
    return before is not None or starting("periods", "not_months_after").match(form.norm, form.match.end()) is not None


def _first_months(form: Form) -> PeriodMention | None:
    return None if _is_length(form) else months_of(form, 1, form.count)


def _last_months(form: Form) -> PeriodMention | None:
    return months_of(form, 13 - form.count, 12)


def _months_past(form: Form) -> PeriodMention:
    """ "11 tháng qua" in December is the year so far; "3 tháng qua" then the last three whole months."""
    if form.published is None:
        return form.mention("span", None, given=False)
    if _so_far(form):
        return form.mention("span", months(form.published.year, 1, form.count), given=False)
    last = form.published.replace(day=1) - timedelta(days=1)
    return form.mention("span", last_months(last, form.count), given=False)


def _so_far(form: Form) -> bool:
    """As many months as the year had on the day of publication."""
    return form.published is not None and form.published.month in (form.count, form.count + 1)


def _bare_months(form: Form) -> PeriodMention | None:
    """ "trong 6 tháng" as a report's period: whole quarters, or as many months as the year had by then."""
    if _is_length(form) or not (form.count in (3, 6, 9) or _so_far(form)):
        return None
    return months_of(form, 1, form.count)


def _loose_months(form: Form) -> PeriodMention | None:
    """ "Nghệ An: Tỷ lệ trực tuyến 9 tháng đạt 71,2%"."""
    report = _so_far(form) and starting("periods", "loose_months_after").match(form.norm, form.match.end())
    return months_of(form, 1, form.count) if report and not _is_length(form) else None


def _first_quarters(form: Form) -> PeriodMention | None:
    return months_of(form, 1, 3 * form.count) if form.count <= 4 else None


def _quarter(form: Form) -> PeriodMention:
    return months_of(form, form.last_month_of_quarter - 2, form.last_month_of_quarter)


def _month(form: Form) -> PeriodMention | None:
    return None if form.refused("not_month_before") else months_of(form, form.month, form.month)


def _month_edge(form: Form) -> PeriodMention:
    return _edge(months_of(form, form.month, form.month))


def _month_span(form: Form) -> PeriodMention | None:
    last = form.number("month2", "month_names")
    if starting("periods", "every_year").match(form.norm, form.match.end()):  # a season is no period of a figure
        return form.mention("event", None, given=True)
    return months_of(form, form.month, last) if form.month < last else None


def _years(form: Form) -> PeriodMention | None:
    first, last = int(form.part("fullyear") or 0), int(form.part("fullyear2") or 0)
    return form.mention("span", span(date(first, 1, 1), date(last, 12, 31)), given=True) if first < last else None


def _school_year(form: Form) -> PeriodMention | None:
    """September to August, as the ministry's calendar has it."""
    first, last = int(form.part("fullyear") or 0), int(form.part("fullyear2") or 0)
    return form.mention("span", span(date(first, 9, 1), date(last, 8, 31)), given=True) if last == first + 1 else None


def _year(form: Form) -> PeriodMention | None:
    year, given = year_of(form)
    return (
        None
        if form.refused("not_year_before")
        else form.mention("span", whole_year(year) if year else None, given=given)
    )


def _event(form: Form) -> PeriodMention | None:
    if form.part("d") and not is_day(form):
        return None
    return form.mention("event", at(day_of(form)) if form.part("d") else None, given=form.part("y") is not None)


def read_relation(form: Form) -> PeriodMention | None:
    """A time that leans on another; "cùng kỳ" and "kỳ trước" are what a comparison is made with."""
    if form.refused("not_year_before"):
        return None
    year = form.part("fullyear")
    role = "base" if form.rule.startswith(("same_period", "previous_period")) else "main"
    return replace(form.mention("relative", None, given=True, role=role), year=int(year) if year else None)


READERS: dict[str, Reader] = {
    **dict.fromkeys(RELATIONS, read_relation),
    "now": _now,
    "days": _days,
    "year_to_day": _year_to_day,
    "year_to_month": lambda form: months_of(form, 1, form.month),
    "year_to_quarter": lambda form: months_of(form, 1, form.last_month_of_quarter),
    "year_to_now": _year_to_now,
    "month_to_now": _month_to_now,
    "years_to_now": _years_to_now,
    "stock_day": _stock_day,
    "stock_month": _month_edge,
    "stock_month_start": lambda form: _edge(months_of(form, form.month, form.month), last=False),
    "stock_quarter": lambda form: _edge(_quarter(form)),
    "stock_year": _stock_year,
    "stock_year_start": _stock_year_start,
    "to_year": _to_year,
    "first_months": _first_months,
    "last_months": _last_months,
    "months_past": _months_past,
    "bare_months": _bare_months,
    "loose_months": _loose_months,
    "half_first": lambda form: months_of(form, 1, 6),
    "half_last": lambda form: months_of(form, 7, 12),
    "first_quarters": _first_quarters,
    "first_month": lambda form: months_of(form, 1, 1),
    "first_quarter": lambda form: months_of(form, 1, 3),
    "last_quarter": lambda form: months_of(form, 10, 12),
    "quarter": _quarter,
    "month": _month,
    "month_of_year": lambda form: months_of(form, form.month, form.month),
    "months": _month_span,
    "years": _years,
    "school_year": _school_year,
    "year": _year,
    "base_year": lambda form: replace(
        form.mention("span", whole_year(int(form.part("fullyear") or 0)), given=True), role="base"
    ),
    "event": _event,
    "event_word": _event,
}
"""By the name of the rule; relations first, so that "năm trước" leans on its context rather than on publication."""
