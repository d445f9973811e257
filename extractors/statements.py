"""Clause by clause, a figure becomes an observation: whose it is, of what, when, and how sure.

"Tỷ lệ … của UBND thành phố đạt 99,3%, trễ hạn 0,7%; của UBND cấp xã đạt 99,9%": a clause keeps what it does not
replace. Each slot has its own module: roles (level or change), choose (indicator), where (locality, scope),
timing (period, base), status, ratings and lists ("lần lượt"); `memory` carries what a sentence leaves to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extractors.choose import (
    Choice,
    Codes,
    choose,
    choose_named,
    choose_topic,
    is_whole,
    look_ahead,
    named_by,
    points_back,
    subject_behind,
)
from extractors.clauses import Clause, clauses_of
from extractors.cues import starts_with
from extractors.dealing import Deal, Dealt, deal_out
from extractors.facts import Observation, Period, Uncatalogued
from extractors.frame import Frame
from extractors.indicators import catalogue
from extractors.lists import Shared, shared_places
from extractors.localities import ArticlePlaces
from extractors.meanings import INDICES, RATED_UNITS
from extractors.memory import remember_period, remember_rest
from extractors.mentions import claimed_by_former, mention_for
from extractors.observations import Slots, observe, set_aside
from extractors.periods import shift_years
from extractors.ratings import Breakdown, breakdown_of, counted_grades, rated_units
from extractors.roles import with_roles
from extractors.sentences import Sentence, Spanned
from extractors.slots import Slot, Span, span_of
from extractors.status import is_aside, read_status
from extractors.timing import base_for, period_for, year_of
from extractors.where import OFFICE_DOMAINS, fits_tier, locality_of, read_locality, read_scope

_SOON = timedelta(days=31)
_COMPARED = ("change", "growth", "multiple")


@dataclass(slots=True)
class _Reading:
    """One sentence while it is read."""

    sentence: Sentence
    clauses: list[Clause]
    claimed: frozenset[int]
    shared: Shared
    dealt: Dealt
    spoken: Codes
    levels: list[tuple[Codes, Slot[str], Slot[str]]] = field(default_factory=list)
    """What its levels were of, whose and of which offices, in order: "tăng lần lượt 8,3% và 15,7%"."""
    offices: set[str] = field(default_factory=set)
    heads: dict[int, Codes] = field(default_factory=dict)
    """What each part between semicolons spoke of first."""
    scope: Slot[str] | None = None
    """The offices of the figure before."""
    run: Codes = ()
    """What a run behind "tương ứng" names for itself: "tỷ lệ thanh toán tương ứng là 81,4% và 37,9%"."""
    label: str = ""
    """What the figure before was of, in words."""
    bracket: tuple[int, int] | None = None
    """The parenthesis that the figure before stood in."""
    outside: tuple[Codes, Breakdown] = ((), ())
    """What was spoken of before that parenthesis, and of which part."""


@dataclass(slots=True)
class Statements:
    """Reads the sentences of one article in order."""

    places: ArticlePlaces
    published: date | None
    frame: Frame = field(default_factory=Frame)
    said: dict[str, Span] = field(default_factory=dict)
    """Where each indicator was named last."""

    def read(self, sentence: Sentence) -> Iterator[Observation | Uncatalogued]:
        """Everything that one sentence states."""
        clauses = with_roles(clauses_of(sentence))
        claimed = claimed_by_former(clauses)
        remember_period(self.frame, sentence, claimed, self.published)
        spoken = () if sentence.labels else self._carried_over(sentence)
        dealt = deal_out(sentence, self.frame.listed)
        reading = _Reading(sentence, clauses, claimed, shared_places(sentence, dealt), dealt, spoken)
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
        self._leave_bracket(reading, clause)
        aside = is_aside(clause)
        choice = None if aside else self._choose(reading, n, clause)
        found = list(self._observe(reading, clause, choice)) if choice else []
        if is_whole(clause):
            pass  # what follows goes on with the part
        elif choice is not None:
            self._speak_of(reading, clause, choice)
        elif clause.figure.kind not in ("steps", "rating"):
            beyond = clause.role.name == "beyond"  # "thu ngân sách vượt 22,4% dự toán, đạt 6.875 tỷ đồng"
            named = named_by(clause) if beyond or clause.figure.unit in ("count", "rank") else ()
            reading.spoken = named or (reading.spoken if beyond else ())
        for item in found or [set_aside(clause, "aside" if aside else "unnamed")]:
            if isinstance(item, Observation):
                reading.label = catalogue()[item.indicator].name_vi
                yield item
            elif clause.figure.kind != "rating":
                reading.label = item.label or reading.label  # ", tăng 9%" is of what the clause before spoke of
                yield replace(item, label=reading.label)

    def _leave_bracket(self, reading: _Reading, clause: Clause) -> None:
        """What a bracket speaks of ends with it: "(khách quốc tế 130 nghìn lượt), đạt 102,5% kế hoạch"."""
        bracket = clause.sentence.bracket(clause.at)
        if bracket is None and reading.bracket is not None and reading.outside[0]:
            reading.spoken, self.frame.part = reading.outside
        if bracket is not None and reading.bracket is None:
            reading.outside = reading.spoken, self.frame.part
        reading.bracket = bracket

    def _choose(self, reading: _Reading, n: int, clause: Clause) -> Choice | None:
        """The indicator, by the figure's own words, by what was spoken of, by the next figure's words, by the title."""
        following = reading.clauses[n + 1] if n + 1 < len(reading.clauses) else None
        choice = (
            rated_units(reading.sentence, clause.figure)
            or _dealt_choice(reading, clause)
            or choose(clause, self._spoken_of(reading, clause), self.frame.codes)
            or (look_ahead(clause, following) if following else None)
            or subject_behind(clause)
            or self._fall_back(clause)
        )
        if choice is None:
            return None
        if choice.how == "inherited":
            return replace(choice, span=self.said.get(choice.indicator.code))
        self.said[choice.indicator.code] = choice.span or (clause.figure.start, clause.figure.end)
        return choice

    def _spoken_of(self, reading: _Reading, clause: Clause) -> Codes:
        """Behind a semicolon a new subject takes up what the part before began with: "; của UBND cấp xã đạt 99,9%"."""
        if (turn := _turn(reading, clause)) is not None:
            return reading.run if reading.run and reading.dealt.turns[clause.at][0] else turn[0]
        if points_back(clause) and (pointed := self.frame.units.get(clause.figure.unit)):
            return pointed
        part = _part(clause)
        subjects: list[Spanned] = [*reading.sentence.of_kind("scope"), *reading.sentence.places]
        if part not in reading.heads and any(clause.in_lead(subject) for subject in subjects):
            return reading.heads.get(part - 1, reading.spoken)
        return reading.spoken

    def _fall_back(self, clause: Clause) -> Choice | None:
        """A sentence that names no indicator speaks of the index named last, or of the title's: ranking lists."""
        if clause.sentence.labels or clause.role.name not in ("level", "rank", "rating"):
            return None
        if clause.role.name == "rank":
            return choose_topic(clause, self.frame.indices.get("rank") or self.frame.topic or self.frame.codes)
        if clause.figure.unit in ("count", "VND", "USD"):
            return None
        return choose(clause, self.frame.indices.get(clause.figure.unit) or self.frame.topic)

    def _speak_of(self, reading: _Reading, clause: Clause, choice: Choice) -> None:
        reading.spoken = choice.codes
        if reading.dealt.turns.get(clause.at, (1, 0))[0] == 0:
            reading.run = choice.codes if choice.how == "explicit" else ()
        reading.heads.setdefault(_part(clause), choice.codes)
        if choice.indicator.code == RATED_UNITS:  # it is by that index that offices are graded
            self.frame.indices["percent"] = ("par.index",)
        if choice.measure == "level":
            self.frame.units[clause.figure.unit] = choice.codes
        if choice.how == "explicit" and choice.indicator.code.startswith(INDICES):
            self.frame.indices[clause.figure.unit] = choice.codes

    def _observe(self, reading: _Reading, clause: Clause, choice: Choice) -> Iterator[Observation | Uncatalogued]:
        """The observation of one figure, or one for each of the places it is shared by."""
        status = self._status(reading, clause)
        if clause.figure.kind == "zero" and status.value != "actual":  # "phấn đấu không có hồ sơ trễ hạn" is a wish
            yield set_aside(clause, "aside")
            return
        dealt = reading.dealt.deals.get(clause.at, Deal())
        mention = dealt.period or mention_for(clause, status.value, reading.claimed)
        period = period_for(clause, mention, choice.indicator, status.value, self.frame, self.published)
        if period is None:
            yield set_aside(clause, "undated")
            return
        period = _of_two_ends(reading, clause, choice, period)
        if status.value == "actual" and self.published and _is_ahead(period.value, self.published):
            status = Slot("target", "inherited", period.span)  # nothing has happened yet
        if status.value == "target" and self.published and period.value.end >= self.published:
            self.frame.target = period.value
        compared = choice.measure in _COMPARED
        base = base_for(clause, choice.indicator, period.value, reading.clauses) if compared else None
        part = self._part_of(clause, choice)
        day = self.published if status.value == "target" else period.value.end
        whose = self._whose(reading, clause, choice, day)
        for locality, scope in whose:
            if not fits_tier(locality.value, choice.indicator):
                locality = replace(locality, value=self.places.own_at(period.value.end) or locality.value)
            if choice.measure == "level" and clause.at not in reading.dealt.turns:
                reading.levels.append((choice.codes, locality, scope))
            yield observe(clause, choice, Slots(locality, scope, period, status, base), part)
        if not whose:
            yield set_aside(clause, "unplaced")

    def _status(self, reading: _Reading, clause: Clause) -> Slot[str]:
        """ "Một số chỉ tiêu năm 2023: …", said in 2022: of a year ahead there are only aims."""
        status = read_status(clause, self.frame.plan)
        spoken = mention_for(clause, "target", reading.claimed) if status.how == "default" and self.published else None
        if spoken and spoken.period and self.published and _is_ahead(spoken.period, self.published):
            return Slot("target", "inherited", span_of(spoken))
        return status

    def _whose(
        self, reading: _Reading, clause: Clause, choice: Choice, day: date | None
    ) -> list[tuple[Slot[str], Slot[str]]]:
        """The localities of a figure, each with its offices."""
        turn = _turn(reading, clause)
        if turn and not _names_offices(reading, clause):
            return [turn[1:]]
        localities = [turn[1]] if turn else self._localities(reading, clause, day)
        scope = self._scope(reading, clause, choice)
        return [(locality, scope) for locality in localities]

    def _scope(self, reading: _Reading, clause: Clause, choice: Choice) -> Slot[str]:
        dealt = reading.dealt.deals.get(clause.at)
        if dealt and dealt.tier:
            return Slot(dealt.tier.value, "explicit", span_of(dealt.tier))
        if choice.how == "inherited" and (last := _scope_before(reading, clause)):
            return last
        same = bool(reading.spoken) and reading.spoken[0].split(".")[0] in OFFICE_DOMAINS
        if len(reading.offices) > 1 and choice.how == "explicit":
            same = False  # "cấp huyện 75%, cấp xã 65%; tỷ lệ thanh toán 30%" leaves its tiers behind
        subjects: list[Spanned] = [*clause.sentence.of_kind("scope"), *clause.sentence.places]
        goes_on = starts_with(clause.sentence.text, "going_on") or not subjects
        section = (self.frame.office if goes_on else None) or self.frame.scope
        slot = read_scope(clause, choice.indicator, self.places, section, same)
        reading.offices.add(slot.value)
        reading.scope = slot
        return slot

    def _part_of(self, clause: Clause, choice: Choice) -> Breakdown:
        """The breakdown; a change keeps that of the level it follows: "khách quốc tế 235 nghìn lượt, giảm 7,8%"."""
        part = breakdown_of(clause, choice.indicator)
        if not part and choice.how == "inherited" and choice.measure != "level":
            part = self.frame.part
        self.frame.part = part
        return part

    def _localities(self, reading: _Reading, clause: Clause, day: date | None) -> list[Slot[str]]:
        shared = reading.shared.get(clause.at)
        if shared is None:
            found = [read_locality(clause, self.places, day)]
        else:
            found = [locality_of(place, reading.sentence, self.places, day) for place in shared]
        return [locality for locality in found if locality is not None]


def _of_two_ends(reading: _Reading, clause: Clause, choice: Choice, period: Slot[Period]) -> Slot[Period]:
    """ "Từ năm 2016 đến năm 2020, tỷ lệ giảm từ 9,1% xuống còn 3,2%": of the first year and of the last."""
    left = [other for other in reading.clauses if other.role.name == "former"]
    spans = period.value.end.year > period.value.start.year
    if not left or not spans or choice.measure != "level" or choice.indicator.kind == "flow":
        return period
    if clause.role.name == "former":  # it was dated a year earlier than what the passage speaks of
        return replace(period, value=year_of(shift_years(period.value, 1).start)) if period.how == "default" else period
    return replace(period, value=year_of(period.value.end))


def _scope_before(reading: _Reading, clause: Clause) -> Slot[str] | None:
    """ "số hồ sơ trực tuyến là 302.480 hồ sơ, chiếm 72,25%": of the same offices as the level before it."""
    before = max((c.at for c in reading.clauses if c.at < clause.at), default=None)
    if before is None or reading.scope is None or clause.sentence.parted(before, clause.at):
        return None
    if any(before < cue.start < clause.tail[1] for cue in clause.sentence.of_kind("scope")):
        return None
    if any(before < place.start < clause.tail[1] for place in clause.sentence.places):
        return None
    return Slot(reading.scope.value, "inherited", reading.scope.span) if reading.scope.value != "all" else None


def _is_ahead(period: Period, published: date) -> bool:
    """Nothing of it has happened yet; but a report in December speaks of "hết năm" as done."""
    grace = _SOON if period.start == period.end else timedelta(0)
    return period.start - published > grace


def _dealt_choice(reading: _Reading, clause: Clause) -> Choice | None:
    """ "xuất khẩu và nhập khẩu lần lượt đạt …": the indicator whose turn it is."""
    dealt = reading.dealt.deals.get(clause.at)
    return choose_named(clause, dealt.label) if dealt and dealt.label else None


def _turn(reading: _Reading, clause: Clause) -> tuple[Codes, Slot[str], Slot[str]] | None:
    """The earlier level that a figure behind "lần lượt" answers to."""
    turn = reading.dealt.turns.get(clause.at)
    return reading.levels[-turn[1] :][turn[0]] if turn is not None and len(reading.levels) >= turn[1] else None


def _names_offices(reading: _Reading, clause: Clause) -> bool:
    """ "của cấp xã lần lượt là 99,7% và 0,3%": the run has offices of its own."""
    first = reading.clauses[reading.clauses.index(clause) - reading.dealt.turns[clause.at][0]]
    return any(first.in_lead(cue) for cue in reading.sentence.of_kind("scope"))


def _part(clause: Clause) -> int:
    """Which part of the sentence between semicolons a figure stands in."""
    return clause.sentence.words(clause.sentence.start, clause.at).count(";")
