"""Patterns are tried only where a text has their first word: "quý" for "quý III", a digit for "9 tháng đầu năm"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

import regex

DIGIT = "0"
"""Stands for the first digit of any number."""
_WORD = regex.compile(r"\p{L}++|\d++")


@lru_cache(maxsize=4)
def word_starts(text: str) -> Mapping[str, list[int]]:
    """Where each word of a text begins, in lower case; of numbers their first digits."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        starts.setdefault(DIGIT if word[0].isdecimal() else word.lower(), []).append(match.start())
    return starts


def first_word(phrase: str) -> str:
    """What a text must have for the phrase to begin there. Raises ValueError where that is neither word nor number."""
    match = _WORD.match(phrase.lower())
    if match is None:
        raise ValueError(f"{phrase!r} begins with no word")
    return DIGIT if match.group()[0].isdecimal() else match.group()


class Opening:
    """A pattern that can match only from the beginning of some words on; compiled when the first of them is met."""

    def __init__(self, heads: Iterable[str], pattern: Callable[[], regex.Pattern[str]]) -> None:
        self._heads = frozenset(heads)
        self._pattern = pattern

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """What the pattern's own `finditer` would find."""
        starts = word_starts(text)
        places = sorted(at for head in self._heads & starts.keys() for at in starts[head])
        reached = 0
        for at in places:
            match = self._pattern().match(text, at) if at >= reached else None
            if match is not None:
                reached = match.end()
                yield match
