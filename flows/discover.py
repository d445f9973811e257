"""Find the addresses of a source's articles: RSS first, then sitemaps, then listing pages."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import feedparser
from bs4 import BeautifulSoup

from flows.addresses import absolute, canonical, domain
from flows.fetch import Page, fetch
from flows.problems import BadAnswer, FetchProblem, ListingProblem
from flows.sitemaps import day_in_vietnam, read_sitemap
from flows.sources import Source
from flows.visit import Visit

CHILDREN = 12
"""Sitemaps of an index that are read in one night."""

Links = Iterable[tuple[str, date | None]]
"""Addresses, each with the day its list gives it."""


@dataclass(frozen=True)
class Listing:
    """What a source lists today, first seen first; `problems` are its lists that could not be read."""

    links: tuple[str, ...]
    problems: tuple[str, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)
    """Days that lists give to articles, the latest where several do."""
    skipped: int = 0
    """Addresses that would be articles but for the source's `skip`."""
    notes: tuple[str, ...] = ()
    """What was left unread by a rule of ours."""


@dataclass
class _Told:
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


_Reader = Callable[[str, Visit, _Told], Iterator[Links]]


def discover(visit: Visit) -> Listing:
    """The articles that a source lists. Raises ListingProblem when none of its lists can be read."""
    source, told = visit.source, _Told()
    links: dict[str, date | None] = {}
    skipped: set[str] = set()
    lists = [(url, reader) for urls, reader in _readers(source) for url in urls]
    broken = 0
    for url, reader in lists:
        came = False
        try:
            for part in reader(url, visit, told):
                came = True
                part = list(part)
                _add(links, part, source)
                skipped.update(url for url, _ in part if source.is_skipped(url))
        except (FetchProblem, ListingProblem) as problem:
            told.problems.append(str(problem))
            broken += not came
    if broken == len(lists):
        raise ListingProblem("; ".join(told.problems) or f"no list to read ({source.file}, list)")
    days = {url: day for url, day in links.items() if day}
    return Listing(tuple(links), tuple(told.problems), days, len(skipped), tuple(told.notes))


def _readers(source: Source) -> list[tuple[tuple[str, ...], _Reader]]:
    lists = source.lists
    return [(lists.rss, _feed), (lists.sitemaps, _sitemap), (lists.pages, _pages)]


def _add(links: dict[str, date | None], found: Links, source: Source) -> None:
    for url, day in found:
        if source.is_article(url):
            links[url] = max((d for d in (links.get(url), day) if d), default=None)


def _feed(url: str, visit: Visit, told: _Told) -> Iterator[Links]:
    yield read_feed(_page(url, visit), visit.source)


def _sitemap(url: str, visit: Visit, told: _Told) -> Iterator[Links]:
    """A sitemap, or those of an index, which is followed one level: the children dated since the first day that
    counts, the newest first, then those without a date, at most CHILDREN in all; what is beyond is told.

    That day is the night's `--since`, else `list.sitemap_days` ago. Without `--since` a sitemap's older articles
    count as not listed at all: it may hold everything since a paper began.
    """
    source, since = visit.source, visit.limits.since
    first = since or day_in_vietnam(visit.now() - timedelta(days=source.lists.sitemap_days))
    top = read_sitemap(_page(url, visit), source)
    if not top.is_index:
        yield top.places if since else top.since(first)
        return
    children = [child for child, _ in top.since(first) if domain(child) == domain(source.url)]
    if len(children) > CHILDREN:
        why = f"{len(children)} sitemaps, {CHILDREN} are read: name those that matter ({source.file}, list.sitemaps)"
        told.notes.append(f"{url}: {why}")
    yield []
    for child in children[:CHILDREN]:
        try:
            below = read_sitemap(_page(child, visit), source)
        except (FetchProblem, ListingProblem) as problem:
            told.problems.append(str(problem))
            continue
        if below.is_index:
            told.notes.append(f"{child}: an index within an index is not followed ({source.file}, list.sitemaps)")
            continue
        yield below.places if since else below.since(first)


def _pages(url: str, visit: Visit, told: _Told) -> Iterator[Links]:
    """A listing page and those behind it, `list.depth` in all, until one brings no article that this list had not."""
    source = visit.source
    links = read_list(_page(url, visit), source)
    yield ((link, None) for link in links)
    seen = set(links)
    for number in range(2, source.lists.depth + 1):
        try:
            links = read_list(_page(source.lists.page(url, number), visit), source)
        except ListingProblem:
            return
        except BadAnswer as problem:
            if problem.status in (404, 410):
                return
            raise
        new = [link for link in dict.fromkeys(links) if link not in seen]
        if not any(map(source.is_article, new)):
            return
        yield ((link, None) for link in new)
        seen.update(new)


def read_feed(page: Page, source: Source) -> list[tuple[str, date | None]]:
    """The links of an RSS or Atom feed. Raises ListingProblem when the answer is no feed."""
    feed = feedparser.parse(page.body, response_headers={"content-type": page.headers.get("content-type", "")})
    if not feed.version:
        raise ListingProblem(f"{page.url}: not an RSS or Atom feed ({source.file}, list.rss)")
    linked = [entry for entry in feed.entries if entry.get("link")]
    return [(url, _entry_day(one)) for one in linked if (url := absolute(one["link"], page.final_url))]


def _entry_day(entry: feedparser.FeedParserDict) -> date | None:
    """When it was published or changed, the later of both; feedparser gives UTC."""
    parsed = [entry[name] for name in ("published_parsed", "updated_parsed") if name in entry]
    days = [day_in_vietnam(datetime.fromtimestamp(timegm(when), UTC)) for when in parsed if when]
    return max(days, default=None)


def read_list(page: Page, source: Source) -> list[str]:
    """The links of a listing page. Raises ListingProblem when it has none."""
    soup = BeautifulSoup(page.body, "lxml", from_encoding=source.encoding)
    links = [str(a["href"]) for a in soup.select(source.lists.links) if a.get("href")]
    if not links:
        raise ListingProblem(f"{page.url}: no links {source.lists.links!r} ({source.file}, list.links)")
    base = base_of(soup, page.final_url)
    return [url for link in links if (url := absolute(link, base))]


def base_of(soup: BeautifulSoup, url: str) -> str:
    """Where relative links start: <base href>, unless it points to another site (some papers copied theirs)."""
    tag = soup.select_one("base[href]")
    base = absolute(str(tag["href"]), url) if tag else None
    return base if base and domain(base) == domain(url) else url


def _page(url: str, visit: Visit) -> Page:
    page = fetch(canonical(url), visit)
    if page is None:
        raise ListingProblem(f"{url}: answered 304 to a plain question")
    return page
