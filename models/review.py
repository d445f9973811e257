"""What waits for a person, from the view `review`: grouped by why and label, or one by one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, Engine, Float, Integer, MetaData, Table, Text, func, select

from models.database import reading
from models.types import CODE

REASONS = ("unsure", "tie", "unplaced", "undated", "unnamed", "aside", "crowded")
"""Why something waits, the most pressing first."""
_TYPES: dict[str, Any] = {
    "confidence": Float(), "char_start": Integer(), "char_end": Integer(), "published": Date(), "source": CODE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Figures that wait for one reason under one label, the first of them in full."""

    why: str
    label: str
    unit: str
    figures: int
    articles: int
    quote: str
    article: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One figure that waits, with its words and where they stand.

    `place` are the words for its place, `candidates` ids of what they may mean, with a blank between two.
    """

    why: str
    label: str
    place: str
    candidates: str
    unit: str
    value_text: str
    quote: str
    confidence: float | None
    indicator: str | None
    locality: str | None
    period: str | None
    char_start: int
    char_end: int
    source: str
    article: str
    title: str | None
    published: date | None
    url: str | None


COLUMNS = tuple(field.name for field in fields(WaitingRow))
_VIEW = Table("review", MetaData(), *(Column(name, _TYPES.get(name, Text())) for name in COLUMNS))


def waiting(engine: Engine, *, why: str | None = None) -> list[WaitingRow]:
    """Everything that waits, in an order that is the same on every database."""
    query = select(_VIEW).order_by(*(_VIEW.c[n] for n in ("source", "article", "char_start", "char_end", "why")))
    if why:
        query = query.where(_VIEW.c.why == why)
    with reading(engine) as conn:
        rows = [WaitingRow(*row) for row in conn.execute(query)]
    return sorted(rows, key=lambda row: REASONS.index(row.why))


def waiting_counts(engine: Engine) -> dict[str, int]:
    """How many figures wait for each reason, the most pressing first; counted by the database."""
    query = select(_VIEW.c.why, func.count()).group_by(_VIEW.c.why)
    with reading(engine) as conn:
        found = dict(conn.execute(query).tuples().all())
    return {why: found[why] for why in REASONS if why in found}


def waiting_groups(engine: Engine, *, why: str | None = None) -> list[WaitingGroup]:
    """The same grouped by reason, label and unit: within a reason the most frequent label first."""
    groups: dict[tuple[str, str, str], list[WaitingRow]] = {}
    for row in waiting(engine, why=why):
        groups.setdefault((row.why, row.label, row.unit), []).append(row)
    found = [
        WaitingGroup(*key, len(rows), len({(r.source, r.article) for r in rows}), rows[0].quote, rows[0].article)
        for key, rows in groups.items()
    ]
    return sorted(found, key=lambda g: (REASONS.index(g.why), -g.figures, g.label, g.unit))
