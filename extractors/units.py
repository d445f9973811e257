"""What stands after a number: "tỷ đồng", "triệu lượt khách", "%", "điểm phần trăm", "hồ sơ/ngày".

The words live in catalogue/units.yml. A scale ("nghìn", "triệu", "tỷ") multiplies; "tỷ lệ" is never a scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from math import prod

import regex

from extractors.wording import backwards, choices, words_of


@dataclass(frozen=True, slots=True)
class Unit:
    """The words after a number. `end` is where they end; `factor` turns the numeral into the base unit."""

    end: int
    kind: str
    unit: str
    noun: str
    factor: Decimal
    per: str = ""


@lru_cache(maxsize=256)
def read_unit(norm: str, at: int) -> Unit | None:
    """The unit that begins at `at` (after at most two spaces), or None when no known word stands there."""
    begin = at + len(norm[at : at + 2]) - len(norm[at : at + 2].lstrip(" "))
    scaled = _scales().match(norm, begin) if _head(norm, begin) in _scale_heads() else None
    after = scaled.end() if scaled else begin
    pattern = _words_from(_head(norm, after))
    named = pattern.match(norm, after) if pattern else None
    if scaled is None and named is None:
        return None
    per = _per().match(norm, named.end() if named else after)
    word, scales = named.group() if named else "", scaled.group() if scaled else ""
    kind, unit, own = _meaning(word, per is not None or _is_money_scale(scales), _is_place(named))
    noun = words_of("units")["abbreviations"].get(word, word) if kind in ("count", "bare") else ""
    end = per.end() if per else named.end() if named else begin + len(scales.rstrip())
    return Unit(end, kind, unit, noun, _factor(scales) * own, _parts(per.group()) if per else "")


def _factor(scales: str) -> Decimal:
    return prod((_scale_values()[scale.lower()] for scale in scales.split()), start=Decimal(1))


def _parts(per: str) -> str:
    return "/".join(part.strip() for part in per.split("/")).lstrip("/")


def in_place(norm: str, start: int, unit: Unit) -> Unit:
    """The unit as the words before a number at `start` make it: "họp 5 lần" counts, "tăng 8 vị trí" are steps."""
    before = norm[max(0, start - 40) : start]
    if unit.kind == "multiple" and not (_multiple_before().search(before) or _multiple_after().match(norm, unit.end)):
        return replace(unit, kind="count", unit="count", noun=words_of("units")["kinds"]["times"]["words"][0])
    if unit.kind == "bare" and unit.factor == 1 and _times_before().search(before):
        return replace(unit, kind="multiple", unit="times")
    if unit.noun in words_of("units")["steps"]["nouns"] and _steps_before().search(before):
        return unit if _not_steps().match(norm, unit.end) else replace(unit, kind="steps", unit="rank", noun="")
    return unit


@cache
def word_multiples() -> dict[str, Decimal]:
    """What "gấp đôi" and "gấp rưỡi" multiply by."""
    return {word: Decimal(value) for word, value in words_of("units")["multiple"]["words"].items()}


@cache
def _multiple_before() -> regex.Pattern[str]:
    return backwards(
        rf"(?i)(?<!\p{{L}})(?:{choices(words_of('units')['multiple']['before'])})(?: +\p{{L}}++){{0,2}} +\Z"
    )


@cache
def _times_before() -> regex.Pattern[str]:
    """ "gấp 3 so với năm 2020": "lần" may go without saying."""
    words = words_of("units")["multiple"]
    about = rf"(?: (?:{choices(words['about'])}))?"
    return backwards(rf"(?i)(?<!\p{{L}})(?:{choices(words['alone'])}){about} \Z")


@cache
def _multiple_after() -> regex.Pattern[str]:
    """ "tăng 3,92 lần" and "gần 14 lần về số tiền" multiply."""
    return regex.compile(rf"(?i) +(?:{choices(words_of('units')['multiple']['after'])})(?!\p{{L}})")


@cache
def _steps_before() -> regex.Pattern[str]:
    """ "tăng 8 vị trí", "lùi tới 5 vị trí"; "tuyển 8 vị trí" counts."""
    steps = words_of("units")["steps"]
    return backwards(rf"(?i)(?<!\p{{L}})(?:{choices(steps['before'])})(?: (?:{choices(steps['degrees'])}))? +\Z")


@cache
def _not_steps() -> regex.Pattern[str]:
    return regex.compile(rf"(?i) +(?:{choices(words_of('units')['steps']['not_after'])})(?!\p{{L}})")


@cache
def smaller_part() -> regex.Pattern[str]:
    """ "150" of "3 triệu 150 ngàn lượt"."""
    return regex.compile(rf" (\d{{1,3}})(?= (?:{choices(words_of('units')['scales_of_parts'])})(?!\p{{L}}))")


def _is_money_scale(scales: str) -> bool:
    """ "9.300 tỷ" alone is money: nothing else is counted in thousands of millions in the news."""
    return bool(scales) and not set(scales.lower().split()).isdisjoint(words_of("units")["money_scales"])


def _is_place(named: regex.Match[str] | None) -> bool:
    """ "12 điểm du lịch" are places."""
    return named is not None and "place" in named.re.groupindex and named["place"] is not None


def _meaning(word: str, money: bool, place: bool) -> tuple[str, str, Decimal]:
    """Kind, unit and factor of a word; without one a scale may be of money."""
    if not word and money:
        return "money", "VND", Decimal(1)
    if place:
        return "count", "count", Decimal(1)
    key = " ".join(word.split())
    table = _meanings()
    return table.get(key) or table.get(key.lower(), ("bare", "count", Decimal(1)))


@cache
def _meanings() -> dict[str, tuple[str, str, Decimal]]:
    catalogue = words_of("units")
    table: dict[str, tuple[str, str, Decimal]] = {}
    for unit, nouns in catalogue["nouns"].items():
        table.update({form: ("count", unit, Decimal(1)) for noun in nouns for form in (noun, noun.lower())})
    for name, entry in catalogue["kinds"].items():
        meaning = (entry.get("kind", name), entry["unit"], Decimal(entry.get("factor", 1)))
        table.update({form: meaning for word in entry["words"] for form in (word, word.lower())})
        table.update(dict.fromkeys(entry.get("exact", ()), meaning))
    table.update({short: table[noun] for short, noun in catalogue["abbreviations"].items()})
    return table


def known_units() -> frozenset[str]:
    """Every unit that words after a number may mean, and that of grades."""
    return frozenset(unit for _, unit, _ in _meanings().values()) | {"rating"}


@cache
def _scale_values() -> dict[str, Decimal]:
    catalogue = words_of("units")
    return {word: Decimal(value) for word, value in {**catalogue["scales"], **catalogue["scales_exact"]}.items()}


_LETTERS = regex.compile(r"\p{L}++")


@cache
def _signs() -> dict[str, str]:
    """What begins with a sign, or with "điểm" before one: "%", "% điểm", "điểm %"."""
    points = _points()
    return {"%": rf"% {{0,2}}{points}(?!\p{{L}})|%", points: rf"{points} {{0,2}}%", "$": r"\$"}


def _points() -> str:
    return str(words_of("units")["kinds"]["points"]["words"][0])


def _head(text: str, at: int) -> str:
    """The letters at a place, small; else the one character."""
    letters = _LETTERS.match(text, at)
    return letters.group().lower() if letters else text[at : at + 1]


@cache
def _scale_heads() -> frozenset[str]:
    return frozenset(_head(scale, 0) for scale in _scale_values())


@cache
def _scales() -> regex.Pattern[str]:
    catalogue = words_of("units")
    scale, exact = choices(catalogue["scales"]), choices(catalogue["scales_exact"])
    not_scale = choices(catalogue["not_scale_before"])
    return regex.compile(
        rf"(?:(?:(?i:{scale})|{exact})(?![\p{{L}}\d]|\.\p{{L}})(?! {{1,2}}(?:{not_scale})\b) {{0,2}}){{1,3}}"
    )


@cache
def _per() -> regex.Pattern[str]:
    return regex.compile(rf"(?: ?/ ?(?:{choices(words_of('units')['per'])}|\p{{L}}[\p{{L}}\d]*+)){{1,3}}")


@cache
def _words_from(head: str) -> regex.Pattern[str] | None:
    """Any of the units and nouns that begin with some letters or a sign; None where none does."""
    exact, units, nouns = (_any_word(group.get(head)) for group in _words_by_head())
    word = _points()
    points = rf"(?P<place>{word}(?= {{1,2}}(?:{_not_points()})(?!\p{{L}})))|{word}(?!\p{{L}})" if head == word else ""
    folded = "|".join(part for part in (_signs().get(head), units, nouns, points) if part)
    parts = [part for part in (exact, f"(?i:{folded})" if folded else "") if part]
    return regex.compile("|".join(parts)) if parts else None


def _any_word(words: list[str] | None) -> str:
    return rf"(?:{choices(words)})(?![\p{{L}}\d])" if words else ""


def _not_points() -> str:
    return choices(words_of("units")["not_points_before"])


@cache
def _words_by_head() -> tuple[Mapping[str, list[str]], ...]:
    """By their first letters: words as they are printed, then units and nouns in any letters."""
    catalogue = words_of("units")
    kinds = catalogue["kinds"].values()
    exact = [*(word for entry in kinds for word in entry.get("exact", ())), *catalogue["abbreviations"]]
    units = [word for entry in kinds for word in entry["words"] if word not in ("%", "$", _points())]
    nouns = [noun for group in catalogue["nouns"].values() for noun in group]
    return _by_head(exact), _by_head(units), _by_head(nouns)


def _by_head(words: Iterable[str]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(_head(word, 0), []).append(word)
    return groups
