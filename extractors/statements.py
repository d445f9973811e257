"""Clause by clause, a figure becomes an observation: whose it is, of what, when, and how sure.

"Tỷ lệ … của UBND thành phố đạt 97,1%, trễ hạn 2,9%; của UBND cấp xã đạt 98,4%": a clause keeps what it does not
replace. Each slot has its own module: roles (level or change), choose (indicator), where (locality, scope),
timing (period, base), status, ratings and lists ("lần lượt"); `memory` carries what a sentence leaves to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.aims import is_divisor
from extractors.asides import goes_on, is_aside
from extractors.bases import base_for
from extractors.choose import Choice, choose, choose_topic, is_whole
from extractors.clauses import Clause, clauses_of
from extractors.continued import with_roles
from extractors.cues import starts_with
from extractors.customs import customs_part
from extractors.dealing import Deal, deal_out
from extractors.facts import Observation, Period, Uncatalogued
from extractors.foreign import foreign_capital, standing
from extractors.former import of_two_ends
from extractors.frame import Frame
from extractors.indicators import catalogue
from extractors.inhabitants import minor_speaks, speaks_of_place
from extractors.labels import Codes
from extractors.lists import shared_places
from extractors.memory import remember_period, remember_rest
from extractors.mentions import claimed_by_former, mention_for
from extractors.named_behind import look_ahead, subject_behind
from extractors.observations import Slots, observe, set_aside
from extractors.origins import not_of_a_title
from extractors.passage import Passage
from extractors.places.article import ArticlePlaces
from extractors.portions import is_some_of
from extractors.ratings import Breakdown, breakdown_of, counted_grades, is_share_of_part, is_still_of_part, rated_units
from extractors.sentences import Sentence, Spanned
from extractors.slots import Slot, Span, span_of
from extractors.status import aims_before, is_order, read_status
from extractors.tiers import OFFICE_DOMAINS, names_part, of_each_tier, read_scope, within
from extractors.timing import is_ahead, is_yearly_move, period_for
from extractors.told import Levels
from extractors.where import fits_tier, is_wide, locality_of, meanings, place_before, read_locality

_COMPARED = ("change", "growth", "multiple")


@dataclass(slots=True)
class Statements:
    """Reads the sentences of one article in order."""

    places: ArticlePlaces
    published: date | None
    frame: Frame = field(default_factory=Frame)
    said: dict[str, Span] = field(default_factory=dict)
    """Where each indicator was named last."""
    levels: Levels = field(default_factory=Levels)

    def read(self, sentence: Sentence) -> Iterator[Observation | Uncatalogued]:
        """Everything that one sentence states."""
        clauses = with_roles(clauses_of(sentence))
        claimed = claimed_by_former(clauses)
        remember_period(self.frame, sentence, claimed, self.published)
        spoken = () if sentence.labels else self._carried_over(sentence)
        dealt = deal_out(sentence, self.frame.listed)
        passage = Passage(sentence, clauses, claimed, shared_places(sentence, dealt), dealt, spoken)
        grades = counted_grades(sentence)
        for n, clause in enumerate(clauses):
            if clause.at not in grades:
                yield from self._read_clause(passage, n, clause)
        self.frame.aimed = passage.aims
        self._widen(sentence)
        self.frame.place = passage.one_place()
        self.frame.minor = minor_speaks(sentence, self.frame.minor)
        self.places.remember(not_of_a_title(sentence))
        alone = len(passage.offices) == 1 and not names_part(sentence)
        self.frame.office = passage.offices.pop() if alone else None
        remember_rest(self.frame, sentence, passage.spoken, passage.heads.get(0, passage.spoken), self.published)

    def _widen(self, sentence: Sentence) -> None:
        """ "Toàn tỉnh tiếp nhận …" in a paper on a commune: the next sentence is of the province too."""
        if sentence.places:
            first = sentence.places[0]
            begins = all(first.end <= figure.start for figure in sentence.figures)
            above = begins and is_wide(first) and self.places.resolve(first) not in (None, self.places.own)
            self.frame.wide = first if above else None

    def _carried_over(self, sentence: Sentence) -> Codes:
        """A sentence on another place takes up what the last one began with, any other what it ended with."""
        return self.frame.head if any(place.kind == "named" for place in sentence.places) else self.frame.codes

    def _read_clause(self, passage: Passage, n: int, clause: Clause) -> Iterator[Observation | Uncatalogued]:
        passage.leave_bracket(clause, self.frame)
        aside = is_aside(clause) or (self.frame.minor and not speaks_of_place(clause.sentence))
        told = None if aside and not goes_on(clause) else self._choose(passage, n, clause)
        if told and is_some_of(clause, told, self.frame.units.get(clause.figure.unit, ())):
            aside, told = True, None
        choice = None if aside else told
        tied = choice is not None and (choice.rival != "" or passage.waits_for_deal(clause))
        if tied:
            choice = None
        found = list(self._observe(passage, clause, choice)) if choice else []
        if choice and choice.how == "inherited" and self.levels.is_told_otherwise(found):
            aside, told, found = True, None, []
        if is_whole(clause) or is_divisor(clause):
            pass  # what follows goes on with the part
        elif told is not None and not tied:
            passage.speak_of(clause, told, self.frame)
        elif clause.figure.kind not in ("steps", "rating"):
            passage.pass_over(clause, closed=aside and not goes_on(clause), aside=aside)
        for item in found or [set_aside(clause, "aside" if aside else "tie" if tied else "unnamed")]:
            if isinstance(item, Observation):
                self.levels.remember(item)
                passage.label = catalogue()[item.indicator].name_vi
                yield item
            elif clause.figure.kind != "rating":
                passage.label = item.label or passage.label  # ", tăng 9%" is of what the clause before spoke of
                yield replace(item, label=passage.label)

    def _choose(self, passage: Passage, n: int, clause: Clause) -> Choice | None:
        """The indicator, by the figure's own words, by what was spoken of, by the next figure's words, by the title."""
        following = passage.clauses[n + 1] if n + 1 < len(passage.clauses) else None
        choice = (
            rated_units(passage.sentence, clause.figure)
            or passage.dealt_choice(clause)
            or choose(clause, passage.spoken_of(clause, self.frame), self.frame.codes)
            or (look_ahead(clause, following) if following else None)
            or subject_behind(clause)
            or foreign_capital(clause)
            or self._fall_back(clause)
        )
        choice = standing(choice, clause) if choice else None
        if choice is None or is_share_of_part(clause, choice, self.frame.part):
            return None
        if choice.how == "inherited":
            return replace(choice, span=self.said.get(choice.indicator.code))
        self.said[choice.indicator.code] = choice.span or (clause.figure.start, clause.figure.end)
        return choice

    def _fall_back(self, clause: Clause) -> Choice | None:
        """A sentence that names no indicator speaks of the index named last, or of the title's: ranking lists."""
        if clause.sentence.labels or clause.role.name not in ("level", "rank", "rating"):
            return None
        if clause.role.name == "rank":
            return choose_topic(clause, self.frame.indices.get("rank") or self.frame.topic or self.frame.codes)
        if clause.figure.unit in ("count", "VND", "USD"):
            return None
        return choose(clause, self.frame.indices.get(clause.figure.unit) or self.frame.topic)

    def _observe(self, passage: Passage, clause: Clause, choice: Choice) -> Iterator[Observation | Uncatalogued]:
        """The observation of one figure, or one for each of the places it is shared by."""
        status = self._status(passage, clause)
        if clause.figure.kind == "zero" and status.value != "actual":  # "phấn đấu không có hồ sơ trễ hạn" is a wish
            yield set_aside(clause, "aside")
            return
        dealt = passage.dealt.deals.get(clause.at, Deal())
        mention = dealt.period or mention_for(clause, status.value, passage.claimed)
        period = period_for(clause, mention, choice.indicator, status.value, self.frame, self.published)
        if period is None:
            yield set_aside(clause, "undated")
            return
        period = of_two_ends(passage.clauses, clause, choice.measure, choice.indicator, period)
        if status.value == "actual" and is_yearly_move(clause, period.value):
            yield set_aside(clause, "undated")
            return
        if status.value == "actual" and self.published and self._is_to_come(clause, period.value):
            status = Slot("target", "inherited", period.span)
        passage.aims = status.value == "target"
        if passage.aims and self.published and period.value.end >= self.published:
            self.frame.target = period.value
        compared = choice.measure in _COMPARED
        base = base_for(clause, choice.indicator, period.value, passage.clauses) if compared else None
        part = self._part_of(clause, choice)
        day = self.published if status.value == "target" else period.value.end
        whose = self._whose(passage, clause, choice, day)
        for locality, scope in whose:
            if not fits_tier(locality.value, choice.indicator):
                locality = replace(locality, value=self.places.own_at(period.value.end) or locality.value)
            if choice.measure == "level" and clause.at not in passage.dealt.turns:
                passage.levels.append((choice.codes, locality, scope))
            yield observe(clause, choice, Slots(locality, scope, period, status, base), part)
        if not whose:
            yield set_aside(clause, "unplaced", *meanings(clause, self.places, day))

    def _is_to_come(self, clause: Clause, period: Period) -> bool:
        """Nothing has happened yet, or it goes on and somebody orders what is to come of it."""
        assert self.published is not None
        return is_ahead(period, self.published) or (period.end > self.published and is_order(clause))

    def _status(self, passage: Passage, clause: Clause) -> Slot[str]:
        """ "Một số chỉ tiêu năm 2023: …", said in 2022: of a year ahead there are only aims."""
        status = read_status(clause, self.frame.plan or passage.goes_on_with_aims(self.frame))
        if status == Slot("target", "inherited") and self._is_past(clause, passage):
            return Slot("actual", "default")
        open = status.how == "default" or (status.value == "estimate" and aims_before(clause))
        spoken = mention_for(clause, "target", passage.claimed) if open and self.published else None
        if spoken and spoken.period and self.published and is_ahead(spoken.period, self.published):
            return Slot("target", "inherited", span_of(spoken))
        return status

    def _is_past(self, clause: Clause, passage: Passage) -> bool:
        """ "Kết quả năm 2021: …" in a plan for 2022: what the figure's own words date back is no aim."""
        mention = mention_for(clause, "actual", passage.claimed)
        over = mention is not None and mention.kind != "relative" and mention.period is not None
        return bool(over and self.published and mention and mention.period and mention.period.end < self.published)

    def _whose(
        self, passage: Passage, clause: Clause, choice: Choice, day: date | None
    ) -> list[tuple[Slot[str], Slot[str]]]:
        """The localities of a figure, each with its offices."""
        turn = passage.turn(clause)
        if turn and not passage.names_offices(clause):
            return [turn[1:]]
        localities = [turn[1]] if turn else self._localities(passage, clause, day)
        scope = self._scope(passage, clause, choice)
        tiers = of_each_tier(clause, scope)
        return [(place, within(place, tier, choice.indicator)) for place in localities for tier in tiers]

    def _scope(self, passage: Passage, clause: Clause, choice: Choice) -> Slot[str]:
        dealt = passage.dealt.deals.get(clause.at)
        if dealt and dealt.tier:
            return Slot(dealt.tier.value, "explicit", span_of(dealt.tier))
        if choice.how == "inherited" and (last := passage.scope_before(clause)):
            return last
        same = bool(passage.spoken) and passage.spoken[0].split(".")[0] in OFFICE_DOMAINS
        if len(passage.offices) > 1 and choice.how == "explicit":
            same = False  # "cấp huyện 75%, cấp xã 65%; tỷ lệ thanh toán 30%" leaves its tiers behind
        subjects: list[Spanned] = [*clause.sentence.of_kind("scope"), *clause.sentence.places]
        goes_on = starts_with(clause.sentence.text, "going_on") or not subjects
        section = (self.frame.office if goes_on else None) or self.frame.scope
        slot = read_scope(clause, choice.indicator, self.places, section, same)
        passage.offices.add(slot.value)
        passage.scope = slot
        return slot

    def _part_of(self, clause: Clause, choice: Choice) -> Breakdown:
        """The breakdown; a change keeps that of the level it follows: "khách quốc tế 235 nghìn lượt, giảm 7,8%"."""
        part = breakdown_of(clause, choice.indicator) or customs_part(clause, choice.indicator, self.frame)
        same = bool(self.frame.part) and self.frame.part[0][0] == choice.indicator.breakdown
        if not part and same and choice.how == "inherited" and (choice.measure != "level" or is_still_of_part(clause)):
            part = self.frame.part
        self.frame.part = part
        return part

    def _localities(self, passage: Passage, clause: Clause, day: date | None) -> list[Slot[str]]:
        shared = passage.shared.get(clause.at)
        if shared is None:
            above = self.frame.wide or self.frame.section
            before = place_before(passage.sentence, self.frame.place, self.places.own)
            found = [read_locality(clause, self.places, day, above, before)]
        else:
            found = [locality_of(place, passage.sentence, self.places, day) for place in shared]
        return [locality for locality in found if locality is not None]
