"""How units of the older list went into those of the newer one, from vietnamadminunits' conversion table.

`continued`: the new unit is the old one's territory; `merged`: all of the old one went into it, with others;
`divided`: the old one went into several, in parts whose size nobody tells.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[float, float] | None
_WIDTH = 10.0
"""Kilometres; communes of the new list are about 10 km wide."""


class Part(NamedTuple):
    """How a unit went on, and the units it went into."""

    kind: str
    into: tuple[str, ...]


def province_links(data: Path) -> dict[str, Part]:
    """Each of the 63 provinces went whole into one of the 34."""
    codes = _keys(data, "select provinceKey, provinceCode from admin_units_legacy")
    heirs = _keys(data, "select provinceKey, provinceCode || '@2025' from admin_units")
    table = _conversion(data)["DICT_PROVINCE"]
    return {
        codes[old]: Part("continued" if len(olds) == 1 else "merged", (heirs[new],))
        for new, olds in table.items()
        for old in olds
    }


def commune_links(data: Path, points: Mapping[str, Point], wrong: set[tuple[str, str]]) -> dict[str, Part]:
    """Communes, and the island districts that had none, by their code."""
    old_key = "provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '')"
    olds = _keys(data, f"select {old_key}, coalesce(wardCode, districtCode) from admin_units_legacy")
    news = _keys(data, "select provinceKey || '_' || wardKey, wardCode || '@2025' from admin_units")
    table = _conversion(data)
    whole = [
        (old, news[f"{province}_{new}"])
        for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, found in wards.items()
        for old in found
    ]
    parts = [
        (old, news[f"{province}_{part['newWardKey']}"])
        for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, found in divided.items()
        for part in found
    ]
    told = [(olds[old], new) for old, new in [*whole, *_without_namesakes(parts, olds, points)]]
    return _kinds(pair for pair in told if pair not in wrong)


def district_links(communes: Mapping[str, Part], parent: Mapping[str, str]) -> dict[str, Part]:
    """A district went where its communes went: whole only when all of them went into the same one."""
    return _kinds({(parent[old], new) for old, part in communes.items() if len(old) == 5 for new in part.into})


def _kinds(pairs: Iterable[tuple[str, str]]) -> dict[str, Part]:
    """Who went where, as old and new: `continued` where they have only each other."""
    into: dict[str, list[str]] = defaultdict(list)
    olds: Counter[str] = Counter()
    for old, new in sorted(pairs):
        into[old].append(new)
        olds[new] += 1
    return {old: Part(_kind(news, olds[news[0]]), tuple(news)) for old, news in into.items()}


def _kind(news: list[str], olds: int) -> str:
    if len(news) > 1:
        return "divided"
    return "continued" if olds == 1 else "merged"


def _without_namesakes(
    pairs: list[tuple[str, str]], olds: Mapping[str, str], points: Mapping[str, Point]
) -> list[tuple[str, str]]:
    """The table joins divided communes by name alone: of two "xã Tân Thành" of one new province, both are said to have
    gone to what either went into. Only the nearer one did.
    """
    far = {(old, new): _distance(points[olds[old]], points[new]) for old, new in pairs}
    nearest: dict[tuple[str, str], float] = defaultdict(lambda: math.inf)
    for (old, new), kilometres in far.items():
        name = (old.rpartition("_")[2], new)
        nearest[name] = min(nearest[name], kilometres)
    near = {(old, new): max(_WIDTH, 2 * nearest[old.rpartition("_")[2], new]) for old, new in pairs}
    return [pair for pair in pairs if far[pair] <= near[pair]]


def _distance(one: Point, other: Point) -> float:
    """Kilometres, good enough for short ones; 0 where a point is unknown."""
    if one is None or other is None:
        return 0.0
    return 111 * math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0])))


def _conversion(data: Path) -> Mapping[str, Mapping[str, Any]]:
    loaded: Mapping[str, Mapping[str, Any]] = json.loads((data / "converter_2025.json").read_bytes())
    return loaded


def _keys(data: Path, query: str) -> dict[str, str]:
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as database:
        return dict(database.execute(query).fetchall())
