"""Numbers as a few patterns find them: "tăng 12,8%", "hơn 120 triệu đồng", "thứ 6/8", "từ 60 - 65%"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_UNITS = {
    "pp": "điểm phần trăm|điểm %|% điểm",
    "percent": "%|phần trăm",
    "VND": "đồng|VNĐ|VND",
    "USD": "USD|đô la",
    "tonnes": "tấn",
    "ha": "héc ta|ha",
    "m3": "m3|m³",
    "km": "km",
    "kWh": "kWh",
    "times": "lần",
    "rank": "bậc|hạng",
    "points": "điểm",
    "years": "tuổi",
    "persons": "người|lượt khách|lượt du khách|khách|lao động|học sinh|cán bộ|công chức",
}
_UNIT = "|".join(rf"(?P<{unit}>{words})" for unit, words in _UNITS.items()).replace(" ", r"\s")
_NUMBER = regex.compile(
    rf"""(?<![\w/.,-])(?P<digits>\d{{1,3}}(?:\.\d{{3}})++|\d++)(?P<decimals>,\d++)?
    (?:/\d++|\s?[-–]\s?\d[\d.,]*+)?(?<=\d)(?![\w/]|[.,]\d)
    (?P<scales>(?:\s(?:{"|".join(_SCALES)})(?!\s+lệ)(?!\w))*)
    (?:\s?(?:{_UNIT})(?!\w))?""",
    regex.VERBOSE,
)
_MOVED = regex.compile(r"(?:(?P<up>tăng|vượt|cao hơn)|giảm|thấp hơn)(?:\s(?:thêm|hơn|gần|khoảng|trên|nhẹ|mạnh))*\s*$")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_RANKED = regex.compile(r"(?:thứ|hạng)\s*$", regex.IGNORECASE)
_PLANNED = regex.compile(r"\s(?:so với )?(?:dự toán|kế hoạch|chỉ tiêu)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence, scaled and with its sign; `unit` is "" where no known word follows it."""

    start: int
    end: int
    value: float
    unit: str
    measure: str


def find_numbers(sentence: str) -> Iterator[Number]:
    """Every number that is no part of a word or a date: "giảm 0,27%" → -0.27, percent, a change."""
    for match in _NUMBER.finditer(sentence):
        before, behind = sentence[: match.start()], sentence[match.end() :]
        sign, unit = _sign(before), _unit(match)
        if not unit and _YEAR.fullmatch(match["digits"]):
            continue
        measure, unit = _measure(before, behind, unit, sign)
        yield Number(match.start(), match.end(), (sign or 1) * _value(match), unit, measure)


def _value(match: regex.Match[str]) -> float:
    value = float(match["digits"].replace(".", "") + (match["decimals"] or "").replace(",", "."))
    for scale in match["scales"].split():
        value *= _SCALES[scale]
    return value


def _unit(match: regex.Match[str]) -> str:
    """The unit behind the number; "9.300 tỷ" alone is money."""
    unit = next((unit for unit in _UNITS if match[unit]), "")
    return unit or ("VND" if {"tỷ", "tỉ"}.intersection(match["scales"].split()) else "")


def _sign(before: str) -> int:
    """1 right behind "tăng", -1 right behind "giảm hơn", else 0."""
    moved = _MOVED.search(before)
    return 0 if moved is None else 1 if moved["up"] else -1


def _measure(before: str, behind: str, unit: str, sign: int) -> tuple[str, str]:
    """What kind of figure its neighbours make of it, and its unit."""
    if _RANKED.search(before):
        return "rank", "rank"
    if unit == "times":
        return "multiple", unit
    if unit == "percent" and _PLANNED.match(behind):
        return "share_of_plan", unit
    return ("change" if sign else "level"), unit
