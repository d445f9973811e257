"""Figures of some of what an indicator counts, told beside the rest: dossiers before time, trade without services."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from extractors.choose import Choice
from extractors.clauses import Clause
from extractors.cues import any_of, starts_with
from extractors.indicators import Label, catalogue
from extractors.labels import Codes, own_labels
from extractors.ratings import breakdown_of
from extractors.sentences import Sentence, Spanned, nearest_before

_IN_TIME = "dossier.on_time"
_LATE = "dossier.late"
_TASKS = "tasks.on_time_rate"
_REACH, _NOUN_REACH = 60, 12


def is_portion(clause: Clause) -> bool:
    """Whether a figure is of some of what its indicator counts, where the rest is told beside it."""
    if not _may_be_told(clause.sentence):
        return False
    label = next(iter(own_labels(clause, ())), None) or _carried_on(clause)
    is_some = _KINDS.get(label.codes[0]) if label is not None else None
    return is_some is not None and label is not None and is_some(clause, label)


def is_some_of(clause: Clause, choice: Choice, told: Codes) -> bool:
    """ "11 dự án được cấp mới. Trong đó, có 10 dự án cấp mới thuộc khu công nghiệp": what was told before, and of no
    place, offices, time or part that would tell it apart."""
    lead = clause.sentence.words(clause.sentence.start, clause.at) if _is_first(clause) else clause.lead_words
    if (
        choice.measure != "level"
        or not told
        or choice.indicator.code != told[0]
        or any_of("going_on").search(lead) is None
    ):
        return False
    apart: tuple[Spanned, ...] = (*clause.sentence.places, *clause.sentence.of_kind("scope"), *clause.sentence.periods)
    return not breakdown_of(clause, choice.indicator) and not any(clause.in_lead(one) for one in apart)


def _is_first(clause: Clause) -> bool:
    return clause.figure is clause.sentence.figures[0]


@lru_cache(maxsize=16)
def _may_be_told(sentence: Sentence) -> bool:
    """Whether a sentence may name a whole and a part of it; asked of every one, it is content with words."""
    named = {(label.codes[0], label.start) for label in sentence.labels if label.codes[0] in _KINDS}
    codes = [code for code, _ in named]
    apart = any_of("early").may_be_in(sentence.text) or any_of("pending").may_be_in(sentence.text)
    if apart and (_IN_TIME in codes or _LATE in codes):
        return True
    tasks = _TASKS in codes and any(f.noun in catalogue()["tasks.completed"].nouns for f in sentence.figures)
    return tasks or any(codes.count(code) > 1 for code in _WHOLES)


def _carried_on(clause: Clause) -> Label | None:
    """ "5.230 hồ sơ trước hạn (61,4%)", "bán lẻ hàng hóa 6.030 tỷ đồng, tăng 9%": of what stands in front."""
    bracket = clause.sentence.bracket(clause.at)
    if bracket is None and clause.role.name not in ("change", "multiple"):
        return None
    last = nearest_before(clause.sentence.labels, bracket[0] if bracket else clause.at)
    return last if last and not clause.parted(last.end) else None


@lru_cache(maxsize=16)
def _halves(sentence: Sentence) -> frozenset[int]:
    """ "trước hạn 40.200 hồ sơ, đúng hạn 9.400": where the names of either begin; of both together nothing is told.

    In "đúng hạn 99%, trong đó trước hạn 61%" the first is the whole.
    """
    names = [label for label in sentence.labels if label.codes[0] == _IN_TIME]
    names = [one for one in names if not any(_holds(other, one) for other in names)]
    early = {one.start for one in names if starts_with(sentence.words(one.start, one.end).lower(), "early")}
    found: set[int] = set()
    for one, other in pairwise(names):
        if (one.start in early) != (other.start in early) and _are_beside(sentence, one, other):
            found.add(other.start)
            if not _is_part(sentence, one, other):
                found.add(one.start)
    return frozenset(found)


def _is_half(clause: Clause, label: Label) -> bool:
    return clause.figure.unit in ("count", "percent") and label.start in _halves(clause.sentence)


def _holds(outer: Label, inner: Label) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _are_beside(sentence: Sentence, one: Label, other: Label) -> bool:
    """Whether a figure stands between two names, and no other part of the sentence."""
    apart = other.start - one.end > _REACH or sentence.parted(one.end, other.start)
    return not apart and any(one.end <= figure.start < other.start for figure in sentence.figures)


def _is_part(sentence: Sentence, whole: Label, part: Label) -> bool:
    """ "đúng hạn 49.600 hồ sơ (trước hạn 40.200)", "…, trong đó trước hạn 40.200"."""
    inside = sentence.bracket(part.start) not in (None, sentence.bracket(whole.start))
    return inside or any_of("of_which").search(sentence.words(whole.end, part.start)) is not None


def _is_pending(clause: Clause, late: Label) -> bool:
    """ "đang giải quyết 3.820 hồ sơ, quá hạn 15 hồ sơ": late, and not resolved."""
    sentence = clause.sentence
    before = sentence.words(sentence.start, late.start).rpartition(";")[2]
    pending = max((match.end() for match in any_of("pending").finditer(before)), default=None)
    return pending is not None and any_of("resolving").search(before[pending:]) is None


def _is_done_in_time(clause: Clause, in_time: Label) -> bool:
    """ "hoàn thành 3.237 nhiệm vụ (3.098 nhiệm vụ đúng hạn)": some of those completed."""
    before = (f for f in clause.sentence.figures if f.end <= clause.at and f.noun == clause.figure.noun)
    return clause.figure.unit == "count" and any(not clause.parted(figure.end) for figure in before)


def _is_trade_alone(clause: Clause, trade: Label) -> bool:
    """ "Tổng mức bán lẻ hàng hóa và dịch vụ đạt 7.210 tỷ đồng, trong đó bán lẻ hàng hóa 6.030 tỷ đồng"."""
    sentence = clause.sentence
    whole = [label for label in sentence.labels if label.codes == trade.codes and label.end < trade.start]
    whole = [one for one in whole if not any(_holds(other, one) for other in sentence.labels if not other.codes[0])]
    alone = any_of("all_trade").search(sentence.words(trade.start, trade.end)) is None
    return alone and any(any_of("of_which").search(sentence.words(label.end, trade.start)) for label in whole)


def _is_local(clause: Clause, budget: Label) -> bool:
    """ "thu ngân sách trên địa bàn 20.000 tỷ đồng; thu ngân sách địa phương 38.500 tỷ đồng": another account."""
    sentence = clause.sentence
    named = sentence.words(budget.start, budget.end + _NOUN_REACH).lower()
    others = (label for label in sentence.labels if label.codes[0] == budget.codes[0] and label.end <= budget.start)
    return any_of("local_budgets").search(named) is not None and any(others)


_KINDS: dict[str, Callable[[Clause, Label], bool]] = {
    _IN_TIME: _is_half,
    _LATE: lambda clause, late: clause.figure.unit in ("count", "percent") and _is_pending(clause, late),
    _TASKS: _is_done_in_time,
    "econ.retail_sales": _is_trade_alone,
    "budget.revenue": _is_local,
}
_WHOLES = ("econ.retail_sales", "budget.revenue")
"""Kinds of which the name of the whole says the part's too."""
