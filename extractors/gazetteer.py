"""The units of the country, before and since 1 July 2025, and every name they go by.

A code is the statistical office's: 2 digits a province, 3 a district, 5 a commune, `VN` the country. Units of the
list in force since 2025-07-01 carry the suffix `@2025`: `80` was Long An, `80@2025` is Tây Ninh.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import regex

from extractors.wording import words_of

CATALOGUE = Path(__file__).parent / "catalogue"
REFORM = date(2025, 7, 1)
"""Decision 19/2025/QĐ-TTg and Resolution 202/2025/QH15: 34 provinces, no districts."""
COUNTRY = "VN"
TIERS = ("country", "province", "district", "commune")
_LAST_OLD_DAY = date(2025, 6, 30)
_HYPHENS = (" - ", "-", " -", "- ", " – ", "–")
_APOSTROPHES = ("'", "’", "‘", "`", "´")


class Locality(NamedTuple):
    """A unit of one list. `name` is what readers see ("Thành phố Nha Trang"), `short` is without the type."""

    code: str
    name: str
    short: str
    type: str
    tier: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    latitude: float | None
    longitude: float | None


class Bearer(NamedTuple):
    """A unit that goes by some name, as a unit of `type`, from `since` to `until`."""

    code: str
    type: str
    tier: str
    since: date | None = None
    until: date | None = None

    def bears_it(self, on: date) -> bool:
        """Is the unit in the list valid on that day, and under this name?"""
        if is_new(self.code) != (on >= REFORM):
            return False
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def names_of(unit: Locality) -> set[str]:
    """Every name of a unit in its first spelling, without type words."""
    return {unit.short} | {entry["name"] for entry in place_words()["names"].get(unit.code, ())}


def is_new(code: str) -> bool:
    """Does the code belong to the list in force since 2025-07-01?"""
    return code.endswith("@2025")


@cache
def place_words() -> Mapping[str, Any]:
    """`catalogue/localities.yml`: aliases, type words and the words that tell a place from a person."""
    return words_of("localities")


@cache
def localities() -> Sequence[Locality]:
    """Every unit of both lists, of earlier ones where the code is known, and the country; sorted by code."""
    units = {unit.code: unit for unit in itertools.chain(_earlier_units(), _tables())}
    units[COUNTRY] = Locality(COUNTRY, "Việt Nam", "Việt Nam", "Quốc gia", "country", None, None, None, None, None)
    for code, names in place_words()["names"].items():
        if code not in units:
            raise ValueError(f"catalogue/localities.yml: names: {code} is no code of the unit tables")
        for entry in names:
            if entry.get("label"):
                units[code] = _renamed(units[code], entry)
    return tuple(units[code] for code in sorted(units))


@cache
def _by_code() -> Mapping[str, Locality]:
    return {unit.code: unit for unit in localities()}


def locality(code: str) -> Locality | None:
    """The unit of that code, None when there is none."""
    return _by_code().get(code)


def ancestors(code: str) -> Iterator[str]:
    """The units above, nearest first, the country last."""
    unit = locality(code)
    while unit is not None and unit.parent is not None:
        yield unit.parent
        unit = locality(unit.parent)


def province_of(code: str) -> str | None:
    """The code of the province a unit lies in (its own for a province), None for the country."""
    for above in (code, *ancestors(code)):
        unit = locality(above)
        if unit is not None and unit.tier == "province":
            return above
    return None


@cache
def new_province(code: str) -> str | None:
    """The province of the new list that holds most communes of an old one: `58` (Ninh Thuận) → `56@2025`.

    Communes kept their codes, so that the two tables tell it themselves.
    """
    if is_new(code):
        return code
    heirs: Counter[str] = Counter()
    for unit in localities():
        if is_new(unit.code) and unit.tier == "commune" and province_of(unit.code[:5]) == code:
            heirs[str(unit.parent)] += 1
    return heirs.most_common(1)[0][0] if heirs else None


@cache
def bearers() -> Mapping[str, tuple[Bearer, ...]]:
    """Every name without its type word, in every spelling, and the units that go by it."""
    found: dict[str, list[Bearer]] = defaultdict(list)
    aliases = place_words()["names"]
    for unit in localities():
        entries = aliases.get(unit.code, ())
        if not any(entry.get("label") for entry in entries) and unit.tier != "country":
            found[unit.short].append(Bearer(unit.code, unit.type, unit.tier, unit.valid_from, unit.valid_to))
        for entry in entries:
            bearer = Bearer(unit.code, entry.get("type", unit.type), unit.tier, entry.get("since"), entry.get("until"))
            found[entry["name"]].append(bearer)
    spelled: dict[str, tuple[Bearer, ...]] = {}
    for name, units in found.items():
        for spelling in _spellings(name):
            spelled[spelling] = spelled.get(spelling, ()) + tuple(units)
    return spelled


def _tables() -> Iterator[Locality]:
    yield from _read_table("until-2025-06-30.tsv", None, _LAST_OLD_DAY)
    yield from _read_table("since-2025-07-01.tsv", REFORM, None)


def _read_table(name: str, since: date | None, until: date | None) -> Iterator[Locality]:
    lines = (CATALOGUE / "localities" / name).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        code, kind, short, parent, latitude, longitude = line.split("\t")
        tier = _tier(code)
        place = (float(latitude), float(longitude)) if latitude else (None, None)
        yield Locality(code, f"{kind} {short}", short, kind, tier, parent, since, until, *place)


def _earlier_units() -> Iterator[Locality]:
    for row in place_words()["earlier"]:
        code, kind, short = row["code"], row["type"], row["name"]
        yield Locality(code, f"{kind} {short}", short, kind, _tier(code), row["parent"], None, row["until"], None, None)


def _tier(code: str) -> str:
    return {2: "province", 3: "district", 5: "commune"}[len(code.partition("@")[0])]


def _renamed(unit: Locality, entry: Mapping[str, Any]) -> Locality:
    kind, short = entry.get("type", unit.type), entry["name"]
    return unit._replace(name=f"{kind} {short}", short=short, type=kind)


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
