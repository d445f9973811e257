"""Build the tables of localities from vietnamadminunits' lists and the reviewed history.yml (needs the dev packages).

    python -m extractors.catalogue.build_localities [FOLDER]

units.tsv  a line a unit; blank `from`, `to` and `decree` are those of the change of 1 July 2025 (history.yml: reform)
names.tsv  dated names of units that changed their type or name and stayed where they are
links.tsv  a line a unit that ended: how it went on (see build_links.py), and the units it went into; `day` and `decree`
           where it is not by its end
All are sorted, so that a new release of the source shows as a readable diff; the first line tells their version.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from extractors.catalogue.build_links import Part, commune_links, district_links, province_links
from extractors.text import normalise

HERE = Path(__file__).parent / "localities"
PACKAGE = "vietnamadminunits"
NEW = "@2025"
TYPES = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu")

OLD_UNITS = """
    select provinceCode, province, 'VN', provinceLat, provinceLon from admin_units_legacy
    union select districtCode, district, provinceCode, districtLat, districtLon from admin_units_legacy
    union select wardCode, ward, districtCode, wardLat, wardLon from admin_units_legacy where ward is not null"""
NEW_UNITS = """
    select provinceCode || '@2025', province, 'VN', provinceLat, provinceLon from admin_units
    union select wardCode || '@2025', ward, provinceCode || '@2025', wardLat, wardLon from admin_units"""

History = Mapping[str, Any]
Point = tuple[float, float]


@dataclass(frozen=True)
class Unit:
    """A line of units.tsv; days and decree are None where they are those of the reform."""

    id: str
    type: str
    name: str
    parent: str
    since: date | None = None
    until: date | None = None
    decree: str | None = None
    point: Point | None = None


def source_data() -> Path:
    """Where the installed package keeps its data; found without importing it (it pulls in shapely)."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: install the dev group of pyproject.toml")
    return Path(spec.origin).parent / "data"


def split_type(full_name: str) -> tuple[str, str]:
    """Cut "Thành phố Nha Trang" into ("Thành phố", "Nha Trang"); some rows print "Thành Phố"."""
    for kind in TYPES:
        if full_name.casefold().startswith(kind.casefold() + " "):
            return kind, normalise(full_name[len(kind) + 1 :]).norm.strip()
    raise SystemExit(f"{full_name!r} begins with none of {', '.join(TYPES)}")


def listed_units(database: sqlite3.Connection, history: History) -> Iterator[Unit]:
    """The units of both lists; those founded on a known day have it, and their own id."""
    founded = {row["code"]: row for row in history["founded"]}
    moved = {code: row["id"] for code, row in founded.items() if "id" in row}
    for query in (OLD_UNITS, NEW_UNITS):
        for code, full_name, parent, latitude, longitude in database.execute(query):
            point = None if latitude is None else (latitude, longitude)
            since = founded[code]["day"] if code in founded else None
            yield Unit(moved.get(code, code), *split_type(full_name), moved.get(parent, parent), since, point=point)


def earlier_units(history: History) -> Iterator[Unit]:
    for row in history["units"]:
        yield Unit(row["id"], row["type"], row["name"], row["parent"], None, row["to"], row.get("decree"))


def changed(units: dict[str, Unit], history: History) -> list[str]:
    """Bring units to their last type and name; the lines of names.tsv, one a state that a unit was or is in."""
    changes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for change in sorted(history["changes"], key=lambda change: change["day"]):
        for id in change["units"]:
            changes[id].append(change)
    lines = [line for id in sorted(changes) for line in _states(units[id], changes[id])]
    for id, found in changes.items():
        for change in found:
            units[id] = replace(units[id], **change.get("becomes", {}))
    return lines


def _states(unit: Unit, changes: list[Mapping[str, Any]]) -> Iterator[str]:
    since, decree = None, None
    for change in changes:
        yield _name_line(replace(unit, **change.get("was", {})), since, change["day"] - timedelta(days=1), decree)
        since, decree = change["day"], change.get("decree")
        unit = replace(unit, **change.get("becomes", {}))
    yield _name_line(unit, since, None, decree)


def _name_line(unit: Unit, since: date | None, until: date | None, decree: str | None) -> str:
    return "\t".join([unit.id, unit.type, unit.name, _day(since), _day(until), decree or ""])


def links(data: Path, units: Mapping[str, Unit], history: History) -> dict[str, Part]:
    """How every unit that ended went on."""
    points = {id: unit.point for id, unit in units.items()}
    communes = commune_links(data, points, {(old, new) for old, new in history["not_links"]})
    districts = district_links(communes, {id: unit.parent for id, unit in units.items()})
    earlier = {
        row["id"]: Part("divided" if row["into"][1:] else "merged", tuple(row["into"])) for row in history["units"]
    }
    return communes | districts | province_links(data) | earlier


def mended(units: dict[str, Unit], parts: Mapping[str, Part], history: History) -> None:
    """Put units whose point is in another part of the country in the middle of what they came from or went into."""
    beside: dict[str, list[str]] = {}
    for old, part in parts.items():
        for new in part.into:
            beside.setdefault(old, []).append(new)
            beside.setdefault(new, []).append(old)
    wrong = set(history["misplaced"])
    for id in wrong:
        points = [point for other in beside[id] if other not in wrong and (point := units[other].point)]
        units[id] = replace(units[id], point=_middle(points))


def _middle(points: list[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def unit_line(unit: Unit) -> str:
    place = [f"{number:.4f}" for number in unit.point] if unit.point else ["", ""]
    days = [_day(unit.since), _day(unit.until)]
    return "\t".join([unit.id, unit.type, unit.name, unit.parent, *days, unit.decree or "", *place])


def build(target: Path) -> None:
    """Write the three tables into a folder."""
    history = yaml.safe_load((HERE / "history.yml").read_text(encoding="utf-8"))
    data = source_data()
    database = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    units = {unit.id: unit for unit in [*listed_units(database, history), *earlier_units(history)]}
    parts = links(data, units, history)
    mended(units, parts, history)
    names = changed(units, history)
    told = f"# version {history['version']}, from {PACKAGE} {version(PACKAGE)} and history.yml"
    lines = (unit_line(units[id]) for id in sorted(units))
    write(target / "units.tsv", told, "id type name parent from to decree latitude longitude", lines)
    write(target / "names.tsv", told, "id type name from to decree", names)
    gone = ["\t".join([old, part.kind, " ".join(part.into), "", ""]) for old, part in parts.items()]
    gone += ["\t".join([c["old"], "divided", c["new"], _day(c["day"]), c["decree"]]) for c in history["ceded"]]
    write(target / "links.tsv", told, "old kind new day decree", sorted(gone))


def write(file: Path, told: str, heads: str, lines: Iterable[str]) -> None:
    rows = list(lines)
    file.write_text("\n".join([told, heads.replace(" ", "\t"), *rows]) + "\n", encoding="utf-8")
    print(f"{file}: {len(rows)} lines")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
