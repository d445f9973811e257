"""Find the addresses of a source's articles: RSS first, then sitemaps, then listing pages."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import feedparser
from bs4 import BeautifulSoup, Tag

from flows.dating import Dating, Place
from flows.listing import Link, Listing, words
from flows.problems import BadAnswer, FetchProblem, GivenUp, ListingProblem
from flows.sitemaps import day_in_vietnam, read_sitemap
from flows.sources import Source
from flows.web.addresses import absolute, canonical, domain
from flows.web.fetch import Page, fetch
from flows.web.visit import Visit

CHILDREN = 12
"""Sitemaps of an index that are read in one night; for past days all are."""
DEEPEST = 1000
"""Pages of one listing that are read for past days."""


@dataclass
class _Told:
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    """How far back the lists reach, as far as they or their articles tell."""
    dating: Dating | None = None


_Reader = Callable[[str, Visit, _Told], Iterator[Iterable[Link]]]


def discover(visit: Visit, dating: Dating | None = None) -> Listing:
    """The articles that a source lists. Raises ListingProblem when none of its lists can be read.

    With `dating`, lists are read as far back as the first day that is asked for, or as they reach, which is told.
    """
    source, told = visit.source, _Told(dating=dating)
    links: dict[str, Link] = {}
    skipped: set[str] = set()
    lists = [(url, reader) for urls, reader in _readers(source) for url in urls]
    broken = 0
    for number, (url, reader) in enumerate(lists):
        came = False
        try:
            for part in reader(url, visit, told):
                came = True
                found = list(part)
                _add(links, found, source)
                skipped.update(link.url for link in found if source.is_skipped(link.url))
        except GivenUp as problem:
            unread = len(lists) - number - came
            told.problems.append(f"{problem}, {unread} of {len(lists)} lists were not read")
            broken += unread
            break
        except (FetchProblem, ListingProblem) as problem:
            told.problems.append(str(problem))
            broken += not came
    if broken == len(lists):
        raise ListingProblem("; ".join(dict.fromkeys(told.problems)) or f"no list to read ({source.file}, list)")
    if dating and not dating.short:
        told.notes += _reach(visit, [*told.days, *(link.day for link in links.values() if link.day)])
    return Listing(tuple(links.values()), tuple(told.problems), tuple(told.notes), len(skipped))


def _reach(visit: Visit, days: list[date]) -> list[str]:
    """What to say when the lists do not reach back to the first day that is asked for."""
    since, mend = visit.limits.since, f"list.sitemaps or list.paging in {visit.source.file}"
    if since is None or min(days, default=date.max) <= since:
        return []
    if not days:
        return [f"its lists tell no day: whether they reach back to {since} is not known: {mend}"]
    return [f"its lists reach back to {min(days)}; {since} is not reachable: {mend}"]


def _readers(source: Source) -> list[tuple[tuple[str, ...], _Reader]]:
    lists = source.lists
    return [(lists.rss, _feed), (lists.sitemaps, _sitemap), (lists.pages, _pages)]


def _add(links: dict[str, Link], found: Iterable[Link], source: Source) -> None:
    for link in found:
        if source.is_article(link.url):
            links[link.url] = links.get(link.url, link).joined(link)


def _feed(url: str, visit: Visit, told: _Told) -> Iterator[list[Link]]:
    yield read_feed(_page(url, visit), visit.source)


def _sitemap(url: str, visit: Visit, told: _Told) -> Iterator[list[Link]]:
    """A sitemap, or those of an index, which is followed one level: the children dated since the first day that
    counts, the newest first, then those without a date, at most CHILDREN in all; what is beyond is told.

    That day is the night's `--since`, else `list.sitemap_days` ago. Without `--since` a sitemap's older articles
    count as not listed at all: it may hold everything since a paper began.
    """
    source, since = visit.source, visit.limits.since
    first = since or day_in_vietnam(visit.now() - timedelta(days=source.lists.sitemap_days))
    top = read_sitemap(_page(url, visit), source)
    told.days += [place.day for place in top.places if place.day]
    if not top.is_index:
        yield list(top.places) if since else top.since(first)
        return
    children = [child.url for child in top.since(first) if domain(child.url) == domain(source.url)]
    most = DEEPEST if told.dating else CHILDREN
    if len(children) > most:
        why = f"{len(children)} sitemaps, {most} are read: name those that matter ({source.file}, list.sitemaps)"
        told.notes.append(f"{url}: {why}")
    yield []
    for child in children[:most]:
        try:
            below = read_sitemap(_page(child, visit), source)
        except GivenUp:
            raise
        except (FetchProblem, ListingProblem) as problem:
            told.problems.append(str(problem))
            continue
        if below.is_index:
            told.notes.append(f"{child}: an index within an index is not followed ({source.file}, list.sitemaps)")
            continue
        yield list(below.places) if since else below.since(first)


def _pages(url: str, visit: Visit, told: _Told) -> Iterator[list[Link]]:
    """A listing page and those behind it, `list.depth` in all, until one brings no article that this list had not."""
    lists = visit.source.lists
    if told.dating is None:
        yield from _paged(url, visit, lists.depth)
        return
    for number, links in enumerate(_paged(url, visit, DEEPEST if lists.paging else 1), 1):
        place = told.dating.place([link for link in links if visit.source.is_article(link.url)])
        if told.dating.short:
            told.notes.append(f"{url}: left off at page {number}, for --max is reached: run it again to go on")
            return
        dated = [told.dating.dated(link) for link in links]
        told.days += [link.day for link in dated if link.day]
        if place is not Place.newer:
            yield dated
        if place is Place.older:
            return
        if place is Place.unknown and lists.paging and number >= lists.depth:
            told.notes.append(f"{url}: page {number} has no article that tells its day: no more pages are read")
            return


def _paged(url: str, visit: Visit, depth: int) -> Iterator[list[Link]]:
    source = visit.source
    links = read_list(_page(url, visit), source)
    yield links
    seen = {link.url for link in links}
    for number in range(2, depth + 1):
        try:
            links = read_list(_page(source.lists.page(url, number), visit), source)
        except ListingProblem:
            return
        except BadAnswer as problem:
            if problem.status in (404, 410):
                return
            raise
        new = [link for link in links if link.url not in seen]
        if not any(source.is_article(link.url) for link in new):
            return
        yield new
        seen.update(link.url for link in new)


def read_feed(page: Page, source: Source) -> list[Link]:
    """The articles of an RSS or Atom feed. Raises ListingProblem when the answer is no feed."""
    feed = feedparser.parse(page.body, response_headers={"content-type": page.headers.get("content-type", "")})
    if not feed.version:
        raise ListingProblem(f"{page.url}: not an RSS or Atom feed ({source.file}, list.rss)")
    linked = [entry for entry in feed.entries if entry.get("link")]
    return [_entry(url, one) for one in linked if (url := absolute(one["link"], page.final_url))]


def _entry(url: str, entry: feedparser.FeedParserDict) -> Link:
    title, lead = (words(_plain(entry.get(name))) for name in ("title", "summary"))
    return Link(url, _entry_day(entry), title, lead)


def _plain(text: object) -> Iterator[str]:
    """The words of a title or a summary, which may be HTML with a picture."""
    soup = BeautifulSoup(f"<p>{text or ''}</p>", "lxml")
    yield from soup.stripped_strings


def _entry_day(entry: feedparser.FeedParserDict) -> date | None:
    """When it was published or changed, the later of both; feedparser gives UTC."""
    parsed = [entry[name] for name in ("published_parsed", "updated_parsed") if name in entry]
    days = [day_in_vietnam(datetime.fromtimestamp(timegm(when), UTC)) for when in parsed if when]
    return max(days, default=None)


def read_list(page: Page, source: Source) -> list[Link]:
    """The links of a listing page, each once. Raises ListingProblem when it has none."""
    soup = BeautifulSoup(page.body, "lxml", from_encoding=source.encoding)
    tags = [tag for tag in soup.select(source.lists.links) if tag.get("href")]
    if not tags:
        raise ListingProblem(f"{page.url}: no links {source.lists.links!r} ({source.file}, list.links)")
    base = base_of(soup, page.final_url)
    links: dict[str, Link] = {}
    for tag in tags:
        if url := absolute(str(tag["href"]), base):
            link = Link(url, title=_anchor(tag))
            links[url] = links.get(url, link).joined(link)
    return list(links.values())


def _anchor(tag: Tag) -> str:
    """The words of a link: its text, else its title or what its picture is said to show."""
    if text := words(tag.stripped_strings):
        return text
    picture = tag.select_one("img[alt]")
    return words([tag.get("title") or (picture and picture["alt"])])


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
