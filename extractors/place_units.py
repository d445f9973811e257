"""Choose among the units that bear a name: by day ("Tây Ninh" of 2024), by type word ("thị xã Kỳ Anh"), by width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from extractors.gazetteer import (
    REFORM,
    Bearer,
    ancestors,
    is_new,
    localities,
    names_of,
    new_province,
    place_words,
)

_TIER_ORDER = {"province": 0, "district": 1, "commune": 2}


@cache
def districts_of(provinces: tuple[str, ...]) -> frozenset[str]:
    """In an article of Hà Tĩnh a bare "Vũ Quang" is the district, in others it may be a person."""
    return frozenset(
        name
        for unit in localities()
        if unit.tier == "district" and unit.parent in provinces and not unit.short.isdigit()
        for name in names_of(unit)
    )


def valid_units(units: Iterable[Bearer], day: date | None) -> list[Bearer]:
    """Those of the list valid on the day, best those that bore the name on that very day.

    A name may outlive its unit by some months in print, a list does not. Without any day: the older list,
    and the new one for names that only it has.
    """
    pool = list(units)
    if day is None:
        return [unit for unit in pool if not is_new(unit.code)] or pool
    return [unit for unit in pool if unit.bears_it(day)] or [u for u in pool if is_new(u.code) == (day >= REFORM)]


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
    parents = {next(ancestors(unit.code), None) for unit in some}
    return any(next(ancestors(unit.code), None) in parents for unit in others)
