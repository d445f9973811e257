"""The catalogue of indicators and their names in a text: "tỷ lệ hồ sơ trễ hạn", "PAR INDEX"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from extractors.phrases import Hit, Phrases, expand
from extractors.text import normalise
from extractors.wording import words_of

T = TypeVar("T")
Names = tuple[tuple[str, str], ...]
"""Names that an operator gives to indicators beside those of the catalogue: words and a code."""

NOTHING = ("",)
"""What a label means that names no indicator of the catalogue: "hồ sơ đang giải quyết"."""
_STRONG = 12


_SUMMED = frozenset({"count", "persons", "VND", "USD", "tonnes", "ha", "kWh", "m3", "km"})
"""Units of which a territory has as much as its parts together."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One code of the catalogue; the YAML file explains every field."""

    code: str
    name_vi: str
    name_en: str
    unit: str
    kind: str
    weight: int
    nouns: frozenset[str]
    bounds: tuple[Decimal, Decimal] | None = None
    breakdown: str | None = None
    rate_of: str | None = None
    value_of: str | None = None
    part_of: str | None = None
    opposite: str | None = None
    better: str | None = None
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    within: str | None = None
    tiers: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    levels_only: bool = False
    of_plan: bool = False
    growth_only: bool = False
    of_whole: bool = False
    additive: bool = False
    """May its levels in several places be summed to the level of their territory?"""
    examples: tuple[dict[str, Any], ...] = ()

    @property
    def domain(self) -> str:
        """The first part of the code: dossier, online, econ, …"""
        return self.code.split(".")[0]

    @property
    def topic(self) -> str:
        """The count whose labels it shares, or itself."""
        return self.rate_of or self.value_of or self.code


@dataclass(frozen=True, slots=True)
class Label:
    """A name found in the text, and the codes that it may stand for."""

    start: int
    end: int
    codes: tuple[str, ...]
    weight: int
    nouns: frozenset[str] = frozenset()
    """What its count may be counted in."""
    own: str = ""
    """The operator's words, where it is no name of the shipped catalogue."""


class Catalogue:
    """All indicators, and one pass that finds their labels."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        entries = raw["indicators"]
        self.indicators = {code: _indicator(code, entry, entries) for code, entry in entries.items()}
        labels = [(label, self._codes_of(code)) for code, entry in entries.items() for label in entry.get("labels", ())]
        labels += [(label, NOTHING) for label in raw.get("uncatalogued", ())]
        self._words: Mapping[str, str] = raw.get("words", {})
        self._phrases: Phrases[tuple[str, ...]] = Phrases(labels, self._words)
        self._own: Phrases[tuple[str, str]] | None = None

    def naming(self, names: Names) -> Catalogue:
        """This catalogue with an operator's names. Raises PhraseProblem, and KeyError for a code it does not have."""
        named = copy(self)
        phrases = [(normalise(words).norm, (words, self[code].code)) for words, code in names]
        named._own = Phrases(phrases, self._words) if phrases else None
        return named

    def _codes_of(self, code: str) -> tuple[str, ...]:
        """A count's labels name its rate and its value too; a rate's own labels only the rate."""
        return (code, *(i.code for i in self.indicators.values() if i.topic == code and i.code != code))

    def find(self, text: str) -> list[Label]:
        """Labels from left to right; inside of an operator's name no other counts."""
        found = [self._label(hit.start, hit.end, hit.meaning) for hit in self._phrases.find(text)]
        return _beside(found, self.find_own(text))

    def find_own(self, text: str) -> list[Label]:
        """Those of the operator alone."""
        return [self._own_label(hit) for hit in self._own.find(text)] if self._own else []

    def forms(self, phrase: str) -> list[str]:
        """Every plain form of a phrase. Raises PhraseProblem."""
        return expand(normalise(phrase).norm, self._words)

    def find_around(self, text: str, figures: Sequence[tuple[int, int]]) -> list[Label]:
        """Labels that a figure stands inside: "thu gom ít nhất 95% rác thải"."""
        masked = list(text)
        for start, end in figures:
            masked[start:end] = "x" * (end - start)
        words = "".join(masked)
        found = [self._label(*hit) for hit in _around(self._phrases.find_parted(words), figures)]
        own = _around(self._own.find_parted(words), figures) if self._own else ()
        return _beside(found, [self._own_label(hit) for hit in own])

    def _label(self, start: int, end: int, codes: tuple[str, ...]) -> Label:
        indicator = self.indicators.get(codes[0])
        if indicator is None:
            return Label(start, end, codes, _STRONG)
        return Label(start, end, codes, indicator.weight, indicator.nouns)

    def _own_label(self, hit: Hit[tuple[str, str]]) -> Label:
        words, code = hit.meaning
        return replace(self._label(hit.start, hit.end, self._codes_of(code)), own=words)

    def __getitem__(self, code: str) -> Indicator:
        return self.indicators[code]


def _around(hits: Iterable[Hit[T]], figures: Sequence[tuple[int, int]]) -> list[Hit[T]]:
    """Those with a figure inside; the figures are in order."""
    return [hit for hit in hits if any(end < hit.end for _, end in _between(figures, hit.start, hit.end))]


def _between(figures: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """The figures that begin inside of a span."""
    return figures[bisect_right(figures, start, key=itemgetter(0)) : bisect_left(figures, end, key=itemgetter(0))]


def _beside(found: list[Label], own: list[Label]) -> list[Label]:
    """Labels of the catalogue outside of the operator's, with these."""
    if not own:
        return found
    others = [one for one in found if not any(o.start <= one.start and one.end <= o.end for o in own)]
    return sorted([*own, *others], key=lambda label: (label.start, -label.end))


def _indicator(code: str, entry: dict[str, Any], entries: dict[str, dict[str, Any]]) -> Indicator:
    bounds = entry.get("bounds")
    whole = entries.get(entry.get("rate_of") or entry.get("value_of") or "", {})
    return Indicator(
        code=code,
        name_vi=entry["name"]["vi"],
        name_en=entry["name"]["en"],
        unit=entry["unit"],
        kind=entry["kind"],
        weight=entry.get("weight", whole.get("weight", 5)),
        nouns=frozenset(noun.lower() for noun in entry.get("nouns", ())),
        bounds=(Decimal(str(bounds[0])), Decimal(str(bounds[1]))) if bounds else None,
        breakdown=entry.get("breakdown"),
        rate_of=entry.get("rate_of"),
        value_of=entry.get("value_of"),
        part_of=entry.get("part_of"),
        opposite=entry.get("opposite"),
        better=entry.get("better"),
        near=tuple(word.lower() for word in entry.get("near", ())),
        unless=tuple(word.lower() for word in entry.get("unless", ())),
        within=entry.get("within"),
        tiers=frozenset(entry.get("tiers", whole.get("tiers", ()))),
        of=frozenset(noun.lower() for noun in [*entry.get("of", ()), *whole.get("nouns", ())]),
        levels_only=entry.get("levels_only", False),
        of_plan=entry.get("of_plan", False),
        growth_only=entry.get("growth_only", False),
        of_whole=entry.get("of_whole", False),
        additive=entry.get("additive", entry["kind"] != "index" and entry["unit"] in _SUMMED),
        examples=tuple(entry.get("examples", ())),
    )


@cache
def shipped() -> Catalogue:
    """The catalogue that ships with solieu."""
    return Catalogue(words_of("indicators"))


_IN_USE: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


def catalogue() -> Catalogue:
    """The shipped catalogue; inside of `naming` with an operator's names."""
    return _IN_USE.get() or shipped()


@contextmanager
def naming(names: Names) -> Iterator[None]:
    """While this lasts, and only for who entered it, the names count too."""
    before = _IN_USE.set(with_names(names))
    try:
        yield
    finally:
        _IN_USE.reset(before)


@lru_cache(maxsize=8)
def with_names(names: Names) -> Catalogue:
    """The shipped catalogue with an operator's names. Raises as `Catalogue.naming` does."""
    return shipped().naming(names)
