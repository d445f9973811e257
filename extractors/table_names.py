"""Which indicator the head of a column, the name of a row or the words above a table name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractors.cues import cues, word_set
from extractors.indicators import Indicator, Label, catalogue
from extractors.meanings import INDICES, TELLING_WEIGHT
from extractors.table_words import says
from extractors.units import Unit, read_unit

Breakdown = tuple[tuple[str, str], ...]

_BRACKETS = regex.compile(r"\(([^()]*)\)")
_WORD = regex.compile(r"\p{L}++")
_MONEY = ("VND", "USD")


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator and the part of it that words name; `moves` where they name its growth ("Tốc độ tăng GRDP")."""

    indicator: Indicator
    breakdown: Breakdown = ()
    moves: bool = False


def unit_in(words: str) -> Unit | None:
    """The unit in brackets or behind the last comma: "Thu ngân sách (tỷ đồng)", "Xuất khẩu, triệu USD"."""
    inner = [match[1] for match in _BRACKETS.finditer(words)]
    units = [unit for text in inner if (unit := _whole_unit(text)) is not None]
    last = _whole_unit(words.rsplit(",", 1)[1].strip()) if "," in words else None
    if last is not None and (last.kind not in ("count", "bare") or last.factor != 1):
        units.append(last)
    return units[0] if len(units) == 1 else None


def _whole_unit(text: str) -> Unit | None:
    unit = read_unit(text, 0)
    return unit if unit is not None and unit.end == len(text) else None


def named_by(words: str, unit: Unit | None, around: str = "", plain: bool = True) -> Named | None:
    """The indicator that words name, counted in a unit if one is known; None where they name several or a part of one.

    `around`: the words above the table, for labels that count only beside a word. `plain`: nothing else may be said.
    """
    labels = _widest(catalogue().find(words))
    if not labels or any(not label.codes[0] for label in labels) or (plain and _says_more(words, labels)):
        return None
    moves = _is_growth(words, unit)
    found = {i.code: (label.weight, i) for label in labels for i in _meant(label, words, unit, around, moves)}
    heaviest = max((weight for weight, _ in found.values()), default=0)
    best = [indicator for weight, indicator in found.values() if weight == heaviest]
    if len(best) != 1:
        return None
    part = _part_of(words, best[0])
    return None if part is None else Named(best[0], part, moves or best[0].growth_only)


def topic_of(words: str) -> Indicator | None:
    """The one indicator that the words above a table speak of tellingly."""
    labels = [label for label in _widest(catalogue().find(words)) if label.weight >= TELLING_WEIGHT]
    named = (label for label in labels if label.codes[0])
    found = {i.code: (label.weight, i) for label in named for i in _meant(label, words, None, words, False)}
    topics = {indicator.topic for _, indicator in found.values()}
    heaviest = max(found.values(), key=lambda pair: pair[0], default=None)
    return heaviest[1] if heaviest and len(topics) == 1 else None


def counts_in(indicator: Indicator, unit: Unit) -> bool:
    """Whether levels of an indicator may be counted in a unit."""
    if unit.kind == "points":
        return indicator.unit == "points" or (indicator.unit == "percent" and indicator.kind == "index")
    if unit.unit in ("count", "persons"):
        known = not unit.noun or not indicator.nouns or unit.noun.lower() in indicator.nouns
        return indicator.unit in ("count", "persons") and known
    if unit.unit in _MONEY and indicator.code.endswith("per_capita"):
        return indicator.unit in _MONEY
    return not unit.per and unit.unit == indicator.unit


def _widest(labels: list[Label]) -> list[Label]:
    """Labels without those that overlap a longer one: of "Tổng vốn đầu tư toàn xã hội" not "tổng vốn"."""
    kept: list[Label] = []
    for label in sorted(labels, key=lambda label: label.start - label.end):
        same = [k for k in kept if k.start < label.end and label.start < k.end]
        if all((k.start, k.end) == (label.start, label.end) or k.codes == label.codes for k in same):
            kept.append(label)
    return kept


def _meant(label: Label, words: str, unit: Unit | None, around: str, moves: bool) -> Iterator[Indicator]:
    """Of a count and its rate the one that fits the unit or words like "tỷ lệ"."""
    options = [catalogue()[code] for code in label.codes]
    beside = f"{around} {words}".lower()
    near, unless = options[0].near, options[0].unless
    if near and not label.own and (not any(word in beside for word in near) or any(word in beside for word in unless)):
        return
    fits = (i for i in options if _fits(i, words, unit) or (moves and i.unit != "percent") or i.growth_only)
    yield from list(fits)[:1]


def _fits(indicator: Indicator, words: str, unit: Unit | None) -> bool:
    if unit is not None:
        return counts_in(indicator, unit)
    return indicator.kind == "index" or (indicator.unit == "percent") == bool(says("rate").search(words))


def _is_growth(words: str, unit: Unit | None) -> bool:
    percent = unit.unit == "percent" if unit else "%" in words
    return percent and says("always_percent").search(words) is not None


def _says_more(words: str, labels: list[Label]) -> bool:
    """Words beyond the name: "Kim ngạch xuất khẩu gạo" is not all exports."""
    known = [(label.start, label.end) for label in labels]
    known += [(match.start(), match.end()) for match in _BRACKETS.finditer(words)]
    known += [(match.start(), match.end()) for match in says("plain").finditer(words)]
    known += [(cue.start, cue.end) for cue in cues().find(words) if cue.kind.startswith(("breakdown.", "scope"))]
    loose = (m for m in _WORD.finditer(words) if not any(start <= m.start() < end for start, end in known))
    return any(match.group().lower() not in word_set("light") for match in loose)


def _part_of(words: str, indicator: Indicator) -> Breakdown | None:
    """The breakdown that words name; None for a part that the catalogue does not express ("Trong đó: …")."""
    found = cues().find(words)
    values = {cue.value for cue in found if cue.kind == f"breakdown.{indicator.breakdown}"}
    if indicator.breakdown and len(values) == 1:
        return ((indicator.breakdown, values.pop()),)
    return None if values or any(cue.kind in ("part", "company") for cue in found) else ()


def is_index(indicator: Indicator) -> bool:
    """Whether scores, ranks and grades may be of it."""
    return indicator.code.startswith(INDICES)
