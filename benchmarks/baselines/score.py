"""How well a reader does: precision, recall and F1 over the observations of all articles together.

The full tuple is matched as `tests/test_samples.py` does it, and value and value + unit in the same way on fewer
slots. Optional observations are neither hits nor misses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.baselines.gold import Facts

_TUPLE = ("locality", "scope", "indicator", "breakdown", "period", "status", "measure", "value", "unit")
LEVELS = {"value": ("value",), "value+unit": ("value", "unit"), "full tuple": _TUPLE}
"""What has to agree, from little to all."""

_DEFAULTS = {"scope": "all", "status": "actual", "measure": "level"}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over articles: `Score(right=3, wanted=4, found=6)` has precision 0.5 and recall 0.75."""

    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wanted + other.wanted, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.found) if self.right else 0.0


def compare(wanted: Sequence[Facts], seen: Iterable[Facts], slots: Sequence[str]) -> Score:
    """One article: each wanted observation is met by at most one that was seen, the required ones first."""
    left = distinct(seen)
    hits = 0
    for gold in sorted(wanted, key=_is_optional):
        match = next((facts for facts in left if _agree(gold, facts, slots)), None)
        if match is not None:
            left.remove(match)
            hits += not _is_optional(gold)
    required = sum(not _is_optional(gold) for gold in wanted)
    spare = [facts for facts in left if not is_forgiven(facts, wanted, slots)]
    return Score(hits, required, hits + len(spare))


def distinct(seen: Iterable[Facts]) -> list[Facts]:
    """What is said several times counts once."""
    slots = (*_TUPLE, "base")
    return list({tuple(_canon(facts, slot) for slot in slots): facts for facts in seen}.values())


def is_forgiven(facts: Facts, wanted: Iterable[Facts], slots: Sequence[str] = _TUPLE) -> bool:
    """Another reading of an optional observation: its value, and its indicator where that counts."""
    told = [slot for slot in ("indicator", "value") if slot in slots]
    return any(_agree(gold, facts, told) for gold in wanted if _is_optional(gold))


def _is_optional(gold: Facts) -> bool:
    return bool(gold.get("optional"))


def _agree(gold: Facts, facts: Facts, slots: Sequence[str]) -> bool:
    return all(_canon(facts, slot) in _readings(gold, slot) for slot in slots)


def _readings(gold: Facts, slot: str) -> list[object]:
    """What counts as right: the slot and its `period_alt`, `scope_alt`."""
    return [_canon({slot: value}, slot) for value in (gold.get(slot), *gold.get(f"{slot}_alt", ()))]


def _canon(facts: Facts, slot: str) -> object:
    """One spelling for what means the same: an absent scope is "all", 1.0 is 1."""
    value = facts.get(slot)
    if value in (None, "", {}):
        return _DEFAULTS.get(slot)
    if isinstance(value, dict):
        return tuple(sorted((name.casefold(), str(part).casefold()) for name, part in value.items()))
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).casefold().strip()
    return float(f"{float(value):.9g}")


def first_match(wanted: Iterable[Facts], facts: Facts) -> Facts | None:
    """The annotated observation that agrees in every slot, a required one before an optional one."""
    return next((gold for gold in sorted(wanted, key=_is_optional) if _agree(gold, facts, _TUPLE)), None)
