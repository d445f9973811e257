"""Days that nights have missed: "baokhanhhoa: missed 2026-11-19 to 2026-11-21"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from flows.sitemaps import day_in_vietnam
from models.ledger import Visited, last_broken, visited


@dataclass(frozen=True)
class Missed:
    """The days of a source that no good night saw; what it published `since` its last good night may be missing."""

    source: str
    first: date
    last: date
    since: date

    def __str__(self) -> str:
        return f"{self.source}: missed {self.first} to {self.last}"


def find_missed(engine: Engine, sources: Iterable[str], now: datetime) -> list[Missed]:
    """The sources that failed, whose run was killed, or that were not visited, since their last good night.

    A source that no night has visited yet has missed nothing.
    """
    seen, broken, today = visited(engine), last_broken(engine), day_in_vietnam(now)
    known = [(source, seen[source]) for source in sources if source in seen]
    return [missed for source, row in known if (missed := _missed(source, row, broken, today))]


def _missed(source: str, row: Visited, broken: datetime | None, today: date) -> Missed | None:
    """A night of yesterday is no reason to worry: tonight's may still come."""
    since = day_in_vietnam(row.good or row.first)
    tried = max(row.last, broken or row.last)
    if row.good and tried <= row.good and today - since <= timedelta(days=1):
        return None
    first = min(since + timedelta(days=1), today) if row.good else since
    return Missed(source, first, today, since)
