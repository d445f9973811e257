"""Find phrases of the catalogue in a text: "(trễ|quá) hạn", "hồ sơ [TTHC] .. trực tuyến".

The little language of the YAML files: words; `(a|b)` either; `[a]` may be missing; `{NAME}` a named list of
words; ` .. ` up to `GAP` characters of the same clause. Everything is matched without regard to case, at word
bounds, in one Aho–Corasick pass over the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from extractors.openings import lowered

GAP = 45
_CLAUSE_MARKS = frozenset('0123456789;:.()\n"“”')
T = TypeVar("T")


class PhraseProblem(ValueError):
    """A phrase of the catalogue that cannot be read."""


def expand(phrase: str, words: Mapping[str, str] | None = None) -> list[str]:
    """Every plain form of a phrase, alternatives and optional parts written out.

    >>> expand("chỉ số [sản xuất] (IIP|công nghiệp)")
    ['chỉ số iip', 'chỉ số công nghiệp', 'chỉ số sản xuất iip', 'chỉ số sản xuất công nghiệp']
    """
    for _ in range(8):
        replaced = phrase
        for name, value in (words or {}).items():
            replaced = replaced.replace("{" + name + "}", value)
        if replaced == phrase:
            break
        phrase = replaced
    if "{" in phrase:
        raise PhraseProblem(f"unknown {{NAME}} in {phrase!r}")
    forms, rest = _alternatives(phrase, 0, "")
    if rest != len(phrase):
        raise PhraseProblem(f"unbalanced brackets in {phrase!r}")
    tidy = (" ".join(form.lower().replace(" ,", ",").split()) for form in forms)
    return list(dict.fromkeys(form for form in tidy if form))


def _alternatives(phrase: str, at: int, closing: str) -> tuple[list[str], int]:
    """The forms from `at` up to `closing`, and where they end."""
    done: list[str] = []
    forms = [""]
    while at < len(phrase) and phrase[at] != closing:
        letter = phrase[at]
        if letter in "([":
            inner, at = _alternatives(phrase, at + 1, ")" if letter == "(" else "]")
            inner = ["", *inner] if letter == "[" else inner
            forms = [form + part for form in forms for part in inner]
        elif letter == "|":
            done += forms
            forms = [""]
        else:
            forms = [form + letter for form in forms]
        at += 1
    if closing and at >= len(phrase):
        raise PhraseProblem(f"unbalanced brackets in {phrase!r}")
    return done + forms, at


class Hit(NamedTuple, Generic[T]):
    """A phrase found at `start:end`, and what the catalogue says it means."""

    start: int
    end: int
    meaning: T


class Phrases(Generic[T]):
    """Phrases and their meanings, ready to be looked for."""

    def __init__(self, entries: Iterable[tuple[str, T]], words: Mapping[str, str] | None = None) -> None:
        self._automaton = ahocorasick.Automaton()
        self._meanings: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        """By the last part of a phrase: its parts before, the nearest first, and what it means."""
        for phrase, meaning in entries:
            for form in expand(phrase, words):
                *before, last = [part.strip() for part in form.split(" .. ")] if " .. " in form else [form]
                self._meanings.setdefault(last, []).append((tuple(reversed(before)), meaning))
                for part in before:
                    self._meanings.setdefault(part, [])
        for part in self._meanings:
            self._automaton.add_word(part, part)
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit[T]]:
        """Every phrase in `text`, left to right, longer ones first where they begin together."""
        return self._found(text, parted=False)

    def find_parted(self, text: str) -> list[Hit[T]]:
        """Those alone that have a ` .. `."""
        return self._found(text, parted=True)

    def _found(self, text: str, *, parted: bool) -> list[Hit[T]]:
        if not self._meanings:
            return []
        small = lowered(text)
        ends: dict[str, list[int]] = {}
        for last, part in self._automaton.iter(small):
            if _word_bound(small, last + 1 - len(part), last + 1):
                ends.setdefault(part, []).append(last + 1)
        hits = list(self._hits(small, ends, parted))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _hits(self, text: str, ends: Mapping[str, list[int]], parted: bool) -> Iterator[Hit[T]]:
        for part, found in ends.items():
            for before, meaning in self._meanings[part]:
                if not before:
                    yield from () if parted else (Hit(end - len(part), end, meaning) for end in found)
                elif before[0] in ends:
                    starts = ((_start_of(text, ends, before, end - len(part)), end) for end in found)
                    yield from (Hit(start, end, meaning) for start, end in starts if start is not None)


def _start_of(text: str, ends: Mapping[str, list[int]], before: tuple[str, ...], start: int) -> int | None:
    """Where a phrase begins whose last part begins at `start`, if its earlier parts stand close enough before."""
    for part in before:
        found = ends.get(part, ())
        at = bisect_left(found, start)
        if not at or start - found[at - 1] > GAP or not _same_clause(text, found[at - 1], start):
            return None
        start = found[at - 1] - len(part)
    return start


def _same_clause(text: str, start: int, end: int) -> bool:
    return _CLAUSE_MARKS.isdisjoint(text[start:end])


def _word_bound(text: str, start: int, end: int) -> bool:
    begins = not start or not text[start - 1].isalnum() or not text[start].isalnum()
    return begins and (end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum())
