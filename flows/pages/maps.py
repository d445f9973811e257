"""The map of a period: a dot for each place that has a figure, larger where there is more of it.

There are no outlines to draw, so that other places stand behind the dots, in grey.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractors.places.gazetteer import Locality, localities, locality, province_of
from flows.commands.show import value_words
from flows.pages.addresses import series_at
from flows.pages.frame import Words
from flows.pages.projection import Lettering, Point, Sheet, apart, sheet_of
from flows.pages.series import what_of
from models.periods import read_period
from models.points import SeriesRow

FEWEST = 2
RADII = (4.5, 6.0, 7.5, 9.0, 10.5)
"""Pixels, of the classes from the least to the most."""
AROUND = {"province": 1.5, "district": 0.5, "commune": 0.15}
"""So many degrees around its middle a map shows at least: two neighbours alone would tell nobody where they are."""
GREY = 2.5
BETWEEN = 9.0
"""So many pixels apart are dots that would hide one another."""
NAMED = 80
"""Dots that get a name, as far as there is room; of more none could be read."""
CROWD = 1000
"""Of more neighbours none is shown: Thanh Hóa had 547 communes."""


class Placed(NamedTuple):
    """A number and whose it is."""

    row: SeriesRow
    value: Decimal
    place: Locality

    @property
    def degrees(self) -> Point | None:
        return _degrees(self.place)


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: `told` is its name and figure; without, one that has none and gives the map its bearings."""

    x: float
    y: float
    r: float
    name: str
    shade: int = 0
    told: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A dot's name, and which end of it is at (x, y)."""

    x: float
    y: float
    end: str
    dot: Dot


@dataclass(frozen=True, slots=True)
class Step:
    """A class in the legend: its least and most figure in words, and how many dots are of it."""

    shade: int
    r: float
    words: str
    dots: int


@dataclass(frozen=True, slots=True)
class Map:
    """All that the template shows. Of `places` that have a number those without coordinates have no dot; the dots of
    those that lie `beyond` the map are on its border."""

    tier: str
    where: str
    what: str
    places: int
    sheet: Sheet
    dots: tuple[Dot, ...]
    others: tuple[Dot, ...]
    beyond: tuple[str, ...]
    names: tuple[Name, ...]
    steps: tuple[Step, ...]

    @property
    def missing(self) -> int:
        return self.places - len(self.dots)


def map_of(rows: Iterable[SeriesRow], words: Words) -> Map | None:
    """The map of those figures of a period that can be set side by side in the most places, levels before ranks.

    None where fewer than two places can be shown.
    """
    found: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for row in rows:
        if row.value is not None and (place := locality(row.locality)):
            found[_alike(row, place)].append(Placed(row, row.value, place))
    shown = {key: [one for one in group if one.degrees] for key, group in found.items()}
    best = min((key for key in shown if len(shown[key]) >= FEWEST), key=lambda key: _order(shown[key]), default=None)
    return _map(shown[best], len(found[best]), words) if best else None


def _alike(row: SeriesRow, place: Locality) -> tuple[str, ...]:
    """What figures have in common that can be set side by side; districts are ranked within their province."""
    among = (province_of(place.id) or "") if row.measure == "rank" and place.tier != "province" else ""
    return row.measure, row.unit, row.scope, row.status, row.breakdown, place.tier, among


def _order(group: Sequence[Placed]) -> tuple[object, ...]:
    row = group[0].row
    return row.measure != "level", -len(group), row.status != "actual", row.scope != "all", row.breakdown, row.locality


def _map(group: Sequence[Placed], places: int, words: Words) -> Map:
    """The dots of the most lie below, so that no small one is hidden."""
    row, _, place = group[0]
    shades = classes({one.value for one in group}, first_is_most=row.measure == "rank")
    shown = sorted(group, key=lambda one: (-shades[one.value], one.place.id))
    sheet = sheet_of([one.degrees for one in shown if one.degrees], AROUND[place.tier])
    true = [sheet.at(*one.degrees) for one in shown if one.degrees]
    spots = apart(map(sheet.inside, true), BETWEEN)
    dots = tuple(_dot(one, spot, shades[one.value], words) for one, spot in zip(shown, spots, strict=True))
    others = tuple(_bearings(sheet, shown))
    return Map(
        tier=place.tier,
        where=_where(one.place for one in shown),
        what=what_of(row, words) or words.labels.word("status", row.status),
        places=places,
        sheet=sheet,
        dots=dots,
        others=others,
        beyond=tuple(one.row.locality_name for one, spot in zip(shown, true, strict=True) if not sheet.holds(spot)),
        names=tuple(_names(sheet, dots, others)),
        steps=tuple(_steps(shown, shades, words)),
    )


def _where(places: Iterable[Locality]) -> str:
    """The province that all of them lie in, if there is one."""
    above = {province_of(place.id) for place in places if place.tier != "province"}
    province = locality(next(iter(above)) or "") if len(above) == 1 else None
    return province.name if province else ""


def classes(values: Collection[Decimal], *, first_is_most: bool = False) -> dict[Decimal, int]:
    """Each value → its class, 1 for the least to 5: as many different values in each as can be."""
    ordered = sorted(values, reverse=first_is_most)
    most = min(len(ordered), len(RADII))
    steps = [at * most // len(ordered) for at in range(len(ordered))]
    return {value: 1 + step * (len(RADII) - 1) // max(most - 1, 1) for value, step in zip(ordered, steps, strict=True)}


def _dot(one: Placed, spot: Point, shade: int, words: Words) -> Dot:
    row = one.row
    value = value_words(one.value, row.unit, row.bound, words.labels, words.decimal)
    told = f"{row.locality_name} ({row.locality}): {value}"
    return Dot(*spot, RADII[shade - 1], one.place.short, shade, told, series_at(row.locality, row.indicator))


def _bearings(sheet: Sheet, shown: Sequence[Placed]) -> Iterator[Dot]:
    """What else was there when the period ended: provinces, and units of the same tier in the provinces shown, unless
    these are a crowd."""
    day, ids = read_period(shown[0].row.period)[1], {one.place.id for one in shown}
    tier, above = shown[0].place.tier, {province_of(id) for id in ids}
    alike = [one for province in sorted(filter(None, above)) for one in _units().get((tier, province), ())]
    for one in (*_units()["province", None], *(alike if len(alike) <= CROWD else ())):
        there = (one.valid_from or day) <= day <= (one.valid_to or day)
        if there and one.id not in ids and (degrees := _degrees(one)) and sheet.holds(spot := sheet.at(*degrees)):
            yield Dot(*spot, GREY, one.short)


@cache
def _units() -> Mapping[tuple[str, str | None], Sequence[Locality]]:
    """Every unit by its tier and province; provinces lie in none."""
    found: dict[tuple[str, str | None], list[Locality]] = defaultdict(list)
    for one in localities():
        found[one.tier, province_of(one.id) if one.tier != "province" else None].append(one)
    return found


def _degrees(place: Locality) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _names(sheet: Sheet, dots: Sequence[Dot], others: Sequence[Dot]) -> Iterator[Name]:
    room = Lettering(sheet.high, [((one.x, one.y), one.r) for one in (*dots, *others)])
    for dot in (*dots[:NAMED], *others[:NAMED]):
        if spot := room.beside((dot.x, dot.y), dot.r, dot.name):
            yield Name(*spot, dot)


def _steps(shown: Iterable[Placed], shades: Mapping[Decimal, int], words: Words) -> Iterator[Step]:
    """The legend: the most first."""
    of_shade: dict[int, list[Placed]] = defaultdict(list)
    for one in shown:
        of_shade[shades[one.value]].append(one)
    for shade, group in of_shade.items():
        least, most = (pick(one.value for one in group) for pick in (min, max))
        ends = (value_words(value, group[0].row.unit, "eq", words.labels, words.decimal) for value in (least, most))
        yield Step(shade, RADII[shade - 1], " – ".join(dict.fromkeys(ends)), len(group))
