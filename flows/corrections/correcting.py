"""A reading as the operator's corrections leave it: claims withdrawn or replaced, and a finding for each correction.

Corrections are made one after another, so that the second finds what the first left. What follows arithmetically from
a claim that is withdrawn or replaced is withdrawn with it; what does not add up is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.facts import Finding, Observation, Reading
from flows.corrections.file import words_of
from flows.corrections.meant import Unfit, meant, named, shown
from flows.corrections.parts import OnArticle, Replace, Slots, Withdraw

APPLIED, UNFIT = "correction", "correction_unfit"
"""Names of the findings: a correction that was made, and one that fits nothing."""
_AGAINST = ("change", "growth", "multiple")
"""Measures that have a base."""


@dataclass(frozen=True)
class Corrected:
    """What is left of a reading; `notes` are by position what was put right in an observation, and why."""

    reading: Reading
    notes: Mapping[int, str] = field(default_factory=dict)


def correct(reading: Reading, corrections: Sequence[OnArticle]) -> Corrected:
    """Make the corrections of an article; without any, the reading stays as it is."""
    if not corrections:
        return Corrected(reading)
    left = _Left(reading)
    told = [left.make(one) for one in corrections]
    place = {number: position for position, number in enumerate(left.observations)}
    findings = [replace(one, observations=_moved(one.observations, place)) for one in (*_anew(reading, left), *told)]
    observations = tuple(
        replace(one, follows=_moved(one.follows, place)) if one.follows else one for one in left.observations.values()
    )
    notes = {place[number]: "; ".join(said) for number, said in left.notes.items() if number in place}
    return Corrected(replace(reading, observations=observations, findings=tuple(findings)), notes)


def _moved(numbers: Sequence[int], place: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(place[number] for number in numbers if number in place)


def _anew(reading: Reading, left: _Left) -> Iterator[Finding]:
    """What does not add up now, beside what else was found (about the page)."""
    from extractors.checks import find_findings

    before = find_findings([one for one in reading.observations if not one.derived])
    yield from (finding for finding in reading.findings if finding not in before)
    printed = [number for number, one in left.observations.items() if not one.derived]
    for finding in find_findings([left.observations[number] for number in printed]):
        yield replace(finding, observations=tuple(printed[n] for n in finding.observations))


_AS_READ = Slots.model_construct()
"""What a confirmed claim says instead: nothing else."""


class _Left:
    """The observations that are left, by their number in the reading."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.article.text
        self.observations = dict(enumerate(reading.observations))
        self.notes: dict[int, list[str]] = {}

    def make(self, correction: OnArticle) -> Finding:
        """Make one correction, and say so, or why not."""
        words = words_of(correction)
        why = f"{correction.reason} ({correction.date})"
        try:
            found = meant(words, self.text, self.observations, several=isinstance(correction, Withdraw))
            if isinstance(correction, Withdraw):
                return Finding(APPLIED, f"{words.quote!r}: withdrawn: {self._withdraw(found)}: {why}")
            said = self._replace(found[0], correction.with_ if isinstance(correction, Replace) else _AS_READ, why)
            return Finding(APPLIED, f"{words.quote!r}: {said}", found)
        except Unfit as unfit:
            return Finding(UNFIT, f"{words.quote!r}: {unfit}: {why}")

    def _withdraw(self, numbers: Sequence[int]) -> str:
        """Take observations out with what follows from them; what they were."""
        gone = [*numbers, *(n for n, one in self.observations.items() if set(one.follows) & set(numbers))]
        return ", ".join(named(self.observations.pop(number)) for number in dict.fromkeys(gone))

    def _replace(self, number: int, slots: Slots, why: str) -> str:
        """Put another observation in its place; what it was, and what changed."""
        before = self.observations[number]
        after = _with(before, slots)
        said = ", ".join(_changes(before, after)) or "as it was read"
        follows = [n for n, one in self.observations.items() if number in one.follows and said != "as it was read"]
        also = f"; withdrawn, for it follows from it: {self._withdraw(follows)}" if follows else ""
        self.observations[number] = after
        self.notes.setdefault(number, []).append(f"{said}: {why}")
        return f"{named(before)}: {said}: {why}{also}"


def _with(before: Observation, slots: Slots) -> Observation:
    """The observation as it should be; a person has looked at it. Unfit when the slots do not go together."""
    new: dict[str, Any] = {name: getattr(slots, name) for name in slots.model_fields_set}
    if "among" in new:
        new["group"] = new.pop("among")
    if "breakdown" in new:
        new["breakdown"] = tuple(sorted((new["breakdown"] or {}).items()))
    if "measure" in new and new["measure"] not in _AGAINST:
        new.setdefault("base", None)
    after = replace(before, **new, confidence=1.0)
    _check(after, slots)
    return after


def _check(after: Observation, slots: Slots) -> None:
    from extractors.indicators import catalogue

    if isinstance(after.value, str) != (after.unit == "rating"):
        raise Unfit(f"{after.value} in {after.unit}: ratings have words and the unit rating, all else has numbers")
    unit = catalogue()[after.indicator].unit
    named = slots.model_fields_set
    if after.measure == "level" and after.unit != unit and named & {"indicator", "measure"} and "unit" not in named:
        raise Unfit(f"{after.indicator} is in {unit}, and this in {after.unit}: say the unit too")


def _changes(before: Observation, after: Observation) -> Iterator[str]:
    """`value 0.72 → 0.24`, slot by slot."""
    for slot in Slots.model_fields:
        name = {"among": "group"}.get(slot, slot)
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{slot} {shown(slot, old)} → {shown(slot, new)}"
