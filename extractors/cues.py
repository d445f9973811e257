"""Words that say what a figure is: whose offices ("UBND cấp xã"), which way ("giảm"), how sure ("ước đạt")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extractors.openings import Listed
from extractors.phrases import Phrases
from extractors.wording import choices, words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of `kind` (scope, up, down, status, …) and what it says, at `start:end` of the text."""

    start: int
    end: int
    kind: str
    value: str


class Cues:
    """All cue words of the catalogue."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.rating: dict[str, list[str]] = raw["rating"]
        self.zeros: dict[str, list[str]] = raw["zeros"]
        self.sets = {name: _as_tuple(value) for name, value in raw["sets"].items()}
        phrases = {kind: group for kind, group in raw.items() if kind not in ("words", "rating", "zeros", "sets")}
        self._phrases: Phrases[tuple[str, str]] = Phrases(_entries(phrases), raw.get("words", {}))

    def find(self, text: str) -> list[Cue]:
        """Cues from left to right; of two of a kind that overlap only the longer one."""
        cues: list[Cue] = []
        taken: dict[str, list[tuple[int, int]]] = {}
        for start, end, (kind, value) in sorted(self._phrases.find(text), key=lambda hit: hit.start - hit.end):
            spans = taken.setdefault(kind, [])
            at = bisect_left(spans, (start, end))
            if not (at and spans[at - 1][1] > start) and not (at < len(spans) and spans[at][0] < end):
                spans.insert(at, (start, end))
                cues.append(Cue(start, end, kind, value))
        return sorted(cues, key=lambda cue: (cue.start, -cue.end))


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every phrase with its kind and value; the YAML nests lists, groups of lists and groups of groups."""
    for kind, group in raw.items():
        if isinstance(group, list):
            yield from ((phrase, (kind, kind)) for phrase in group)
            continue
        for value, phrases in group.items():
            if isinstance(phrases, dict):
                for part, forms in phrases.items():
                    yield from ((phrase, (f"{kind}.{value}", part)) for phrase in forms)
            else:
                yield from ((phrase, (kind, value)) for phrase in phrases)


def _as_tuple(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else tuple(value)


@cache
def cues() -> Cues:
    """The cue words that ship with solieu."""
    return Cues(words_of("cues"))


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a named set, in lower case."""
    return frozenset(word.lower() for word in cues().sets[name])


@cache
def any_of(name: str) -> Listed:
    """Any word of a named set, at word bounds."""
    words = cues().sets[name]
    return Listed(words, cache(lambda: regex.compile(rf"(?<!\p{{L}})(?:{choices(words)})(?!\p{{L}})", regex.I)))


def one_of(name: str) -> str:
    """A pattern for any word of a named set, to build longer ones with."""
    return choices(cues().sets[name])


def ends_with(text: str, name: str) -> bool:
    """Whether a text ends with a word of a named set."""
    return any_of(name).ends(text.rstrip())


def starts_with(text: str, name: str) -> bool:
    """Whether a text begins with a word of a named set."""
    return any_of(name).begins(text)
