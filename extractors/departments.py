"""A department's own place or score: "Sở Công Thương dẫn đầu với 79,2 điểm" says nothing of the province."""

from __future__ import annotations

from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, word_set
from extractors.wording import choices

_UNITS = ("rank", "points", "percent", "rating")
_STOP = regex.compile(r"[,;:.(](?!\d)")


def is_departments(clause: Clause) -> bool:
    """Whether a department is the subject of the figure: no name of an indicator stands between the two."""
    sentence, figure = clause.sentence, clause.figure
    if figure.unit not in _UNITS:
        return False
    words = _STOP.split(sentence.words(sentence.start, figure.bound_start))[-1]
    named = _named().search(words)
    if named is None or any_of("telling").search(words):
        return False
    start = figure.bound_start - len(words) + named.start()
    labelled = any(label.start > start and label.end <= clause.at for label in sentence.labels)
    return not labelled and (figure.kind == "rank" or any_of("scoring").search(words[named.end() :]) is not None)


@cache
def _named() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{choices(word.capitalize() for word in word_set('departments'))}) \p{{Lu}}")
