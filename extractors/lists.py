"""Figures of several places: "mỗi huyện 9 hồ sơ"; and numbered lists, whose numbers are ranks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extractors.cues import any_of, word_set
from extractors.dealing import Dealt, is_list, run_after
from extractors.facts import Observation
from extractors.figures import Figure
from extractors.origins import is_origin
from extractors.places.mentions import PlaceMention
from extractors.sentences import Sentence

Shared = dict[int, tuple[PlaceMention, ...]]
"""The places of a figure, by its start; () where it cannot be told."""

_NUMBERED = regex.compile(r"\s*(\d{1,3})[.)]\s*")


def shared_places(sentence: Sentence, dealt: Dealt) -> Shared:
    """The figures that belong to listed places: those dealt out, and those of each."""
    shared: Shared = dict(dealt.places)
    for figure in sentence.figures:
        group = _group_before(sentence, figure)
        if len(group) < 2 or figure.start in shared:
            continue
        run = run_after(sentence, figure.bound_start)
        if len(run) == len(group):  # "Sốp Cộp và Bắc Yên còn 24,1% và 22,73%"
            shared.update({one.start: (place,) for one, place in zip(run, group, strict=True)})
        else:
            shared[figure.start] = tuple(group) if _is_of_each(sentence, group[-1].end, figure) else ()
    return shared


def _is_of_each(sentence: Sentence, end: int, figure: Figure) -> bool:
    """ "mỗi huyện 9 hồ sơ", and a rate right behind: "huyện Hồng Ngự và Tân Hồng ít nhất 88%"."""
    gap = sentence.words(end, figure.bound_start).lower()
    bare = figure.unit == "percent" and "," not in gap and word_set("reaching").issuperset(gap.split())
    return bare or any_of("each").search(sentence.words(end, figure.start)) is not None


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


def _group_before(sentence: Sentence, figure: Figure) -> list[PlaceMention]:
    """The places listed right before a figure with no other figure between: "H. A, H. B mỗi huyện có 9"."""
    previous = max((f.end for f in sentence.figures if f.end <= figure.start), default=sentence.start)
    inside = [p for p in sentence.places if p.kind == "named" and previous <= p.start and p.end <= figure.start]
    inside = [place for place in inside if not is_origin(sentence, place)]
    group = inside[-1:]
    for place in reversed(inside[:-1]):
        if not is_list(sentence, [place, group[0]]):
            break
        group.insert(0, place)
    return group
