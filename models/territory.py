"""Which units make up a unit: itself, and every unit whose whole went into one of them.

Tỉnh Khánh Hòa (56@2025) is made of itself, of Tỉnh Khánh Hòa (56) and of Tỉnh Ninh Thuận (58).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, select

from models.sync import sync
from models.tables import Locality, LocalityLink, SeriesBreak, TerritoryPart

_BREAKS = Table("locality_break", MetaData(), Column("locality"), Column("series_break"))


def write_territories(conn: Connection) -> None:
    """Work the table `territory_part` out of the units and links that are stored."""
    units = {row.id: row for row in conn.execute(select(Locality.id, Locality.tier, Locality.valid_to)).all()}
    went_into, cut_off = _moves(conn, units)
    rows = []
    for unit in units:
        parts = _parts(unit, went_into)
        since = max((day for part in parts for day in cut_off.get(part, ())), default=None)
        rows += [{"territory": unit, "part": part, "whole_since": since} for part in parts]
    sync(conn, TerritoryPart, rows, whole=True)


def write_breaks(conn: Connection) -> None:
    """Keep in the table `series_break` what the view `locality_break` says."""
    said = conn.execute(select(_BREAKS).where(_BREAKS.c.series_break != "")).all()
    sync(conn, SeriesBreak, [{"locality": place, "words": words} for place, words in said], whole=True)


def _moves(conn: Connection, units: Mapping[str, Any]) -> tuple[dict[str, list[str]], dict[str, list[date]]]:
    """What went whole into each unit, and the days on which it got or gave a part."""
    links = conn.execute(select(LocalityLink.old, LocalityLink.new, LocalityLink.kind, LocalityLink.effective)).all()
    alike = {link.new for link in links if units[link.old].tier == units[link.new].tier}
    went_into: dict[str, list[str]] = defaultdict(list)
    cut_off: dict[str, list[date]] = defaultdict(list)
    for old, new, kind, effective in links:
        if new in alike and units[old].tier != units[new].tier:
            continue  # a district's communes say what went into a new commune
        if kind != "divided":
            went_into[new].append(old)
            continue
        cut_off[new].append(effective)
        if (units[old].valid_to or date.max) >= effective:
            cut_off[old].append(effective)
    return went_into, cut_off


def _parts(unit: str, went_into: Mapping[str, list[str]]) -> list[str]:
    parts = {unit: None}
    waiting = [unit]
    while waiting:
        new = [old for old in went_into.get(waiting.pop(), ()) if old not in parts]
        parts.update(dict.fromkeys(new))
        waiting += new
    return list(parts)
