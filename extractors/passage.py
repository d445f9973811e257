"""One sentence while its figures are read: what was spoken of, dealt out, and said in brackets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.bases import dealt_base
from extractors.choose import Choice, choose_named, is_light, named_by, points_back
from extractors.clauses import Clause
from extractors.cues import any_of, starts_with
from extractors.dealing import Dealt
from extractors.frame import Frame
from extractors.indicators import catalogue
from extractors.labels import Codes
from extractors.lists import Shared
from extractors.meanings import INDICES, RATED_UNITS
from extractors.ratings import Breakdown
from extractors.sentences import Sentence, Spanned
from extractors.slots import Slot


@dataclass(slots=True)
class Passage:
    """The state of one sentence; each field says what it holds."""

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
    aims: bool = False
    """Whether the figure before was an aim."""
    outside: tuple[Codes, Breakdown] = ((), ())
    """What was spoken of before that parenthesis, and of which part."""

    def goes_on_with_aims(self, frame: Frame) -> bool:
        """ "Đại hội đề ra 18 chỉ tiêu, trong đó …. Trong đó: tỷ lệ bao phủ bảo hiểm y tế 97% trở lên"."""
        return frame.aimed and starts_with(self.sentence.text, "going_on")

    def leave_bracket(self, clause: Clause, frame: Frame) -> None:
        """What a bracket speaks of ends with it: "(khách quốc tế 130 nghìn lượt), đạt 102,5% kế hoạch"."""
        bracket = clause.sentence.bracket(clause.at)
        if bracket is None and self.bracket is not None and self.outside[0]:
            self.spoken, frame.part = self.outside
        if bracket is not None and self.bracket is None:
            self.outside = self.spoken, frame.part
        self.bracket = bracket

    def spoken_of(self, clause: Clause, frame: Frame) -> Codes:
        """Behind a semicolon a new subject takes up what the part before began with: "; của UBND cấp xã đạt 99,9%"."""
        if (turn := self.turn(clause)) is not None:
            return self.run if self.run and self.dealt.turns[clause.at][0] else turn[0]
        if points_back(clause) and (pointed := self._pointed_at(clause, frame)):
            return pointed
        part = part_of(clause)
        spans = (period for period in self.sentence.periods if period.kind == "span" and period.role == "main")
        subjects: list[Spanned] = [*self.sentence.of_kind("scope"), *self.sentence.places, *spans]
        if part not in self.heads and any(clause.in_lead(subject) for subject in subjects):
            return self.heads.get(part - 1, self.spoken)
        return () if self._is_torn(clause, part) else self.spoken

    def _is_torn(self, clause: Clause, part: int) -> bool:
        """ "cấp huyện nhận 61.200 hồ sơ, giải quyết 59.900 hồ sơ, cấp xã 148.000 hồ sơ": of which, nothing tells."""
        others = self.heads.get(part, self.spoken) != self.spoken
        subject = others and any(clause.in_lead(cue) for cue in self.sentence.of_kind("scope"))
        return subject and clause.figure.unit == "count" and any_of("going_on").search(clause.lead_words) is None

    def _pointed_at(self, clause: Clause, frame: Frame) -> Codes:
        """ "96.480 giao dịch thanh toán trực tuyến. … tỷ lệ này mới đạt 21,35%": the rate of what was counted last."""
        near = self.spoken or frame.codes
        rates = any(catalogue()[code].unit == clause.figure.unit for code in near)
        return near if rates and clause.figure.unit == "percent" else frame.units.get(clause.figure.unit, ())

    def speak_of(self, clause: Clause, choice: Choice, frame: Frame) -> None:
        """What the next figures may take up."""
        self.spoken = choice.codes
        if self.dealt.turns.get(clause.at, (1, 0))[0] == 0:
            self.run = choice.codes if choice.how == "explicit" else ()
        self.heads.setdefault(part_of(clause), choice.codes)
        if choice.indicator.code == RATED_UNITS:  # it is by that index that offices are graded
            frame.indices["percent"] = ("par.index",)
        if choice.measure == "level":
            frame.units[clause.figure.unit] = choice.codes
        if choice.how == "explicit" and choice.indicator.code.startswith(INDICES):
            known = frame.indices.get(clause.figure.unit, choice.codes)
            frame.indices[clause.figure.unit] = choice.codes if known == choice.codes else ()

    def pass_over(self, clause: Clause, *, closed: bool, aside: bool) -> None:
        """What the next figures may take up behind one that is no observation; `closed`: nothing of what it is of."""
        beyond = clause.role.name == "beyond"  # "thu ngân sách vượt 22,4% dự toán, đạt 6.875 tỷ đồng"
        counted = clause.figure.unit in ("count", "rank") and clause.figure.kind != "bare"
        named = named_by(clause) if (beyond or counted) and not closed else ()
        # "GRDP tăng 8%, cao hơn 0,7 điểm phần trăm so với cùng kỳ, xếp thứ 13" goes on with the GRDP
        points = clause.figure.unit == "pp" and is_light(clause)
        self.spoken = named or (self.spoken if beyond or points else ())
        if aside:
            self.heads.setdefault(part_of(clause), ())

    def turn(self, clause: Clause) -> tuple[Codes, Slot[str], Slot[str]] | None:
        """The earlier level that a figure behind "lần lượt" answers to."""
        turn = self.dealt.turns.get(clause.at)
        return self.levels[-turn[1] :][turn[0]] if turn is not None and len(self.levels) >= turn[1] else None

    def waits_for_deal(self, clause: Clause) -> bool:
        """ "Trong các năm 2020 - 2023, tăng trưởng lần lượt là 4%, 6,01% và 6,33%": of what each is, nothing tells."""
        dealt = clause.at in self.shared or clause.at not in self.dealt.turns
        return not dealt and self.turn(clause) is None and dealt_base(clause) is None

    def one_place(self) -> Slot[str] | None:
        """ "Tỉnh Quảng Nam đón 120.000 lượt. Trong đó, khách quốc tế 8.000 lượt": whose, where it is one's."""
        places = {place.value: place for _, place, _ in self.levels}
        place = next(iter(places.values())) if len(places) == 1 else None
        return replace(place, how="inherited") if place and place.how != "default" else None

    def names_offices(self, clause: Clause) -> bool:
        """ "của cấp xã lần lượt là 99,7% và 0,3%": the run has offices of its own."""
        first = self.clauses[self.clauses.index(clause) - self.dealt.turns[clause.at][0]]
        return any(first.in_lead(cue) for cue in self.sentence.of_kind("scope"))

    def dealt_choice(self, clause: Clause) -> Choice | None:
        """ "xuất khẩu và nhập khẩu lần lượt đạt …": the indicator whose turn it is."""
        dealt = self.dealt.deals.get(clause.at)
        return choose_named(clause, dealt.label) if dealt and dealt.label else None

    def scope_before(self, clause: Clause) -> Slot[str] | None:
        """ "số hồ sơ trực tuyến là 302.480 hồ sơ, chiếm 72,25%": of the same offices as the level before it."""
        before = max((c.at for c in self.clauses if c.at < clause.at), default=None)
        if before is None or self.scope is None or clause.sentence.parted(before, clause.at):
            return None
        if any(before < cue.start < clause.tail[1] for cue in clause.sentence.of_kind("scope")):
            return None
        if any(before < place.start < clause.tail[1] for place in clause.sentence.places):
            return None
        return Slot(self.scope.value, "inherited", self.scope.span) if self.scope.value != "all" else None


def part_of(clause: Clause) -> int:
    """Which part of the sentence between semicolons a figure stands in."""
    return clause.sentence.words(clause.sentence.start, clause.at).count(";")
