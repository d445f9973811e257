"""The units of the country with their history: what they were called when, and what became of them.

A code is the statistical office's: 2 digits a province, 3 a district, 5 a commune, `VN` the country. Offices use a code
again for another unit, so that a unit goes by its `id`: the code, with `@2025` for the list in force since 2025-07-01
(`80` was Long An, `80@2025` is Tây Ninh), or with the mark of catalogue/localities/history.yml.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

_FOLDER = Path(__file__).parents[1] / "catalogue" / "localities"
REFORM = date(2025, 7, 1)
"""Decision 19/2025/QĐ-TTg and Resolution 202/2025/QH15: 34 provinces, no districts."""
COUNTRY = "VN"
TIERS = ("country", "province", "district", "commune")
_NEW = "@2025"
_LAST_OLD_DAY = REFORM - timedelta(days=1)
_TIER_OF = {2: "province", 3: "district", 5: "commune"}
_DECREES = {"province": "202/2025/QH15", "district": "203/2025/QH15", "commune": "19/2025/QĐ-TTg"}
"""Of 1 July 2025: on the merger of provinces, on the constitution that has no districts any more, on codes."""


T = TypeVar("T")


class Locality(NamedTuple):
    """A unit of one list. `short` is its last name without the type; days are None where they are not known."""

    id: str
    type: str
    short: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    known_decree: str | None
    latitude: float | None
    longitude: float | None

    @property
    def code(self) -> str:
        """The statistical office's code, which another unit may have borne at another time."""
        return self.id.partition("@")[0]

    @property
    def name(self) -> str:
        """As readers see it: "Thành phố Nha Trang"."""
        return f"{self.type} {self.short}" if self.parent else self.short

    @property
    def tier(self) -> str:
        return _TIER_OF[len(self.code)] if self.parent else "country"

    @property
    def decree(self) -> str | None:
        """What founded a unit of the newer list or ended one of the older; None where we have not seen it."""
        reformed = self.valid_from == REFORM or self.valid_to == _LAST_OLD_DAY
        return self.known_decree or (_DECREES[self.tier] if reformed and self.parent else None)


class DatedName(NamedTuple):
    """A name that a unit bore from `since` to `until`; None: from its beginning, to its end."""

    locality: str
    type: str
    short: str
    since: date | None
    until: date | None
    decree: str | None


class Link(NamedTuple):
    """What became of a unit that ended, or of a part of it, on the day `effective`.

    `kind`: continued (`new` is the same territory under another id), merged (all of it went into `new`, with others),
    divided (a part of it did). `share` is 1 for all of it, None for a part, whose size nobody tells.
    """

    old: str
    new: str
    kind: str
    share: float | None
    effective: date
    decree: str | None


def is_new(id: str) -> bool:
    """Does the unit belong to the list in force since 2025-07-01?"""
    return id.endswith(_NEW)


@cache
def localities() -> Sequence[Locality]:
    """Every unit of both lists, earlier ones that we know of, and the country; sorted by id."""
    return tuple(sorted(_by_id().values()))


@cache
def _by_id() -> Mapping[str, Locality]:
    units = {COUNTRY: Locality(COUNTRY, "Quốc gia", "Việt Nam", None, None, None, None, None, None)}
    for id, kind, short, parent, since, until, decree, latitude, longitude in _rows("units.tsv"):
        new = is_new(id)
        first = _day(since) if since else REFORM if new else None
        last = _day(until) if until else None if new else _LAST_OLD_DAY
        place = (float(latitude), float(longitude)) if latitude else (None, None)
        units[id] = Locality(id, kind, short, parent, first, last, decree or None, *place)
    return units


@cache
def _day(text: str) -> date:
    """Most units share the days of a few decrees."""
    return date.fromisoformat(text)


def _rows(name: str) -> Iterator[list[str]]:
    """The lines of a table behind its version and its heads."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").split("\n")[2:-1]:
        yield line.split("\t")


@cache
def version() -> str:
    """The day up to which the tables know changes, and what they were built from."""
    return (_FOLDER / "units.tsv").read_text(encoding="utf-8").partition("\n")[0].removeprefix("# version ")


def locality(id: str) -> Locality | None:
    """The unit of that id, None when there is none."""
    return _by_id().get(id)


@cache
def dated_names() -> Mapping[str, tuple[DatedName, ...]]:
    """Units that changed their type or name and stayed where they are, with every name they bore, in order."""
    names = []
    for id, kind, short, since, until, decree in _rows("names.tsv"):
        first, last = (_day(day) if day else None for day in (since, until))
        names.append(DatedName(id, kind, short, first, last, decree or None))
    return _by_unit((name.locality, name) for name in names)


@cache
def types_by(id: str, day: date | None) -> frozenset[str]:
    """The types that a unit had borne by a day: "Tỉnh" of Đồng Nai, and "Thành phố" since 30 April 2026."""
    names = dated_names().get(id)
    unit = locality(id)
    if names is None or day is None:
        return frozenset([unit.type] if unit else [])
    return frozenset(name.type for name in names if name.since is None or name.since <= day)


@cache
def links() -> Sequence[Link]:
    """What became of every unit that ended, sorted by id."""
    found = []
    for old, kind, into, day, decree in _rows("links.tsv"):
        unit, share = _by_id()[old], None if kind == "divided" else 1.0
        end = (unit.valid_to or date.max - timedelta(days=1)) + timedelta(days=1)
        since, by = (_day(day), decree) if day else (end, unit.decree)
        found += [Link(old, new, kind, share, since, by) for new in into.split(" ")]
    return tuple(found)


@cache
def successors() -> Mapping[str, tuple[Link, ...]]:
    """By the id of the unit that ended."""
    return _by_unit((link.old, link) for link in links())


@cache
def predecessors() -> Mapping[str, tuple[Link, ...]]:
    """By the id of the unit that took over."""
    return _by_unit((link.new, link) for link in links())


def _by_unit(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for id, one in pairs:
        found[id].append(one)
    return {id: tuple(some) for id, some in found.items()}


@cache
def ancestors(id: str) -> tuple[str, ...]:
    """The units above, nearest first, the country last."""
    unit = locality(id)
    return (unit.parent, *ancestors(unit.parent)) if unit is not None and unit.parent is not None else ()


@cache
def province_of(id: str) -> str | None:
    """The id of the province a unit lies in (its own for a province), None for the country."""
    return next(
        (above for above in (id, *ancestors(id)) if above != COUNTRY and _by_id()[above].tier == "province"), None
    )


def new_province(id: str) -> str | None:
    """The province of the new list that an old one went into: `58` (Ninh Thuận) → `56@2025`."""
    while not is_new(id):
        if (heir := _heirs().get(id)) is None:
            return None
        id = heir
    return id


@cache
def _heirs() -> Mapping[str, str]:
    """What all of a unit went into; of the links nothing else is needed for most articles."""
    rows = [(old, into.partition(" ")[0]) for old, kind, into, *_ in _rows("links.tsv") if kind != "divided"]
    return dict(reversed(rows))
