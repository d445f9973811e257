"""Read files given by hand, without a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from extractors.facts import Reading
from flows.archive import Archive
from flows.files import Document, must_exist, open_document
from flows.limits import Limited, TooMuch
from flows.problems import FileProblem
from flows.reading import Reader, Shelf, default_reader, read_bytes, read_entry, warm_up
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.sources import Source


P = ParamSpec("P")
T = TypeVar("T")


def file_reader() -> Limited:
    """The process that reads files given by hand; what may not be shared with it, as the database, it leaves alone."""
    return Limited(1, warm_up, how="fork")


def within_limits(limited: Limited, path: Path, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What `read` returns of a file, or raises. Raises FileProblem where it takes too long or too much room, and for a
    file that is not there before any process is started."""
    must_exist(path)
    try:
        return limited.call(read, *given, **named)
    except TooMuch as why:
        raise FileProblem(f"{path}: not read: {why}") from None


def extract_file(path: Path, given: Mapping[str, str | None], settings: Settings) -> Reading:
    """What a file says, in the catalogue's names and the operator's. Raises FileProblem, ArchiveProblem, SourceProblem,
    CorrectionsProblem."""
    archive = Archive(settings.raw)
    document = open_document(path, given, archive)
    shelf = Shelf(_sources(settings) if document.entry else (), archive)
    return read_document(document, shelf, _reader(document, settings))


def page_of(path: Path, given: Mapping[str, str | None], settings: Settings, language: str, *, derived: bool) -> str:
    """What `extract_file` reads, as a page: made where its word lists are loaded already."""
    from flows.pages.article import article_html
    from flows.pages.frame import Words

    reading = extract_file(path, given, settings)
    return article_html(reading, str(path), path.resolve().as_uri(), Words(language), derived=derived)


def _sources(settings: Settings) -> list[Source]:
    from flows.sources import load_sources  # here: a file given by hand has none

    return load_sources(settings.sources_dir)[0]


def _reader(document: Document, settings: Settings) -> Reader:
    if settings.corrections is None and not settings.corrections_file.exists():
        return default_reader()
    from flows.corrections.file import read_corrections  # it takes half a second to import

    known = read_corrections(settings)
    return default_reader(known.names, known.places_of(document.source, document.identity))


def read_document(document: Document, shelf: Shelf, reader: Reader) -> Reading:
    """A file as an article: as its source's layout shows it when it lies in the archive."""
    if document.entry is None:
        return read_bytes(document.data, str(document.path), reader, given=document.facts)
    entry = replace(document.entry, facts={**document.entry.facts, **document.facts})
    return read_entry(entry, document.data, shelf.get(entry.source), reader)
