"""Which observations a correction means: those that were read from its words, "0,72%" or a whole sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from extractors.facts import Observation
from flows.corrections.parts import Words
from models.periods import read_period, time_period
from models.types import plain

Span = tuple[int, int]


class Unfit(Exception):
    """Why a correction fits nothing; for a person."""


def meant(words: Words, text: str, observations: Mapping[int, Observation], *, several: bool) -> tuple[int, ...]:
    """Numbers of the observations that are meant: one, or with `several` all that are read from one place.

    Raises Unfit when there are none, or when they need to be told apart.
    """
    places = _places(words.quote, text)
    if not places:
        raise Unfit("the article does not have these words")
    read = {place: _read_from(place, observations) for place in places}
    fitting = {place: tuple(n for n in found if _fits(observations[n], words)) for place, found in read.items()}
    if words.at is not None:
        fitting = {place: found for place, found in fitting.items() if _is_at(words.at, place, found, observations)}
    sets = {_printed(found, observations) for found in fitting.values() if found}
    if not sets:
        raise Unfit(_why_none(words, read, observations))
    if len(sets) > 1 or (len(*sets) > 1 and not several):
        told = "; ".join(f"at {place[0]}: {_named(found, observations)}" for place, found in fitting.items() if found)
        raise Unfit(f"several claims are read from these words, say at, indicator, locality or period ({told})")
    return sets.pop()


def _places(quote: str, text: str) -> list[Span]:
    """Where the words stand, whatever the spaces between them and the form of their accents; "2%" not in "0,72%"."""
    from extractors.text import normalise

    whole = normalise(text)
    words = r"\s+".join(map(re.escape, normalise(quote).norm.split()))
    pattern = rf"(?<!\w)(?<!\d[.,]){words}" if words[:1].isalnum() else words
    pattern += r"(?!\w)(?![.,]\d)" if words[-1:].isalnum() else ""
    return [whole.to_raw(*found.span()) for found in re.finditer(pattern, whole.norm)] if words else []


def _read_from(place: Span, observations: Mapping[int, Observation]) -> tuple[int, ...]:
    start, end = place
    return tuple(n for n, one in observations.items() if any(s < end and start < e for s, e in _spans(one)))


def _spans(one: Observation) -> tuple[Span, ...]:
    return (one.start, one.end), *one.mentions


def _fits(one: Observation, words: Words) -> bool:
    wanted = (words.indicator, words.locality, words.period)
    return all(
        want in (None, slot) for want, slot in zip(wanted, (one.indicator, one.locality, one.period), strict=True)
    )


def _is_at(at: int, place: Span, found: Sequence[int], observations: Mapping[int, Observation]) -> bool:
    """`at` is where the words begin, or where a claim that is read from them does ("giảm 0,27%")."""
    starts = {start for n in found for start, end in _spans(observations[n]) if start < place[1] and place[0] < end}
    return at == place[0] or at in starts


def _printed(found: Sequence[int], observations: Mapping[int, Observation]) -> tuple[int, ...]:
    """What is derived is only meant where nothing that is printed is."""
    printed = tuple(n for n in found if not observations[n].derived)
    return printed or tuple(found)


def _why_none(words: Words, read: Mapping[Span, Sequence[int]], observations: Mapping[int, Observation]) -> str:
    if not any(read.values()):
        return "no claim is read from these words"
    there = "; ".join(f"at {place[0]}: {_named(found, observations)}" for place, found in read.items() if found)
    return f"no such claim is read from these words ({there})"


def _named(found: Sequence[int], observations: Mapping[int, Observation]) -> str:
    return ", ".join(named(observations[n]) for n in found)


def shown(slot: str, value: Any) -> str:
    """A slot in a message: `2023`, `0.72`, `none`."""
    if value in (None, ()):
        return "none"
    if slot in ("period", "base"):
        return time_period(*read_period(value))[1]
    if slot == "breakdown":
        return " ".join(part for _, part in value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def named(one: Observation) -> str:
    """`dossier.late_rate of 568 in 2023, 0.72 percent`."""
    slots = [one.indicator, *(part for _, part in one.breakdown), "of", one.locality, "in", shown("period", one.period)]
    slots += [word for word in (one.scope, one.status, one.measure) if word not in ("all", "actual", "level")]
    return f"{' '.join(slots)}, {shown('value', one.value)} {one.unit}{', derived' if one.derived else ''}"
