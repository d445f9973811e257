"""Cut a text into the words that matter for places: names, type words ("TP.", "huyện"), regions, the country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import ahocorasick

from extractors.places.names import Bearer, bearers, place_words
from extractors.places.units import of_types


class Word(NamedTuple):
    """What is known of a word wherever it stands."""

    types: tuple[str, ...] = ()
    """Types of unit that a type word stands for."""
    short: bool = False
    """A type word that stands only before a name: "TP.", "H."."""
    names: tuple[str, ...] = ()
    """A name as the lists have it, or those that read so in capitals."""
    units: tuple[Bearer, ...] = ()
    """Every unit that goes by the name."""
    tiers: frozenset[str] = frozenset()
    ordinary: bool = False
    """One of the names is also a word or a person's ("Thống Nhất", "Vinh")."""
    never_bare: bool = False
    """A place only after a type word: "tư tưởng Hồ Chí Minh" is no city."""


class Token(NamedTuple):
    """`text` as it stands; `label`: name, type, region, country, country_name, this_place, abroad or no_place."""

    start: int
    end: int
    label: str
    text: str
    word: Word

    def units_of(self, types: tuple[str, ...]) -> tuple[Bearer, ...]:
        """The units of the name that are of the types, see `of_types`."""
        return _units_of(self.word.names, types)


@cache
def _word(label: str, text: str) -> Word:
    if label == "type":
        return Word(types=type_words()[text], short=text in _shorts())
    if label != "name":
        return Word()
    names = (text,) if text in bearers() else _capitals()[text]
    units = tuple(dict.fromkeys(unit for name in names for unit in bearers()[name]))
    ordinary = not _listed("ordinary").isdisjoint(names)
    never = text in _listed("never_bare") or is_numeral(text)
    return Word((), False, names, units, frozenset(unit.tier for unit in units), ordinary, never)


@cache
def _units_of(names: tuple[str, ...], types: tuple[str, ...]) -> tuple[Bearer, ...]:
    return of_types(tuple(dict.fromkeys(unit for name in names for unit in bearers()[name])), types)


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(place_words()[section])


def find_tokens(text: str) -> Iterator[Token]:
    """The longest known words from left to right, on word bounds."""
    shorts, size = _shorts(), len(text)
    hits: list[tuple[int, int, str, str]] = []
    for last, (label, word, more) in _automaton().iter(text):
        end = last + 1 - more
        start = end - len(word)
        if start and text[start - 1].isalnum():
            continue
        if end == size or (text[end] == " " or word[-1] == "." if word in shorts else not text[end].isalnum()) or more:
            hits.append((start, -end, label, word))
    hits.sort()
    reached = 0
    for start, end, label, word in hits:
        if start >= reached:
            reached = -end
            yield Token(start, reached, label, word, _word(label, word))


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, label in _labels().items():
        if len(word) > 1:
            automaton.add_word(word, (label, word, 0))
        else:  # "Q 1", "P4": a letter alone would be found in every word that begins with it
            for behind in " 0123456789":
                automaton.add_word(word + behind, (label, word, 1))
    automaton.make_automaton()
    return automaton


def _labels() -> dict[str, str]:
    """Every word to look for; where one word is two things, the later line wins."""
    words = place_words()
    labels = {form: "abroad" for word in words["abroad"] for form in (word, word[0].upper() + word[1:])}
    labels |= dict.fromkeys(_capitals(), "name")
    labels |= {name: "name" for name in bearers() if not is_numeral(name)}
    labels |= {form: "country" for word in words["country"] for form in (word, word[0].upper() + word[1:])}
    labels |= dict.fromkeys(words["regions"], "region") | dict.fromkeys(words["no_place"], "no_place")
    labels |= {form: "this_place" for word in words["this_place"] for form in (word, word[0].upper() + word[1:])}
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
