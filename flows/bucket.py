"""An archive in an object store, by fsspec: SOLIEU_RAW_URL=s3://bucket/prefix. A put is all or nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import fsspec
from fsspec.implementations.local import LocalFileSystem

from flows.problems import ArchiveProblem, SettingsProblem
from flows.store import Folder, Store

USER = re.compile(r"//([^/@]*:.*|[^/@]*)@")
"""What stands before the host: a key and its secret, which may have slashes of its own."""
SIDECAR = re.compile(r"\d[^/]*/\d[^/]*/[^/]+\.json")


class Bucket:
    """The objects under a prefix. Listings are not remembered: other processes write too."""

    folder: Path | None = None

    def __init__(self, fs: fsspec.AbstractFileSystem, root: str, url: str) -> None:
        self._fs, self._root, self._url = fs, root.rstrip("/"), url.rstrip("/")

    def shown(self, name: PurePosixPath) -> str:
        return f"{masked(self._url)}/{name}"

    def has(self, name: PurePosixPath) -> bool:
        with self._doing("asked for", name):
            return bool(self._fs.exists(self._key(name)))

    def read(self, name: PurePosixPath) -> bytes:
        with self._doing("read", name):
            return bytes(self._fs.cat_file(self._key(name)))

    def write(self, name: PurePosixPath, data: bytes) -> None:
        with self._doing("written", name):
            self._fs.pipe_file(self._key(name), data)

    def sources(self) -> list[str]:
        with self._doing("listed", PurePosixPath()):
            try:
                self._fs.invalidate_cache()
                there = self._fs.ls(self._root, detail=True)
            except FileNotFoundError:
                return []
        return sorted(str(one["name"]).rpartition("/")[2] for one in there if one["type"] == "directory")

    def sidecars(self, source: str) -> list[PurePosixPath]:
        start = self._key(PurePosixPath(source)) + "/"
        with self._doing("listed", PurePosixPath(source)):
            try:
                self._fs.invalidate_cache()
                keys = [str(key) for key in self._fs.find(start.rstrip("/"))]
            except FileNotFoundError:
                return []
        names = sorted(key.removeprefix(start) for key in keys)
        return [PurePosixPath(source, name) for name in names if SIDECAR.fullmatch(name)]

    def _key(self, name: PurePosixPath) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _doing(self, verb: str, name: PurePosixPath) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise ArchiveProblem(f"{self.shown(name)}: cannot be {verb} (no such object)") from None
        except Exception as fault:  # every driver has errors of its own
            raise ArchiveProblem(f"{self.shown(name)}: cannot be {verb} ({_said(fault, self._url)})") from None


def open_bucket(url: str) -> Store:
    """The store behind an fsspec URL; of this machine's folders, the folder. Raises SettingsProblem."""
    try:
        fs, root = fsspec.url_to_fs(url)
    except Exception as fault:  # no driver, no such scheme, or what the driver has to say about the rest
        raise SettingsProblem(
            f"SOLIEU_RAW_URL {masked(url)}: {_said(fault, url)}; s3://bucket/prefix needs the package s3fs, "
            "a folder is file:///srv/raw"
        ) from None
    return Folder(Path(root)) if isinstance(fs, LocalFileSystem) else Bucket(fs, root, url)


def masked(url: str) -> str:
    """The URL without its credentials.

    >>> masked("s3://key:se/cret@bucket/raw")
    's3://***@bucket/raw'
    """
    return USER.sub("//***@", url)


def _said(fault: Exception, url: str) -> str:
    """The first line of what a driver says, without the credentials that it may repeat."""
    text = next(iter(str(fault).splitlines()), "") or type(fault).__name__
    user = USER.search(url)
    for secret in [user[1], *user[1].split(":")] if user else []:
        for spelling in filter(None, (secret, unquote(secret))):
            text = text.replace(spelling, "***")
    return text
