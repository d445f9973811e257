"""What follows from what is printed: "đạt 80,13%, tăng 0,57% so với năm 2021" makes 79,56 % of 2021.

Only where it is exact to the last printed place, from two exact actual numbers of one article, and where the article
prints nothing for the same point. A derived value says which observations it follows from, and nothing follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from extractors.facts import Observation
from extractors.indicators import catalogue
from extractors.places.gazetteer import locality
from extractors.precision import number_of, step_of

_HUNDRED = Decimal(100)

Point = tuple[str, str, str, tuple[tuple[str, str], ...], str]
"""Locality, scope, indicator, breakdown and period of a level."""


def derive(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The levels that the article does not print and that follow from it; two that differ are none."""
    printed = {_point(o, o.period) for o in observations if o.measure == "level" and o.status != "target"}
    found: dict[Point, list[Observation]] = defaultdict(list)
    for one in (*_levels_before(observations), *_counts(observations)):
        if _point(one, one.period) not in printed and _is_possible(one):
            found[_point(one, one.period)].append(one)
    return tuple(several[0] for several in found.values() if len({one.value for one in several}) == 1)


def _point(o: Observation, period: str) -> Point:
    return o.locality, o.scope, o.indicator, o.breakdown, period


def _is_firm(o: Observation) -> bool:
    return o.status == "actual" and o.bound == "eq" and isinstance(o.value, Decimal) and not o.derived


def _is_possible(o: Observation) -> bool:
    """Within the indicator's bounds, of a unit that was there when the period ended."""
    low, high = catalogue()[o.indicator].bounds or (Decimal(0), None)
    unit, end = locality(o.locality), date.fromisoformat(o.period.split("/")[-1])
    if unit is None or number_of(o) < low or (high is not None and number_of(o) > high):
        return False
    return (unit.valid_from or end) <= end <= (unit.valid_to or end)


def _levels_before(observations: Sequence[Observation]) -> Iterator[Observation]:
    """Level less change is the level of the period that the change is against."""
    for n, change in enumerate(observations):
        if change.measure != "change" or not change.base or not _is_firm(change):
            continue
        levels = _levels(observations, _point(change, change.period))
        if len(levels) == 1 and _is_of_one_kind(observations[levels[0]], change):
            level = observations[levels[0]]
            yield _follows(change, level, number_of(level) - number_of(change), change.base, (levels[0], n))


def _is_of_one_kind(level: Observation, change: Observation) -> bool:
    """In one unit and printed to the same place: 80,13 % less 0,5 % is exact to no second decimal."""
    unit = "pp" if level.unit == "percent" else level.unit
    return change.unit == unit and step_of(level) == step_of(change)


def _levels(observations: Sequence[Observation], point: Point) -> list[int]:
    return [
        n for n, o in enumerate(observations) if o.measure == "level" and _is_firm(o) and _point(o, o.period) == point
    ]


def _counts(observations: Sequence[Observation]) -> Iterator[Observation]:
    """The count that alone prints as this rate of its whole: 0,24 % of 1.250 can only be 3."""
    for n, rate in enumerate(observations):
        code = catalogue()[rate.indicator].rate_of
        whole_code = catalogue()[code].part_of if code else None
        if not code or not whole_code or rate.measure != "level" or rate.breakdown or not _is_firm(rate):
            continue
        wholes = _levels(observations, (rate.locality, rate.scope, whole_code, (), rate.period))
        for whole in wholes if len(wholes) == 1 else ():
            count = _only_count(observations[whole], rate)
            if count is not None:
                of = replace(rate, indicator=code, unit=catalogue()[code].unit)
                yield _follows(of, observations[whole], count, rate.period, (whole, n))


def _only_count(whole: Observation, rate: Observation) -> Decimal | None:
    """The one whole number whose share, rounded or cut off, prints as the rate."""
    if step_of(whole) != 1:
        return None
    of, share, step = number_of(whole), number_of(rate), step_of(rate)
    first = max((share - step / 2) * of / _HUNDRED, Decimal(0)).to_integral_value(ROUND_CEILING)
    end = min((share + step) * of / _HUNDRED, of + 1)
    return first if first < end <= first + 1 else None


def _follows(said: Observation, other: Observation, value: Decimal, period: str, used: tuple[int, int]) -> Observation:
    """A level told by the words of both; as sure as both are right."""
    unit = other.unit if said.measure == "change" else said.unit
    return replace(
        said, period=period, base=None, measure="level", value=value, unit=unit, out_of=None, printed="",
        confidence=round(said.confidence * other.confidence, 3), derived=True, evidence=(), doubts=(),
        mentions=((other.start, other.end),), follows=used,
    )  # fmt: skip
