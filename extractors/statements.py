"""Clause by clause, a figure becomes an observation: whose it is, of what, when, and how sure.

"Tỷ lệ … của UBND thành phố đạt 99,3%, trễ hạn 0,7%; của UBND cấp xã đạt 99,9%": a clause keeps what it does not
replace. Each slot has its own module: roles (level or change), choose (indicator), where (locality, scope),
timing (period, base), status, ratings and lists ("lần lượt"); `memory` carries what a sentence leaves to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from extractors.choose import Choice, Codes, choose, look_ahead, named_by, subject_behind
from extractors.clauses import Clause, clauses_of
from extractors.cues import starts_with
from extractors.facts import Observation, Period, Uncatalogued
from extractors.frame import Frame
from extractors.lists import Shared, shared_places, turns_of
from extractors.localities import ArticlePlaces
from extractors.meanings import INDICES, RATED_UNITS
from extractors.memory import remember_period, remember_rest
from extractors.mentions import claimed_by_former, mention_for
from extractors.ratings import Breakdown, breakdown_of, counted_grades, rated_units
from extractors.roles import with_roles
from extractors.sentences import Sentence, Spanned
from extractors.status import is_aside, read_status
from extractors.timing import base_for, period_for
from extractors.where import Slot, fits_tier, locality_of, read_locality, read_scope

_SOON = timedelta(days=31)
"""A report in December speaks of "hết năm" as done."""
_COMPARED = ("change", "growth", "multiple")
_SURE = 0.98
_HOW_SURE = {"explicit": 1.0, "inherited": 0.97, "default": 0.94}


@dataclass(slots=True)
class _Reading:
    """One sentence while it is read."""

    sentence: Sentence
    clauses: list[Clause]
    claimed: frozenset[int]
    shared: Shared
    turns: dict[int, tuple[int, int]]
    spoken: Codes
    levels: list[tuple[Codes, Slot, Slot]] = field(default_factory=list)
    """What its levels were of, whose and of which offices, in order: "tăng lần lượt 8,3% và 15,7%"."""
    offices: set[str] = field(default_factory=set)
    heads: dict[int, Codes] = field(default_factory=dict)
    """What each part between semicolons spoke of first."""


@dataclass(slots=True)
class Statements:
    """Reads the sentences of one article in order."""

    places: ArticlePlaces
    published: date | None
    frame: Frame = field(default_factory=Frame)

    def read(self, sentence: Sentence) -> Iterator[Observation | Uncatalogued]:
        """Everything that one sentence states."""
        clauses = with_roles(clauses_of(sentence))
        claimed = claimed_by_former(clauses)
        remember_period(self.frame, sentence, claimed, self.published)
        spoken = () if sentence.labels else self._carried_over(sentence)
        reading = _Reading(
            sentence, clauses, claimed, shared_places(sentence, self.frame.listed), turns_of(sentence), spoken
        )
        grades = counted_grades(sentence)
        for n, clause in enumerate(clauses):
            if clause.at not in grades:
                yield from self._read_clause(reading, n, clause)
        self.frame.office = reading.offices.pop() if len(reading.offices) == 1 else None
        remember_rest(self.frame, sentence, reading.spoken, reading.heads.get(0, reading.spoken), self.published)

    def _carried_over(self, sentence: Sentence) -> Codes:
        """A sentence on another place takes up what the last one began with, any other what it ended with."""
        return self.frame.head if any(place.kind == "named" for place in sentence.places) else self.frame.codes

    def _read_clause(self, reading: _Reading, n: int, clause: Clause) -> Iterator[Observation | Uncatalogued]:
        choice = None if is_aside(clause) else self._choose(reading, n, clause)
        found = list(self._observe(reading, clause, choice)) if choice else []
        if choice is not None:
            self._speak_of(reading, clause, choice)
        elif clause.figure.kind not in ("steps", "rating"):
            reading.spoken = named_by(clause) if clause.figure.unit in ("count", "rank") else ()
        yield from found
        if not found and clause.figure.kind != "rating":
            yield _uncatalogued(clause)

    def _choose(self, reading: _Reading, n: int, clause: Clause) -> Choice | None:
        """The indicator, by the figure's own words, by what was spoken of, by the next figure's words, by the title."""
        following = reading.clauses[n + 1] if n + 1 < len(reading.clauses) else None
        return (
            rated_units(reading.sentence, clause.figure)
            or choose(clause, self._spoken_of(reading, clause), self.frame.codes)
            or (look_ahead(clause, following) if following else None)
            or subject_behind(clause)
            or self._fall_back(clause)
        )

    def _spoken_of(self, reading: _Reading, clause: Clause) -> Codes:
        """Behind a semicolon a new subject takes up what the part before began with: "; của UBND cấp xã đạt 99,9%"."""
        if (turn := _turn(reading, clause)) is not None:
            return turn[0]
        part = _part(clause)
        subjects: list[Spanned] = [*reading.sentence.of_kind("scope"), *reading.sentence.places]
        if part not in reading.heads and any(clause.in_lead(subject) for subject in subjects):
            return reading.heads.get(part - 1, reading.spoken)
        return reading.spoken

    def _fall_back(self, clause: Clause) -> Choice | None:
        """A sentence that names no indicator speaks of the index named last, or of the title's: ranking lists."""
        if clause.sentence.labels or clause.role.name not in ("level", "rank", "rating"):
            return None
        if clause.figure.unit in ("count", "VND", "USD"):
            return None
        return choose(clause, self.frame.indices.get(clause.figure.unit) or self.frame.topic)

    def _speak_of(self, reading: _Reading, clause: Clause, choice: Choice) -> None:
        reading.spoken = choice.codes
        reading.heads.setdefault(_part(clause), choice.codes)
        if choice.indicator.code == RATED_UNITS:  # it is by that index that offices are graded
            self.frame.indices["percent"] = ("par.index",)
        if choice.how == "explicit" and choice.indicator.code.startswith(INDICES):
            self.frame.indices[clause.figure.unit] = choice.codes

    def _observe(self, reading: _Reading, clause: Clause, choice: Choice) -> Iterator[Observation]:
        """The observation of one figure, or one for each of the places it is shared by."""
        status = read_status(clause, self.frame.plan)
        mention = mention_for(clause, status, reading.claimed)
        timed = period_for(clause, mention, choice.indicator, status, self.frame, self.published)
        if timed is None:
            return
        period, when = timed
        if status == "actual" and self.published and period.start - self.published > _SOON:
            status = "target"  # nothing has happened yet
        if status == "target" and self.published and period.end >= self.published:
            self.frame.target = period
        base = base_for(clause, choice.indicator, period, reading.clauses) if choice.measure in _COMPARED else None
        part = self._part_of(clause, choice)
        for locality, scope in self._whose(
            reading, clause, choice, self.published if status == "target" else period.end
        ):
            slots = {"locality": locality.how, "scope": scope.how, "indicator": choice.how, "period": when}
            slots |= {"base": base[1]} if base else {}
            if not fits_tier(locality.value, choice.indicator):
                locality = replace(locality, value=self.places.own_at(period.end) or locality.value)
            if choice.measure == "level" and clause.at not in reading.turns:
                reading.levels.append((choice.codes, locality, scope))
            yield _observation(clause, choice, locality.value, scope.value, period, status, base, part, slots)

    def _whose(self, reading: _Reading, clause: Clause, choice: Choice, day: date | None) -> list[tuple[Slot, Slot]]:
        """The localities of a figure, each with its offices."""
        turn = _turn(reading, clause)
        if turn and not _names_offices(reading, clause):
            return [turn[1:]]
        localities = [turn[1]] if turn else self._localities(reading, clause, day)
        scope = self._scope(reading, clause, choice)
        return [(locality, scope) for locality in localities]

    def _scope(self, reading: _Reading, clause: Clause, choice: Choice) -> Slot:
        same = bool(reading.spoken) and reading.spoken[0].split(".")[0] == choice.indicator.domain
        if len(reading.offices) > 1 and choice.how == "explicit":
            same = False  # "cấp huyện 75%, cấp xã 65%; tỷ lệ thanh toán 30%" leaves its tiers behind
        goes_on = starts_with(clause.sentence.text, "going_on")
        section = (self.frame.office if goes_on else None) or self.frame.scope
        slot = read_scope(clause, choice.indicator, self.places, section, same)
        reading.offices.add(slot.value)
        return slot

    def _part_of(self, clause: Clause, choice: Choice) -> Breakdown:
        """The breakdown; a change keeps that of the level it follows: "khách quốc tế 235 nghìn lượt, giảm 7,8%"."""
        part = breakdown_of(clause, choice.indicator)
        if not part and choice.how == "inherited" and choice.measure != "level":
            part = self.frame.part
        self.frame.part = part
        return part

    def _localities(self, reading: _Reading, clause: Clause, day: date | None) -> list[Slot]:
        shared = reading.shared.get(clause.at)
        if shared is None:
            found = [read_locality(clause, self.places, day)]
        else:
            found = [locality_of(place, reading.sentence, self.places, day) for place in shared]
        return [locality for locality in found if locality is not None]


def _turn(reading: _Reading, clause: Clause) -> tuple[Codes, Slot, Slot] | None:
    """The earlier level that a figure behind "lần lượt" answers to."""
    turn = reading.turns.get(clause.at)
    return reading.levels[-turn[1] :][turn[0]] if turn is not None and len(reading.levels) >= turn[1] else None


def _names_offices(reading: _Reading, clause: Clause) -> bool:
    """ "của cấp xã lần lượt là 99,7% và 0,3%": the run has offices of its own."""
    first = reading.clauses[reading.clauses.index(clause) - reading.turns[clause.at][0]]
    return any(first.in_lead(cue) for cue in reading.sentence.of_kind("scope"))


def _part(clause: Clause) -> int:
    """Which part of the sentence between semicolons a figure stands in."""
    return clause.sentence.words(clause.sentence.start, clause.at).count(";")


def _observation(
    clause: Clause, choice: Choice, locality: str, scope: str, period: Period, status: str,
    base: tuple[Period, str] | None, part: Breakdown, slots: dict[str, str],
) -> Observation:  # fmt: skip
    figure = clause.figure
    start = _quote_start(clause)
    return Observation(
        locality=locality, scope=scope, indicator=choice.indicator.code, breakdown=part, period=period.iso,
        status=status, measure=choice.measure, base=base[0].iso if base else None, value=_value(clause, choice),
        unit=choice.unit, out_of=figure.out_of, bound=figure.bound, printed=figure.printed,
        quote=clause.sentence.words(start, figure.end), start=start, end=figure.end,
        confidence=_confidence(slots), evidence=tuple(slots.items()),
    )  # fmt: skip


def _value(clause: Clause, choice: Choice) -> Decimal | str:
    if choice.measure == "rating":
        return clause.figure.printed
    return clause.figure.value * clause.role.sign


def _quote_start(clause: Clause) -> int:
    """A change is quoted with its direction: "giảm 0,27%"."""
    cue = clause.role.cue
    if clause.role.name == "change" and cue is not None and clause.at - cue.end <= 15:
        return min(cue.start, clause.figure.bound_start)
    return clause.figure.bound_start


def _confidence(slots: dict[str, str]) -> float:
    sure = _SURE
    for how in slots.values():
        sure *= _HOW_SURE[how]
    return round(sure, 3)


def _uncatalogued(clause: Clause) -> Uncatalogued:
    start, figure = clause.figure.bound_start, clause.figure
    return Uncatalogued(clause.sentence.words(start, figure.end), figure.value, figure.unit, start, figure.end)
