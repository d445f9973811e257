"""Figures that several places share out: "A, B và C lần lượt là 6.812, 6.040 và 5.377 hồ sơ", "mỗi huyện 9 hồ sơ"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from extractors.cues import any_of
from extractors.facts import Observation
from extractors.figures import Figure
from extractors.places import PlaceMention
from extractors.sentences import Sentence

Shared = dict[int, tuple[PlaceMention, ...]]
"""The places of a figure, by its start; () where it cannot be told."""

_JOINS = regex.compile(r"\s*(?:[,;]|,?\s*(?:và|với))?\s*(?:là|đạt)?\s*")
_LISTED = regex.compile(r"\s*(?:[,;]|,?\s*(?:và|cùng|với))\s*")
_NUMBERED = regex.compile(r"\s*(\d{1,3})[.)]\s*")
_NEAR = 25


def shared_places(sentence: Sentence, listed: tuple[PlaceMention, ...]) -> Shared:
    """The figures that belong to listed places.

    `listed` are the places that the sentence before named: "Tỷ lệ của bốn đơn vị này lần lượt là …".
    """
    shared: Shared = {}
    for cue in sentence.of_kind("respectively"):
        shared.update(_dealt_out(sentence, cue.start, cue.end, listed))
    for figure in sentence.figures:
        group = _group_before(sentence, figure)
        if len(group) > 1 and figure.start not in shared:
            each = any_of("each").search(sentence.words(group[-1].end, figure.start))
            shared[figure.start] = tuple(group) if each else ()
    return shared


def _dealt_out(sentence: Sentence, start: int, end: int, listed: tuple[PlaceMention, ...]) -> Shared:
    """ "lần lượt": the first figure to the first place, and so on; nothing where the numbers differ."""
    run = _run_after(sentence, end)
    places = [p for p in sentence.places if p.kind == "named" and p.end <= start] or list(listed)
    if len(places) > len(run) > 1 and _is_list(sentence, places[-len(run) :]):
        places = places[-len(run) :]
    if len(run) < 2 or not places:
        return {}
    fits = len(places) == len(run)
    return {figure.start: (places[n],) if fits else () for n, figure in enumerate(run)}


def turns_of(sentence: Sentence) -> dict[int, tuple[int, int]]:
    """ "lần lượt 8,3% và 15,7%" without places: which one of how many a figure is, by its start."""
    turns: dict[int, tuple[int, int]] = {}
    for cue in sentence.of_kind("respectively"):
        run = _run_after(sentence, cue.end)
        if len(run) > 1 and not any(place.end <= cue.start for place in sentence.places if place.kind == "named"):
            turns.update({figure.start: (n, len(run)) for n, figure in enumerate(run)})
    return turns


def ranked_by_number(sentence: Sentence, observations: list[Observation], size: int) -> Observation | None:
    """ "2. Huyện Cư Jút: 85,47%" in a ranking of `size` places: the number is the place's rank."""
    number = _NUMBERED.match(sentence.text)
    levels = [o for o in observations if o.measure == "level"]
    named = [p for p in sentence.places if p.kind == "named" and number and p.start == sentence.start + number.end()]
    if number is None or not levels or not named:
        return None
    start, end = (sentence.start + at for at in number.span(1))
    return replace(
        levels[0], measure="rank", unit="rank", value=Decimal(number[1]), out_of=Decimal(size), bound="eq",
        base=None, start=start, end=end, quote=number[1], printed=number[1],
    )  # fmt: skip


def _run_after(sentence: Sentence, at: int) -> list[Figure]:
    """Figures one after another with nothing but commas between."""
    run: list[Figure] = []
    for figure in sentence.figures:
        if figure.start < at:
            continue
        gap = sentence.words(run[-1].end if run else at, figure.bound_start)
        if (run and (figure.unit != run[-1].unit or not _JOINS.fullmatch(gap))) or len(gap) > _NEAR:
            break
        run.append(figure)
    return run


def _is_list(sentence: Sentence, places: list[PlaceMention]) -> bool:
    return all(_LISTED.fullmatch(sentence.words(left.end, right.start)) for left, right in pairwise(places))


def _group_before(sentence: Sentence, figure: Figure) -> list[PlaceMention]:
    """The places listed right before a figure with no other figure between: "H. A, H. B mỗi huyện có 9"."""
    previous = max((f.end for f in sentence.figures if f.end <= figure.start), default=sentence.start)
    inside = [p for p in sentence.places if p.kind == "named" and previous <= p.start and p.end <= figure.start]
    group = inside[-1:]
    for place in reversed(inside[:-1]):
        if not _LISTED.fullmatch(sentence.words(place.end, group[0].start)):
            break
        group.insert(0, place)
    return group
