"""Articles given by hand: a saved page or text, with what a sidecar and the command line say about it.

article.txt  beside  article.json or article.txt.json   {"url", "published", "title", "locality", "author"}
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from flows.archive import ADHOC, Archive, Entry
from flows.problems import FileProblem, MissingFile

MOST_BYTES = 8 * 1024 * 1024
FACTS = ("url", "published", "title", "locality", "author")


@dataclass(frozen=True)
class Document:
    """A file's bytes and what is known about them; `entry` when it lies in the archive."""

    path: Path
    data: bytes
    facts: dict[str, str] = field(default_factory=dict)
    entry: Entry | None = None

    @property
    def source(self) -> str:
        return self.entry.source if self.entry else ADHOC

    @property
    def identity(self) -> str:
        """What makes it the same article next time: its address, else its place on disk."""
        if self.entry:
            return self.entry.url
        url = self.facts.get("url")
        if not url:
            return self.path.resolve().as_uri()
        from flows.web.addresses import canonical  # here, because what it needs takes a moment to load

        return canonical(url)


def must_exist(path: Path) -> None:
    """Raises MissingFile."""
    try:
        path.stat()
    except FileNotFoundError:
        raise MissingFile(f"{path}: no such file") from None
    except OSError:
        return  # reading it tells what is wrong


def open_document(path: Path, given: Mapping[str, str | None], archive: Archive) -> Document:
    """Read a file with its sidecar; `given` wins over the sidecar. Raises FileProblem naming what to mend."""
    data = _bytes(path)
    home = archive.store.folder
    if home and path.resolve().is_relative_to(home.resolve()):
        return Document(path, data, _given(given), archive.read_entry(_sidecar_in_archive(path, home.resolve())))
    return Document(path, data, {**_sidecar(path), **_given(given)})


def _given(facts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}


def _bytes(path: Path) -> bytes:
    must_exist(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileProblem(f"{path}: a folder; name the files in it")
        if size > MOST_BYTES:
            raise FileProblem(
                f"{path}: {size / 1e6:.0f} MB, too large for an article (at most {MOST_BYTES / 1e6:.0f} MB)"
            )
        if not size:
            raise FileProblem(f"{path}: an empty file")
        return _unzipped(path) if path.suffix == ".gz" else path.read_bytes()
    except OSError as error:
        raise FileProblem(f"{path}: cannot be read ({error.strerror})") from None


def _unzipped(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileProblem(f"{path}: not a whole gzip file ({error})") from None
    if len(data) > MOST_BYTES:
        raise FileProblem(f"{path}: unpacks to more than {MOST_BYTES / 1e6:.0f} MB, too large for an article")
    return data


def _sidecar_in_archive(path: Path, home: Path) -> PurePosixPath:
    page = path.resolve()
    sidecar = page.with_name(page.name.removesuffix(".gz").rpartition(".")[0] + ".json")
    if not sidecar.is_file():
        raise FileProblem(f"{path}: no page of the archive: {sidecar.name} is not beside it")
    return PurePosixPath(sidecar.relative_to(home))


def _sidecar(path: Path) -> dict[str, str]:
    for place in _sidecar_places(path):
        if place.is_file() and place != path:
            return _facts(place)
    return {}


def _sidecar_places(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.json")
    yield path.with_name(f"{path.name.removesuffix('.gz').rpartition('.')[0] or path.name}.json")


def _facts(place: Path) -> dict[str, str]:
    """The facts of a sidecar; other keys are somebody else's notes."""
    try:
        data: Any = json.loads(place.read_bytes())
    except (OSError, ValueError) as error:
        raise FileProblem(f"{place}: a sidecar that is not JSON ({error})") from None
    if not isinstance(data, dict):
        raise FileProblem(f"{place}: a sidecar is an object with {', '.join(FACTS)}")
    said = data | (data["facts"] if isinstance(data.get("facts"), dict) else {})
    for name in FACTS:
        if not isinstance(said.get(name), str | None):
            raise FileProblem(f"{place}: {name}: text is expected, in quotes")
    try:
        urlsplit(said.get("url") or "")
    except ValueError as error:
        raise FileProblem(f"{place}: url: {said['url']!r} is no web address ({error})") from None
    return {name: said[name] for name in FACTS if said.get(name)}
