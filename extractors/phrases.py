"""Find phrases of the catalogue in a text: "(trễ|quá) hạn", "hồ sơ [TTHC] .. trực tuyến".

The little language of the YAML files: words; `(a|b)` either; `[a]` may be missing; `{NAME}` a named list of
words; ` .. ` up to `GAP` characters of the same clause. Everything is matched without regard to case, at word
bounds, in one Aho–Corasick pass over the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick

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


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found at `start:end`, and what the catalogue says it means."""

    start: int
    end: int
    meaning: T


class Phrases(Generic[T]):
    """Phrases and their meanings, ready to be looked for."""

    def __init__(self, entries: Iterable[tuple[str, T]], words: Mapping[str, str] | None = None) -> None:
        self._automaton = ahocorasick.Automaton()
        meanings: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in entries:
            for form in expand(phrase, words):
                parts = tuple(part.strip() for part in form.split(" .. "))
                meanings.setdefault(parts[-1], []).append((parts, meaning))
                for part in parts:
                    meanings.setdefault(part, [])
        for part in meanings:
            self._automaton.add_word(part, part)
        self._meanings = meanings
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit[T]]:
        """Every phrase in `text`, left to right, longer ones first where they begin together."""
        lowered = text.lower()
        if len(lowered) != len(text) or not self._meanings:
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        ends: dict[str, list[int]] = {}
        for last, part in self._automaton.iter(lowered):
            if _word_bound(lowered, last + 1 - len(part), last + 1):
                ends.setdefault(part, []).append(last + 1)
        hits = list(self._hits(lowered, ends))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _hits(self, text: str, ends: Mapping[str, list[int]]) -> Iterator[Hit[T]]:
        for part, found in ends.items():
            for parts, meaning in self._meanings[part]:
                for end in found:
                    start = _start_of(text, ends, parts, end)
                    if start is not None:
                        yield Hit(start, end, meaning)


def _start_of(text: str, ends: Mapping[str, list[int]], parts: tuple[str, ...], end: int) -> int | None:
    """Where a phrase that ends at `end` begins, if its earlier parts stand close enough before."""
    start = end - len(parts[-1])
    for part in reversed(parts[:-1]):
        before = [e for e in ends.get(part, ()) if e < start and start - e <= GAP]
        if not before or not _same_clause(text, before[-1], start):
            return None
        start = before[-1] - len(part)
    return start


def _same_clause(text: str, start: int, end: int) -> bool:
    return not any(letter in _CLAUSE_MARKS for letter in text[start:end])


def _word_bound(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())
