"""One source's part of a night: discover, fetch, and archive each page before anyone reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flows.archive import Archive
from flows.discover import discover
from flows.fetch import fetch
from flows.problems import FetchProblem, Unreachable
from flows.sources import Source
from flows.visit import Visit

GIVE_UP = 5
"""Pages in a row without an answer after which a source is left alone until the next run."""

Watch = Callable[[str, int, int], None]
"""Told of progress: what, how many done, of how many."""


@dataclass
class Gathered:
    """What a source gave: counts of pages, and why some did not come."""

    source: Source
    listed: int = 0
    fetched: int = 0
    kept: int = 0
    """Pages with bytes that the archive did not have."""
    failed: int = 0
    untried: int = 0
    """Articles left for the next run because the source went silent."""
    problems: list[str] = field(default_factory=list)
    """List pages and articles that did not come; the messages name them."""
    error: str | None = None
    """Why the source as a whole failed."""


def gather(visit: Visit, archive: Archive, watch: Watch = lambda *_: None) -> Gathered:
    """Visit a source. Raises ListingProblem when nothing of its lists can be read; a page that fails is counted."""
    source = visit.source
    listing = discover(visit)
    found = Gathered(source, listed=len(listing.links), problems=list(listing.problems))
    found.error = "; ".join(listing.problems) or None
    silent = 0
    for number, url in enumerate(listing.links, 1):
        try:
            _bring(url, visit, archive, found)
            silent = 0
        except FetchProblem as problem:
            found.failed += 1
            found.problems.append(str(problem))
            silent = silent + 1 if isinstance(problem, Unreachable) else 0
        watch(source.id, number, found.listed)
        if silent == GIVE_UP:
            found.untried = found.listed - number
            found.error = f"{GIVE_UP} pages in a row gave no answer, {found.untried} were not tried"
            break
    return found


def _bring(url: str, visit: Visit, archive: Archive, found: Gathered) -> None:
    source = visit.source.id
    newest = archive.newest(source, url)
    first = archive.first_kept(source, url)
    if newest and first and visit.now() - first > timedelta(days=visit.source.polite.recheck_days):
        return
    page = fetch(url, visit, newest.headers if newest else None)
    if page is None:
        return
    found.fetched += 1
    entry = archive.propose(
        source, url, page.body, fetched_at=page.fetched_at, final_url=page.final_url, headers=page.headers
    )
    found.kept += archive.keep(entry, page.body)
