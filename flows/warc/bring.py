"""WARC files into the archive: our own as they were, others' pages by the source that they belong to.

response https://baokhanhhoa.vn/chinh-tri/202404/slug-8274562/ 200 text/html  →  data/raw/baokhanhhoa/2024/04/…
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord

from flows.archive import Archive
from flows.entries import SOURCE_ID, entry_of
from flows.files import MOST_BYTES
from flows.problems import FileProblem, Problem
from flows.sources import Source, parse_source
from flows.warc.export import OF_ENTRY, OF_SOURCE, one_line
from flows.warc.records import BrokenOff, body_of, name_of, records_of
from flows.web.addresses import absolute
from flows.web.fetch import KEPT_HEADERS, block_marker

TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
MOST_NOTE = 1024 * 1024
"""Bytes of a sidecar or of a source's YAML."""


class _Skip(Exception):
    """A record that is no article of ours, and why."""


@dataclass
class Imported:
    """What came of the files."""

    kept: int = 0
    known: int = 0
    """Responses that the archive had."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Records that are no articles of ours, by why."""
    problems: list[Problem] = field(default_factory=list)
    """What should have been kept and could not be, with file and record."""

    def __str__(self) -> str:
        why = ", ".join(f"{number} {what}" for what, number in self.skipped.most_common())
        skipped = f", {self.skipped.total()} skipped ({why})" if why else ""
        read = "; `solieu replay` reads them" if self.kept else ""
        return f"{self.kept} responses kept, {self.known} there already{skipped}{read}"


@dataclass(frozen=True)
class Into:
    """Where pages go: an archive, by sources; with `forced`, every page is that source's."""

    archive: Archive
    sources: Sequence[Source]
    forced: Source | None = None

    def source_of(self, url: str) -> Source:
        """Raises _Skip."""
        fitting = [self.forced] if self.forced else [source for source in self.sources if source.is_article(url)]
        if len(fitting) > 1:
            raise _Skip(f"fit {' and '.join(source.id for source in fitting)} (--source decides)")
        if not fitting or url in fitting[0].list_urls or urlsplit(url).path == "/robots.txt":
            raise _Skip("belong to no source")
        return fitting[0]

    def most(self, source: str) -> int:
        """Bytes that a page of a source may have."""
        return next((s.polite.max_bytes for s in self.sources if s.id == source), MOST_BYTES)


def import_files(paths: Sequence[Path], into: Into) -> Imported:
    """Keep what the files have of our sources. What is broken costs a record, or the rest of its file, and is told."""
    done = Imported()
    for path in paths:
        try:
            _File(path, into, done).take()
        except Problem as problem:
            done.problems.append(problem)
    return done


class _File:
    """One file being read."""

    def __init__(self, path: Path, into: Into, done: Imported) -> None:
        self._path, self._into, self._done = path, into, done
        self._told: dict[str, tuple[str, bytes]] = {}
        """Sidecars by the id of the answer that is to come, with their names."""

    def take(self) -> None:
        """Every record in its turn. Raises FileProblem where the file breaks off."""
        for record in records_of(self._path):
            try:
                self._take_one(record)
            except _Skip as why:
                self._done.skipped[str(why)] += 1
            except BrokenOff:
                raise
            except Problem as problem:
                self._done.problems.append(FileProblem(f"{self._path}: {name_of(record)}: {one_line(str(problem))}"))
        for name, _ in self._told.values():
            self._done.problems.append(FileProblem(f"{self._path}: {one_line(name)}: its page is not in the file"))

    def _take_one(self, record: ArcWarcRecord) -> None:
        source, entry, refers, own = map(
            record.rec_headers.get_header, (OF_SOURCE, OF_ENTRY, "WARC-Refers-To", "WARC-Record-ID")
        )
        if source is not None:
            self._take_source(source, record)
        elif entry is not None:
            self._told[refers] = (entry, body_of(self._path, record, MOST_NOTE))
        elif own in self._told:
            self._restore(*self._told.pop(own), record)
        elif record.rec_type != "warcinfo":
            self._take_page(record)

    def _take_source(self, source: str, record: ArcWarcRecord) -> None:
        if not SOURCE_ID.fullmatch(source):
            raise FileProblem(f"{source!r} is no id of a source")
        yaml = body_of(self._path, record, MOST_NOTE)
        parse_source(yaml, source, f"{source}/source.yml")
        self._into.archive.restore_source(source, yaml)

    def _restore(self, name: str, sidecar: bytes, record: ArcWarcRecord) -> None:
        """An answer of an archive of ours, as it was there."""
        entry = entry_of(PurePosixPath(name), sidecar, name)
        data = body_of(self._path, record, self._into.most(entry.source))
        self._count(self._into.archive.restore(entry, data))

    def _take_page(self, record: ArcWarcRecord) -> None:
        """A page that another tool collected."""
        url, headers = _page_of(record)
        source = self._into.source_of(url)
        data = body_of(self._path, record, source.polite.max_bytes)
        if not data.strip():
            raise _Skip("empty")
        if block_marker(data):
            raise _Skip("block pages")
        moment, archive = _moment(record), self._into.archive
        self._count(archive.keep(archive.propose(source.id, url, data, fetched_at=moment, headers=headers), data))

    def _count(self, kept: bool) -> None:
        self._done.kept += kept
        self._done.known += not kept


def _page_of(record: ArcWarcRecord) -> tuple[str, dict[str, str]]:
    """Address and headers of an answer that may be an article. Raises _Skip."""
    if record.rec_type not in ("response", "resource"):
        raise _Skip(one_line(record.rec_type or "without a type")[:40])
    http, uri = record.http_headers, record.rec_headers.get_header("WARC-Target-URI") or ""
    url = absolute(uri, uri)
    if url is None or (http is None and record.rec_type == "response"):
        raise _Skip("no web page")
    if http and http.get_statuscode() != "200":
        raise _Skip(f"answered {one_line(http.get_statuscode())[:3]}")
    headers = {name: http.get_header(name) for name in KEPT_HEADERS} if http else {"content-type": record.content_type}
    kind = (headers["content-type"] or "").partition(";")[0].strip().lower()
    if kind and kind not in TEXTS:
        raise _Skip("neither HTML nor text")
    return url, {name: one_line(value) for name, value in headers.items() if value}


def _moment(record: ArcWarcRecord) -> datetime:
    said = record.rec_headers.get_header("WARC-Date") or ""
    try:
        moment = datetime.fromisoformat(said)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise FileProblem(f"WARC-Date {said!r} is no moment such as 2024-04-19T02:00:00Z") from None
