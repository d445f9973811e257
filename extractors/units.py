"""What stands after a number: "tỷ đồng", "triệu lượt khách", "%", "điểm phần trăm", "hồ sơ/ngày".

The words live in catalogue/units.yml. A scale ("nghìn", "triệu", "tỷ") multiplies; "tỷ lệ" is never a scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from extractors.wording import choices, compiled, words_of


@dataclass(frozen=True, slots=True)
class Unit:
    """The words after a number. `end` is where they end; `factor` turns the numeral into the base unit."""

    end: int
    kind: str
    unit: str
    noun: str
    factor: Decimal
    per: str = ""


def read_unit(norm: str, at: int) -> Unit | None:
    """The unit that begins at `at` (after at most two spaces), or None when no known word stands there."""
    match = _pattern().match(norm, at)
    if match is None or match.end() == at:
        return None
    factor = Decimal(1)
    for scale in match["scales"].split():
        factor *= _scale_values()[scale.lower()]
    word = match["word"] or ""
    kind, unit, own = ("count", "count", Decimal(1)) if match["place"] else _meaning(word)
    per = "/".join(part.strip() for part in (match["per"] or "").split("/")).lstrip("/")
    if not word and not match["scales"]:
        return None
    if not word and (per or _is_money_scale(match["scales"])):
        kind, unit = "money", "VND"
    noun = words_of("units")["abbreviations"].get(word, word) if kind in ("count", "bare") else ""
    end = match.end("per") if per else match.end("word") if word else _trimmed_end(match)
    return Unit(end, kind, unit, noun, factor * own, per)


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
    return regex.compile(
        rf"(?i)(?<!\p{{L}})(?:{choices(words_of('units')['multiple']['before'])})(?: +\p{{L}}++){{0,2}} +\Z"
    )


@cache
def _times_before() -> regex.Pattern[str]:
    """ "gấp 3 so với năm 2020": "lần" may go without saying."""
    return regex.compile(r"(?i)(?<!\p{L})gấp(?: (?:hơn|gần|khoảng))? \Z")


@cache
def _multiple_after() -> regex.Pattern[str]:
    """ "tăng 3,92 lần" and "gần 14 lần về số tiền" multiply."""
    return regex.compile(rf"(?i) +(?:{choices(words_of('units')['multiple']['after'])})(?!\p{{L}})")


@cache
def _steps_before() -> regex.Pattern[str]:
    """ "tăng 8 vị trí", "lùi tới 5 vị trí"; "tuyển 8 vị trí" counts."""
    steps = words_of("units")["steps"]
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{choices(steps['before'])})(?: (?:{choices(steps['degrees'])}))? +\Z")


@cache
def _not_steps() -> regex.Pattern[str]:
    return regex.compile(rf"(?i) +(?:{choices(words_of('units')['steps']['not_after'])})(?!\p{{L}})")


def _is_money_scale(scales: str) -> bool:
    """ "9.300 tỷ" alone is money: nothing else is counted in thousands of millions in the news."""
    return compiled(r"(?i)\b(?:tỷ|tỉ)\b").search(scales) is not None


def _trimmed_end(match: regex.Match[str]) -> int:
    return match.start("scales") + len(match["scales"].rstrip())


def _meaning(word: str) -> tuple[str, str, Decimal]:
    key = " ".join(word.split())
    table = _meanings()
    if key in table:
        return table[key]
    return table.get(key.lower(), ("bare", "count", Decimal(1)))


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


@cache
def _pattern() -> regex.Pattern[str]:
    catalogue = words_of("units")
    scale = choices(catalogue["scales"])
    exact_scale = choices(catalogue["scales_exact"])
    not_scale = choices(catalogue["not_scale_before"])
    not_points = choices(catalogue["not_points_before"])
    words = [word for entry in catalogue["kinds"].values() for word in entry["words"] if word not in ("%", "$", "điểm")]
    nouns = [noun for group in catalogue["nouns"].values() for noun in group]
    exact = [word for entry in catalogue["kinds"].values() for word in entry.get("exact", ())]
    exact += catalogue["abbreviations"]
    return regex.compile(
        rf" {{0,2}}(?P<scales>(?:(?:(?i:{scale})|{exact_scale})(?![\p{{L}}\d]|\.\p{{L}})"
        rf"(?! {{1,2}}(?:{not_scale})\b) {{0,2}}){{0,3}})"
        rf"(?P<word>(?:{choices(exact)})(?![\p{{L}}\d])|(?i:% {{0,2}}điểm(?!\p{{L}})|điểm {{0,2}}%|%|\$"
        rf"|(?:{choices(words)})(?![\p{{L}}\d])|(?:{choices(nouns)})(?![\p{{L}}\d])"
        rf"|(?P<place>điểm(?= {{1,2}}(?:{not_points})(?!\p{{L}})))|điểm(?!\p{{L}})))?"
        rf"(?P<per>(?: ?/ ?(?:{choices(catalogue['per'])}|\p{{L}}[\p{{L}}\d]*+)){{1,3}})?"
    )
