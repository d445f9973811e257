"""A numeral, and what stands around it: all that the rules of `numeral_rules` look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import regex

from extractors.openings import list_words
from extractors.units import read_unit
from extractors.wording import choices, compiled, ending, words_of

YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at `start:end`. `value` (and `second`, of "8/63" and ranges) only where it is a quantity."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    second: Decimal | None
    text: str


def labelled(norm: str, start: int, end: int, kind: str) -> Numeral:
    """A numeral that is no quantity."""
    return Numeral(start, end, kind, None, None, norm[start:end])


@dataclass(frozen=True, slots=True)
class Context:
    """A run of digits with the words around it and the numeral before it."""

    norm: str
    start: int
    end: int
    token: str
    before: str
    after: str
    previous: Numeral | None
    cued: Set[str]
    """The lists of numerals.yml that may have a word before it."""

    @property
    def measured(self) -> bool:
        """A unit or a counted noun follows: "5 giấy phép", "2015 hồ sơ", "30-40%"."""
        return read_unit(self.norm, self.end) is not None

    @property
    def counts_nothing(self) -> bool:
        """Neither a unit nor a length of time follows."""
        return not self.measured and time_unit(self) is None

    def label(self, kind: str, tail: str = "") -> Numeral:
        """This numeral, and `tail` after it, as a class that is no quantity."""
        return labelled(self.norm, self.start, self.end + len(tail), kind)

    @property
    def is_tight(self) -> bool:
        """No space stands before: "QL1A", "(5"."""
        return self.before[-1:].strip() != ""

    def is_like(self, pattern: str) -> bool:
        """Whether the digits themselves have this form."""
        return _is_like(pattern, self.token)

    def follows(self, pattern: str) -> bool:
        """Whether this stands right before."""
        return compiled(rf"(?:{pattern})\Z").search(self.before) is not None

    def follows_any(self, key: str, gap: str = r" +") -> bool:
        """Whether a word of the list stands right before."""
        return key in self.cued and ending("numerals", key, gap).search(self.before) is not None

    def precedes(self, pattern: str) -> bool:
        """Whether this stands right behind."""
        return compiled(pattern).match(self.after) is not None

    def tail(self, pattern: str) -> str | None:
        """What stands right behind, if it has this form."""
        match = compiled(pattern).match(self.after)
        return match.group() if match else None

    def continues(self, kinds: tuple[str, ...]) -> bool:
        """Whether the numeral before is of one of these kinds and only "và", "đến" or a comma parts the two."""
        if self.previous is None or self.previous.kind not in kinds or self.start - self.previous.end > 20:
            return False
        between = self.norm[self.previous.end : self.start]
        return _joined().fullmatch(between) is not None


@cache
def _joined() -> regex.Pattern[str]:
    return regex.compile(rf" *(?:[-–,;]|{choices(words_of('numerals')['carried_on'])})? *{to_day()}")


@cache
def to_day() -> str:
    """What may stand before the second of two days: "15/4 đến hết ngày 14/5/2022"."""
    words = words_of("numerals")
    return rf"(?:(?:{choices(words['end_of'])}) +)?(?:(?:{choices(words['of_day'])}) +)?"


def lists_with(words: Iterable[str]) -> Set[str]:
    """The lists of numerals.yml that have a phrase ending with one of the words."""
    known = _lists_by_word()
    return {key for word in words if word in known for key in known[word]}


@cache
def _lists_by_word() -> Mapping[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for key, phrases in words_of("numerals").items():
        for phrase in phrases if isinstance(phrases, list) else ():
            lists.setdefault(list_words(phrase)[-1], []).append(key)
    return lists


@lru_cache(maxsize=8192)
def _is_like(pattern: str, token: str) -> bool:
    return compiled(pattern).fullmatch(token) is not None


def time_unit(c: Context) -> int | None:
    """Where the words of a length of time end behind this numeral, counted from its end."""
    match = _time_units().match(c.after)
    return match.end() if match else None


@cache
def _time_units() -> regex.Pattern[str]:
    """ "5 năm" but not the number before a date: "99,1 năm 2022", "45 tháng 6", "1.245 năm nay";
    "6 tháng 11.940 tỷ đồng" are six months."""
    words = words_of("numerals")
    numbered, roman = choices(words["time_numbered"]), choices(words["time_in_roman"])
    year, told = choices(words["year_word"]), choices(words["year_told"])
    return regex.compile(
        rf" {{0,2}}(?i:{choices(words['time_units'])})(?![\p{{L}}\d])"
        rf"(?<!(?:{numbered})(?= +\d(?!\d{{3}} ?[-–] ?{YEAR})(?!\d{{0,2}}(?:\.\d{{3}}|,\d))))"
        rf"(?<!(?:{roman})(?= +[IVX]))(?<!(?:{year})(?= +(?:{told})))"
    )


@cache
def degrees_behind() -> str:
    """ "31°", "25 - 32 độ", "39 độ C", but not "39 độ tuổi": what follows the first number, as a pattern."""
    upper, words = r"(?: ?[-–] ?\d++(?:,\d++)?)?", words_of("numerals")
    refused = rf"(?!\p{{L}}| +(?:{choices(words['not_degrees'])})\b)"
    return rf"{upper} ?°(?:\d{{1,2}}['′])?|{upper}(?= (?i:{choices(words['degrees'])}){refused})"
