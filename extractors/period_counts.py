"""Times counted off: "9 tháng đầu năm", "trong 6 tháng", "5 tháng vận hành chính quyền địa phương 2 cấp"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractors import spans
from extractors.period_mentions import PeriodMention
from extractors.period_reading import Form, months_of, span
from extractors.spans import month_of, months, whole_year
from extractors.wording import compiled, ending, starting

_TWO_TIER = date(2025, 7, 1)


def _is_every(form: Form) -> bool:
    """ "mỗi 3 tháng", "gần 6 tháng": no span of the calendar."""
    at = form.match.start("count")
    return ending("periods", "not_months_before").search(form.norm[max(0, at - 20) : at]) is not None


def _is_length(form: Form) -> bool:
    """A length of time, not a time: "sau 6 tháng triển khai", "mỗi 3 tháng"."""
    return _is_every(form) or starting("periods", "not_months_after").match(form.norm, form.match.end()) is not None


def is_counted(form: Form) -> bool:
    """ "trong 5 năm tới": a number stands before, in digits or as a word."""
    before = form.norm[max(0, form.match.start() - 20) : form.match.start()]
    digits = compiled(r"\d +\Z").search(before)
    return digits is not None or ending("periods", "count_names").search(before) is not None


def first_months(form: Form) -> PeriodMention | None:
    return None if _is_every(form) else months_of(form, 1, form.count)


def last_months(form: Form) -> PeriodMention | None:
    return months_of(form, 13 - form.count, 12)


def years_ago(form: Form) -> PeriodMention:
    """ "Bảy năm trước, hộ nghèo lên tới 11,4%", not the year before; "một năm trước" is that."""
    if form.count == 1:
        return replace(form.mention("relative", None, given=True), rule="previous_year")
    year = form.published.year - form.count if form.published else None
    return form.mention("span", whole_year(year) if year else None, given=True)


def years_past(form: Form) -> PeriodMention | None:
    """ "Ba năm qua" are whole years, as "năm qua" is one; "gần 5 năm qua" begins nobody knows when."""
    if _is_every(form):
        return None
    year = form.published.year - (form.published.month < 11) if form.published else None
    years = span(date(year - form.count + 1, 1, 1), date(year, 12, 31)) if year else None
    return form.mention("span", years, given=True)


def two_tier_months(form: Form) -> PeriodMention | None:
    """ "Sau 5 tháng vận hành chính quyền địa phương 2 cấp"; "gần 5 tháng" has no end that is known."""
    if _is_every(form):
        return None
    years, month = divmod(5 + form.count, 12)
    last = month_of(date(2025 + years, month + 1, 1))
    return form.mention("span", span(_TWO_TIER, last.end), given=True)


def two_tier_to_now(form: Form) -> PeriodMention:
    """ "Từ khi vận hành chính quyền địa phương 2 cấp đến nay"."""
    return form.mention("span", span(_TWO_TIER, form.published), given=True)


def months_past(form: Form) -> PeriodMention:
    """ "11 tháng qua" in December is the year so far; "3 tháng qua" then the last three whole months."""
    if form.published is None:
        return form.mention("span", None, given=False)
    if _so_far(form):
        return form.mention("span", months(form.published.year, 1, form.count), given=False)
    last = form.published.replace(day=1) - timedelta(days=1)
    return form.mention("span", spans.last_months(last, form.count), given=False)


def _so_far(form: Form) -> bool:
    """As many months as the year had on the day of publication."""
    return form.published is not None and form.published.month in (form.count, form.count + 1)


def bare_months(form: Form) -> PeriodMention | None:
    """ "trong 6 tháng" as a report's period: whole quarters, or as many months as the year had by then."""
    if _is_length(form) or not (form.count in (3, 6, 9) or _so_far(form)):
        return None
    return months_of(form, 1, form.count)


def loose_months(form: Form) -> PeriodMention | None:
    """ "Nghệ An: Tỷ lệ trực tuyến 9 tháng đạt 71,2%"; "GRDP 9 tháng tăng 7,9%" in November too; "thu ngân sách 6 tháng
    11.940 tỷ đồng"."""
    words = "loose_months_after" if _so_far(form) else "loose_quarters_after" if _is_over(form) else ""
    told = (starting("periods", words), compiled(r" \d{1,3}(?:\.\d{3}|,\d)")) if words else ()
    report = any(pattern.match(form.norm, form.match.end()) for pattern in told)
    return months_of(form, 1, form.count) if report and not _is_length(form) else None


def _is_over(form: Form) -> bool:
    """So many whole quarters of the year of publication."""
    return form.published is not None and form.count in (3, 6, 9) and form.count < form.published.month
