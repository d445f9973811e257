"""Find and classify every numeral: "1.245 hồ sơ" is a number, "Quyết định 766" a document, "8h30" a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from extractors.numbers import NUMBER, read_number, read_spelled
from extractors.numeral_context import YEAR, Context, Numeral, labelled, lists_with
from extractors.numeral_patterns import DAY, MONTH
from extractors.numeral_rules import RULES
from extractors.openings import Opening, words_in
from extractors.units import read_unit
from extractors.wording import backwards, choices, compiled, opening, words_of

__all__ = ["FIGURE_KINDS", "Numeral", "find_numerals"]

FIGURE_KINDS = frozenset({"number", "fraction", "range"})
"""Only these can be data; every other kind names why a numeral is not."""

_BEFORE, _AFTER = 60, 40
_LONGEST = 40
"""A run of digits and separators longer than this is no numeral of a newspaper."""


def find_numerals(norm: str) -> list[Numeral]:
    """Every numeral of a normalised text from left to right, classified; spans never overlap."""
    worded = [*_spelled(norm), *_roman(norm)]
    taken_by_words = {at for numeral in worded for at in range(numeral.start, numeral.end)}
    found: list[Numeral] = []
    addresses = _addresses(norm)
    taken = 0
    for match in compiled(r"\d++(?:[.,:/]\d++|[-–]\d++)*+").finditer(norm):
        if match.start() < taken or match.start() in taken_by_words:
            continue
        while addresses and addresses[0][1] <= match.start():
            addresses.pop(0)
        inside = bool(addresses) and addresses[0][0] <= match.start()
        end = max(match.end(), addresses[0][1]) if inside else match.end()
        last = found[-1] if found else None
        found.append(labelled(norm, match.start(), end, "address") if inside else _classify(norm, *match.span(), last))
        taken = found[-1].end
    every = sorted([*found, *worded], key=lambda numeral: numeral.start)
    return _join_ranges(norm, _join_groups(norm, every))


def _addresses(norm: str) -> list[tuple[int, int]]:
    """Of pages and mail."""
    if not any(mark in norm for mark in _IN_ADDRESSES):
        return []
    return [match.span() for match in compiled(_ADDRESS).finditer(norm)]


_IN_ADDRESSES = ("http", "www.", "@", ".vn", ".com", ".net", ".org")
_ADDRESS = (
    r"(?:https?://|www\.)\S++|(?<![\w.-])[\w.-]{1,80}+@[\w.-]++"
    r"|(?<![\w.-])\w[\w-]{0,40}+(?:\.\w[\w-]{0,40}+){0,4}?\.(?:vn|com|net|org)\b[\w./?=&-]*+"
)


def _classify(norm: str, start: int, end: int, previous: Numeral | None) -> Numeral:
    if end - start > _LONGEST:
        return labelled(norm, start, end, "code")
    before, after = norm[max(0, start - _BEFORE) : start], norm[end : end + _AFTER]
    context = Context(norm, start, end, norm[start:end], before, after, previous, lists_with(words_in(before)))
    for rule in RULES:
        if (numeral := rule(context)) is not None:
            return numeral
    return _quantity(context)


_PAIR = rf"({NUMBER})([/–-])({NUMBER})"
_DAY_MONTH = rf"{DAY}[/–-]{MONTH}"


def _quantity(c: Context) -> Numeral:
    """What is left is a number, a fraction, a range, or a day of a month."""
    if c.token.isdigit():
        return _number(c)
    pair = compiled(_PAIR).fullmatch(c.token)
    if pair is None:
        return _number(c) if compiled(NUMBER).fullmatch(c.token) else c.label("code")
    first, second = read_number(pair[1]), read_number(pair[3])
    if first is None or second is None:
        return c.label("code")
    dated = compiled(_DAY_MONTH).fullmatch(c.token) is not None and not c.measured
    if pair[2] == "/":  # "30/4" counts nothing: a part is never more than its whole
        return (
            c.label("day_month")
            if dated and first > second
            else Numeral(c.start, c.end, "fraction", first, second, c.token)
        )
    if first < second and not dated:
        return Numeral(c.start, c.end, "range", first, second, c.token)
    return c.label("day_month" if dated else "code")


def _number(c: Context) -> Numeral:
    unit = read_unit(c.norm, c.end)
    whole = unit is not None and unit.kind == "count" and unit.factor == 1
    value = read_number(c.token, whole=whole, measured=unit is not None and not whole)
    start = _sign_start(c) if unit is not None and unit.kind in ("percent", "pp", "points") else c.start
    if value is None or start == c.start:
        return Numeral(c.start, c.end, "number", value, None, c.token)
    return Numeral(start, c.end, "number", -value, None, c.norm[start : c.end])


def _sign_start(c: Context) -> int:
    """ "đạt -1,5%", "âm 6,5%": a sign stands alone before its digits; "8 -9%" is a range, "19-4" a date."""
    word = words_of("numerals")["negative"]
    sign = backwards(rf"(?:(?<=^|[\s(])(?<![\d%\n]\s?)-|(?<!\p{{L}})(?i:{word}) +)\Z").search(c.before)
    return c.start - len(sign.group()) if sign else c.start


def _join_groups(norm: str, found: list[Numeral]) -> list[Numeral]:
    """ "1 245 300 lượt", "12 500 ha": groups of three parted by spaces, where a unit follows the last."""
    joined: list[Numeral] = []
    for numeral in found:
        last = joined[-1] if joined else None
        if last is None or not _is_group(norm, last, numeral):
            joined.append(numeral)
            continue
        text = norm[last.start : numeral.end]
        joined[-1] = replace(last, end=numeral.end, text=text, value=read_number(text))
    return joined


def _is_group(norm: str, last: Numeral, numeral: Numeral) -> bool:
    if last.kind != "number" or numeral.kind != "number" or norm[last.end : numeral.start] != " ":
        return False
    rest = compiled(r"\d{3}(?: \d{3})*+(?:,\d++)?+(?![\d./])").match(norm, numeral.start)
    headed = compiled(r"[1-9]\d{0,2}(?: \d{3})*+").fullmatch(last.text) is not None
    return headed and rest is not None and read_unit(norm, rest.end()) is not None


def _join_ranges(norm: str, found: list[Numeral]) -> list[Numeral]:
    """ "8,5 - 9%", "70 đến 75%", "2021 - 2025": two numerals that are one."""
    joined: list[Numeral] = []
    for numeral in found:
        last = joined[-1] if joined else None
        if last is None or not _is_range(norm, last, numeral):
            joined.append(numeral)
            continue
        kind = "range" if last.kind == "number" else last.kind
        text = norm[last.start : numeral.end]
        joined[-1] = replace(last, end=numeral.end, second=numeral.value, text=text, kind=kind)
    return joined


def _is_range(norm: str, last: Numeral, numeral: Numeral) -> bool:
    between = norm[last.end : numeral.start]
    if last.kind != numeral.kind or len(between) > 12:
        return False
    if numeral.kind == "year":
        return last.second is None and compiled(r" ?[-–] ?").fullmatch(between) is not None
    if numeral.kind != "number" or last.value is None or numeral.value is None or last.value >= numeral.value:
        return False
    return _up_to().fullmatch(between) is not None


@cache
def _up_to() -> regex.Pattern[str]:
    return regex.compile(rf" *%?(?: *[-–—] *| +(?:{choices(words_of('numerals')['up_to'])}) +)")


def _spelled(norm: str) -> Iterator[Numeral]:
    """ "hai xã", "mười hai dự án": a spelled number counts only right before a counted noun."""
    refused = words_of("numerals")["not_spelled_nouns"]
    for match in _spelled_pattern().finditer(norm):
        unit = read_unit(norm, match.end())
        value = read_spelled(match.group())
        scaled = unit is not None and (unit.factor >= 1000 or (unit.kind == "count" and unit.factor == 1))
        if value is not None and unit and scaled and unit.noun not in refused:
            yield Numeral(match.start(), match.end(), "number", value, None, match.group())


@cache
def _spelled_pattern() -> Opening:
    words = words_of("numerals")
    parts = [*words["digits"], *words["ones_after_ten"], words["ten"], *words["tens"], words["hundred"]]
    every = choices(parts)
    five, scales = choices(words["digits_before_scale"]), choices([*words["tens"], words["hundred"]])
    every = rf"{every}|(?:{five})(?= (?:{scales})\b)|(?:{choices(words['zero'])}) (?:{five}|{choices(words['digits'])})"
    ban, after = choices(words["not_spelled_before"]), choices(words["one_after"])
    one = rf"(?:{choices(words['one'])}) (?!(?:{every}|{choices(words['one_scaled'])}) )"
    return opening(
        [*parts, *words["digits_before_scale"], *words["zero"]],
        rf"(?i)(?<![\p{{L}}\d])(?<!\b(?:{ban}) )(?:(?!{one})|(?<=\b(?:{after}) ))"
        rf"(?:{every})(?: (?:{every})){{0,4}}+(?= \p{{L}})",
    )


def _roman(norm: str) -> Iterator[Numeral]:
    """ "quý III" and "quý I và II" are quarters; "khóa XV", "loại IV", "lần thứ XVIII" are labels."""
    for match in _roman_pattern().finditer(norm):
        yield labelled(norm, *match.span("n"), "roman" if match["quarter"] is None else "quarter")


@cache
def _roman_pattern() -> Opening:
    quarter = r"(?:IV|I{1,3})"
    joined = rf"(?:, *| *[-–] *| +(?:{choices(words_of('numerals')['quarters_joined'])}) +)"
    named = words_of("numerals")["quarter_word"]
    listed = rf"(?<=(?i:{choices(named)}) *(?:{quarter}{joined})+)"
    alone = ("I", "II", "III", "IV")
    words = words_of("numerals")["roman"]
    return opening(
        [*words, *alone, *(quarter + number for quarter in named for number in ("", *alone))],
        rf"(?<!\p{{L}})(?:(?P<quarter>(?i:{choices(named)}) *|{listed})(?P<n>{quarter}(?:[/.-]{YEAR})?)"
        rf"|(?i:{choices(words)}) +(?P<n>[IVX]{{1,7}}))(?![\p{{L}}])",
    )
