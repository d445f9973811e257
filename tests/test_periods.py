"""A sentence, its day of publication and the times it speaks of (tests/spec/periods.yml)."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import Period
from extractors.periods import PeriodMention, find_periods
from extractors.spans import month_end, months, previous, shift_years

SPEC: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "spec" / "periods.yml").read_text(encoding="utf-8")
)


def told(text: str, mention: PeriodMention) -> str:
    """A mention in the words of the spec file."""
    iso = mention.period.iso if mention.period else "none"
    return f"{text[mention.start : mention.end]} = {mention.kind} {mention.role} {iso}"


@pytest.mark.parametrize("case", SPEC, ids=lambda case: f"{case['published']} {case['text']}")
def test_times_of_a_sentence(case: dict[str, Any]) -> None:
    assert [told(case["text"], mention) for mention in find_periods(case["text"], case["published"])] == case["periods"]


def only(text: str, published: date | None = None) -> PeriodMention:
    (mention,) = find_periods(text, published)
    return mention


RELATIONS = {
    "so với cùng kỳ": "2022-01-01/2022-09-30",
    "so với cùng kỳ năm 2019": "2019-01-01/2019-09-30",
    "so với năm trước": "2022-01-01/2022-12-31",
    "so với tháng trước": "2023-08-01/2023-08-31",
    "so với quý trước": "2023-04-01/2023-06-30",
    "so với kỳ trước": "2022-04-01/2022-12-31",
    "lũy kế từ đầu năm đến hết kỳ báo cáo": "2023-01-01/2023-09-30",
    "trong kỳ": "2023-01-01/2023-09-30",
    "cả năm": "2023-01-01/2023-12-31",
    "so với năm 2021": "2021-01-01/2021-12-31",
}


@pytest.mark.parametrize(("text", "iso"), RELATIONS.items())
def test_a_time_that_leans_on_the_period_of_its_figure(text: str, iso: str) -> None:
    resolved = only(text).resolve(Period(date(2023, 1, 1), date(2023, 9, 30)))
    assert resolved is not None
    assert resolved.iso == iso


def test_the_year_before_of_a_leap_day_is_the_last_of_february() -> None:
    leap = Period(date(2024, 2, 29), date(2024, 2, 29))
    assert shift_years(leap, -1) == Period(date(2023, 2, 28), date(2023, 2, 28))
    assert shift_years(months(2023, 2, 2), 1) == months(2024, 2, 2)


@given(st.integers(1, 4), st.integers(2000, 2098), st.sampled_from(["I/", "{}/", "{} năm ", "{}-", "{}."]))
def test_quarters_never_leave_their_year(quarter: int, year: int, form: str) -> None:
    name = form.format(quarter) if "{}" in form else {1: "I/", 2: "II/", 3: "III/", 4: "IV/"}[quarter]
    period = only(f"quý {name}{year}").period
    assert period == months(year, 3 * quarter - 2, 3 * quarter)


@pytest.mark.parametrize(
    "text", ["quý 0", "quý 5", "quý V", "tháng 0", "tháng 13", "ngày 32/1", "ngày 31/4", "ngày 30/2"]
)
def test_times_that_do_not_exist(text: str) -> None:
    assert find_periods(text, date(2024, 5, 1)) == []


@given(
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from("/-."),
    st.booleans(),
    st.sampled_from(["ngày ", "đến ngày "]),
)
def test_days_come_before_months(month: int, day: int, mark: str, padded: bool, cue: str) -> None:
    width = 2 if padded else 1
    text = f"{cue}{day:0{width}}{mark}{month:0{width}}{mark}2023"
    assert only(text).period == Period(date(2023, month, day), date(2023, month, day))


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_near_its_publication(published: date, month: int, day: int) -> None:
    period = only(f"tính đến ngày {day}/{month}", published).period
    assert period is not None
    assert -306 <= (period.end - published).days <= 60


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 12))
def test_a_month_without_a_year_had_begun(published: date, month: int) -> None:
    period = only(f"tháng {month}", published).period
    assert period == months(period.start.year, month, month) if period else False
    assert period.start <= published < shift_years(Period(period.start, period.start), 1).start


@given(st.integers(2000, 2098), st.integers(1, 12), st.integers(0, 11))
def test_the_span_before_touches_and_is_as_long(year: int, first: int, more: int) -> None:
    period = months(year, first, min(12, first + more))
    before = previous(period)
    assert (period.start - before.end).days == 1
    assert before.end == month_end(before.end.year, before.end.month)
    assert _month_count(before) == _month_count(period)


def _month_count(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 12), st.booleans())
def test_a_span_from_a_month_till_now_begins_within_the_year(published: date, month: int, ngay: bool) -> None:
    text = f"từ ngày 1/{month} đến nay" if ngay else f"từ tháng {month} đến nay"
    period = only(text, published).period
    assert period is not None
    assert (period.start.month, period.start.day, period.end) == (month, 1, published)
    assert 0 <= (period.end - period.start).days < 366


@given(st.integers(2000, 2097), st.integers(1, 12), st.integers(1, 12))
def test_a_year_told_at_the_end_is_enough(year: int, first: int, last: int) -> None:
    period = only(f"từ tháng {first} đến hết tháng {last}/{year}", date(2098, 1, 1)).period
    assert period is not None
    assert period.end == month_end(year, last)
    assert period.start == date(year - (first > last), first, 1)


WORDS = [
    "từ", "tính", "kể từ", "đến", "hết", "nay", "ngày", "tháng", "năm", "quý", "đầu", "cuối", "nửa", "tuần", "qua",
    "tới", "so với", "bình quân", "giai đoạn", "và", "các", "I", "III", "1/7", "30/9/2023", "2021", "-", "5", "12",
    "9/2022", ",", "(", ")", "ba", "T9/2025", "Q1/2023", "20%",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.none() | st.dates(date(2001, 1, 1)))
def test_times_strung_together_never_overlap(text: str, published: date | None) -> None:
    found = find_periods(text, published)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    assert all(mention.kind in ("span", "day", "relative", "event") for mention in found)
    assert all(mention.period is None or mention.period.start <= mention.period.end for mention in found)


@given(
    st.text(alphabet="0123456789/-., \nnămthágquýIVđếntừkỳsovới", max_size=60), st.none() | st.dates(date(2001, 1, 1))
)
def test_mentions_never_overlap_and_never_invent_a_day(text: str, published: date | None) -> None:
    found = find_periods(text, published)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    assert all(mention.period is None or mention.period.start <= mention.period.end for mention in found)
    if published is None:
        assert all(mention.period is None for mention in found if not mention.year_given and mention.rule != "event")
