"""How a source stands now, for whoever asks: "silent 9 d", "failed 4 nights", "not visited 9 d"."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from flows.sources import Source
from models.ledger import Night
from models.records import SourceCounts


@dataclass(frozen=True)
class Standing:
    """A source and its last night; without one, it was never visited."""

    id: str
    name: str
    url: str
    locality: str | None
    enabled: bool
    feeds: int
    sitemaps: int
    pages: int
    file: str
    last_night: datetime | None
    listed: int | None
    new: int | None
    failed: int | None
    health: str
    unwell: bool
    """Whether that is grave."""
    why: str
    """What ails it, against what was expected, and where it is mended."""


COLUMNS = [field.name for field in fields(Standing)]


def standing(source: Source, last: Night | None, now: datetime) -> Standing:
    """A source beside its last night."""
    counts = last.counts if last else None
    health, unwell, why = _health(source, last, now)
    return Standing(
        id=source.id,
        name=source.name,
        url=source.url,
        locality=source.locality,
        enabled=source.enabled,
        feeds=len(source.lists.rss),
        sitemaps=len(source.lists.sitemaps),
        pages=len(source.lists.pages),
        file=source.file,
        last_night=last.started if last else None,
        listed=counts.listed if counts else None,
        new=counts.new if counts else None,
        failed=counts.failed if counts else None,
        health=health,
        unwell=unwell,
        why=why,
    )


def _health(source: Source, last: Night | None, now: datetime) -> tuple[str, bool, str]:
    """The last night's health, unless no night came since; whoever is disabled or was never visited is not unwell."""
    if not source.enabled:
        return "disabled", False, ""
    if last is None:
        return "never seen", False, ""
    days, most = (now - last.started).days, source.expect.silent_days
    if 0 < most < days:
        why = f"no night has visited it for {days} days, expected within {most} ({source.file}, expect.silent_days)"
        return f"not visited {days} d", True, why
    counts = last.counts
    return counts.health, counts.unwell, "; ".join(why_of(counts))


def why_of(counts: SourceCounts) -> list[str]:
    """Why a night failed, and what it found to ail the source."""
    return [*filter(None, [counts.error]), *counts.note.splitlines()]
