"""Patterns around a numeral that is no quantity, of the words of catalogue/numerals.yml: "15 tháng 8", "45 tuổi"."""

from __future__ import annotations

from functools import cache

from extractors.numeral_context import YEAR, to_day
from extractors.wording import choices, words_of

DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"


def words(key: str) -> list[str]:
    """A list of numerals.yml."""
    listed: list[str] = words_of("numerals")[key]
    return listed


def _any(key: str) -> str:
    return f"(?:{choices(words(key))})"


@cache
def second_day() -> str:
    """How a day goes on to a second one: "15/4 đến 14/5/2022"."""
    return rf" *(?:[-–,]|{_any('day_to_day')}) *{to_day()}{DAY}[/.-]{MONTH}(?:[/.-]{YEAR})?(?![\d%])"


@cache
def number_of_things() -> str:
    """ "tổng số", "con số": not the number of a paper."""
    return rf"{_any('not_number_word_before')} {_any('number_word')} +"


@cache
def numbered() -> str:
    """Between a paper and its number: "Thông tư liên tịch số 12"."""
    return rf"(?: +{_any('joint')})? +{_any('number_word')} *:? *"


@cache
def clock() -> str:
    """ "17h30", "8 giờ 30 phút", "8 giờ sáng"."""
    hour, minute, part = (_any(key) for key in ("hour", "minute", "part_of_day"))
    named = _any("hour_word")
    return rf" ?{hour} ?\d{{1,2}}(?: ?(?:{minute}|'))?(?!\d|\p{{L}}|[.,]\d)|h(?!\p{{L}})| ?{named}(?= +{part}\b)"


@cache
def month_behind() -> str:
    """ "15 tháng 8 năm 2023"."""
    return rf" +{_any('month_word')} +{MONTH}(?: +{_any('year_word')} +{YEAR})?(?!\d|[.,]\d)"


@cache
def named_day() -> str:
    """ "Ngày Chuyển đổi số quốc gia 10/10"."""
    return rf"(?i:{_any('of_day')}) +\p{{Lu}}\p{{L}}*+(?:(?: +| - )\p{{L}}++){{0,9}} +\(?"


@cache
def any_day() -> str:
    """ "mỗi ngày 15 hồ sơ": no day of a month."""
    return rf"(?:{_any('not_of_day_before')}|/) *{_any('of_day')} +"


@cache
def so_often() -> str:
    """ "2 lần/tuần"."""
    return rf" ?{_any('occasion')} ?/ ?{_any('rhythm')}(?!\p{{L}})"


@cache
def each_time() -> str:
    """ "2 tuần/lần"."""
    return rf" ?/ ?{_any('each_time')}"


@cache
def years_old() -> str:
    """ "45 tuổi", "từ 15 đến dưới 60 tuổi"."""
    upper = rf"(?: *[-–] *\d++| +{_any('up_to')} +(?:{_any('below')} +)?\d++)?"
    return rf"{upper} +{_any('age')}(?!\p{{L}})"


@cache
def at_most() -> str:
    """Between a deadline and its length: "thời hạn tối đa 15 ngày"."""
    return rf" *{_any('at_most')}? *"


@cache
def one_in_so_many() -> str:
    """ "1 trong 5 địa phương", behind the 1."""
    return rf" +{_any('among')} +\d"


@cache
def all_in_one() -> str:
    """ "vắc xin 5 trong 1", behind the 5 …"""
    return rf" +{_any('among')} +1(?!\d)"


@cache
def so_many_in() -> str:
    """… and before the 1."""
    return rf"\d +{_any('among')} +"
