"""Cut a text into the words that matter for places: names, type words ("TP.", "huyện"), regions, the country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import ahocorasick

from extractors.gazetteer import Bearer, bearers, place_words


@dataclass(frozen=True, slots=True)
class Token:
    """`label`: name, type, region, country, country_name or abroad; `word`: the text as it stands."""

    start: int
    end: int
    label: str
    word: str

    @property
    def short(self) -> bool:
        """A type word that stands only before a name: "TP.", "H."."""
        return self.word in _shorts()

    @property
    def types(self) -> tuple[str, ...]:
        """Types of unit that a type word stands for."""
        return type_words().get(self.word, ())

    @property
    def units(self) -> tuple[Bearer, ...]:
        """Every unit that goes by this name, or by one that reads so in capitals."""
        names = [self.word] if self.word in bearers() else _capitals()[self.word]
        return tuple(dict.fromkeys(unit for name in names for unit in bearers()[name]))


def find_tokens(text: str) -> Iterator[Token]:
    """The longest known words from left to right, on word bounds."""
    hits: list[tuple[int, int, str, str]] = []
    for last, (label, word) in _automaton().iter(text):
        start, end = last + 1 - len(word), last + 1
        if _bounded(text, start, end, word):
            hits.append((start, -end, label, word))
    reached = 0
    for start, end, label, word in sorted(hits):
        if start >= reached:
            reached = -end
            yield Token(start, reached, label, word)


def _bounded(text: str, start: int, end: int, word: str) -> bool:
    if start and text[start - 1].isalnum():
        return False
    if word in _shorts() and end < len(text):
        return word[-1] == "." or text[end] == " " or (text[end].isdigit() and len(word) == 1)
    return end == len(text) or not text[end].isalnum()


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, label in _labels().items():
        automaton.add_word(word, (label, word))
    automaton.make_automaton()
    return automaton


def _labels() -> dict[str, str]:
    """Every word to look for; where one word is two things, the later line wins."""
    words = place_words()
    labels = {form: "abroad" for word in words["abroad"] for form in (word, word[0].upper() + word[1:])}
    labels |= dict.fromkeys(_capitals(), "name")
    labels |= {name: "name" for name in bearers() if not is_numeral(name)}
    labels |= {form: "country" for word in words["country"] for form in (word, word[0].upper() + word[1:])}
    labels |= dict.fromkeys(words["regions"], "region")
    labels[words["country_name"]] = "country_name"
    return labels | dict.fromkeys(type_words(), "type")


def is_numeral(name: str) -> bool:
    """Wards go by numbers ("Phường 2", "Phường IV"): names only after their type word."""
    return name.isdigit() or not name.strip("IVX")


@cache
def _capitals() -> Mapping[str, tuple[str, ...]]:
    """Names as headlines and mastheads print them; of communes only those of two words."""
    names: dict[str, tuple[str, ...]] = {}
    for name, units in bearers().items():
        if not is_numeral(name) and (" " in name or any(unit.tier != "commune" for unit in units)):
            names[name.upper()] = (*names.get(name.upper(), ()), name)
    return names


@cache
def type_words() -> Mapping[str, tuple[str, ...]]:
    """Every form of every type word and the types of unit it stands for."""
    forms = dict(_shorts())
    for kind, entry in place_words()["types"].items():
        for word in entry["words"]:
            forms |= dict.fromkeys((word, word[0].upper() + word[1:], word.title(), word.upper()), (kind,))
    return forms


@cache
def _shorts() -> Mapping[str, tuple[str, ...]]:
    shorts = ((short, kind) for kind, entry in place_words()["types"].items() for short in entry.get("dotted", ()))
    return {form: (kind,) for short, kind in shorts for form in (short, short + ".")}
