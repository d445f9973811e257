"""Rebuild the two unit tables from vietnamadminunits' data (development time only, needs the dev packages).

    python -m extractors.catalogue.build_localities

One line a unit: code, type, name without its type, code of the unit above, latitude, longitude. Rows are sorted by
code, so that a new release of the source shows as a readable diff.
"""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from pathlib import Path

from extractors.text import normalise

HERE = Path(__file__).parent / "localities"
OLD_TABLE, NEW_TABLE = "until-2025-06-30.tsv", "since-2025-07-01.tsv"
COLUMNS = ("code", "type", "name", "parent", "latitude", "longitude")

OLD_UNITS = """
    select provinceCode, province, 'VN', provinceLat, provinceLon from admin_units_legacy
    union select districtCode, district, provinceCode, districtLat, districtLon from admin_units_legacy
    union select wardCode, ward, districtCode, wardLat, wardLon from admin_units_legacy where ward is not null
    order by 1"""
NEW_UNITS = """
    select provinceCode || '@2025', province, 'VN', provinceLat, provinceLon from admin_units
    union select wardCode || '@2025', ward, provinceCode || '@2025', wardLat, wardLon from admin_units
    order by 1"""
TYPES = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu")

Row = tuple[str, str, str, float | None, float | None]


def source_database() -> Path:
    """Where the installed package keeps its data; found without importing it (it pulls in shapely)."""
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("vietnamadminunits is not installed: install the dev group of pyproject.toml")
    return Path(spec.origin).parent / "data" / "dataset.db"


def split_type(full_name: str) -> tuple[str, str]:
    """Cut "Thành phố Nha Trang" into ("Thành phố", "Nha Trang"); some rows print "Thành Phố"."""
    for kind in TYPES:
        if full_name.casefold().startswith(kind.casefold() + " "):
            return kind, normalise(full_name[len(kind) + 1 :]).norm.strip()
    raise SystemExit(f"{full_name!r} begins with none of {', '.join(TYPES)}")


def as_line(row: Row) -> str:
    code, full_name, parent, latitude, longitude = row
    place = ["" if number is None else f"{number:.4f}" for number in (latitude, longitude)]
    return "\t".join([code, *split_type(full_name), parent, *place])


def write_table(database: sqlite3.Connection, query: str, target: Path) -> int:
    lines = [as_line(row) for row in database.execute(query)]
    target.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return len(lines)


def main() -> None:
    database = sqlite3.connect(f"file:{source_database()}?mode=ro", uri=True)
    for query, name in ((OLD_UNITS, OLD_TABLE), (NEW_UNITS, NEW_TABLE)):
        print(f"{HERE / name}: {write_table(database, query, HERE / name)} units")


if __name__ == "__main__":
    main()
