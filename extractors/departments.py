"""A department's own figures: "Sở Công Thương dẫn đầu với 79,2 điểm", "Sở Xây dựng tiếp nhận 1.204 hồ sơ" say nothing
of the province."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, one_of, word_set
from extractors.sentences import Sentence
from extractors.slots import Span
from extractors.wording import choices

_UNITS = ("rank", "points", "percent", "rating")
_SERVED = ("dossier.", "online.", "postal.")
_NEAR = 16
_STOP = regex.compile(r"[,;:.(](?!\d)")


def is_departments(clause: Clause) -> bool:
    """Whether a department is the subject of the figure: no name of an indicator stands between the two."""
    sentence, figure = clause.sentence, clause.figure
    if figure.unit not in _UNITS:
        return False
    score = clause.score_before  # "Sở Tài chính đạt 81,2 điểm, đứng đầu khối sở, ngành": whose that is
    at = score.bound_start if score is not None and score.unit in _UNITS else figure.bound_start
    words = _STOP.split(sentence.words(sentence.start, at))[-1]
    named = _named().search(words)
    if named is None or any_of("telling").search(words):
        return False
    start = at - len(words) + named.start()
    labelled = any(label.start > start and label.end <= clause.at for label in sentence.labels)
    return not labelled and (figure.kind == "rank" or any_of("scoring").search(words[named.end() :]) is not None)


@lru_cache(maxsize=16)
def serving(sentence: Sentence) -> tuple[Span, ...]:
    """Departments that serve people by themselves: "Sở Xây dựng đã tiếp nhận 1.204 hồ sơ"; not "theo Sở Nội vụ, …"."""
    served = any(label.codes[0].startswith(_SERVED) for label in sentence.labels)
    matches = _serving().finditer(sentence.text) if served and any_of("serving").may_be_in(sentence.text) else ()
    spans = [(sentence.start + match.start(), sentence.start + match.end()) for match in matches]
    return tuple(span for span in spans if _serves(sentence, *span))


def _serves(sentence: Sentence, start: int, end: int) -> bool:
    """Not "theo Sở Nội vụ", nor "Sở Lao động giải quyết việc làm": the next name is of what people are served with."""
    behind = [label for label in sentence.labels if label.start >= end]
    first = min((label.end for label in behind), default=0)
    named = max((label for label in behind if label.start < first), key=lambda label: label.end, default=None)
    told = ends_with(sentence.words(start - _NEAR, start).lower().rstrip(), "by_way_of")
    return named is not None and named.codes[0].startswith(_SERVED) and not told


@cache
def _named() -> regex.Pattern[str]:
    return regex.compile(_office())


@cache
def _serving() -> regex.Pattern[str]:
    one = rf"(?:{_office()}[^;:.()\d]{{1,60}}?|(?<!\p{{L}})(?i:{one_of('offices_alone')})[^,;:.()\d]{{0,40}}?)"
    does = rf"(?= (?:(?:{one_of('already')}) )?(?:{one_of('serving')}) )"
    return regex.compile(rf"{one}{does}|^(?i:{one_of('venues')}) {one}(?=,)")


def _office() -> str:
    return rf"(?<!\p{{L}})(?:{choices(word.capitalize() for word in word_set('departments'))}) \p{{Lu}}"
