"""The archive as a WARC/1.1 file (ISO 28500), which every tool of web archives reads: `solieu archive export`.

warcinfo    what wrote the file
resource    a source's YAML, before its articles             Solieu-Source: bao
metadata    an entry's sidecar as it stands in the archive   Solieu-Entry: bao/2024/04/slug-hash.json
response    the answer that it tells of (WARC-Refers-To); a file that was given by hand is a resource

The same entries give the same bytes: ids are made from what a record says, dates are those of the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.archive import ADHOC, Archive, Entry
from flows.entries import sidecar_of
from flows.problems import ArchiveProblem, FileProblem, unwritten
from flows.store import whole_file

OF_ENTRY = "Solieu-Entry"
"""The header of a sidecar's record: its name in the archive."""
OF_SOURCE = "Solieu-Source"
"""The header of a source's YAML: the source's id."""
INFO = """software: solieu\r
format: WARC File Format 1.1\r
conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r
"""
UNSENT = frozenset({"content-length", "content-encoding", "transfer-encoding"})
"""Headers of the transfer: the archive has the bytes without it."""


@dataclass(frozen=True)
class Choice:
    """Which entries are exported."""

    sources: Sequence[str]
    since: date | None = None
    """The first and the last day (UTC) on which they were fetched."""
    until: date | None = None

    def has(self, entry: Entry) -> bool:
        day = entry.fetched_at.astimezone(UTC).date()
        return (self.since or day) <= day <= (self.until or day)


@dataclass
class Exported:
    responses: int = 0
    gone: int = 0
    """Of these, answers that an article is gone."""
    problems: list[str] = field(default_factory=list)
    """Entries that are not in the file, and why."""


def export_archive(archive: Archive, choice: Choice, target: Path) -> Exported:
    """Write what is chosen: each source's entries, oldest first. Raises FileProblem when there is nothing to write,
    or no way to; what cannot be read of the archive is told of and does not stop the rest."""
    done = Exported()
    entries = _chosen(archive, choice, done)
    first = next(entries, None)
    if first is None:
        why = "; ".join(done.problems) or "the archive has nothing of that source and time"
        raise FileProblem(f"{target}: not written: {why}")
    try:
        with whole_file(target) as file:
            writer = _Writer(archive, file, target.suffix == ".gz", done)
            writer.write(chain([first], entries), first.fetched_at, f"file {choice} {first.path}")
    except OSError as error:
        raise FileProblem(unwritten(target, error)) from None
    return done


def _chosen(archive: Archive, choice: Choice, done: Exported) -> Iterator[Entry]:
    for source in choice.sources:
        try:
            yield from filter(choice.has, archive.entries(source))
        except ArchiveProblem as problem:
            done.problems.append(str(problem))


class _Writer:
    """One file being written; `done` is told of what went into it."""

    def __init__(self, archive: Archive, file: BinaryIO, gzip: bool, done: Exported) -> None:
        self._archive, self._done = archive, done
        self._warc = WARCWriter(file, gzip=gzip, warc_version="1.1")

    def write(self, entries: Iterator[Entry], moment: datetime, words: str) -> None:
        self._record("warcinfo", INFO.encode(), moment, words)
        source = None
        for entry in entries:
            try:
                if entry.source != source:
                    source = entry.source
                    self._source(entry)
                self._entry(entry)
            except ArchiveProblem as problem:
                self._done.problems.append(str(problem))

    def _source(self, entry: Entry) -> None:
        copy = self._archive.source_copy(entry.source)
        if copy is not None:
            headers = {OF_SOURCE: entry.source, "Content-Type": "application/yaml"}
            uri = f"urn:solieu:source:{entry.source}"
            self._record("resource", copy, entry.fetched_at, f"source {entry.source} {copy!r}", uri, headers)

    def _entry(self, entry: Entry) -> None:
        data = b"" if entry.gone else self._archive.read(entry)
        uri = quote(entry.final_url, safe="%/:=&?~#+!$,;'@()*[]-._")
        sidecar = sidecar_of(entry)
        answer = f"answer {entry.path} {sidecar!r}"
        headers = {OF_ENTRY: str(entry.path), "WARC-Refers-To": _id(answer), "Content-Type": "application/json"}
        self._record("metadata", sidecar, entry.fetched_at, f"entry {entry.path} {sidecar!r}", uri, headers)
        if entry.source == ADHOC:
            kind = "text/html" if entry.file.endswith(".html.gz") else "text/plain"
            self._record("resource", data, entry.fetched_at, answer, uri, {"Content-Type": kind})
        else:
            self._record("response", data, entry.fetched_at, answer, uri, http=_http(entry, data))
        self._done.responses += 1
        self._done.gone += entry.gone

    def _record(
        self,
        kind: str,
        data: bytes,
        moment: datetime,
        words: str,
        uri: str = "",
        headers: dict[str, str] | None = None,
        http: StatusAndHeaders | None = None,
    ) -> None:
        said = {"WARC-Record-ID": _id(words), "WARC-Date": _date(moment), **(headers or {})}
        self._warc.write_record(
            self._warc.create_warc_record(
                uri, kind, payload=BytesIO(data), length=len(data), warc_headers_dict=said, http_headers=http
            )
        )


def _http(entry: Entry, data: bytes) -> StatusAndHeaders:
    kept = [(name, one_line(value)) for name, value in entry.headers.items() if name.lower() not in UNSENT]
    said = f"{entry.status} {HTTPStatus(entry.status).phrase}"
    return StatusAndHeaders(said, [*kept, ("Content-Length", str(len(data)))], "HTTP/1.1")


def one_line(value: str) -> str:
    """What somebody else wrote, without line breaks and what else steers a terminal."""
    return "".join(c if c.isprintable() else " " for c in value)


def _id(words: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'solieu {words}')}>"


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
