"""What a series contradicts: values of one point that differ beyond rounding, jumps, targets that were missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from models.periods import OTHER
from models.types import plain

JUMP, LAST_JUMP = 10, 100
"""So many times both neighbours, or so many times the only one, is a slip of a unit rather than a change: thousands
for millions. A payment system in its first years does grow tenfold."""
LEAST = Decimal(1000)
"""Counts below this may grow tenfold."""
PERCENT_JUMP, PERCENT_CALM = Decimal(50), Decimal(25)
"""So many points away from both neighbours, which are so near to each other: 99,3 – 9,93 – 99,1."""
SHARES = frozenset({"percent", "pp", "points"})
_HUNDRED = 100
ABOUT = Decimal("0.1")
"""How far "gần", "khoảng" may be from what they mean."""
_WAYS = {"gt": "more", "ge": "more", "lt": "less", "le": "less"}
"""Which way a bounded target is to be passed; a plain one has its indicator's, if any."""
WORDS = {"percent": " %", "pp": " percentage points", "count": "", "rank": ""}
BOUNDS = {"eq": "", "approx": "about ", "gt": "over ", "ge": "at least ", "lt": "under ", "le": "at most "}


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the words of the article that makes it. `family` is its article, or the one that is a copy of;
    `better` says which way its indicator is better, `less` or `more`, where everybody agrees."""

    family: int
    article_id: int
    key: str
    point: str
    locality: str
    locality_name: str
    tier: str
    indicator: str
    scope: str
    breakdown: str
    measure: str
    status: str
    freq: str
    time_period: str
    period_start: date
    period_end: date
    base: str
    value_text: str
    printed: str
    unit: str
    bound: str
    derived: bool
    better: str | None
    quote: str | None
    source: str
    article: str
    title: str | None
    published: date | None
    url: str | None

    @property
    def number(self) -> Decimal:
        return Decimal(self.value_text)

    @property
    def words(self) -> str:
        """`under 0.5 %`, `17,450,000,000,000 VND`."""
        return f"{BOUNDS[self.bound]}{said(self.number, self.unit)}" if self.unit != "rating" else self.value_text


Contradiction = tuple[str, str, tuple[Told, ...]]
"""The check, its arithmetic, and the claims."""


def said(number: Decimal, unit: str) -> str:
    return f"{Decimal(plain(number)):,}{WORDS.get(unit, f' {unit}')}"


def step_of(claim: Told) -> Decimal:
    """One unit of the last printed place: 0.01 of "80,13"; of a count or an amount with zeros at its end a hundredth,
    because "700 triệu USD" may stand for 696,3."""
    digits = re.sub(r"\D", "", claim.value_text if claim.derived else claim.printed)
    if not digits or not int(digits):
        return Decimal(1).scaleb(1 - max(len(digits), 1))
    rounded = claim.unit not in SHARES and digits.endswith("00")
    return abs(claim.number) / (_HUNDRED if rounded else int(digits))


def agree(one: Told, other: Told) -> bool:
    """May both be true? What is rounded or cut off may, what is bounded on its side, what is "about" within a tenth.

    Two units are not compared.
    """
    if one.unit != other.unit:
        return True
    if one.unit == "rating":
        return one.value_text.casefold() == other.value_text.casefold()
    (low, high), (left, right) = _range(one), _range(other)
    if one.bound == other.bound == "eq":
        return _agree_printed(one, other)
    return (high is None or left is None or left <= high) and (right is None or low is None or low <= right)


def _agree_printed(one: Told, other: Told) -> bool:
    """5,2 and 5,23; of two numbers with as many decimals the last may differ by one: cut off, or rounded."""
    apart, steps = abs(one.number - other.number), (step_of(one), step_of(other))
    if steps[0] != steps[1]:
        return apart < max(steps)
    return apart == 0 or (apart <= steps[0] < 1)


def _range(point: Told) -> tuple[Decimal | None, Decimal | None]:
    number, step = point.number, step_of(point)
    if point.bound in ("gt", "ge"):
        return number, None
    if point.bound in ("lt", "le"):
        return None, number
    slack = max(step, abs(number) * ABOUT) if point.bound == "approx" else step / 2
    return number - slack, number + slack


def disagreement(claims: Sequence[Told]) -> Contradiction | None:
    """Two articles' claims of one point of which none can be true beside any of the other's.

    What copies say their original says. What one article alone says in two ways is no disagreement: mostly two
    matters have one name there.
    """
    articles = [[c for c in claims if c.article_id == speaker] for speaker in _speakers(claims)]
    pairs = ((some, others) for n, some in enumerate(articles) for others in articles[n + 1 :])
    apart = (pair for pair in pairs if not any(agree(a, b) for a in pair[0] for b in pair[1]))
    if (found := next(apart, None)) is None:
        return None
    one, other = found[0][0], found[1][0]
    between = f", {_distance(one, other)} apart" if one.unit != "rating" else ""
    return "disagreement", f"{one.words} and {other.words} for the same point{between}", (one, other)


def _speakers(claims: Sequence[Told]) -> list[int]:
    """The articles that speak for themselves and for their copies: the original, or one of the copies where it is
    silent."""
    spoken: dict[int, int] = {}
    for claim in claims:
        if claim.family not in spoken or claim.article_id == claim.family:
            spoken[claim.family] = claim.article_id
    return list(spoken.values())


def jumps(claims: Sequence[Told]) -> Iterator[Contradiction]:
    """Levels of one series, one after the other in time, of which one is beyond all measure."""
    for _, several in groupby(sorted(_levels(claims), key=_series), key=_series):
        row = list(several)
        for point, *beside in _jumping(row):
            near = " and ".join(f"{other.words} ({other.time_period})" for other in beside)
            message = f"{point.words} ({point.time_period}) beside {near}"
            yield "jump", message, (point, *beside)


def _jumping(row: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    """Each point that jumps, with those beside it; of two that stand alone the later one, and none twice."""
    inner = {n for n in range(1, len(row) - 1) if _jumps(row[n], (row[n - 1], row[n + 1]))}
    yield from ((row[n], row[n - 1], row[n + 1]) for n in sorted(inner))
    last = len(row) - 1
    ends = [(0, 1), (last, last - 1)] if last > 1 else [(1, 0)] if last == 1 else []
    yield from ((row[n], row[beside]) for n, beside in ends if beside not in inner and _jumps(row[n], (row[beside],)))


def _levels(claims: Sequence[Told]) -> list[Told]:
    """Of an actual and an estimate for one time the actual."""
    levels = [p for p in claims if p.measure == "level" and p.status != "target" and p.unit != "rating"]
    actual = {(_series(p), p.period_end) for p in levels if p.status == "actual"}
    return [p for p in levels if p.status == "actual" or (_series(p), p.period_end) not in actual]


def _series(point: Told) -> tuple[str, ...]:
    """What may be compared along time; of odd spans only the same ones of other years."""
    span = f"{point.period_start:%m-%d}/{point.period_end:%m-%d}" if point.freq == OTHER else ""
    years = str(point.period_end.year - point.period_start.year) if span else ""
    return point.locality, point.indicator, point.scope, point.breakdown, point.unit, point.freq, span, years


def _jumps(point: Told, beside: Sequence[Told]) -> bool:
    numbers = [other.number for other in beside]
    if point.unit == "percent":
        away = [point.number - number for number in numbers]
        calm = len(numbers) == 2 and abs(numbers[0] - numbers[1]) <= PERCENT_CALM
        return calm and (min(away) > PERCENT_JUMP or max(away) < -PERCENT_JUMP)
    least = LEAST if point.unit in ("count", "persons") else Decimal(0)
    if not numbers or min(point.number, *numbers) <= 0 or max(point.number, *numbers) < least:
        return False
    factor = JUMP if len(numbers) > 1 else LAST_JUMP
    return all(point.number > n * factor for n in numbers) or all(point.number * factor < n for n in numbers)


def missed_targets(claims: Sequence[Told]) -> Iterator[Contradiction]:
    """Targets beside what came of them, of the same scope or, of a whole unit, of its own tier's offices."""
    levels = [p for p in claims if p.measure == "level" and p.unit != "rating"]
    actual = {(_what(p), p.scope): p for p in levels if p.status == "estimate"}
    actual |= {(_what(p), p.scope): p for p in levels if p.status == "actual"}
    for target in (p for p in levels if p.status == "target"):
        came = next((actual[_what(target), s] for s in _scopes(target) if (_what(target), s) in actual), None)
        if came and (message := _missed(target, came)):
            yield "target_vs_actual", message, (target, came)


def _what(point: Told) -> tuple[str, ...]:
    return point.locality, point.indicator, point.breakdown, point.time_period, point.unit


def _scopes(target: Told) -> tuple[str, ...]:
    """The city's target of all is for the city's offices first; theirs is the city's."""
    nearest: Mapping[str, str] = {"all": target.tier, target.tier: "all"}
    return (target.scope, *([nearest[target.scope]] if target.scope in nearest else []))


def _missed(target: Told, came: Told) -> str:
    """By how much, in the unit; '' where it was met, or may have been."""
    way = _WAYS.get(target.bound, target.better)
    if came.bound not in ("eq", "approx") or _met(target, came, way):
        return ""
    whose = f" ({came.scope} offices)" if came.scope != target.scope and came.scope != "all" else ""
    verb = "missed by" if way else "below it by" if came.number < target.number else "above it by"
    return f"target {target.words}, {came.status} {came.words}{whose}: {verb} {_distance(target, came)}"


def _met(target: Told, came: Told, way: str | None) -> bool:
    """Passed the good way, or reached where that is enough; "about" is reached nearby."""
    if came.number == target.number:
        return target.bound not in ("lt", "gt")
    passed = way is not None and (came.number > target.number) == (way == "more")
    return passed or (target.bound == "approx" and agree(target, came))


def _distance(one: Told, other: Told) -> str:
    """0.2 percentage points; 1,200 persons."""
    return said(abs(one.number - other.number), "pp" if one.unit == "percent" else one.unit)
