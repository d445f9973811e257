"""Choose among the units that bear a name: by day ("Tây Ninh" of 2024), by type word ("thị xã Kỳ Anh"), by width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from extractors.places.gazetteer import (
    COUNTRY,
    REFORM,
    ancestors,
    is_new,
    localities,
    locality,
    new_province,
    predecessors,
    successors,
)
from extractors.places.names import Bearer, bearers, names_of, place_words

_OUTLIVED = timedelta(days=366)
_TIER_ORDER = {"province": 0, "district": 1, "commune": 2}


@cache
def districts_of(provinces: tuple[str, ...]) -> frozenset[str]:
    """In an article of Hà Tĩnh a bare "Vũ Quang" is the district, in others it may be a person."""
    return frozenset(
        name
        for unit in localities()
        if unit.parent in provinces and unit.tier == "district" and not unit.short.isdigit()
        for name in names_of(unit)
    )


def valid_units(units: Iterable[Bearer], day: date | None, told: date | None) -> list[Bearer]:
    """Those of the list valid on the day, best those that bore the name on that very day.

    A name may outlive its unit by some months in print, a list does not; and what is told later may call a unit by
    the name it bears by then (`told`: the day of publication). Without any day: the older list, and the new one for
    names that only it has.
    """
    pool = list(units)
    if day is None:
        return [unit for unit in pool if not is_new(unit.id)] or pool
    listed = [unit for unit in pool if unit.listed(day)]
    return [unit for unit in listed if unit.bears_it(day)] or [
        unit for unit in listed if unit.known(told or day) and not _is_long_gone(unit, day)
    ]


def _is_long_gone(unit: Bearer, day: date) -> bool:
    whole = locality(unit.id)
    return whole is not None and whole.valid_to is not None and day - whole.valid_to > _OUTLIVED


def counterpart(id: str, on: date) -> str | None:
    """The unit that stood for the same place in the list valid on that day: `56` ↔ `56@2025`, `72` → `80@2025`.

    A province has one by its name, any unit by a link that says `continued`. None when there is none: abolished
    districts and provinces have no heir, nor have communes whose borders changed under old names.
    """
    unit = locality(id)
    if unit is None or id == COUNTRY or is_new(id) == (on >= REFORM):
        return id
    links = predecessors().get(id, ()) if is_new(id) else successors().get(id, ())
    same = next((link for link in links if link.kind == "continued"), None)
    if same is not None:
        return same.old if is_new(id) else same.new
    if unit.tier != "province":
        return None
    namesakes = (other for name in names_of(unit) for other in bearers()[name] if other.tier == "province")
    return next((other.id for other in namesakes if is_new(other.id) != is_new(id)), None)


def relatives(id: str) -> tuple[str, ...]:
    """The units that a unit came from and those it went into."""
    before = [link.old for link in predecessors().get(id, ())]
    return tuple(sorted({*before, *(link.new for link in successors().get(id, ()))}))


def closest_type(units: list[Bearer], types: tuple[str, ...]) -> list[Bearer]:
    """Units of just the type said; of a bare name the widest ("Cao Bằng" is the province, not its town)."""
    exact = [unit for unit in units if unit.type in types]
    if exact or types or not units:
        return exact or units
    widest = min(_TIER_ORDER[unit.tier] for unit in units)
    return [unit for unit in units if _TIER_ORDER[unit.tier] == widest]


def deepest_of(codes: Sequence[str]) -> str:
    """The first of several places that has none of its own parts beside it."""
    above = {upper for code in codes for upper in ancestors(code)}
    return next(code for code in codes if code not in above)


def other_list(codes: Iterable[str]) -> list[str]:
    """Where the provinces among them lie in the list since 2025-07-01."""
    heirs = (new_province(code) for code in codes if not is_new(code) and len(code) == 2)
    return [code for code in heirs if code is not None]


def of_types(units: tuple[Bearer, ...], types: tuple[str, ...]) -> tuple[Bearer, ...]:
    """Units of those types and of the same tier: a city of today's list was yesterday's town.

    A province is no "thành phố", unless nothing else has the name (a province may become a city).
    """
    tiers = {tier for kind in types for tier in place_words()["types"][kind]["tiers"]}
    fitting = tuple(unit for unit in units if unit.tier in tiers)
    return tuple(unit for unit in fitting if unit.type in types or unit.tier != "province") or fitting


def share_parent(some: tuple[Bearer, ...], others: tuple[Bearer, ...]) -> bool:
    parents = {next(iter(ancestors(unit.id)), None) for unit in some}
    return any(next(iter(ancestors(unit.id)), None) in parents for unit in others)
