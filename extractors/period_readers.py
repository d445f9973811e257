"""Turn a matched form of catalogue/periods.yml into a mention: one function for each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import regex

from extractors import period_counts, period_days
from extractors.period_mentions import RELATIONS, PeriodMention
from extractors.period_reading import Form, at, months_of, span, year_of
from extractors.spans import whole_year
from extractors.units import read_unit
from extractors.wording import choices, compiled, starting, words_of

Reader = Callable[[Form], PeriodMention | None]


def _now(form: Form) -> PeriodMention | None:
    """ "thực hiện tại các xã" is no "hiện tại", "cao nhất từ trước đến nay" no time of a figure."""
    return None if form.refused("not_now_before") else form.mention("day", at(form.published), given=True)


def _year_to_now(form: Form) -> PeriodMention:
    year, given = year_of(form)
    if year is None and form.published is not None:
        year = form.published.year
    return form.mention("span", span(date(year, 1, 1) if year else None, form.published), given=given)


def _year_to_month(form: Form) -> PeriodMention | None:
    return None if form.tells_two_years else months_of(form, 1, form.month)


def _year_to_quarter(form: Form) -> PeriodMention | None:
    return None if form.tells_two_years else months_of(form, 1, form.last_month_of_quarter)


def _year_so_far(form: Form) -> PeriodMention | None:
    """ "Từ đầu năm, tỉnh cấp mới 26 dự án"; of a year long over it is when something began."""
    whole = _year_to_now(form)
    over = whole.period is not None and whole.period.start.year != whole.period.end.year
    return None if over or form.refused("not_year_so_far_before") else whole


def _month_to_now(form: Form) -> PeriodMention:
    start = form.published.replace(day=1) if form.published else None
    return form.mention("span", span(start, form.published), given=False)


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


def _stock_bare_year(form: Form) -> PeriodMention | None:
    return None if read_unit(form.norm, form.match.end()) is not None else _stock_year(form)


def _stock_year_start(form: Form) -> PeriodMention:
    year, given = year_of(form)
    if year is None and not given and form.published is not None:
        year = form.published.year
    return form.mention("day", at(date(year, 1, 1) if year else None), given=given)


def _former_year_start(form: Form) -> PeriodMention | None:
    """ "còn 3,2%; đầu năm là 4,1%", at the head of its clause; "giảm từ 4,1% đầu năm xuống 3,2%"."""
    begin = form.match.start()
    head = compiled(r"(?:^|[;,(\n]) *\Z").search(form.norm[max(0, begin - 3) : begin])
    follows = starting("periods", "former_after").match(form.norm, form.match.end())
    left = _left_then().search(form.norm[max(0, begin - 30) : begin])
    if left and form.published is not None and form.published.month == 1:  # of the year that has just ended
        return form.mention("day", at(date(form.published.year - 1, 1, 1)), given=False)
    return _stock_year_start(form) if (head and follows) or left else None


@cache
def _left_then() -> regex.Pattern[str]:
    words = words_of("periods")
    level = rf"(?:{choices(words['left_from'])}) \d[\d.,]*%"
    return regex.compile(rf"\b{level}(?: (?:{choices(words['left_in'])}))? \Z")


def _to_year(form: Form) -> PeriodMention:
    year = int(form.part("fullyear") or 0)
    ahead = form.published is not None and year >= form.published.year
    return form.mention("span", whole_year(year), given=True, role="target_hint" if ahead else "main")


def _first_quarters(form: Form) -> PeriodMention | None:
    return months_of(form, 1, 3 * form.count) if form.count <= 4 else None


def _quarter(form: Form) -> PeriodMention:
    return months_of(form, form.last_month_of_quarter - 2, form.last_month_of_quarter)


def _quarters(form: Form) -> PeriodMention | None:
    """ "Quý III, IV năm 2022"; "quý I, III" are not side by side."""
    found = form.match.capturesdict()
    last = form.number("quarter2", "quarter_names")
    first, named = form.last_month_of_quarter // 3, 2 + len(found.get("between", []))
    if last <= first or (named != last - first + 1 and not form.part("dash")):
        return None
    return months_of(form, 3 * first - 2, 3 * last)


def _month_of_year(form: Form) -> PeriodMention | None:
    """ "08.2025"; "Thông tư 08/2022" is a paper."""
    return None if form.refused("papers") else months_of(form, form.month, form.month)


def _first_month(form: Form) -> PeriodMention | None:
    return None if form.refused("not_month_before") else months_of(form, 1, 1)


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
    return months_of(form, form.month, last) if form.month < last and not form.tells_two_years else None


def _years(form: Form) -> PeriodMention | None:
    first, last = int(form.part("fullyear") or 0), int(form.part("fullyear2") or 0)
    return form.mention("span", span(date(first, 1, 1), date(last, 12, 31)), given=True) if first < last else None


def _year_alone(form: Form) -> PeriodMention:
    return form.mention("span", whole_year(int(form.part("fullyear") or 0)), given=True)


def _school_year(form: Form) -> PeriodMention | None:
    """September to August, as the ministry's calendar has it."""
    first, last = int(form.part("fullyear") or 0), int(form.part("fullyear2") or 0)
    return form.mention("span", span(date(first, 9, 1), date(last, 8, 31)), given=True) if last == first + 1 else None


def _year(form: Form) -> PeriodMention | None:
    year, given = year_of(form)
    if form.refused("not_year_before") or (form.part("yw") and _is_not_told(form)):
        return None
    return form.mention("span", whole_year(year) if year else None, given=given)


def _is_not_told(form: Form) -> bool:
    """ "các năm trước", "5 năm tới": not the one year that the word names."""
    return form.refused("not_told_year_before") or period_counts.is_counted(form)


def read_relation(form: Form) -> PeriodMention | None:
    """A time that leans on another; "cùng kỳ" and "kỳ trước" are what a comparison is made with."""
    if form.refused("not_year_before") or form.refused("not_told_year_before"):
        return None
    year = form.part("fullyear")
    role = "base" if form.rule.startswith(("same_period", "previous_period")) else "main"
    return replace(form.mention("relative", None, given=True, role=role), year=int(year) if year else None)


READERS: dict[str, Reader] = {
    **dict.fromkeys(RELATIONS, read_relation),
    "now": _now,
    "days": period_days.days,
    "holidays": period_days.holidays,
    "days_counted": period_days.days_counted,
    "days_of_month": period_days.days_of_month,
    "last_days_of_month": period_days.last_days_of_month,
    "days_of_year": period_days.days_of_year,
    "month_half_first": period_days.month_half_first,
    "month_half_last": period_days.month_half_last,
    "year_to_day": period_days.year_to_day,
    "year_to_month": _year_to_month,
    "year_to_quarter": _year_to_quarter,
    "year_to_now": _year_to_now,
    "month_to_now": _month_to_now,
    "year_so_far": _year_so_far,
    "opening": period_days.opening,
    "stock_day": period_days.stock_day,
    "stock_month": _month_edge,
    "stock_month_start": lambda form: _edge(months_of(form, form.month, form.month), last=False),
    "stock_quarter": lambda form: _edge(_quarter(form)),
    "stock_year": _stock_year,
    "stock_bare_year": _stock_bare_year,
    "stock_year_start": _stock_year_start,
    "former_year_start": _former_year_start,
    "to_year": _to_year,
    "first_months": period_counts.first_months,
    "last_months": period_counts.last_months,
    "months_past": period_counts.months_past,
    "years_past": period_counts.years_past,
    "years_ago": period_counts.years_ago,
    "two_tier_months": period_counts.two_tier_months,
    "two_tier_to_now": period_counts.two_tier_to_now,
    "bare_months": period_counts.bare_months,
    "loose_months": period_counts.loose_months,
    "half_first": lambda form: months_of(form, 1, 6),
    "half_last": lambda form: months_of(form, 7, 12),
    "first_quarters": _first_quarters,
    "first_month": _first_month,
    "first_quarter": lambda form: months_of(form, 1, 3),
    "last_quarter": lambda form: months_of(form, 10, 12),
    "quarter": _quarter,
    "quarters": _quarters,
    "month": _month,
    "month_of_year": _month_of_year,
    "months": _month_span,
    "years": _years,
    "school_year": _school_year,
    "year": _year,
    "index_year": lambda form: replace(_year_alone(form), start=form.match.start("fullyear")),
    "base_year": lambda form: replace(_year_alone(form), role="base"),
    "base_day": lambda form: replace(base, role="base") if (base := period_days.stock_day(form)) else None,
    "base_year_start": lambda form: replace(_stock_year_start(form), role="base"),
    "event": period_days.event,
    "event_word": period_days.event,
}
"""By the name of the rule; relations first, so that "năm trước" leans on its context rather than on publication."""
