"""One kept version of one article: its sidecar, and the names that its files have in the archive.

bao/2024/04/ty-le-dung-han-a1-html-0123456789abcdef.json    {"url": "https://bao.vn/tin/ty-le-dung-han-a1.html", …}
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter

from flows.problems import ArchiveProblem

ADHOC = "adhoc"
"""The source of files given by hand."""
GONE = frozenset({404, 410})
"""Answers that take an article back."""
SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
FILE = re.compile(r"(?:[a-z0-9-]{1,120}\.(?:html|txt)\.gz)?")


@dataclass(frozen=True)
class Entry:
    """One kept version of one article; everything but `path` and `source` is its sidecar."""

    path: PurePosixPath
    """The sidecar's name in the archive: bao/2024/04/slug-hash.json."""
    source: str
    url: str
    """What identifies the article in its source: the canonical address, or file:… for a file without one."""
    final_url: str
    fetched_at: datetime
    sha256: str
    file: str
    """Name of the bytes' file, in the sidecar's folder; '' when the article was gone and there are none."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    """What was known by hand: url, published, title, locality, author."""

    @property
    def gone(self) -> bool:
        """The site answered that it has no such article any more."""
        return self.status in GONE


def slug(url: str) -> str:
    """A safe file name that a person can recognise: the last part of the path, a-z, 0-9 and dashes, at most 80.

    >>> slug("https://bao.vn/tin/Tỷ-lệ-đúng-hạn-a1.html?id=../../x")
    'ty-le-dung-han-a1-html-id-x'
    """
    parts = urlsplit(url)
    tail = unquote(parts.path).rstrip("/").rpartition("/")[2] + (f" {unquote(parts.query)}" if parts.query else "")
    plain = unicodedata.normalize("NFKD", tail.replace("đ", "d").replace("Đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "index"


def suffix_of(data: bytes) -> str:
    return ".html.gz" if data.lstrip()[:1] == b"<" else ".txt.gz"


def entry_of(path: PurePosixPath, sidecar: bytes, shown: str) -> Entry:
    """The entry that a sidecar describes. Raises ArchiveProblem."""
    try:
        data = json.loads(sidecar)
        data["fetched_at"] = datetime.fromisoformat(data["fetched_at"])
        if data["fetched_at"].tzinfo is None:
            raise ValueError("fetched_at: no time zone")
        entry = Entry(path=path, source=path.parts[0], **data)
        _check(entry)
        return entry
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        why = " ".join(str(error).splitlines()[:3])
        raise ArchiveProblem(f"{shown}: not a sidecar of the archive ({why})") from None


def _check(entry: Entry) -> None:
    """Somebody may have edited it: each field of its kind, addresses that are some, a file in the sidecar's folder.
    Raises ValueError."""
    if _shape().validate_python(vars(entry)) != entry:
        raise ValueError("a field of another kind")
    if not FILE.fullmatch(entry.file):
        raise ValueError(f"file: {entry.file[:80]!r} is no name of an article's bytes")
    for url in (entry.url, entry.final_url):
        urlsplit(url).geturl().encode()


def sidecar_of(entry: Entry) -> bytes:
    """What stands in an entry's sidecar."""
    kept = {k: v for k, v in asdict(entry).items() if k not in ("path", "source")}
    kept["fetched_at"] = entry.fetched_at.isoformat()
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def folder_of(source: str, moment: datetime) -> PurePosixPath:
    return PurePosixPath(source, f"{moment:%Y}", f"{moment:%m}")


def stem_of(url: str, digest: str) -> str:
    return f"{slug(url)}-{hashlib.sha256(f'{url} {digest}'.encode()).hexdigest()[:16]}"


@cache
def _shape() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def fault_of(entry: Entry, data: bytes) -> str | None:
    """Why no archive would have written this entry with these bytes, which came from elsewhere."""
    try:
        if _shape().validate_python(vars(entry)) != entry:
            return "a sidecar with a field of another kind"
        folder, stem = folder_of(entry.source, entry.fetched_at.astimezone(UTC)), stem_of(entry.url, entry.sha256)
    except (ValueError, OverflowError) as error:  # ValueError: http://[
        return f"a sidecar with a wrong field ({' '.join(str(error).splitlines()[:3])})"
    if not SOURCE_ID.fullmatch(entry.source):
        return f"{entry.source!r} is no id of a source"
    name = re.fullmatch(rf"({re.escape(stem)}(?:-\d+)?)\.json", entry.path.name)
    if entry.path.parent != folder or name is None:
        return "not the name that such a sidecar has"
    if entry.file != ("" if entry.gone else name[1] + suffix_of(data)) or entry.status not in (200, *GONE):
        return f"file {entry.file!r} with status {entry.status} is not what such a sidecar says"
    return None if hashlib.sha256(data).hexdigest() == entry.sha256 else "not the bytes that were kept"
