"""Periods as a few patterns find them: "quý I/2023", "9 tháng đầu năm", "ngày 31/8", "năm 2022"."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:\s*[-/.,]?\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d|nay|ngoái|trước))?(?!\d)"
_TIME = regex.compile(
    rf"""(?P<compared>(?:so\svới|cùng\skỳ)\s)?
    (?:ngày\s+(?P<day>\d\d?)[-/.](?P<of>\d\d?){_YEAR}
    |quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])(?!\w){_YEAR}
    |(?P<months>\d\d?|sáu|chín|ba)\s+tháng(?:\s+đầu)?{_YEAR}
    |tháng\s+(?P<month>\d\d?)(?!\d){_YEAR}
    |năm\s+(?P<alone>(?:19|20)\d\d|nay|ngoái|trước)
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
_NUMERALS = {"ba": 3, "sáu": 6, "chín": 9}


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name a period, and the period as annotations write it."""

    start: int
    end: int
    iso: str
    compared: bool
    """ "so với năm 2021": what a change is against, not when the figure is."""


def find_times(sentence: str, published: date) -> Iterator[Time]:
    """ "quý I năm nay" in an article of 2024 → 2024-01-01/2024-03-31; what no calendar has is left out."""
    for match in _TIME.finditer(sentence):
        try:
            yield Time(match.start(), match.end(), _read(match, published), match["compared"] is not None)
        except (ValueError, calendar.IllegalMonthError):
            continue


def year_of(year: int) -> str:
    """2023 → 2023-01-01/2023-12-31."""
    return _span(year, 1, 12)


def _read(match: regex.Match[str], published: date) -> str:
    groups = match.groupdict()
    year = _year(match.captures("year") + match.captures("alone"), published)
    if groups["day"]:
        return date(year, int(groups["of"]), int(groups["day"])).isoformat()
    if groups["quarter"]:
        last = 3 * _QUARTERS[groups["quarter"].upper()]
        return _span(year, last - 2, last)
    if groups["months"]:
        months = groups["months"].lower()
        return _span(year, 1, _NUMERALS.get(months) or int(months))
    if groups["month"]:
        return _span(year, int(groups["month"]), int(groups["month"]))
    return year_of(year)


def _year(words: list[str], published: date) -> int:
    word = words[0].lower() if words else "nay"
    return int(word) if word.isdigit() else published.year - (word in ("ngoái", "trước"))


def _span(year: int, first: int, last: int) -> str:
    end = calendar.monthrange(year, last)[1]
    return f"{date(year, first, 1)}/{date(year, last, end)}"
