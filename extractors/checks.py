"""Does the article add up? Counts against rates, parts against wholes, on time against late; nothing is mended.

"tiếp nhận 1.250 hồ sơ … trễ hạn 3 hồ sơ, tỷ lệ 0,72%": 3 of 1.250 is 0,24 %. A finding says so and leaves both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractors.facts import Finding, Observation
from extractors.indicators import Indicator, catalogue
from extractors.numbers import decimals_of

_HUNDRED = Decimal(100)
_ALL_PARTS = 3
"""So many parts of one whole are taken for all of them: toàn trình, một phần, cung cấp thông tin."""

Place = tuple[str, str, str]
"""Locality, scope and period: where numbers can be set against each other."""
Levels = Mapping[str, Sequence[int]]
"""The exact levels of a place by indicator, as indexes of the observations."""


def find_findings(observations: Sequence[Observation]) -> tuple[Finding, ...]:
    """What does not add up in one article's observations; indexes point into the sequence given."""
    places: dict[Place, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, o in enumerate(observations):
        if o.measure == "level" and o.status != "target" and o.bound == "eq" and isinstance(o.value, Decimal):
            places[o.locality, o.scope, o.period][o.indicator].append(n)
    found: list[Finding] = []
    for levels in places.values():
        found += [*_rates(observations, levels), *_complements(observations, levels), *_parts(observations, levels)]
    found += _changes(observations, places)
    return tuple(sorted(set(found), key=lambda finding: finding.observations))


def _rates(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """A printed rate against its count over any whole that the article gives."""
    for code, rates in levels.items():
        indicator = catalogue()[code]
        counts = levels.get(indicator.rate_of or "", ())
        for rate in rates:
            printed = observations[rate]
            ratios = [ratio for count in counts for ratio in _ratios(observations, levels, count, printed)]
            if ratios and not any(_agree(value, printed) for _, value in ratios):
                used, value = ratios[0]
                yield Finding("rate_vs_counts", _rate_message(observations, used, value, printed), (*used, rate))


def _ratios(
    observations: Sequence[Observation], levels: Levels, count: int, rate: Observation
) -> Iterator[tuple[tuple[int, ...], Decimal]]:
    """The count in percent of its own "n/N" or of each whole it is a part of."""
    part = observations[count]
    if part.breakdown != rate.breakdown:
        return
    if part.out_of:
        yield (count,), _number(part) / part.out_of * _HUNDRED
        return
    for code in _wholes(catalogue()[part.indicator]):
        for whole in levels.get(code, ()):
            total = _number(observations[whole])
            if total > 0 and not observations[whole].breakdown:
                yield (count, whole), _number(part) / total * _HUNDRED


def _wholes(indicator: Indicator) -> Iterator[str]:
    """What it is a part of, and what that is a part of."""
    while indicator.part_of:
        yield indicator.part_of
        indicator = catalogue()[indicator.part_of]


def _rate_message(
    observations: Sequence[Observation], used: tuple[int, ...], value: Decimal, printed: Observation
) -> str:
    part = observations[used[0]]
    whole = observations[used[1]].value if len(used) > 1 else part.out_of
    places = decimals_of(printed.printed)
    return (
        f"{part.indicator} {part.value} of {whole} is {round(value, places)} %,"
        f" printed is {printed.indicator} {printed.value} %"
    )


def _complements(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """On time and late make 100 %."""
    for code, rates in levels.items():
        opposite = catalogue()[code].opposite or ""
        pairs = [(a, b) for a in rates for b in levels.get(opposite, ())] if code < opposite else []
        sums = [(a, b, _number(observations[a]) + _number(observations[b])) for a, b in pairs]
        if sums and not any(abs(total - _HUNDRED) <= _slack(observations, a, b) for a, b, total in sums):
            a, b, total = sums[0]
            yield Finding("complement", f"{code} and {opposite} make {total} %, not 100 %", (a, b))


def _slack(observations: Sequence[Observation], *used: int) -> Decimal:
    """What rounding may cost: half a unit of the last place of each number printed."""
    return sum((Decimal(1).scaleb(-decimals_of(observations[n].printed)) / 2 for n in used), Decimal(0))


def _parts(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """The parts of a breakdown against the total: 79 + 114 + 8 = 201."""
    for code, numbers in levels.items():
        totals = [n for n in numbers if not observations[n].breakdown]
        parts = [n for n in numbers if observations[n].breakdown]
        if len(totals) != 1 or len(parts) < _ALL_PARTS or len({observations[n].breakdown for n in parts}) < len(parts):
            continue
        total = _number(observations[totals[0]])
        made = sum((_number(observations[n]) for n in parts), Decimal(0))
        if made != total:
            yield Finding("parts_vs_whole", f"the parts of {code} make {made}, printed is {total}", (*totals, *parts))


def _changes(observations: Sequence[Observation], places: Mapping[Place, Levels]) -> Iterator[Finding]:
    """Level less change against the level at the base, where the article gives all three."""
    for n, o in enumerate(observations):
        if o.measure != "change" or o.status == "target" or o.unit == "rank" or not isinstance(o.value, Decimal):
            continue
        now = _levels_of(observations, places, o, o.period)
        for level, before in ((a, b) for a in now for b in _levels_of(observations, places, o, o.base or "")):
            left = _number(observations[level]) - o.value
            if abs(left - _number(observations[before])) > _slack(observations, n, level, before):
                message = f"{o.indicator} {observations[level].value} less {o.value} is {left}"
                printed = f"printed for {o.base} is {observations[before].value}"
                yield Finding("change_vs_levels", f"{message}, {printed}", (before, level, n))


def _levels_of(
    observations: Sequence[Observation], places: Mapping[Place, Levels], change: Observation, period: str
) -> list[int]:
    """The levels that a change could lead from or to."""
    found = places.get((change.locality, change.scope, period), {}).get(change.indicator, ())
    return [n for n in found if observations[n].breakdown == change.breakdown]


def _number(observation: Observation) -> Decimal:
    """The value of a level; only numbers get here."""
    assert isinstance(observation.value, Decimal)
    return observation.value


def _agree(value: Decimal, printed: Observation) -> bool:
    """Equal to the last place printed, rounded or cut off."""
    step = Decimal(1).scaleb(-decimals_of(printed.printed))
    return abs(value - _number(printed)) < step
