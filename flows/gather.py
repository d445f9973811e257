"""One source's part of a night: discover, fetch, and archive each page before anyone reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain

from flows.archive import GONE, Archive
from flows.dating import Dating
from flows.discover import discover
from flows.listing import Listing
from flows.problems import BadAnswer, FetchProblem, GivenUp
from flows.sitemaps import day_in_vietnam
from flows.sources import Source
from flows.waiting import Queue, in_turn
from flows.web.fetch import Page, fetch
from flows.web.visit import Visit

Watch = Callable[[str, int, int], None]
"""Told of progress: what, how many done, of how many."""


@dataclass
class Gathered:
    """What a source gave: counts of pages, and why some did not come."""

    source: Source
    listed: int = 0
    again: int = 0
    """Articles that no list names any more: young ones that are asked again, and those that waited."""
    asked: int = 0
    """Articles that the site was asked for, whatever it answered."""
    fetched: int = 0
    kept: int = 0
    """Pages with bytes that the archive did not have, and articles that are gone since tonight."""
    new: int = 0
    """Articles that the archive did not have."""
    failed: int = 0
    untried: int = 0
    """Articles left for the next run because the source failed too often, or asked to be left alone."""
    left: int = 0
    """New articles that lists date outside of the night's days; nobody remembers them."""
    held: int = 0
    """New articles beyond the night's number, or that wait for a night of other days."""
    waiting: int = 0
    """Articles that the next nights bring: held, untried or failed in this one."""
    skipped: int = 0
    """Addresses that the source's `skip` leaves out."""
    problems: list[str] = field(default_factory=list)
    """List pages and articles that did not come; the messages name them."""
    error: str | None = None
    """Why the source as a whole failed."""


def gather(visit: Visit, archive: Archive, watch: Watch = lambda *_: None) -> Gathered:
    """Visit a source. Raises ListingProblem when nothing of its lists can be read; a page that fails is counted."""
    found = Gathered(visit.source)
    listing, opened = _listing(visit, archive, found)
    found.skipped = listing.skipped
    found.listed, found.problems = len(listing.found), [*visit.source.warnings, *listing.problems, *listing.notes]
    found.error = "; ".join(dict.fromkeys(listing.problems)) or None
    queue = _queue(visit, archive, listing, found)
    new = [one for one in queue if visit.limits.allow(one.link.day) and visit.source.is_article(one.link.url)]
    tonight, known = {one.link.url for one in new}, _known(visit, archive, listing)
    found.again = len({*tonight, *known, *opened}.difference(listing.links))
    found.held = sum(url in queue and url not in tonight for url in listing.links)
    turns = (one.link.url for one in in_turn(new, visit.now(), lambda: found.new))
    _bring_all(chain(turns, known), len(new) + len(known), visit, archive, found, queue, watch)
    found.problems += queue.give_up(listing.links)
    queue.drop_kept()
    queue.save()
    found.waiting = len(queue)
    return found


def _listing(visit: Visit, archive: Archive, found: Gathered) -> tuple[Listing, set[str]]:
    """What is listed, and for past days the articles that were opened to learn where their lists are."""
    if not visit.limits.deep:
        return discover(visit), set()
    opened: set[str] = set()

    def bring(url: str) -> None:
        _ask(url, visit, archive, found)
        opened.add(url)

    dating = Dating(visit, archive, bring, lambda: found.new == visit.most)
    return discover(visit, dating), opened


def _queue(visit: Visit, archive: Archive, listing: Listing, found: Gathered) -> Queue:
    """What waits to be brought, with what is new tonight; on disk before anything is asked for.

    New articles that lists date outside of the night's days do not join it; they are counted.
    """
    queue = Queue(archive, visit.source.id)
    new = [link for link in listing.found if not archive.newest(visit.source.id, link.url)]
    allowed = [link for link in new if visit.limits.allow(link.day) or link.url in queue]
    found.left = len(new) - len(allowed)
    queue.drop_kept()
    queue.join(allowed, visit.now())
    queue.save()
    return queue


def _bring_all(
    urls: Iterable[str], total: int, visit: Visit, archive: Archive, found: Gathered, queue: Queue, watch: Watch
) -> None:
    """Each article in its turn, until the source is given up."""
    for number, url in enumerate(urls, 1):
        try:
            _bring(url, visit, archive, found)
        except GivenUp as problem:
            found.untried = total - number + 1
            found.error = f"{problem}, {found.untried} were not tried"
            found.problems.append(found.error)
            return
        except FetchProblem as problem:
            found.failed += 1
            found.problems.append(str(problem))
            queue.failed(url, problem, day_in_vietnam(visit.now()))
        watch(visit.source.id, number, total)


def _known(visit: Visit, archive: Archive, listing: Listing) -> list[str]:
    """Articles of the archive that may be asked again: the listed, and young ones that no list names any more."""
    source, listed = visit.source, dict.fromkeys(listing.links)
    if visit.limits.deep:
        return []
    young = archive.first_kept_since(source.id, visit.now() - timedelta(days=source.polite.recheck_days))
    known = [url for url in listed if archive.newest(source.id, url)]
    return known + [url for url in young if url not in listed and source.is_article(url)]


def _bring(url: str, visit: Visit, archive: Archive, found: Gathered) -> None:
    """Ask for an article, unless the night has enough or it is too old to change. Raises FetchProblem."""
    source = visit.source.id
    newest = archive.newest(source, url)
    if newest is None and found.new == visit.most:
        found.held += 1
        return
    if newest and not newest.gone and not _is_young(url, visit, archive):
        return
    _ask(url, visit, archive, found)


def _ask(url: str, visit: Visit, archive: Archive, found: Gathered) -> None:
    """Fetch an article, conditionally where it is known, and archive what is new of it. Raises FetchProblem."""
    source = visit.source.id
    newest = archive.newest(source, url)
    visit.patience.check()
    found.asked += 1
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
