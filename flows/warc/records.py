"""The records of a WARC file as far as it is whole, and the bodies of their answers as a reader sees them.

HTTP/1.1 200 OK, Transfer-Encoding: chunked, Content-Encoding: gzip  →  <!doctype html>…
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataException, ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from flows.problems import FileProblem, MissingFile
from flows.warc.export import one_line

PIECE = 65536
CHUNK = re.compile(rb"[0-9a-fA-F]+[ \t]*(?:;[^\r\n]*)?\r\n")
"""How a chunked body begins; browsers keep the header of one that they have put together."""


class BrokenOff(FileProblem):
    """Nothing more can be read of the file."""


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """warcio's records; `cut` when the last one begins and has no end, which warcio takes for the end of the file."""

    cut = False

    def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
        try:
            return super()._next_record(next_line)
        except EOFError:
            self.cut = bool(next_line)
            raise

    def close(self) -> None:
        decompressor = self.reader and self.reader.decompressor
        self.cut = self.cut or bool(decompressor and not decompressor.eof)
        super().close()


def records_of(path: Path) -> Iterator[ArcWarcRecord]:
    """Each record in its turn. Raises MissingFile, and FileProblem where the file is none, or breaks off."""
    try:
        if path.is_dir() or not path.stat().st_size:
            raise FileProblem(f"{path}: {'a folder' if path.is_dir() else 'an empty file'}, no WARC")
        with path.open("rb") as file:
            yield from _whole_records(path, file)
    except FileNotFoundError:
        raise MissingFile(f"{path}: no such file") from None
    except OSError as error:
        raise FileProblem(f"{path}: cannot be read ({error.strerror})") from None


def _whole_records(path: Path, file: BinaryIO) -> Iterator[ArcWarcRecord]:
    records, last = _Records(file, check_digests=True), None
    while (record := _next(path, records, last)) is not None:
        yield record
        check_whole(path, record)
        last = record
    if last is None or records.cut:
        raise BrokenOff(f"{path}: {f'cut off behind {name_of(last)}' if last else 'not a WARC file'}")


def _next(path: Path, records: _Records, last: ArcWarcRecord | None) -> ArcWarcRecord | None:
    """The next record. What warcio tells on standard error is a fault of the file."""
    fault: object
    with redirect_stderr(StringIO()) as said:
        try:
            record = next(records, None)
            fault = said.getvalue()
        except Exception as error:  # hostile bytes: warcio has errors of its own, and lets others through
            record, fault = None, error
    if fault:
        what = " ".join(one_line(str(fault)).split())[:200]
        where = f"broken behind {name_of(last)}" if last else "not a WARC file"
        raise BrokenOff(f"{path}: {where} ({what})")
    if record is not None and record.length is None:
        raise BrokenOff(f"{path}: {name_of(record)}: a record without its length")
    if record is not None and record.format != "warc":
        arc = "an ARC file; `warcio recompress` makes a WARC of it"
        raise BrokenOff(f"{path}: {arc if record.rec_type == 'arc_header' else 'not a WARC file'}")
    return record


def check_whole(path: Path, record: ArcWarcRecord) -> None:
    """Read what is left of a record. Raises BrokenOff when the file ends, or cannot be unpacked, within it."""
    with redirect_stderr(StringIO()):
        while record.raw_stream.read(PIECE):
            pass
    if record.raw_stream.limit:
        raise BrokenOff(f"{path}: {name_of(record)}: cut off, {record.raw_stream.limit} bytes are missing")


def body_of(path: Path, record: ArcWarcRecord, most: int) -> bytes:
    """The body without chunks and compression. Raises FileProblem when it is longer than `most` bytes or not whole."""
    too_long = FileProblem(f"more than {most} bytes (polite.max_bytes of its source)")
    if (record.length or 0) > 2 * most + PIECE:
        raise too_long
    if reason := record.rec_headers.get_header("WARC-Truncated"):
        raise FileProblem(f"cut off when it was collected (WARC-Truncated: {one_line(reason)})")
    with redirect_stderr(StringIO()):
        sent = record.raw_stream.read()
    check_whole(path, record)
    if any("block digest failed" in problem for problem in record.digest_checker.problems):
        raise FileProblem("not the bytes that were written: the digest differs")
    data = _unpacked(_joined(sent, record.http_headers), record.http_headers, most + 1)
    if len(data) > most:
        raise too_long
    return data


def _joined(sent: bytes, http: Any) -> bytes:
    if not http or http.get_header("Transfer-Encoding", "").lower() != "chunked" or not CHUNK.match(sent):
        return sent
    try:
        return bytes(ChunkedDataReader(BytesIO(sent), raise_exceptions=True).read())
    except ChunkedDataException as error:
        raise FileProblem(f"a chunked body that is not whole ({one_line(str(error))[:100]})") from None


def _unpacked(data: bytes, http: Any, most: int) -> bytes:
    """At most so many bytes; a body that is not packed as its header says is taken as it is."""
    packing = http.get_header("Content-Encoding", "").strip().lower() if http else ""
    if not data or packing in ("", "identity"):
        return data
    if packing not in ("gzip", "deflate", *BufferedReader.get_supported_decompressors()):
        needs = "; the package brotli unpacks it" if packing == "br" else ""
        raise FileProblem(f"packed as {one_line(packing)[:40]}, which cannot be read{needs}")
    with redirect_stderr(StringIO()):
        reader = BufferedReader(BytesIO(data), decomp_type=packing)
        found = bytes(reader.read(most))
    if len(found) < most and not getattr(reader.decompressor, "eof", True):
        raise FileProblem(f"a {packing} body that is not whole")
    return found


def name_of(record: ArcWarcRecord) -> str:
    """A record as a message names it."""
    headers = record.rec_headers
    return one_line(" ".join(filter(None, map(headers.get_header, ("WARC-Record-ID", "WARC-Target-URI")))))[:300]
