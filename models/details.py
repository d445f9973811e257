"""What hangs on a version: mentions, uncatalogued figures, findings. Only differences are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, Select, bindparam, delete, insert, select, tuple_

from models.bulk import add_rows
from models.plan import Said
from models.records import Claim, FindingRecord, Mention, UncataloguedRecord
from models.tables import Base, Finding, MentionRow, Uncatalogued, table_of
from models.types import plain

PLACE = (MentionRow.observation_id, MentionRow.char_start, MentionRow.char_end)
PLACES = select(*PLACE).where(MentionRow.version_id == bindparam("version"))


class Version(NamedTuple):
    """A version's id, and whether it was added just now: then nothing hangs on it yet."""

    id: int
    new: bool


def sync_mentions(conn: Connection, version: Version, text: str, mentions: Mapping[int, frozenset[Mention]]) -> None:
    """Where this version says its open claims; mentions of withdrawn ones stay, they tell where it once stood."""
    stored = [] if version.new else conn.execute(PLACES, {"version": version.id}).all()
    have = {tuple(row) for row in stored if row.observation_id in mentions}
    want = {(claim, place.start, place.end) for claim, places in mentions.items() for place in places}
    if gone := have - want:
        conn.execute(delete(MentionRow).where(MentionRow.version_id == version.id, tuple_(*PLACE).in_(sorted(gone))))
    names = ("observation_id", "char_start", "char_end", "quote", "version_id")
    rows = [(claim, start, end, text[start:end], version.id) for claim, start, end in sorted(want - have)]
    add_rows(conn, table_of(MentionRow), [dict(zip(names, row, strict=True)) for row in rows])


def sync_uncatalogued(conn: Connection, version: Version, figures: Iterable[UncataloguedRecord]) -> None:
    """The version's figures that became no claim, in the order of the text."""
    rows = [
        {
            "char_start": figure.start,
            "char_end": figure.end,
            "quote": figure.text,
            "value_text": plain(figure.value),
            "unit": figure.unit,
            "label": figure.label,
            "why": figure.why,
            "place": figure.place,
            "candidates": " ".join(figure.candidates),
        }
        for figure in sorted(figures, key=lambda figure: (figure.start, figure.end))
    ]
    _replace(conn, Uncatalogued, version, rows)


def sync_findings(
    conn: Connection, version: Version, findings: Iterable[FindingRecord], said: Mapping[str, Said]
) -> None:
    """The version's findings; positions of claims become their keys."""
    keys = _keys(said)
    rows = [
        {
            "check_name": finding.check,
            "message": finding.message,
            "claim_keys": [keys[position] for position in finding.claims if position in keys],
        }
        for finding in findings
    ]
    _replace(conn, Finding, version, rows)


def evidence_of(claims: Sequence[Claim], said: Mapping[str, Said]) -> dict[str, dict[str, Any]]:
    """What gave each claim, by its key, as `article_version.evidence` keeps it; what there is none of is left out."""
    keys, told = _keys(said), {}
    for key, one in said.items():
        claim = claims[one.positions[0]]
        follows = [keys[position] for position in claim.follows if position in keys]
        gave = {"slots": [list(found) for found in claim.evidence], "doubts": list(claim.doubts), "follows": follows}
        told[key] = {name: found for name, found in gave.items() if found}
    return told


def _keys(said: Mapping[str, Said]) -> dict[int, str]:
    """The key of each claim by its position."""
    return {position: key for key, one in said.items() for position in one.positions}


def _replace(conn: Connection, model: type[Base], version: Version, rows: list[dict[str, Any]]) -> None:
    table = table_of(model)
    stored = (
        [] if version.new else list(map(dict, conn.execute(_of_version(model), {"version": version.id}).mappings()))
    )
    if stored == rows:
        return
    if stored:
        conn.execute(delete(table).where(table.c.version_id == version.id))
    if rows:
        conn.execute(_into(model), [{"version_id": version.id, **row} for row in rows])


@cache
def _into(model: type[Base]) -> Insert:
    return insert(table_of(model))


@cache
def _of_version(model: type[Base]) -> Select[Any]:
    """What a version has of it, in its order."""
    table = table_of(model)
    columns = [column for column in table.c if column.name not in ("id", "version_id")]
    return select(*columns).where(table.c.version_id == bindparam("version")).order_by(table.c.id)
