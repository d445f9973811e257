"""A night that is killed at its worst moments: nothing is there by half, and the next one ends as if nothing had been.

At random moments: `python -m benchmarks.killed_nights`.
"""

from __future__ import annotations

import os
import signal
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import flows.archive
import flows.desk
import flows.load
import flows.store
import models.load
from flows.archive import Archive
from flows.export import rows_csv
from flows.nightly import night, plain_steps
from flows.settings import Settings
from models.database import reading
from models.ledger import runs
from models.points import COLUMNS, series
from tests.sites import Site, desk_for, settings, site, stored

__all__ = ["settings", "site"]

POINTS: dict[str, tuple[object, str, int]] = {
    "before any article is asked for": (flows.archive.Archive, "keep_waiting", 1),
    "while a page is written": (flows.store.os, "replace", 3),
    "between the bytes and their sidecar": (flows.archive.Archive, "_note", 2),
    "within an article's transaction": (models.load, "rank", 2),
    "before copies are linked": (flows.load, "link_copies", 1),
    "before the ledger is told": (flows.desk, "record_source", 1),
}
"""Where a night is killed, and at which call; the next begins where that one came to."""


def killed_night(settings: Settings, point: str) -> None:
    """A night in a process of its own, until it comes to the point."""
    owner, name, last = POINTS[point]
    calls, real = count(1), getattr(owner, name)

    def until(*given: Any, **named: Any) -> Any:
        if next(calls) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(owner, name, until)
    one_night(settings)


def one_night(settings: Settings) -> str:
    desk = desk_for(settings)
    report = night(desk, plain_steps(desk))
    assert report.ok, report.mend
    return report.headline()


def series_of(settings: Settings) -> str:
    return rows_csv(series(stored(settings)), COLUMNS)


def kept(settings: Settings) -> dict[str, bytes]:
    """Every entry of the archive with its bytes; ArchiveProblem for one that is there by half."""
    archive = Archive(settings.raw)
    return {str(one.path): archive.read(one) for one in archive.entries("bao")} if archive.sources() else {}


@pytest.fixture
def undisturbed(site: Site, settings: Settings, tmp_path: Path) -> Settings:
    """What a night makes of three articles and a copy."""
    for name, rate in (("a", "1,5"), ("b", "1,6"), ("c", "1,7")):
        site.article(name, rate)
    site.pages["/d.html"] = site.pages["/a.html"]
    site.list_articles("a", "b", "c", "d")
    other = settings.model_copy(update={"data_dir": tmp_path / "undisturbed"})
    one_night(other)
    return other


def test_a_night_that_is_killed_again_and_again_ends_as_if_nothing_had_been(
    settings: Settings, undisturbed: Settings
) -> None:
    for point in POINTS:
        child = get_context("fork").Process(target=killed_night, args=(settings, point))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL, f"not killed {point}"
        assert kept(settings).items() <= kept(undisturbed).items()
        assert by_half(settings) == [], point
    one_night(settings)
    assert kept(settings) == kept(undisturbed)
    assert series_of(settings) == series_of(undisturbed)
    assert [run.state for run in runs(stored(settings))] == ["done", *["killed"] * len(POINTS)]


def by_half(settings: Settings) -> list[str]:
    """Articles without the claim that each of them has, once its places are worked out."""
    broken = """
        SELECT a.identity FROM article a WHERE NOT EXISTS (
            SELECT 1 FROM observation o JOIN ranked_claim r ON r.claim_id = o.id
            JOIN mention m ON m.observation_id = o.id WHERE o.article_id = a.id)
    """
    with reading(stored(settings)) as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        return list(conn.scalars(text(broken)))
