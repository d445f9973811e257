"""Patterns are tried only where a text has their first word: "quý" of "quý III", "9 tháng" of "9 tháng đầu năm"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import regex

NUMBER = "0"
"""Stands for any number; what is behind it is told apart: "0 tháng", "0/", "0" for all else."""
_LETTERS = regex.compile(r"\p{L}++")
_FIRST = regex.compile(r"\p{L}++(?: \p{L}++)?")
_NUMBER = regex.compile(r"\d++(?=(?: ++(\p{L}++)|([/.-]))?)")
_SHORT = 2
"""Words of so few letters are parts of many others."""


class WordStarts:
    """Where words of a text begin, in small letters, and each number with the word behind it; found when asked."""

    def __init__(self, text: str) -> None:
        self._text = lowered(text)
        self._found: dict[str, list[int]] = {}
        for match in _NUMBER.finditer(self._text):
            following, mark = match.groups()
            key = number_before(following) if following else PART_OF_DATE if mark else NUMBER
            self._found.setdefault(key, []).append(match.start())
        self._has = self._found.keys() | _words_among(self._text)

    def of(self, heads: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, list[int]]]:
        """Of some heads by their first words, those that the text has, and where; two words have any spaces between."""
        for first in heads.keys() & self._has:
            for words in heads[first]:
                if found := self._of(words):
                    yield words, found

    def _of(self, words: str) -> list[int]:
        if words not in self._found:
            word, _, following = words.partition(" ")
            self._found[words] = self._pairs(word, following) if following else list(_whole(self._text, word))
        return self._found[words]

    def _pairs(self, word: str, following: str) -> list[int]:
        """Where a word stands with another behind it, or with a number."""
        text, size, close = self._text, len(word), " " if following == NUMBER else f" {following}"
        near = [at for at in self._of(word) if text.startswith((close, "  "), at + size)]
        return [at for at in near if self._follows(at + size, following)]

    def _follows(self, end: int, word: str) -> bool:
        at = end
        while self._text.startswith(" ", at):
            at += 1
        if word == NUMBER:
            return self._text[at : at + 1].isdigit()
        behind = self._text[at + len(word) : at + len(word) + 1]
        return self._text.startswith(word, at) and not behind.isalpha()


def _words_among(text: str) -> set[str]:
    """The words of a text, and what else stands between its spaces."""
    pieces = set(text.split())
    return pieces.union(_LETTERS.findall(" ".join(piece for piece in pieces if not piece.isalpha())))


def lowered(text: str) -> str:
    """In small letters, as long as it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _whole(text: str, word: str) -> Iterator[int]:
    if len(word) <= _SHORT:
        yield from (match.start() for match in _alone(word).finditer(text))
        return
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalpha()) and not text[end : end + 1].isalpha():
            yield at
        at = text.find(word, end)


@cache
def _alone(word: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){word}(?!\p{{L}})")


@lru_cache(maxsize=4)
def word_starts(text: str) -> WordStarts:
    return WordStarts(text)


PART_OF_DATE = NUMBER + "/"
"""A number right before "/", "." or "-"."""


def number_before(word: str) -> str:
    """A number with this word behind it."""
    return f"{NUMBER} {word}"


def first_words(phrase: str) -> str:
    """What a text must have for the phrase to begin there, one word or two. Raises ValueError where that is no word."""
    match = _FIRST.match(phrase.lower())
    if match is None:
        raise ValueError(f"{phrase!r} begins with no word")
    return match.group()


@lru_cache(maxsize=256)
def words_in(text: str) -> frozenset[str]:
    """The words of a short text, in lower case."""
    return frozenset(list_words(text))


def list_words(text: str) -> list[str]:
    """The words of a text from left to right, in lower case."""
    words: list[str] = _LETTERS.findall(text.lower())
    return words


def first_letters(text: str) -> str:
    """The word that a text begins with, in lower case; "" where it begins with none."""
    match = _LETTERS.match(text)
    return match.group().lower() if match else ""


def last_letters(text: str) -> str:
    """The word that a text ends with, in lower case; "" where it ends with none."""
    at = len(text)
    while at and text[at - 1].isalpha():
        at -= 1
    return text[at:].lower()


class Listed:
    """A pattern for any of some phrases, searched for only in texts that have the first word of one of them."""

    def __init__(self, phrases: Iterable[str], pattern: Callable[[], regex.Pattern[str]]) -> None:
        small = [phrase.lower() for phrase in phrases]
        first = [_LETTERS.search(phrase) for phrase in small]
        self._heads = frozenset(match.group() for match in first if match)
        self._wordless = not all(first)
        self._short = any(len(head) <= _SHORT for head in self._heads)
        self._begin = frozenset(map(first_letters, small))
        self._end = frozenset(map(last_letters, small))
        self._pattern = pattern

    def may_be_in(self, text: str) -> bool:
        """False only where none of the phrases can be."""
        if self._wordless:
            return True
        if self._short:
            return not self._heads.isdisjoint(words_in(text))
        return any(map(text.lower().__contains__, self._heads))

    def search(self, text: str) -> regex.Match[str] | None:
        return self._pattern().search(text) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        return self._pattern().finditer(text) if self.may_be_in(text) else iter(())

    def begins(self, text: str) -> bool:
        """Whether a text begins with one of the phrases."""
        return first_letters(text) in self._begin and self._pattern().match(text) is not None

    def ends(self, text: str) -> bool:
        """Whether a text ends with one of them."""
        if last_letters(text) not in self._end:
            return False
        return any(match.end() == len(text) for match in self._pattern().finditer(text))


class Opening:
    """A pattern that can match only from the beginning of some words on; compiled when the first of them is met."""

    def __init__(self, heads: Iterable[str], pattern: Callable[[], regex.Pattern[str]]) -> None:
        self.heads = frozenset(heads)
        self._by_first = _by_first(self.heads)
        self._pattern = pattern

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """What the pattern's own `finditer` would find."""
        return self.matches(text, (at for _, starts in word_starts(text).of(self._by_first) for at in starts))

    def matches(self, text: str, starts: Iterable[int]) -> Iterator[regex.Match[str]]:
        """The same, where it is known where the heads are."""
        reached = 0
        for at in sorted(starts):
            match = self._pattern().match(text, at) if at >= reached else None
            if match is not None:
                reached = match.end()
                yield match


class Openings:
    """Several patterns; their heads are looked for together."""

    def __init__(self, named: Mapping[str, Opening]) -> None:
        self._named = named
        self._by_first = _by_first(head for one in named.values() for head in one.heads)
        self._names: dict[str, list[str]] = {}
        for name, one in named.items():
            for head in one.heads:
                self._names.setdefault(head, []).append(name)

    def finditer(self, text: str) -> Iterator[tuple[str, regex.Match[str]]]:
        """What each of them finds, with its name, in their order."""
        starts: dict[str, list[int]] = {}
        for head, found in word_starts(text).of(self._by_first):
            for name in self._names[head]:
                starts.setdefault(name, []).extend(found)
        for name, one in self._named.items():
            yield from ((name, match) for match in one.matches(text, starts.get(name, ())))


def _by_first(heads: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for head in sorted(set(heads)):
        found.setdefault(head if head.startswith(NUMBER) else head.partition(" ")[0], []).append(head)
    return found
