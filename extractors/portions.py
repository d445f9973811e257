"""Counts of some of the dossiers that an indicator counts: those before time beside those on the day, those pending."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from extractors.clauses import Clause
from extractors.cues import any_of, starts_with
from extractors.indicators import Label
from extractors.labels import own_labels
from extractors.sentences import Sentence, nearest_before

_IN_TIME = "dossier.on_time"
_LATE = "dossier.late"
_REACH = 60


def is_portion(clause: Clause) -> bool:
    """Whether a figure is of some dossiers where the others are told beside them."""
    if clause.figure.unit not in ("count", "percent"):
        return False
    label = next(iter(own_labels(clause, ())), None) or _before_bracket(clause)
    if label is None or label.codes[0] not in (_IN_TIME, _LATE):
        return False
    return label.start in _halves(clause.sentence) if label.codes[0] == _IN_TIME else _is_pending(clause, label)


def _before_bracket(clause: Clause) -> Label | None:
    """ "5.230 hồ sơ trước hạn (61,4%)": what a share in brackets is of stands in front of them."""
    bracket = clause.sentence.bracket(clause.at)
    last = nearest_before(clause.sentence.labels, bracket[0]) if bracket else None
    return last if last and bracket and not clause.sentence.commas(last.end, bracket[0]) else None


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
