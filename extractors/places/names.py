"""Every name that units go by, in every spelling, and who bears it when."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import regex

from extractors.places.gazetteer import REFORM, Locality, dated_names, is_new, localities, locality
from extractors.wording import words_of

_HYPHENS = (" - ", "-", " -", "- ", " – ", "–")
_APOSTROPHES = ("'", "’", "‘", "`", "´")


class Bearer(NamedTuple):
    """A unit that goes by some name, as a unit of `type`, from `since` to `until`."""

    id: str
    type: str
    tier: str
    since: date | None = None
    until: date | None = None

    def bears_it(self, on: date) -> bool:
        """Is the unit in the list valid on that day, and under this name?"""
        return self.listed(on) and self.known(on) and (self.until is None or on <= self.until)

    def listed(self, on: date) -> bool:
        """Is the unit in the list valid on that day?"""
        return is_new(self.id) == (on >= REFORM)

    def known(self, on: date) -> bool:
        """Did it bear the name by that day? It may have lost it since."""
        return self.since is None or self.since <= on


@cache
def place_words() -> Mapping[str, Any]:
    """`catalogue/localities.yml`: aliases, type words and the words that tell a place from a person."""
    return words_of("localities")


def names_of(unit: Locality) -> set[str]:
    """Every name of a unit in its first spelling, without type words."""
    return {
        unit.short,
        *(name.short for name in dated_names().get(unit.id, ())),
        *(alias["name"] for alias in _aliases(unit.id)),
    }


@cache
def bearers() -> Mapping[str, tuple[Bearer, ...]]:
    """Every name without its type word, in every spelling, and the units that go by it."""
    found: dict[str, list[Bearer]] = defaultdict(list)
    for unit in localities():
        for name, bearer in _official(unit):
            found[name].append(bearer)
    for id in place_words()["names"]:
        for name, bearer in _unofficial(id):
            _refuse_clash(name, bearer, found[name])
            found[name].append(bearer)
    spelled: dict[str, tuple[Bearer, ...]] = {}
    for name, units in found.items():
        for spelling in _spellings(name):
            spelled[spelling] = spelled.get(spelling, ()) + tuple(units)
    return spelled


def _official(unit: Locality) -> Iterator[tuple[str, Bearer]]:
    tier = unit.tier
    if tier == "country":
        return
    names = dated_names().get(unit.id)
    if names is None:
        yield unit.short, Bearer(unit.id, unit.type, tier, unit.valid_from, unit.valid_to)
    for name in names or ():
        days = (name.since or unit.valid_from, name.until or unit.valid_to)
        yield name.short, Bearer(unit.id, name.type, tier, *days)


def _unofficial(id: str) -> Iterator[tuple[str, Bearer]]:
    unit = locality(id)
    if unit is None:
        raise ValueError(f"catalogue/localities.yml: names: {id} is no unit of catalogue/localities/units.tsv")
    for entry in _aliases(id):
        days = (entry.get("since", unit.valid_from), entry.get("until", unit.valid_to))
        yield entry["name"], Bearer(id, entry.get("type", unit.type), unit.tier, *days)


def _refuse_clash(name: str, alias: Bearer, others: list[Bearer]) -> None:
    """An alias must not be a name of another unit of its type in the same province and list."""
    parent = locality(alias.id)
    for other in others:
        beside = locality(other.id)
        alike = other.type == alias.type and is_new(other.id) == is_new(alias.id) and other.id != alias.id
        if alike and parent and beside and parent.parent == beside.parent:
            raise ValueError(f"catalogue/localities.yml: names: {name!r} of {alias.id} is a name of {other.id} too")


def _aliases(id: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = place_words()["names"].get(id, [])
    return found


def _spellings(name: str) -> set[str]:
    """`Đắk R'Lấp` → also `Đăk R'lấp`, `Đắc R’Lấp`; `Bà Rịa - Vũng Tàu` → also `Bà Rịa-Vũng Tàu`."""
    if not _varied().search(name):
        return {name}
    words = [_syllable_spellings().get(word, (word,)) for word in name.split(" ")]
    forms = {" ".join(choice) for choice in itertools.product(*words)}
    if " - " in name:
        forms = {form.replace(" - ", hyphen) for form in forms for hyphen in _HYPHENS}
    if "'" in name:
        tail = name.partition("'")[2]
        forms |= {form.replace("'" + tail, "'" + tail[:1].swapcase() + tail[1:]) for form in forms}
        forms = {form.replace("'", mark) for form in forms for mark in _APOSTROPHES}
    return forms


@cache
def _varied() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(_syllable_spellings())})(?!\p{{L}})| - |'")


@cache
def _syllable_spellings() -> Mapping[str, tuple[str, ...]]:
    return {word: tuple(group) for group in place_words()["spellings"] for word in group}
