"""The words of catalogue/tables.yml, ready for matching."""

from __future__ import annotations

from functools import cache

import regex

from extractors.page_words import fold
from extractors.wording import choices, words_of

_BRACKETS = regex.compile(r"\([^()]*\)")


@cache
def says(name: str) -> regex.Pattern[str]:
    """Any word of a list, at word bounds."""
    return regex.compile(rf"(?i)(?<![\p{{L}}\d])(?:{choices(words_of('tables')[name])})(?!\p{{L}})")


@cache
def _folded(*path: str) -> frozenset[str]:
    words = words_of("tables")
    for key in path:
        words = words[key]
    return frozenset(fold(str(word)) for word in words)


@cache
def _heads(*kinds: str) -> frozenset[str]:
    return frozenset().union(*(_folded("heads", kind) for kind in kinds))


def is_head(text: str, *kinds: str) -> bool:
    """Whether a cell is, brackets aside, the head of a column of these kinds (`places`, `times`, `number` …)."""
    return _bare(text) in _heads(*kinds)


def is_called(text: str, name: str) -> bool:
    """Whether a cell is, brackets aside, a word of the list."""
    return _bare(text) in _folded(name)


def _bare(text: str) -> str:
    return fold(_BRACKETS.sub(" ", text) if "(" in text else text)
