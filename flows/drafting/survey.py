"""Look at a site that no source describes: its name, its feeds, sitemaps and sections, and what its articles are like.

Few pages are asked for, with the manners of a night: the front page, the sections, and two pages of each of the
likeliest kinds of address, which are articles when the page reader finds title, date and text on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from extractors.facts import Article, Reading
from flows.drafting.shapes import Group, differ_in_mark, folders_of, group, headline_like, pattern
from flows.drafting.site_lists import Site, bring, look_around, words
from flows.problems import FetchProblem, FileProblem, SurveyProblem
from flows.reading import read_bytes
from flows.web.fetch import Page
from flows.web.visit import Visit

KINDS = 4
"""So many kinds of address are tried, the one with most headlines first."""
TRIED, ENOUGH = 3, 2
"""Pages of each that are asked for, and articles among them that do."""
LEAST_WORDS = 40
"""Of an article's text."""


@dataclass(frozen=True)
class Sample:
    """A page that is an article, as it is read without selectors."""

    page: Page
    article: Article


@dataclass
class Survey:
    """What was found; lists are those that name articles, each with the articles that it names."""

    site: Site
    article: str
    """The pattern of their addresses."""
    samples: list[Sample]
    feeds: dict[str, list[str]] = field(default_factory=dict)
    sitemaps: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)

    @property
    def listed(self) -> int:
        """How many articles the lists name today."""
        lists = (*self.feeds.values(), *self.sitemaps.values(), *self.pages.values())
        return len({url for urls in lists for url in urls})


def survey(visit: Visit, start: str) -> Survey:
    """Visit a site from a page of it. Raises FetchProblem, and SurveyProblem where no articles are found."""
    site = look_around(visit, start)
    aside = _set_aside(site)
    kinds, samples = _find_articles(visit, site, aside)
    found = Survey(site, _pattern(kinds, site, aside), samples)
    found.feeds, found.sitemaps = (_naming(lists, found) for lists in (site.feeds, site.sitemaps))
    home = site.home.final_url
    found.pages = _naming(site.sections, found) or _naming([home], found)
    for url in site.sections:
        if url not in found.pages:
            site.notes.append(f"{url}: names no articles (does JavaScript fill it?), left out")
    return found


def _set_aside(site: Site) -> set[str]:
    """Links to lists of tags, authors and events."""
    names = set(words()["lists"])
    return {url for url in site.words if names.intersection(name.casefold() for name in folders_of(url))}


def _find_articles(visit: Visit, site: Site, aside: set[str]) -> tuple[list[Group], list[Sample]]:
    """The kinds of address whose pages are articles, and such pages. Raises SurveyProblem."""
    no_article = {*aside, *site.sections, *site.links}
    likely = [url for url, text in site.words.items() if url not in no_article and headline_like(url, text)]
    kinds = sorted(group(likely, words()["paging"]), key=lambda kind: -len(kind.urls))
    told: list[str] = []
    good: list[Group] = []
    samples: list[Sample] = []
    for kind in kinds[:KINDS]:
        if good and not differ_in_mark(kind, good[0]):
            continue
        if some := list(islice(_articles(kind, visit, told), ENOUGH)):
            good.append(kind)
            samples += some
    if not good:
        why = f"of {len(told)} pages none is one: {told[0]}" if told else _no_headlines(site)
        raise SurveyProblem(f"{site.url}: no articles found: {why}")
    return good, samples


def _no_headlines(site: Site) -> str:
    return f"none of {len(site.words)} links is a headline's (does JavaScript fill its lists?)"


def _pattern(kinds: list[Group], site: Site, aside: set[str]) -> str:
    """What fits articles, and none of the lists that were seen."""
    article = pattern(kinds, site.sections)
    names = {name.casefold() for url in aside if matches(article, url) for name in folders_of(url)}
    if refused := names.intersection(words()["lists"]):
        article = pattern(kinds, site.sections, refused)
    if mixed := [url for url in site.sections if matches(article, url)]:
        site.notes.append(f"article: also fits sections, such as {mixed[0]}")
    return article


def _articles(kind: Group, visit: Visit, told: list[str]) -> Iterator[Sample]:
    """Which of a kind's first pages are articles, ENOUGH of them; what the others are is told."""
    for url in kind.urls[:TRIED]:
        try:
            page = bring(url, visit)
            article = read_sample(page, {})
        except (FetchProblem, FileProblem) as problem:
            told.append(str(problem))
            continue
        lacking = [slot for slot in ("title", "published") if not getattr(article, slot)]
        if lacking or word_count(article) < LEAST_WORDS:
            told.append(f"{url}: {', '.join(lacking) or 'text'} not found")
        else:
            yield Sample(page, article)


def read_sample(page: Page, selectors: Mapping[str, str]) -> Article:
    """A page as the page reader sees it. Raises FileProblem."""
    given, kind = {"url": page.url}, page.headers.get("content-type")
    return read_bytes(page.body, page.url, _no_figures, given=given, selectors=selectors, kind=kind).article


def _no_figures(article: Article) -> Reading:
    return Reading(article, None, ())


def word_count(article: Article) -> int:
    """Words of an article's paragraphs, items and cells."""
    body = [b for b in article.blocks if b.kind in ("lead", "heading", "paragraph", "item", "cell")]
    return sum(len(article.text[b.start : b.end].split()) for b in body)


def _naming(places: Iterable[str], found: Survey) -> dict[str, list[str]]:
    """Of the lists that were read, those that name articles."""
    links = {place: dict.fromkeys(found.site.links.get(place, ())) for place in places}
    named = {place: [url for url in urls if matches(found.article, url)] for place, urls in links.items()}
    return {place: urls for place, urls in named.items() if urls}


def matches(article: str, url: str) -> bool:
    """As `Source.is_article` searches it, in path and query."""
    return bool(re.search(article, "/" + url.split("://", 1)[1].partition("/")[2]))
