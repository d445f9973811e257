"""Where data/raw lies: a folder here, or an object store that fsspec knows (s3://bucket/prefix; flows/bucket.py).

Names are relative, with slashes: bao/2024/04/ty-le-dung-han-a1-html-0123456789abcdef.json
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape, glob
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from flows.problems import ArchiveProblem, FileProblem, unwritten


class Store(Protocol):
    """Bytes by name, written whole or not at all. Every verb raises ArchiveProblem."""

    folder: Path | None
    """The folder, when it is one of this machine."""

    def shown(self, name: PurePosixPath) -> str:
        """A name with its place, fit for a message: without what opens the place."""

    def has(self, name: PurePosixPath) -> bool: ...

    def read(self, name: PurePosixPath) -> bytes: ...

    def write(self, name: PurePosixPath, data: bytes) -> None: ...

    def sources(self) -> list[str]: ...

    def sidecars(self, source: str) -> list[PurePosixPath]:
        """Every <source>/<yyyy>/<mm>/*.json in order, found by names alone."""


class Folder:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder: Path | None = root

    def shown(self, name: PurePosixPath) -> str:
        return str(self.root / name)

    def has(self, name: PurePosixPath) -> bool:
        return (self.root / name).exists()

    def read(self, name: PurePosixPath) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise ArchiveProblem(f"{self.shown(name)}: cannot be read ({error.strerror})") from None

    def write(self, name: PurePosixPath, data: bytes) -> None:
        path = self.root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as file:
                file.write(data)
        except OSError as error:
            raise ArchiveProblem(unwritten(path, error)) from None

    def sources(self) -> list[str]:
        return sorted(p.name for p in self.root.iterdir() if p.is_dir()) if self.root.is_dir() else []

    def sidecars(self, source: str) -> list[PurePosixPath]:
        return [PurePosixPath(p) for p in sorted(glob(f"{escape(source)}/[0-9]*/[0-9]*/*.json", root_dir=self.root))]


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that has its name once all of it is on the disk; when the block fails there is none. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_file(path: Path, data: bytes) -> None:
    """A file that a person asked for: all of it, or what was there before. Raises FileProblem."""
    target = path.resolve()  # a link stays one
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # /dev/stdout and the like
            return
        with whole_file(target) as file:
            file.write(data)
    except OSError as error:
        raise FileProblem(unwritten(path, error)) from None
