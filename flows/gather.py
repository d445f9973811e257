"""One source's part of a night: discover, fetch, and archive each page before anyone reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flows.archive import GONE, Archive
from flows.discover import discover
from flows.fetch import Page, fetch
from flows.listing import Listing
from flows.problems import BadAnswer, FetchProblem, Unreachable
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
    again: int = 0
    """Young articles that no list names any more and that are asked again all the same."""
    fetched: int = 0
    kept: int = 0
    """Pages with bytes that the archive did not have, and articles that are gone since tonight."""
    new: int = 0
    """Articles that the archive did not have."""
    failed: int = 0
    untried: int = 0
    """Articles left for the next run because the source went silent."""
    left: int = 0
    """New articles left out by the night's limits; the next night sees them again."""
    problems: list[str] = field(default_factory=list)
    """List pages and articles that did not come; the messages name them."""
    error: str | None = None
    """Why the source as a whole failed."""


def gather(visit: Visit, archive: Archive, watch: Watch = lambda *_: None) -> Gathered:
    """Visit a source. Raises ListingProblem when nothing of its lists can be read; a page that fails is counted."""
    listing = discover(visit)
    again = _young(visit, archive, listing)
    found = Gathered(visit.source, len(listing.links), len(again), problems=[*listing.problems, *listing.notes])
    found.error = "; ".join(listing.problems) or None
    _bring_all([*_wanted(visit, archive, listing, found), *again], visit, archive, found, watch)
    return found


def _bring_all(urls: Sequence[str], visit: Visit, archive: Archive, found: Gathered, watch: Watch) -> None:
    """Each article in its turn, until the source goes silent."""
    silent = 0
    for number, url in enumerate(urls, 1):
        try:
            _bring(url, visit, archive, found)
            silent = 0
        except FetchProblem as problem:
            found.failed += 1
            found.problems.append(str(problem))
            silent = silent + 1 if isinstance(problem, Unreachable) else 0
        watch(visit.source.id, number, len(urls))
        if silent == GIVE_UP:
            found.untried = len(urls) - number
            found.error = f"{GIVE_UP} pages in a row gave no answer, {found.untried} were not tried"
            return


def _young(visit: Visit, archive: Archive, listing: Listing) -> list[str]:
    """Articles of the archive that may still be changed or taken back, and that no list names."""
    source, listed = visit.source, set(listing.links)
    kept = archive.first_kept_since(source.id, visit.now() - timedelta(days=source.polite.recheck_days))
    return [url for url in kept if url not in listed and source.is_article(url)]


def _wanted(visit: Visit, archive: Archive, listing: Listing, found: Gathered) -> list[str]:
    """What is listed, without new articles that are dated before the night's `since`; those are counted."""
    since, source = visit.limits.since, visit.source.id
    old = {url for url, day in listing.days.items() if since and day < since and not archive.newest(source, url)}
    found.left += len(old)
    return [url for url in listing.links if url not in old]


def _bring(url: str, visit: Visit, archive: Archive, found: Gathered) -> None:
    """Ask for an article, where it is to be asked for, and archive what is new of it. Raises FetchProblem."""
    source = visit.source.id
    newest = archive.newest(source, url)
    if newest is None and found.new == visit.limits.most:
        found.left += 1
        return
    if newest and not newest.gone and not _is_young(url, visit, archive):
        return
    try:
        page = fetch(url, visit, newest.headers if newest else None)
    except BadAnswer as problem:
        if newest is None or problem.status not in GONE:
            raise
        found.kept += archive.keep_gone(source, url, problem.status, visit.now())
        return
    if page:
        found.fetched += 1
        kept = _keep(url, page, source, archive)
        found.kept += kept
        found.new += kept and newest is None


def _keep(url: str, page: Page, source: str, archive: Archive) -> bool:
    entry = archive.propose(
        source, url, page.body, fetched_at=page.fetched_at, final_url=page.final_url, headers=page.headers
    )
    return archive.keep(entry, page.body)


def _is_young(url: str, visit: Visit, archive: Archive) -> bool:
    first = archive.first_kept(visit.source.id, url)
    return first is None or visit.now() - first <= timedelta(days=visit.source.polite.recheck_days)
