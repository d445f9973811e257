"""Find the addresses of a source's articles: RSS first, then listing pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import feedparser
from bs4 import BeautifulSoup

from flows.addresses import absolute, canonical, domain
from flows.fetch import Page, fetch
from flows.problems import FetchProblem, ListingProblem
from flows.sources import Source
from flows.visit import Visit


@dataclass(frozen=True)
class Listing:
    """What a source lists today, first seen first; `problems` are its lists that could not be read."""

    links: tuple[str, ...]
    problems: tuple[str, ...] = ()


def discover(visit: Visit) -> Listing:
    """The articles that a source lists. Raises ListingProblem when none of its lists can be read."""
    source = visit.source
    readers = [(url, read_feed) for url in source.lists.rss] + [(url, read_list) for url in source.lists.pages]
    links: dict[str, None] = {}
    problems: list[str] = []
    for url, reader in readers:
        try:
            found = reader(_page(url, visit), source)
            links.update(dict.fromkeys(link for link in found if source.is_article(link)))
        except (FetchProblem, ListingProblem) as problem:
            problems.append(str(problem))
    if len(problems) == len(readers):
        raise ListingProblem("; ".join(problems) or f"no list to read ({source.file}, list)")
    return Listing(tuple(links), tuple(problems))


def read_feed(page: Page, source: Source) -> list[str]:
    """The links of an RSS or Atom feed. Raises ListingProblem when the answer is no feed."""
    feed = feedparser.parse(page.body, response_headers={"content-type": page.headers.get("content-type", "")})
    if not feed.version:
        raise ListingProblem(f"{page.url}: not an RSS or Atom feed ({source.file}, list.rss)")
    return list(_whole((entry.get("link", "") for entry in feed.entries), page.final_url))


def read_list(page: Page, source: Source) -> list[str]:
    """The links of a listing page. Raises ListingProblem when it has none."""
    soup = BeautifulSoup(page.body, "lxml", from_encoding=source.encoding)
    links = [str(a["href"]) for a in soup.select(source.lists.links) if a.get("href")]
    if not links:
        raise ListingProblem(f"{page.url}: no links {source.lists.links!r} ({source.file}, list.links)")
    return list(_whole(links, _base(soup, page.final_url)))


def _base(soup: BeautifulSoup, url: str) -> str:
    """Where relative links start: <base href>, unless it points to another site (some papers copied theirs)."""
    tag = soup.select_one("base[href]")
    base = absolute(str(tag["href"]), url) if tag else None
    return base if base and domain(base) == domain(url) else url


def _whole(links: Iterable[str], base: str) -> Iterator[str]:
    return (url for link in links if link and (url := absolute(link, base)))


def _page(url: str, visit: Visit) -> Page:
    page = fetch(canonical(url), visit)
    if page is None:
        raise ListingProblem(f"{url}: answered 304 to a plain question")
    return page
