"""The words of the catalogue as patterns: lists from YAML, compiled when first used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from extractors.openings import Listed, Opening, first_words

_CATALOGUE = Path(__file__).parent / "catalogue"


@cache
def words_of(name: str) -> Mapping[str, Any]:
    """One YAML file of the catalogue: `words_of("units")`."""
    loaded: Mapping[str, Any] = yaml.load((_CATALOGUE / f"{name}.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


def choices(words: Iterable[object]) -> str:
    """A pattern for any of the words, the longest first; a space stands for one or two spaces."""
    ordered = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(regex.escape(word, literal_spaces=True).replace(" ", r" {1,2}") for word in ordered)


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern, compiled once; quicker than `regex.search(text)`, which looks its cache up the long way."""
    return regex.compile(pattern)


@cache
def backwards(pattern: str) -> regex.Pattern[str]:
    """The pattern, searched for from the end of a text on: for one that has to end there."""
    return regex.compile(pattern, regex.REVERSE)


def opening(heads: Iterable[str], pattern: str) -> Opening:
    """A pattern that begins with one of some phrases."""
    return Opening(map(first_words, heads), cache(lambda: regex.compile(pattern)))


@cache
def starting(name: str, key: str) -> regex.Pattern[str]:
    """Any word of a list, after spaces, at the place where matching begins."""
    return regex.compile(rf"(?i) *(?:{choices(words_of(name)[key])})(?!\p{{L}})")


@cache
def ending(name: str, key: str, gap: str = r" +") -> Listed:
    """Any word of a list, then `gap`, at the very end of the text searched."""
    words = words_of(name)[key]
    pattern = cache(lambda: backwards(rf"(?i)(?<![\p{{L}}\d])(?:{choices(words)}){gap}\Z"))
    return Listed(words, pattern)
