"""What "lần lượt", "tương ứng" deal out: the first figure to the first of a list, the second to the second.

"Xuất khẩu và nhập khẩu lần lượt đạt 2,61 tỷ USD và 2,04 tỷ USD"; the list may be of indicators, periods, tiers of
offices or places. A later run without a list of its own answers to the earlier one: "tăng tương ứng 17,2% và 9,8%".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeVar

import regex

from extractors.cues import Cue, one_of
from extractors.figures import Figure
from extractors.indicators import Label
from extractors.periods import PeriodMention
from extractors.places.mentions import PlaceMention
from extractors.sentences import Sentence, Spanned

S = TypeVar("S", bound=Spanned)

_NEAR = 25


@dataclass(frozen=True, slots=True)
class Deal:
    """What one figure of a run is dealt."""

    label: Label | None = None
    period: PeriodMention | None = None
    tier: Cue | None = None


@dataclass(slots=True)
class Dealt:
    """By where a figure begins: its deal, its places (() where that cannot be told), or its turn in an earlier run."""

    deals: dict[int, Deal] = field(default_factory=dict)
    places: dict[int, tuple[PlaceMention, ...]] = field(default_factory=dict)
    turns: dict[int, tuple[int, int]] = field(default_factory=dict)


def deal_out(sentence: Sentence, listed: tuple[PlaceMention, ...]) -> Dealt:
    """Every run behind a word like "lần lượt"; `listed` are the places that the sentence before named."""
    dealt = Dealt()
    for cue in sentence.of_kind("respectively"):
        run = run_after(sentence, cue.end)
        if len(run) < 2:
            continue
        deals = _deals(sentence, cue.start, len(run))
        answered = [size for _, size in dealt.turns.values()] + [len(dealt.deals)]
        if deals and not dealt.deals:
            dealt.deals.update({figure.start: deal for figure, deal in zip(run, deals, strict=True)})
        elif dealt.deals and len(run) in answered:
            dealt.turns.update({figure.start: (n, len(run)) for n, figure in enumerate(run)})
        else:
            _deal_places(dealt, sentence, cue.start, run, listed)
    return dealt


def _deals(sentence: Sentence, start: int, size: int) -> list[Deal] | None:
    """The list of so many periods, tiers or indicators that stands last before a place of the sentence."""
    spans = [p for p in sentence.periods if p.kind in ("span", "day") and p.end <= start]
    tiers = [cue for cue in sentence.of_kind("scope") if cue.end <= start and cue.value != "whole"]
    labels = _names(sentence, start)
    if periods := _list_of(sentence, spans, size):
        return [Deal(period=one) for one in periods]
    if offices := _list_of(sentence, tiers, size):
        return [Deal(tier=one) for one in offices]
    named = _list_of(sentence, labels, size)
    return [Deal(label=one) for one in named] if named else None


def _names(sentence: Sentence, end: int) -> list[Label]:
    """The indicators named before a place of the sentence, each once by its longest name."""
    found: list[Label] = []
    for label in sorted(sentence.labels, key=lambda label: label.start - label.end):
        apart = all(label.end <= other.start or other.end <= label.start for other in found)
        if label.codes[0] and label.end <= end and apart:
            found.append(label)
    return sorted(found, key=lambda label: label.start)


def _list_of(sentence: Sentence, found: Sequence[S], size: int) -> list[S] | None:
    """The last `size` of them, if nothing but commas and "và" stands between."""
    last = list(found[-size:])
    return last if len(last) == size and is_list(sentence, last) else None


def _deal_places(
    dealt: Dealt, sentence: Sentence, start: int, run: Sequence[Figure], listed: tuple[PlaceMention, ...]
) -> None:
    """To the places named before, if there are as many; without places a run answers to the levels before it."""
    named = [p for p in sentence.places if p.kind == "named" and p.end <= start]
    if not named:
        dealt.turns.update({figure.start: (n, len(run)) for n, figure in enumerate(run)})
    places = named or list(listed)
    if len(places) > len(run) and is_list(sentence, places[-len(run) :]):
        places = places[-len(run) :]
    if places:
        fits = len(places) == len(run)
        dealt.places.update({figure.start: (places[n],) if fits else () for n, figure in enumerate(run)})


@cache
def _joins() -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:[,;]|,?\s*(?:{one_of('dealt_with')}))?\s*(?:{one_of('dealt_level')})?\s*")


@cache
def _listed() -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:[,;]|,?\s*(?:{one_of('listed_with')}))\s*")


def run_after(sentence: Sentence, at: int) -> list[Figure]:
    """Figures one after another with nothing but commas between."""
    run: list[Figure] = []
    for figure in sentence.figures:
        if figure.start < at:
            continue
        gap = sentence.words(run[-1].end if run else at, figure.bound_start)
        if (run and (figure.unit != run[-1].unit or not _joins().fullmatch(gap))) or len(gap) > _NEAR:
            break
        run.append(figure)
    return run


def is_list(sentence: Sentence, found: Sequence[Spanned]) -> bool:
    """Whether nothing but commas and "và" parts them."""
    return all(_listed().fullmatch(sentence.words(left.end, right.start)) for left, right in pairwise(found))
