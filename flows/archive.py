"""data/raw: the bytes as they came, before anyone reads them. Written once, never edited.

data/raw/<source>/<yyyy>/<mm>/<slug>-<hash>.html.gz     the bytes, compressed the same way every time
data/raw/<source>/<yyyy>/<mm>/<slug>-<hash>.json        address, time, hash, headers: written last, so that
                                                        bytes without it are an interrupted write, not an entry
                                                        alone where the site answers that the article is gone
data/raw/<source>/source.yml                            the source as it was, so that the folder explains itself
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from flows.problems import ArchiveProblem
from flows.store import store_at

ADHOC = "adhoc"
"""The source of files given by hand."""
GONE = frozenset({404, 410})
"""Answers that take an article back."""


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


class Archive:
    """data/raw: a folder, or an object store by its fsspec URL."""

    def __init__(self, place: Path | str) -> None:
        self.store = store_at(place)
        self._names: dict[str, dict[str, list[PurePosixPath]]] = {}

    def keep(self, entry: Entry, data: bytes) -> bool:
        """Write a proposed entry with its bytes; False when it is there already. Raises ArchiveProblem."""
        if self.store.has(entry.path):
            return False
        self._write(entry, data)
        return True

    def keep_gone(self, source: str, url: str, status: int, moment: datetime) -> bool:
        """Write down that an article is gone: a sidecar without bytes; False when that is what was last seen of it."""
        newest, moment, digest = self.newest(source, url), moment.astimezone(UTC), hashlib.sha256(b"").hexdigest()
        if newest and newest.gone:
            return False
        path = self._free_path(_folder(source, moment), url, digest)
        self._note(Entry(path, source, url, url, moment, digest, "", status))
        return True

    def propose(
        self,
        source: str,
        url: str,
        data: bytes,
        *,
        fetched_at: datetime,
        final_url: str | None = None,
        headers: Mapping[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> Entry:
        """The entry that these bytes would become, or the newest one when it holds them; writes nothing."""
        digest, moment = hashlib.sha256(data).hexdigest(), fetched_at.astimezone(UTC)
        newest = self.newest(source, url)
        if newest and (newest.sha256, newest.facts) == (digest, dict(facts or {})):
            return newest
        path = self._free_path(_folder(source, moment), url, digest)
        file = path.stem + _suffix(data)
        return Entry(
            path, source, url, final_url or url, moment, digest, file, 200, dict(headers or {}), dict(facts or {})
        )

    def newest(self, source: str, url: str) -> Entry | None:
        """The entry of an article that was fetched last, be it that it was gone."""
        found = [e for e in map(self.read_entry, self._index(source).get(slug(url), [])) if e.url == url]
        return max(found, key=_age, default=None)

    def first_kept(self, source: str, url: str) -> datetime | None:
        """When an article was first kept."""
        found = [e for e in map(self.read_entry, self._index(source).get(slug(url), [])) if e.url == url]
        return min((e.fetched_at for e in found), default=None)

    def first_kept_since(self, source: str, moment: datetime) -> list[str]:
        """Addresses of the articles that were kept at `moment` for the first time, or later, in that order."""
        oldest = str(_folder(source, moment.astimezone(UTC)))
        paths = (p for found in self._index(source).values() for p in found if str(p.parent) >= oldest)
        urls = dict.fromkeys(entry.url for entry in sorted(map(self.read_entry, paths), key=_age))
        return [url for url in urls if (first := self.first_kept(source, url)) and first >= moment]

    def sources(self) -> list[str]:
        return self.store.sources()

    def entries(self, source: str) -> list[Entry]:
        """Every entry of a source, oldest first."""
        return sorted((self.read_entry(p) for paths in self._index(source).values() for p in paths), key=_age)

    def read_entry(self, path: PurePosixPath) -> Entry:
        """One sidecar. Raises ArchiveProblem naming it."""
        return entry_of(path, self.store.read(path), self.store.shown(path))

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry. Raises ArchiveProblem when they are not those that were kept."""
        path = entry.path.with_name(PurePosixPath(entry.file).name)
        try:
            data = gzip.decompress(self.store.read(path))
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveProblem(f"{self.store.shown(path)}: cannot be read ({error})") from None
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            shown = self.store.shown(path)
            raise ArchiveProblem(f"{shown}: not the bytes that were kept: the hash differs from {entry.path.name}")
        return data

    def keep_source(self, source: str, yaml: bytes) -> None:
        """The source's own YAML beside its pages: replay needs nothing else."""
        if self._index(source) and self.source_copy(source) != yaml:
            self.store.write(_source_copy(source), yaml)

    def source_copy(self, source: str) -> bytes | None:
        """The YAML that is kept beside a source's pages."""
        copy = _source_copy(source)
        return self.store.read(copy) if self.store.has(copy) else None

    def _write(self, entry: Entry, data: bytes) -> None:
        if entry.file:
            self.store.write(entry.path.with_name(entry.file), gzip.compress(data, mtime=0))
        self._note(entry)

    def _note(self, entry: Entry) -> None:
        known = self._index(entry.source).setdefault(slug(entry.url), [])
        self.store.write(entry.path, sidecar_of(entry))
        known.append(entry.path)

    def _index(self, source: str) -> dict[str, list[PurePosixPath]]:
        """Sidecars by slug, from their names alone."""
        if source not in self._names:
            names: dict[str, list[PurePosixPath]] = {}
            for path in self.store.sidecars(source):
                names.setdefault(re.sub(r"-[0-9a-f]{16}(?:-\d+)?$", "", path.stem), []).append(path)
            self._names[source] = names
        return self._names[source]

    def _free_path(self, folder: PurePosixPath, url: str, digest: str) -> PurePosixPath:
        """A page may return to bytes that it had before: the same hash then gets a number."""
        name = _stem(url, digest)
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(path for n in names if not self.store.has(path := folder / f"{n}.json"))


def slug(url: str) -> str:
    """A safe file name that a person can recognise: the last part of the path, a-z, 0-9 and dashes, at most 80.

    >>> slug("https://bao.vn/tin/Tỷ-lệ-đúng-hạn-a1.html?id=../../x")
    'ty-le-dung-han-a1-html-id-x'
    """
    parts = urlsplit(url)
    tail = unquote(parts.path).rstrip("/").rpartition("/")[2] + (f" {unquote(parts.query)}" if parts.query else "")
    plain = unicodedata.normalize("NFKD", tail.replace("đ", "d").replace("Đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "index"


def _age(entry: Entry) -> tuple[datetime, str]:
    return entry.fetched_at, str(entry.path)


def _suffix(data: bytes) -> str:
    return ".html.gz" if data.lstrip()[:1] == b"<" else ".txt.gz"


def entry_of(path: PurePosixPath, sidecar: bytes, shown: str) -> Entry:
    """The entry that a sidecar describes. Raises ArchiveProblem."""
    try:
        data = json.loads(sidecar)
        data["fetched_at"] = datetime.fromisoformat(data["fetched_at"])
        return Entry(path=path, source=path.parts[0], **data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveProblem(f"{shown}: not a sidecar of the archive ({error})") from None


def sidecar_of(entry: Entry) -> bytes:
    """What stands in an entry's sidecar."""
    kept = {k: v for k, v in asdict(entry).items() if k not in ("path", "source")}
    kept["fetched_at"] = entry.fetched_at.isoformat()
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _folder(source: str, moment: datetime) -> PurePosixPath:
    return PurePosixPath(source, f"{moment:%Y}", f"{moment:%m}")


def _source_copy(source: str) -> PurePosixPath:
    return PurePosixPath(source, "source.yml")


def _stem(url: str, digest: str) -> str:
    return f"{slug(url)}-{hashlib.sha256(f'{url} {digest}'.encode()).hexdigest()[:16]}"
