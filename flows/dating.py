"""Where in time a listing page is. It gives no dates, but the articles that it names do.

An article that has to be opened to learn its day is kept as any other, so that the next run need not ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from extractors.facts import Article, Reading
from flows.archive import Archive
from flows.listing import Link
from flows.problems import FetchProblem, FileProblem
from flows.reading import read_entry
from flows.web.visit import Visit

OPENED = 5
"""So many articles of a page may tell no day; then it is not known where the page is."""


class Place(Enum):
    """A page as against the days that are asked for."""

    newer = auto()
    within = auto()
    older = auto()
    unknown = auto()


class Dating:
    """The days of articles by their own words.

    `bring` asks for an article and archives it, or raises FetchProblem; `spent` says that no more may be brought.
    """

    def __init__(self, visit: Visit, archive: Archive, bring: Callable[[str], None], spent: Callable[[], bool]) -> None:
        self._visit, self._archive, self._bring, self._spent = visit, archive, bring, spent
        self._days: dict[str, date | None] = {}
        self.short = False
        """Whether an article was left unopened, because no more may be brought."""

    def day(self, url: str) -> date | None:
        """None also for what cannot be had, or read."""
        if url not in self._days:
            if not self._kept(url) and self._spent():
                self.short = True
                return None
            self._days[url] = self._find(url)
        return self._days[url]

    def dated(self, link: Link) -> Link:
        """A link with the day that was learned of it."""
        return replace(link, day=link.day or self._days.get(link.url))

    def place(self, links: Sequence[Link]) -> Place:
        """Newer when its end is; older when no article is within or newer."""
        limits, known = self._visit.limits, False
        if not links:
            return Place.unknown
        last = next((day for link in reversed(links[-3:]) if (day := self.day(link.url))), None)
        if last and limits.until and last > limits.until:
            return Place.newer
        for number, link in enumerate(links):
            day = self.day(link.url)
            if day and limits.since and day >= limits.since:
                return Place.within
            known = known or day is not None
            if number + 1 >= OPENED and not known:
                break
        return Place.older if known else Place.unknown

    def _kept(self, url: str) -> bool:
        return self._archive.newest(self._visit.source.id, url) is not None

    def _find(self, url: str) -> date | None:
        source = self._visit.source
        try:
            if not self._kept(url):
                self._bring(url)
            entry = self._archive.newest(source.id, url)
            if entry is None or entry.gone:
                return None
            return read_entry(entry, self._archive.read(entry), source, _page_alone).article.published
        except (FetchProblem, FileProblem):
            return None


def _page_alone(article: Article) -> Reading:
    return Reading(article, None, ())
