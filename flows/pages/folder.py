"""The folder of the site: what is the same is not written, what is gone is deleted, and every file is whole.

with site_folder(Path("report")) as site:
    if not site.keep("index.html", of):
        site.put("index.html", page)
site.written, site.deleted, site.unchanged
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.problems import BadWord, Problem, unwritten
from flows.store import whole_file

HEAD = 512
"""Bytes of a file in which it says what it was made of."""
MANIFEST = "site.json"
"""The files that are ours: no other is ever overwritten or deleted."""


class SiteFolder:
    """Files by their address below the folder, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before = frozenset(_ours(root))
        self.files: dict[str, None] = {}
        self.written = self.deleted = self.unchanged = 0

    def put(self, address: str, content: str | bytes) -> None:
        """Write a file, unless it is there already as it should be."""
        data = content.encode() if isinstance(content, str) else content
        self.files[address] = None
        path = self.root / address
        if path.is_file() and path.read_bytes() == data:
            self.unchanged += 1
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(data)
        self.written += 1

    def keep(self, address: str, of: str = "") -> bool:
        """Leave a file of before as it is, if it begins with saying that it was made `of` this; False where it cannot
        be left."""
        path = self.root / address
        if address not in self.before or not path.is_file():
            return False
        if of and of.encode() not in _head(path):
            return False
        self.files[address] = None
        self.unchanged += 1
        return True

    @property
    def told(self) -> str:
        """`12 files written, 1 deleted, 310 as they were`."""
        return f"{self.written} files written, {self.deleted} deleted, {self.unchanged} as they were"

    def clear(self) -> None:
        """Delete the files of earlier times that were not put again."""
        for address in self.before:
            path = self.root / address
            if address not in self.files and path.is_file():
                path.unlink()
                self.deleted += 1

    def remember(self, *, also_before: bool) -> None:
        """Keep which files are ours."""
        ours = sorted({*self.files, *(self.before if also_before else ())})
        self.root.mkdir(parents=True, exist_ok=True)
        with whole_file(self.root / MANIFEST) as file:
            file.write((json.dumps(ours, ensure_ascii=False, indent=0) + "\n").encode())


@contextmanager
def site_folder(root: Path) -> Iterator[SiteFolder]:
    """The folder while a site is written. When that fails, the files of before stay, and stay ours.

    Raises Problem when the folder holds what is not ours or cannot be written.
    """
    try:
        site = SiteFolder(root)
        site.remember(also_before=True)  # ours from now on, also when this is killed
        try:
            yield site
            site.clear()
        except BaseException:
            site.remember(also_before=True)
            raise
        site.remember(also_before=False)
    except OSError as error:
        raise Problem(unwritten(error.filename or root, error)) from None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _ours(root: Path) -> list[str]:
    manifest = root / MANIFEST
    if not manifest.exists():
        if root.exists() and any(root.iterdir()):
            raise BadWord(f"{root}: holds files that are no report; name an empty folder, or one that is not there yet")
        return []
    try:
        ours = json.loads(manifest.read_text("utf-8"))
        assert isinstance(ours, list)
        return [str(address) for address in ours if ".." not in str(address).split("/") and str(address)[:1] != "/"]
    except (ValueError, AssertionError):
        raise Problem(f"{manifest}: cannot be read; delete {root}, and the report is made anew") from None
