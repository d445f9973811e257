"""Degrees to pixels on a small map, true to shape around its middle: (12.24, 109.19) → (171.3, 96.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, floor, pi, radians, sin, sqrt

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
WIDE, LOWEST, HIGHEST = 360.0, 240.0, 560.0
"""Pixels of a map."""
EDGE = 42.0
"""So far from the border are the outermost places, in pixels."""
KM = 111.2
"""A degree of latitude."""
BARS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)
BORDER = 12.0
OFFSHORE = 110.0
"""Degrees east: the mainland ends before them. Hoàng Sa and Trường Sa, behind them, would make a speck of it."""
GOLDEN = pi * (3 - sqrt(5))
TRIES = 24
LETTER, LINE = 6.5, 11.0
"""Pixels of a letter, of a line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the world that a map shows: its middle, its pixels to a degree of latitude, its size."""

    latitude: float
    longitude: float
    scale: float
    high: float
    wide: float = WIDE

    def at(self, latitude: float, longitude: float) -> Point:
        east = (longitude - self.longitude) * cos(radians(self.latitude))
        return WIDE / 2 + east * self.scale, self.high / 2 - (latitude - self.latitude) * self.scale

    def inside(self, point: Point) -> Point:
        """The point, or where the border is nearest to it."""
        return min(max(point[0], BORDER), WIDE - BORDER), min(max(point[1], BORDER), self.high - BORDER)

    def holds(self, point: Point) -> bool:
        return self.inside(point) == point

    @property
    def bar(self) -> tuple[int, float]:
        """A round number of kilometres, and how long they are."""
        pixels = self.scale / KM
        km = max((one for one in BARS_KM if one * pixels <= WIDE / 4), default=BARS_KM[0])
        return km, km * pixels


def sheet_of(places: Sequence[Point], least: float) -> Sheet:
    """As near to places (latitude, longitude) as lets all on land be seen, with `least` degrees around the middle."""
    ashore = [one for one in places if one[1] < OFFSHORE] or places
    (latitude, up), (longitude, side) = (_middle(degrees) for degrees in zip(*ashore, strict=True))
    up, side = max(up, least), max(side * cos(radians(latitude)), least)
    high = min(max(WIDE * up / side, LOWEST), HIGHEST)
    return Sheet(latitude, longitude, min((WIDE / 2 - EDGE) / side, (high / 2 - EDGE) / up), high)


def _middle(degrees: Sequence[float]) -> Point:
    """The middle of them, and how far from it the outermost are."""
    least, most = min(degrees), max(degrees)
    return (least + most) / 2, (most - least) / 2


def apart(points: Iterable[Point], least: float) -> list[Point]:
    """The same points, each moved as little along a spiral as keeps it `least` pixels from those before it.

    Where many lie together a point stays near its place and may touch another one.
    """
    taken: dict[tuple[int, int], list[Point]] = defaultdict(list)
    found: list[Point] = []
    for x, y in points:
        spots = (_on_spiral(x, y, turn, least) for turn in range(TRIES))
        spot = next((one for one in spots if _is_free(one, taken, least)), _on_spiral(x, y, len(found) % TRIES, least))
        taken[_cell(spot, least)].append(spot)
        found.append(spot)
    return found


def _on_spiral(x: float, y: float, turn: int, step: float) -> Point:
    out = step * 0.75 * sqrt(turn)
    return x + out * cos(turn * GOLDEN), y + out * sin(turn * GOLDEN)


def _is_free(spot: Point, taken: dict[tuple[int, int], list[Point]], least: float) -> bool:
    column, row = _cell(spot, least)
    around = (taken.get((column + dx, row + dy), ()) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    return all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 >= least**2 for points in around for x, y in points)


def _cell(spot: Point, side: float) -> tuple[int, int]:
    return floor(spot[0] / side), floor(spot[1] / side)


class Lettering:
    """Names on a map, as many as there is room for: none is on a dot, on another name or on the scale."""

    def __init__(self, high: float, dots: Iterable[tuple[Point, float]]) -> None:
        self.high = high
        scale = (0.0, high - 26, WIDE / 4 + 12, high)
        self.taken: list[Box] = [scale, *((x - r, y - r, x + r, y + r) for (x, y), r in dots)]

    def beside(self, point: Point, radius: float, name: str) -> tuple[float, float, str] | None:
        """Where the name stands, and which end of it: right of the dot, else left, below or above; else nowhere."""
        (x, y), long, gap = point, len(name) * LETTER, radius + 3
        spots = ((x + gap, y + 4, "start"), (x - gap, y + 4, "end"), (x, y + gap + 9, "middle"), (x, y - gap, "middle"))
        for left, base, end in spots:
            start = left - {"start": 0.0, "middle": long / 2, "end": long}[end]
            box = (start, base - LINE + 2, start + long, base + 2)
            if self._is_free(box):
                self.taken.append(box)
                return left, base, end
        return None

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        inside = left >= 0 and right <= WIDE and top >= 0 and bottom <= self.high
        return inside and not any(left < r and right > x and top < b and bottom > y for x, y, r, b in self.taken)
