"""Does the article add up? Counts against rates, parts against wholes, on time against late; nothing is mended.

"tiếp nhận 1.250 hồ sơ … trễ hạn 3 hồ sơ, tỷ lệ 0,72%": 3 of 1.250 is 0,24 %. A finding says so and leaves both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from extractors.facts import Finding, Observation
from extractors.indicators import Indicator, catalogue
from extractors.numbers import decimals_of
from extractors.precision import number_of, step_of

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
        found += [*_rates(observations, levels), *_complements(observations, levels)]
        found += [*_parts(observations, levels), *_excesses(observations, levels)]
    found += [*_changes(observations, places), *_bounds(observations)]
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
        yield (count,), number_of(part) / part.out_of * _HUNDRED
        return
    for code in _wholes(catalogue()[part.indicator]):
        for whole in levels.get(code, ()):
            total = number_of(observations[whole])
            if total > 0 and not observations[whole].breakdown:
                yield (count, whole), number_of(part) / total * _HUNDRED


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
        f"{part.indicator} {part.value:,} of {whole:,} is {round(value, places)} %,"
        f" printed is {printed.indicator} {printed.value} %"
    )


def _complements(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """On time and late make 100 %."""
    for code, rates in levels.items():
        opposite = catalogue()[code].opposite or ""
        pairs = [(a, b) for a in rates for b in levels.get(opposite, ())] if code < opposite else []
        sums = [(a, b, number_of(observations[a]) + number_of(observations[b])) for a, b in pairs]
        if sums and not any(abs(total - _HUNDRED) <= _slack(observations, a, b) for a, b, total in sums):
            a, b, total = sums[0]
            yield Finding("complement", f"{code} and {opposite} make {total} %, not 100 %", (a, b))


def _slack(observations: Sequence[Observation], *used: int) -> Decimal:
    """What rounding may cost: half a unit of the last place of each number printed."""
    return sum((step_of(observations[n]) / 2 for n in used), Decimal(0))


def _parts(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """The parts of a breakdown against the total: 79 + 114 + 8 = 201."""
    for code, numbers in levels.items():
        totals = [n for n in numbers if not observations[n].breakdown]
        parts = [n for n in numbers if observations[n].breakdown]
        if len(totals) != 1 or len(parts) < _ALL_PARTS or len({observations[n].breakdown for n in parts}) < len(parts):
            continue
        total = number_of(observations[totals[0]])
        made = sum((number_of(observations[n]) for n in parts), Decimal(0))
        if made != total:
            message = f"the parts of {code} make {made:,}, printed is {total:,}"
            yield Finding("parts_vs_whole", message, (*totals, *parts))


def _excesses(observations: Sequence[Observation], levels: Levels) -> Iterator[Finding]:
    """A part, or on time and late together, that is more than its whole: 1.242 + 9 of 1.245.

    Fewer is no finding: files may be pending. Nor are more resolved than received: some came the year before.
    """
    for codes in _parted():
        totals = [code for code in _wholes(catalogue()[codes[0]]) if levels.get(code)]
        if not totals or (len(codes) == 1 and totals[0] != catalogue()[codes[0]].part_of):
            continue
        found = [_only_total(observations, levels.get(code, ())) for code in (*codes, totals[0])]
        used = tuple(n for n in found if n is not None)
        if len(used) < len(found):
            continue
        *parts, whole = (number_of(observations[n]) for n in used)
        if sum(parts) > whole:
            yield Finding("parts_vs_whole", _excess_message([observations[n] for n in used]), used)


@cache
def _parted() -> tuple[tuple[str, ...], ...]:
    """Counts that have a share of a whole, alone and in pairs of which the whole consists."""
    rates = [i for i in catalogue().indicators.values() if i.rate_of and catalogue()[i.rate_of].part_of]
    pairs = [(i.rate_of, catalogue()[i.opposite].rate_of) for i in rates if i.opposite and i.code < i.opposite]
    return tuple(tuple(code for code in codes if code) for codes in [*((i.rate_of,) for i in rates), *pairs])


def _only_total(observations: Sequence[Observation], numbers: Sequence[int]) -> int | None:
    totals = [n for n in numbers if not observations[n].breakdown]
    return totals[0] if len(totals) == 1 else None


def _excess_message(used: Sequence[Observation]) -> str:
    *parts, whole = used
    said = " and ".join(f"{part.indicator} {part.value:,}" for part in parts)
    made = sum((number_of(part) for part in parts), Decimal(0))
    total = f" make {made:,}," if len(parts) > 1 else " is"
    return f"{said}{total} more than {whole.indicator} {whole.value:,}"


def _bounds(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A level outside of what its indicator can be, a place behind the last one: "xếp thứ 64/63"."""
    for n, o in enumerate(observations):
        if not isinstance(o.value, Decimal):
            continue
        bounds = catalogue()[o.indicator].bounds if o.measure == "level" else None
        if bounds and o.unit == catalogue()[o.indicator].unit and not bounds[0] <= o.value <= bounds[1]:
            message = f"{o.indicator} {o.value:,} {o.unit} is outside of {bounds[0]} to {bounds[1]}"
            yield Finding("out_of_bounds", message, (n,))
        if o.measure == "rank" and o.out_of and o.value > o.out_of:
            yield Finding("out_of_bounds", f"{o.indicator}: place {o.value} of {o.out_of}", (n,))


def _changes(observations: Sequence[Observation], places: Mapping[Place, Levels]) -> Iterator[Finding]:
    """Level less change against the level at the base, where the article gives all three."""
    for n, o in enumerate(observations):
        if o.measure != "change" or o.status == "target" or o.unit == "rank" or not isinstance(o.value, Decimal):
            continue
        now = _levels_of(observations, places, o, o.period)
        yield from _impossible(observations, n, now)
        for level, before in ((a, b) for a in now for b in _levels_of(observations, places, o, o.base or "")):
            left = number_of(observations[level]) - o.value
            if abs(left - number_of(observations[before])) > _slack(observations, n, level, before):
                message = f"{o.indicator} {observations[level].value} less {o.value} is {left}"
                printed = f"printed for {o.base} is {observations[before].value}"
                yield Finding("change_vs_levels", f"{message}, {printed}", (before, level, n))


def _impossible(observations: Sequence[Observation], change: int, levels: Sequence[int]) -> Iterator[Finding]:
    """The level before would be none: 1,94 % less a rise of 5 % is below zero."""
    bounds, o = catalogue()[observations[change].indicator].bounds, observations[change]
    if bounds is None or not isinstance(o.value, Decimal) or o.bound != "eq":
        return
    for level in levels:
        left, slack = number_of(observations[level]) - o.value, _slack(observations, level, change)
        if not bounds[0] - slack <= left <= bounds[1] + slack:
            message = f"{o.indicator} {observations[level].value} less {o.value} is {left}"
            yield Finding("out_of_bounds", f"{message}, outside of {bounds[0]} to {bounds[1]}", (level, change))


def _levels_of(
    observations: Sequence[Observation], places: Mapping[Place, Levels], change: Observation, period: str
) -> list[int]:
    """The levels that a change could lead from or to."""
    found = places.get((change.locality, change.scope, period), {}).get(change.indicator, ())
    return [n for n in found if observations[n].breakdown == change.breakdown]


def _agree(value: Decimal, printed: Observation) -> bool:
    """Equal to the last place printed, rounded or cut off."""
    step = Decimal(1).scaleb(-decimals_of(printed.printed))
    return abs(value - number_of(printed)) < step
