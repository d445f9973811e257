"""Kept bytes become a `Reading`: the page with the source's selectors, then the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from extractors.facts import Article, Finding, Reading
from flows.archive import Archive, Entry
from flows.problems import ArchiveProblem, FileProblem, SourceProblem

if TYPE_CHECKING:
    from extractors.indicators import Names
    from flows.sources import Source

Reader = Callable[[Article], Reading]


@dataclass(frozen=True)
class Read:
    """One article after reading; without `reading` it is gone from its site, or `problem` says why it was not read."""

    entry: Entry
    reading: Reading | None
    problem: str | None = None
    by: str = ""
    """Digest of all that read it, "" where nobody knows."""


class Shelf:
    """Sources by id: those of the sources' folder, else the copy that the archive keeps of a source's YAML."""

    def __init__(self, sources: Iterable[Source], archive: Archive) -> None:
        self._sources: dict[str, Source | None] = {s.id: s for s in sources}
        self._archive = archive

    def get(self, source_id: str) -> Source | None:
        """The source, or None for files given by hand. Raises SourceProblem when its YAML is broken."""
        if source_id not in self._sources:
            from flows.sources import parse_source  # here: a file given by hand has none

            copy = self._archive.source_copy(source_id)
            where = f"{source_id}/source.yml of the archive"
            self._sources[source_id] = None if copy is None else parse_source(copy, source_id, where)
        return self._sources[source_id]


def extract_one(entry: Entry, archive: Archive, shelf: Shelf, reader: Reader) -> Read:
    """Read an article; one that cannot be read is told of and does not stop the others."""
    if entry.gone:
        return Read(entry, None)
    try:
        return Read(entry, read_entry(entry, archive.read(entry), shelf.get(entry.source), reader))
    except (ArchiveProblem, SourceProblem, FileProblem) as problem:
        return Read(entry, None, str(problem))


def read_entry(entry: Entry, data: bytes, source: Source | None, reader: Reader) -> Reading:
    """An article of the archive as its source's layout of that day shows it. Raises FileProblem."""
    url = None if entry.url.startswith("file:") else entry.url
    given = {"url": url, "locality": source.locality if source else None, **entry.facts}
    layout = source.layout(entry.fetched_at.date()) if source else None
    kind = entry.headers.get("content-type")
    if source and source.encoding:
        kind = f"text/html; charset={source.encoding}"
    return read_bytes(data, entry.url, reader, given=given, selectors=layout.selectors if layout else {}, kind=kind)


def read_bytes(
    data: bytes,
    name: str,
    reader: Reader,
    *,
    given: Mapping[str, str | None],
    selectors: Mapping[str, str] = MappingProxyType({}),
    kind: str | None = None,
) -> Reading:
    """Bytes to facts; what was doubtful about the page is a finding too.

    Raises FileProblem naming the bytes and why they cannot be read.
    """
    from extractors.page import Unreadable, read_page

    try:
        reading = reader(read_page(data, name=name, content_type=kind, selectors=selectors, facts=given))
        issues = (Finding("page", issue) for issue in reading.article.issues)
        return replace(reading, findings=(*issues, *reading.findings))
    except Unreadable as problem:
        raise FileProblem(str(problem)) from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as fault:
        # one article must not stop a night, and a panic in a compiled library is no Exception
        raise FileProblem(f"{name}: not read, by a fault of solieu: {type(fault).__name__}: {fault}") from fault


def warm_up(markup: str = "{}") -> None:
    """Load now, so that no article's time goes by with it, what reads a text, or a page of this kind."""
    sentence = markup.format("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 0,9%.")
    read_bytes(sentence.encode(), "", default_reader(), given={})


def default_reader(names: Names = (), places: Names = ()) -> Reader:
    """Solieu's own reader, with an operator's words for indicators and places; imported when first needed, for its word
    lists take a moment."""
    if names or places:
        from extractors.own_names import read_with

        return partial(read_with, names=names, places=places)
    from extractors.reader import read_article

    return read_article
