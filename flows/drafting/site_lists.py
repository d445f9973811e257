"""What an unknown site offers: its names, its feeds, sitemaps and sections, and every link that these have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup

from flows.discover import base_of, read_feed
from flows.places import folded
from flows.problems import FetchProblem, ListingProblem, SurveyProblem
from flows.sitemaps import read_sitemap
from flows.web.addresses import absolute, canonical, domain
from flows.web.fetch import Page, fetch
from flows.web.visit import Visit

MOST = 5
"""Feeds, sitemaps and sections that are visited, of each."""


@dataclass
class Site:
    """Lists that answered, the likeliest first; `links` has what each list names, `words` what a link says."""

    home: Page
    names: tuple[str, ...]
    """What the site calls itself."""
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    """Indexes, and sitemaps that date nothing: everything that a paper ever wrote may stand in them."""
    sections: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """The longest words of each link."""
    notes: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return "://".join(urlsplit(self.home.final_url)[:2])

    @property
    def domain(self) -> str:
        return domain(self.url)

    def add(self, place: str, links: Iterable[tuple[str, str]]) -> None:
        for url, text in links:
            if domain(url) == self.domain:
                self.links.setdefault(place, []).append(url)
                self.words[url] = max(self.words.get(url, ""), text, key=len)


@cache
def words() -> Mapping[str, Any]:
    """flows/drafting/words.yml."""
    found: Mapping[str, Any] = yaml.safe_load(files("flows.drafting").joinpath("words.yml").read_text("utf-8"))
    return found


def look_around(visit: Visit, start: str) -> Site:
    """Visit a site's front page and its lists. Raises FetchProblem, SurveyProblem where it leads to another site."""
    home = bring(canonical(start), visit)
    if domain(home.final_url) != domain(start):
        raise SurveyProblem(f"{start}: leads to another site, {home.final_url}: add that one")
    soup = BeautifulSoup(home.body, "lxml")
    site = Site(home, tuple(_names(soup)))
    site.add(home.final_url, _anchors(soup, home))
    _find_feeds(soup, visit, site)
    _find_sitemaps(visit, site)
    _find_sections(visit, site)
    return site


def bring(url: str, visit: Visit) -> Page:
    """A page. Raises FetchProblem."""
    page = fetch(url, visit)
    assert page is not None  # only a conditional question is answered 304
    return page


def _names(soup: BeautifulSoup) -> Iterator[str]:
    """What the site calls itself, the likeliest first: "Báo Khánh Hòa điện tử"."""
    tags = soup.select('meta[property="og:site_name"][content], meta[name="application-name"][content]')
    said = [str(tag["content"]) for tag in tags]
    said += re.split(r"\s[-–|»]\s", soup.title.get_text()) if soup.title else []
    said += [str(tag["alt"]) for tag in soup.select('a[href="/"] img[alt]')]
    yield from (name for one in said if (name := " ".join(one.split())))


def _anchors(soup: BeautifulSoup, page: Page) -> Iterator[tuple[str, str]]:
    """The links of a page, each with its words."""
    base = base_of(soup, page.final_url)
    for tag in soup.select("a[href]"):
        if url := absolute(str(tag["href"]), base):
            yield url, " ".join((tag.get_text(" ") or str(tag.get("title", ""))).split())


def _find_feeds(soup: BeautifulSoup, visit: Visit, site: Site) -> None:
    """Feeds that the front page names; where it names none, the first of the usual places that has one."""
    tags = soup.select('link[rel~=alternate][type="application/rss+xml"], link[rel~=alternate][type*=atom]')
    named = [url for tag in tags if (url := absolute(str(tag.get("href", "")), site.home.final_url))]
    named = [url for url in dict.fromkeys(named) if domain(url) == site.domain][:MOST]
    for url in named or [urljoin(site.url, path) for path in words()["feeds"]]:
        try:
            found = read_feed(bring(url, visit), visit.source)
        except (FetchProblem, ListingProblem) as problem:
            site.notes += [str(problem)] if named else []
            continue
        site.feeds.append(url)
        site.add(url, ((link.url, link.title) for link in found))
        if not named:
            return


def _find_sitemaps(visit: Visit, site: Site) -> None:
    """Those of robots.txt, else /sitemap.xml; an index is not followed."""
    rules = visit.rules.get(site.url)
    named = [canonical(url) for url in rules.sitemaps if domain(url) == site.domain] if rules else []
    for url in list(dict.fromkeys(named))[:MOST] or [f"{site.url}/sitemap.xml"]:
        try:
            sitemap = read_sitemap(bring(url, visit), visit.source)
        except (FetchProblem, ListingProblem) as problem:
            site.notes += [str(problem)] if named else []
            continue
        dated = not sitemap.is_index and any(place.day for place in sitemap.places)
        (site.sitemaps if dated else site.undated).append(url)
        site.add(url, ((place.url, place.title) for place in sitemap.places if not sitemap.is_index))


def _find_sections(visit: Visit, site: Site) -> None:
    """Sections by their name in the menu or in their address, the most wanted first."""
    wanted = {folded(name): rank for rank, name in reversed(list(enumerate(words()["sections"])))}
    ranks = {url: min((wanted[n] for n in _called(url, site) if n in wanted), default=None) for url in _menu(site)}
    best = sorted((rank, url) for url, rank in ranks.items() if rank is not None)
    for _, url in best[:MOST]:
        try:
            page = bring(url, visit)
        except FetchProblem as problem:
            site.notes.append(str(problem))
            continue
        site.sections.append(url)
        site.add(url, _anchors(BeautifulSoup(page.body, "lxml"), page))


def _menu(site: Site) -> list[str]:
    return list(dict.fromkeys(site.links.get(site.home.final_url, ())))


def _called(url: str, site: Site) -> tuple[str, str]:
    """What a link says, and what its address spells: "cai cach hanh chinh" of /tin/cai-cach-hanh-chinh.html."""
    last = re.sub(r"\.\w+$", "", urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return folded(site.words[url]), last.casefold().replace("-", " ")
