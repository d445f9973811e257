"""A trial visit: does a source still answer as its YAML says? Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.facts import Reading
from flows.archive import Archive
from flows.discover import discover
from flows.problems import FetchProblem, FileProblem, ListingProblem
from flows.reading import Reader, read_entry
from flows.web.fetch import allowed, fetch
from flows.web.visit import Visit

ARTICLES = 2
"""So many articles are read."""
_SLOTS = ("title", "published", "lead", "author", "section", "updated")


@dataclass(frozen=True)
class Checked:
    """One thing that was tried; `detail` says what came, or what is to be mended."""

    source: str
    what: str
    ok: bool
    detail: str


def check_source(visit: Visit, archive: Archive, reader: Reader) -> Iterator[Checked]:
    """robots.txt, the lists, and two articles with the layer that told each slot."""
    source = visit.source
    yield from (Checked(source.id, "certificate", True, warning) for warning in source.warnings)
    try:
        open_ = allowed(source.url, visit)
    except FetchProblem as problem:
        yield Checked(source.id, "robots.txt", False, str(problem))
        return
    yield Checked(source.id, "robots.txt", open_, "lets us in" if open_ else "keeps us out")
    try:
        listing = discover(visit)
    except ListingProblem as problem:
        yield Checked(source.id, "lists", False, str(problem))
        return
    least, most = source.expect.articles
    told = f"{len(listing.links)} articles, {least} to {most} expected ({source.file}, expect.articles)"
    told += f"; {listing.skipped} left out ({source.file}, skip)" if listing.skipped else ""
    yield Checked(source.id, "lists", least <= len(listing.links) <= most, told)
    for problem_of_list in listing.problems:
        yield Checked(source.id, "lists", False, problem_of_list)
    for url in listing.links[:ARTICLES]:
        yield _article(url, visit, archive, reader)


def _article(url: str, visit: Visit, archive: Archive, reader: Reader) -> Checked:
    source = visit.source
    try:
        page = fetch(url, visit)
        if page is None:
            return Checked(source.id, url, False, "answered 304 to a plain question")
        entry = archive.propose(source.id, url, page.body, fetched_at=page.fetched_at, headers=page.headers)
        reading = read_entry(entry, page.body, source, reader)
    except (FetchProblem, FileProblem) as problem:
        return Checked(source.id, url, False, str(problem))
    return Checked(source.id, url, bool(reading.article.title and reading.article.published), _told(reading))


def _told(reading: Reading) -> str:
    article = reading.article
    slots = [f"{slot}: {article.layers.get(slot, 'not found')}" for slot in _SLOTS]
    words = sum(len(article.text[b.start : b.end].split()) for b in article.blocks if b.kind == "paragraph")
    found = [f"{words} words", f"{len(reading.observations)} figures", f"about {reading.locality or 'no known place'}"]
    return "; ".join([*slots, *found, *article.issues])
