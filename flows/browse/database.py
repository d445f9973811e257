"""A SQLite file as Datasette reads it while nights and replays go on: never written, never an answer of an old file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.database import Database
from datasette.utils import sqlite3
from datasette.views.base import DatasetteError

from flows.places import folded
from models.database import sealed


class Reading(Database):  # type: ignore[misc]
    """Datasette's database, with connections of our own: it keeps them for ever, and would open them for writing."""

    def __init__(self, pages: Any, file: Path) -> None:
        super().__init__(pages, str(file))
        self.file = file
        self.mine = threading.local()  # each thread's connection, and the file as it stood when that was made

    def connect(self, write: bool = False) -> Any:
        """A connection that can only read. Where SQLite's own files cannot be made, the file is read as it stands."""
        if write:
            raise sqlite3.OperationalError("attempt to write a readonly database")
        how = "immutable=1" if sealed(self.file) else "mode=ro"
        conn = sqlite3.connect(f"file:{quote(str(self.file))}?{how}", uri=True, check_same_thread=False)
        conn.execute("PRAGMA query_only = 1")
        conn.create_function("folded", 1, lambda cell: cell and folded(str(cell)), deterministic=True)
        self.ds._prepare_connection(conn, self.name)
        self._all_file_connections.append(conn)
        return conn

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._ask, fn)

    def interrupt(self) -> None:
        """End the queries of this moment: Ctrl-C waits for none."""
        for conn in list(self._all_file_connections):
            conn.interrupt()

    def _ask(self, fn: Callable[[Any], Any]) -> Any:
        """Ask the file that is there now; again when another took its place, or a sealed one changed, meanwhile."""
        stands = self._stands()
        if getattr(self.mine, "stands", None) != stands:
            self._leave()
            self.mine.conn, self.mine.stands = self.connect(), stands
        found = fn(self.mine.conn)
        return found if self._stands() == stands else self._ask(fn)

    def _leave(self) -> None:
        if conn := getattr(self.mine, "conn", None):
            self._all_file_connections.remove(conn)
            conn.close()

    def _stands(self) -> tuple[int, ...]:
        """Which file it is, and, where SQLite does not watch over it, of which moment."""
        try:
            file = self.file.stat()
        except FileNotFoundError:
            raise DatasetteError(f"{self.file} is not there: a replay may be making it anew", status=503) from None
        return (file.st_dev, file.st_ino, *((file.st_size, file.st_mtime_ns) if sealed(self.file) else ()))
