"""data/raw: the bytes as they came, before anyone reads them. Written once, never edited.

data/raw/<source>/<yyyy>/<mm>/<slug>-<hash>.html.gz     the bytes, compressed the same way every time
data/raw/<source>/<yyyy>/<mm>/<slug>-<hash>.json        address, time, hash, headers: written last, so that
                                                        bytes without it are an interrupted write, not an entry
                                                        alone where the site answers that the article is gone
data/raw/<source>/source.yml                            the source as it was, so that the folder explains itself
data/raw/<source>/waiting.json                          articles that lists named and that did not come yet; rewritten
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath

from flows.entries import ADHOC, GONE, Entry, entry_of, fault_of, folder_of, sidecar_of, slug, stem_of, suffix_of
from flows.problems import ArchiveProblem
from flows.store import Folder, Store

__all__ = ["ADHOC", "GONE", "WAITING", "Archive", "Entry", "slug"]

WAITING = "waiting.json"


class Archive:
    """data/raw: a folder, or an object store by its fsspec URL."""

    def __init__(self, place: Path | str) -> None:
        self.store = _store_at(place)
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
        path = self._free_path(folder_of(source, moment), url, digest)
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
        """The entry that these bytes would become, or that of the version then in force when it holds them; writes
        nothing."""
        digest, moment = hashlib.sha256(data).hexdigest(), fetched_at.astimezone(UTC)
        same = (digest, dict(facts or {}))
        earlier = sorted((e for e in self._versions(source, url) if e.fetched_at <= moment), key=_age)
        in_force = [e for e in earlier if e is earlier[-1] or e.fetched_at == moment]
        if known := [e for e in in_force if (e.sha256, e.facts) == same]:
            return known[-1]
        path = self._free_path(folder_of(source, moment), url, digest)
        file = path.stem + suffix_of(data)
        return Entry(
            path, source, url, final_url or url, moment, digest, file, 200, dict(headers or {}), dict(facts or {})
        )

    def restore(self, entry: Entry, data: bytes) -> bool:
        """Write an entry of another archive as it was there; False when this one has it. Raises ArchiveProblem for
        what no archive would have written: it may have come from anyone."""
        if fault := fault_of(entry, data):
            raise ArchiveProblem(f"{entry.path}: {fault}")
        same = (entry.fetched_at, entry.sha256, entry.status)
        if any((e.fetched_at, e.sha256, e.status) == same for e in self._versions(entry.source, entry.url)):
            return False
        if self.store.has(entry.path):
            path = self._free_path(entry.path.parent, entry.url, entry.sha256)
            entry = replace(entry, path=path, file=entry.file and path.stem + suffix_of(data))
        self._write(entry, data)
        return True

    def newest(self, source: str, url: str) -> Entry | None:
        """The entry of an article that was fetched last, be it that it was gone."""
        return max(self._versions(source, url), key=_age, default=None)

    def first_kept(self, source: str, url: str) -> datetime | None:
        """When an article was first kept."""
        return min((e.fetched_at for e in self._versions(source, url)), default=None)

    def first_kept_since(self, source: str, moment: datetime) -> list[str]:
        """Addresses of the articles that were kept at `moment` for the first time, or later, in that order."""
        oldest = str(folder_of(source, moment.astimezone(UTC)))
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
        path = entry.path.parent / PurePosixPath(entry.file).name
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

    def waiting(self, source: str) -> bytes | None:
        """The articles that wait to be brought, as flows/waiting.py writes them."""
        path = PurePosixPath(source, WAITING)
        return self.store.read(path) if self.store.has(path) else None

    def keep_waiting(self, source: str, data: bytes) -> None:
        self.store.write(PurePosixPath(source, WAITING), data)

    def source_copy(self, source: str) -> bytes | None:
        """The YAML that is kept beside a source's pages."""
        copy = _source_copy(source)
        return self.store.read(copy) if self.store.has(copy) else None

    def restore_source(self, source: str, yaml: bytes) -> bool:
        """Write another archive's copy of a source's YAML, where there is none."""
        if self.store.has(_source_copy(source)):
            return False
        self.store.write(_source_copy(source), yaml)
        return True

    def _versions(self, source: str, url: str) -> list[Entry]:
        return [e for e in map(self.read_entry, self._index(source).get(slug(url), [])) if e.url == url]

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
        name = stem_of(url, digest)
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(path for n in names if not self.store.has(path := folder / f"{n}.json"))


def _age(entry: Entry) -> tuple[datetime, str]:
    return entry.fetched_at, str(entry.path)


def _source_copy(source: str) -> PurePosixPath:
    return PurePosixPath(source, "source.yml")


def _store_at(place: Path | str) -> Store:
    """The store of a folder or of an fsspec URL. Raises SettingsProblem when the URL cannot be used."""
    if isinstance(place, Path):
        return Folder(place)
    from flows.bucket import open_bucket  # fsspec takes a moment, and folders do without

    return open_bucket(place)
