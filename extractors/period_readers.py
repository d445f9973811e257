"""Turn a matched form of catalogue/periods.yml into a mention: one function for each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from extractors import period_counts
from extractors.period_mentions import RELATIONS, PeriodMention
from extractors.period_reading import Form, at, day_of, is_day, months_of, span, year_of
from extractors.spans import day, month_of, whole_year
from extractors.wording import starting

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


def _first_quarters(form: Form) -> PeriodMention | None:
    return months_of(form, 1, 3 * form.count) if form.count <= 4 else None


def _quarter(form: Form) -> PeriodMention:
    return months_of(form, form.last_month_of_quarter - 2, form.last_month_of_quarter)


def _month(form: Form) -> PeriodMention | None:
    counted = (
        form.norm[max(0, form.match.start() - 3) : form.match.start()].rstrip()[-1:].isdigit()
    )  # "9 tháng năm 2024" is no May
    return None if counted or form.refused("not_month_before") else months_of(form, form.month, form.month)


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
    "first_months": period_counts.first_months,
    "last_months": period_counts.last_months,
    "months_past": period_counts.months_past,
    "years_ago": period_counts.years_ago,
    "two_tier_months": period_counts.two_tier_months,
    "bare_months": period_counts.bare_months,
    "loose_months": period_counts.loose_months,
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
