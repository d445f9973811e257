"""Which units make up a unit: itself, and every unit whose whole went into one of them.

Tỉnh Khánh Hòa (56@2025) is made of itself, of Tỉnh Khánh Hòa (56) and of Tỉnh Ninh Thuận (58).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from models.sync import sync
from models.tables import Locality, LocalityLink, TerritoryPart


def write_territories(conn: Connection) -> None:
    """Work the table `territory_part` out of the units and links that are stored."""
    went_into: dict[str, list[str]] = defaultdict(list)
    cut_off: dict[str, list[date]] = defaultdict(list)
    for old, new, kind, effective in conn.execute(
        select(LocalityLink.old, LocalityLink.new, LocalityLink.kind, LocalityLink.effective)
    ):
        if kind == "divided":
            cut_off[new].append(effective)
        else:
            went_into[new].append(old)
    rows = []
    for unit in conn.scalars(select(Locality.id)).all():
        parts = _parts(unit, went_into)
        since = max((day for part in parts for day in cut_off.get(part, ())), default=None)
        rows += [{"territory": unit, "part": part, "whole_since": since} for part in parts]
    sync(conn, TerritoryPart, rows, whole=True)


def _parts(unit: str, went_into: Mapping[str, list[str]]) -> list[str]:
    parts = {unit: None}
    waiting = [unit]
    while waiting:
        new = [old for old in went_into.get(waiting.pop(), ()) if old not in parts]
        parts.update(dict.fromkeys(new))
        waiting += new
    return list(parts)
