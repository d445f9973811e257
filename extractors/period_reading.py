"""A matched form of periods.yml, and the year that its words leave out.

A year that is not printed is completed from the day of publication: the latest one in which the time had begun, unless
the sentence looks ahead ("phấn đấu", "dự kiến"). Without a day of publication it stays None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex

from extractors.facts import Period
from extractors.period_mentions import PeriodMention
from extractors.spans import day, months
from extractors.wording import choices, compiled, ending, words_of

_SOON = timedelta(days=60)
"""A day without a year may lie this far after publication; further away it was last year's."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form found in the text, with what its rule needs to read it."""

    rule: str
    match: regex.Match[str]
    norm: str
    published: date | None

    def part(self, name: str) -> str | None:
        """The words of a part, lower case, or None when the form has none."""
        found = self.match.groupdict().get(name)
        return " ".join(found.lower().split()) if found else None

    def number(self, name: str, names: str) -> int:
        """A part that is a number or its word: "3", "ba"."""
        text = self.part(name) or ""
        return int(text) if text.isdigit() else int(words_of("periods")[names][text])

    @property
    def count(self) -> int:
        """How many months or quarters."""
        return self.number("count", "count_names")

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return self.number("month", "month_names")

    @property
    def last_month_of_quarter(self) -> int:
        """3, 6, 9 or 12."""
        return 3 * self.number("quarter", "quarter_names")

    def tells_year(self, suffix: str = "") -> bool:
        """ "15/8/2023", "15/8 năm ngoái"."""
        return bool(self.part("y" + suffix) or self.part("yw" + suffix))

    @property
    def tells_two_years(self) -> bool:
        """ "từ tháng 1/2022 đến tháng 3/2023": two times, each of its own year."""
        found = self.match.capturesdict()
        return len({*found.get("y", []), *found.get("yw", [])}) > 1

    @property
    def looks_ahead(self) -> bool:
        """Whether the sentence up to here speaks of what is to come."""
        ends = compiled(r"[.;\n](?!\d)")
        before = ends.split(self.norm[max(0, self.match.start() - 120) : self.match.start()])[-1]
        after = ends.split(self.norm[self.match.end() : self.match.end() + 40])[0]
        return _ahead().search(before + self.match.group() + after) is not None

    def refused(self, key: str) -> bool:
        """Whether a word of the list stands right before: "sinh năm 2007"."""
        at = self.match.start()
        return ending("periods", key).search(self.norm[max(0, at - 20) : at]) is not None

    def mention(self, kind: str, period: Period | None, *, given: bool, role: str = "main") -> PeriodMention:
        """This form as a mention."""
        return PeriodMention(self.match.start(), self.match.end(), kind, period, role, given, self.rule)


@cache
def _ahead() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{choices(words_of('periods')['ahead'])})(?!\p{{L}})")


def year_of(form: Form) -> tuple[int | None, bool]:
    """The printed year, or the one that "nay", "ngoái", "qua" point at; and whether the words gave it."""
    printed = form.part("y") or form.part("fullyear")
    if printed:
        return int(printed), True
    word = form.part("yw")
    return _meant_year(word, form.published) if word else None, word is not None


def _meant_year(word: str, published: date | None) -> int | None:
    """The year of "năm nay", "năm ngoái"."""
    if published is None:
        return None
    words = words_of("periods")
    if word in words["past_year"]:  # near the end of a year "năm qua" is that year, else the one before
        return published.year - (published.month < 11)
    return published.year + int(words["year_words"].get(word, -1))


def months_of(form: Form, first: int, last: int) -> PeriodMention:
    """Months `first` to `last` of the form's year."""
    year, given = year_of(form)
    if year is None and not given and form.published is not None:
        year = _latest_year(form, form.published, first, last)
    return form.mention("span", months(year, first, last) if year else None, given=given)


def _latest_year(form: Form, published: date, first: int, last: int) -> int:
    """A month or quarter must have begun; of a longer span that starts the year, the end must be near as well."""
    long = last - first > 2
    begun = date(published.year, first, 1) <= published + timedelta(days=31 * long)
    near = first > 1 or not long or date(published.year, last, 1) <= published + _SOON
    return published.year if (begun and near) or form.looks_ahead else published.year - 1


def day_of(form: Form, suffix: str = "", near: date | None = None) -> date | None:
    """The printed day; without a year the nearest one not much later than publication, or than `near`."""
    number, month = int(form.part("d" + suffix) or 0), int(form.part("m" + suffix) or 0)
    printed, word = form.part("y" + suffix), form.part("yw" + suffix)
    year = int(printed) if printed else _meant_year(word, form.published) if word else None
    if year is not None:
        return day(year, month, number)
    limit = near or _latest_day(form)
    if limit is None:
        return None
    found = day(limit.year, month, number)
    return found if found and found <= limit else day(limit.year - 1, month, number)


def _latest_day(form: Form) -> date | None:
    """Up to which day a day without a year is looked for: a little after publication, a plan's up to the year's end."""
    if form.published is None:
        return None
    soon = form.published + _SOON
    return soon.replace(month=12, day=31) if form.looks_ahead else soon


def is_day(form: Form, suffix: str = "") -> bool:
    """Whether any year has this day: "31/6" is no date."""
    return day(2024, int(form.part("m" + suffix) or 0), int(form.part("d" + suffix) or 0)) is not None


def span(start: date | None, end: date | None) -> Period | None:
    return Period(start, end) if start and end and start <= end else None


def at(when: date | None) -> Period | None:
    return Period(when, when) if when else None
