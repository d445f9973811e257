"""A figure and the words that belong to it.

"tiếp nhận 1.250 hồ sơ, trễ hạn 3 hồ sơ": to 1.250 belong "tiếp nhận" before it (its lead) and "hồ sơ" behind it
(its tail), up to the comma; from there on the words belong to 3.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.cues import Cue, one_of, word_set
from extractors.figures import Figure
from extractors.sentences import Sentence, Spanned, nearest_before

_WORD = regex.compile(r"\p{L}++")


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure is: level, change, more, former, plan, target, rank, rating or multiple.

    `sign` is -1 where the words say less ("giảm"); `cue` is the word that says it.
    """

    name: str
    sign: int = 1
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One figure of a sentence with its own words, as spans of the text, and its role."""

    sentence: Sentence
    figure: Figure
    lead: tuple[int, int]
    tail: tuple[int, int]
    role: Role = Role("level")
    at: int = field(init=False)
    """Where the figure's number begins; asked so often that it is no property."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", self.figure.start)

    @property
    def lead_words(self) -> str:
        """The words before the figure that belong to it."""
        return self.sentence.words(*self.lead)

    @property
    def following(self) -> Figure | None:
        """The next figure of the sentence."""
        return next((other for other in self.sentence.figures if other.start > self.at), None)

    @property
    def score_before(self) -> Figure | None:
        """Of a place in a list the figure right before it: "7,1 điểm, xếp thứ 9"."""
        start = self.figure.bound_start
        last = nearest_before(self.sentence.figures, start) if self.figure.unit == "rank" else None
        return last if last is not None and self.sentence.words(last.end, start).strip() == "," else None

    def in_lead(self, found: Spanned) -> bool:
        """Whether something stands in the words before the figure."""
        return self.lead[0] <= found.start and found.end <= self.figure.start

    def in_tail(self, found: Spanned) -> bool:
        """Whether something stands in the words behind the figure, its noun included."""
        return self.figure.start <= found.start and found.end <= self.tail[1]

    def behind_number(self, found: Spanned) -> bool:
        """Whether something stands behind the figure's number, in its noun or its tail."""
        return self.tail[0] <= found.start and found.end <= self.tail[1]

    def touching(self, kind: str) -> Cue | None:
        """A cue that ends right where the figure's words begin."""
        for cue in self.sentence.of_kind(kind):
            starts = [at for at in (self.figure.bound_start, self.at) if cue.end <= at]
            if any(not self.sentence.words(cue.end, at).strip(" (:") for at in starts):
                return cue
        return None

    def alone_in_bracket(self) -> tuple[int, int] | None:
        """The parenthesis around the figure, if it holds nothing else: "(38,1%)"."""
        bracket = self.sentence.bracket(self.at)
        if bracket is None:
            return None
        words = self.sentence.words(*bracket).strip("() ")
        return bracket if words == self.sentence.words(self.at, self.figure.end).strip() else None

    def figures_bracket(self) -> tuple[int, int] | None:
        """The parenthesis around the figure, if it holds but figures: "(64,93 điểm, xếp thứ 25)", "(đạt 38,1%)"."""
        bracket = self.sentence.bracket(self.at)
        if bracket is None:
            return None
        words, end = "", bracket[0]
        for figure in self.sentence.figures:
            if bracket[0] < figure.start < bracket[1]:
                words += self.sentence.words(end, figure.bound_start)
                end = figure.end
        rest = _WORD.findall((words + self.sentence.words(end, bracket[1])).lower())
        return bracket if word_set("reaching").issuperset(rest) else None

    def bracket_of_place(self) -> int:
        """ "(huyện Sông Lô giảm từ 10,9% …)": where the parenthesis begins, if a place comes first; or 0."""
        bracket = self.sentence.bracket(self.at)
        places = (place for place in self.sentence.places if place.kind == "named")
        return bracket[0] if bracket and any(place.start == bracket[0] + 1 for place in places) else 0

    def without_periods(self, start: int) -> str:
        """The words up to the figure but for periods: "cao hơn [cùng kỳ] 3,02%"."""
        words = ""
        for period in self.sentence.periods:
            if start <= period.start and period.end <= self.at:
                words += self.sentence.words(start, period.start)
                start = period.end
        return words + self.sentence.words(start, self.at)

    def parted(self, at: int) -> bool:
        """Whether a semicolon stands between a place before it and the figure."""
        return self.sentence.parted(at, self.figure.start)

    def commas(self, at: int) -> int:
        """Commas between a place before it and the figure."""
        return self.sentence.commas(at, self.figure.start)


def clauses_of(sentence: Sentence) -> list[Clause]:
    """One clause a figure, from left to right; roles are still to be read."""
    clauses: list[Clause] = []
    begin = beyond = sentence.start
    for index, figure in enumerate(sentence.figures):
        limit = _next_start(sentence, index)
        number_end = figure.start + len(figure.printed)
        tail_end = max(figure.end, _tail_end(sentence, max(number_end, figure.end), max(limit, figure.end)))
        begin = max(begin, beyond) if beyond <= figure.bound_start else begin
        beyond = _behind_share(sentence, index, tail_end)
        lead = min(begin, figure.start), figure.bound_start
        clauses.append(Clause(sentence, figure, lead, (number_end, max(tail_end, beyond))))
        begin = tail_end if tail_end < limit else _label_end(sentence, figure)
    return clauses


def _behind_share(sentence: Sentence, index: int, tail_end: int) -> int:
    """ "12.000 hồ sơ (chiếm 95%) được giải quyết đúng hạn": the words of a number go on behind its share."""
    figure, share = sentence.figures[index], next(iter(sentence.figures[index + 1 :]), None)
    bracket = sentence.bracket(share.start) if share and share.unit == "percent" != figure.unit else None
    if share is None or bracket is None or sentence.words(tail_end, bracket[0]).strip():
        return sentence.start
    words = _WORD.findall((sentence.words(bracket[0], share.start) + sentence.words(share.end, bracket[1])).lower())
    if not word_set("sharing").issuperset(words):
        return sentence.start
    return _tail_end(sentence, bracket[1], max(_next_start(sentence, index + 1), bracket[1]))


def _next_start(sentence: Sentence, index: int) -> int:
    """Where the next figure begins; the upper end of a range is no next figure for its lower end."""
    figure = sentence.figures[index]
    rest = [other for other in sentence.figures[index + 1 :] if figure.range_end or not other.range_end]
    return rest[0].bound_start if rest else sentence.end


def _label_end(sentence: Sentence, figure: Figure) -> int:
    """A label that begins in a figure's noun is that figure's to its end: "lượt thanh toán trực tuyến"."""
    own = (label for label in sentence.labels if figure.start <= label.start < figure.end)
    return max([figure.end, *(label.end for label in own if figure.noun.lower() in label.nouns)])


@cache
def _tail_ends() -> regex.Pattern[str]:
    short = r"\p{Lu}{2,8}(?:[ -]\p{Lu}{2,8})?"  # "(FDI)", "(PAR INDEX)": what stands before goes on
    brackets = rf"\((?!{short}\))|(?<!\({short})\)"
    words = rf"\s(?!{one_of('tail_goes_on')})(?=(?:{one_of('tail_ends')})\s)"
    return regex.compile(rf"[;:\n]|{brackets}|,(?!\d)|{words}")


def _tail_end(sentence: Sentence, start: int, limit: int) -> int:
    for match in _tail_ends().finditer(sentence.words(start, limit)):
        at = start + match.start()
        inside_label = match.group() == " " and any(label.start < at < label.end for label in sentence.labels)
        if not inside_label and not sentence.is_joined(at):
            return at
    return limit
