"""Articles are read and stored by processes of their own; one that takes too long, or too much room, is told of.

with Workers(desk, 2) as workers:
    for loaded in workers.store(entries):
        ...                                  # in the order of the entries, but versions of an article come together
"""

from __future__ import annotations

import faulthandler
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from pebble import ProcessExpired, ProcessPool

from flows.archive import Entry
from flows.load import Loaded, linked, load_one
from models.database import open_database

if TYPE_CHECKING:
    from flows.corrections.file import Corrections
    from flows.desk import Desk
    from flows.reading import Reader
    from flows.settings import Settings
    from flows.sources import Source

    Like = tuple[Settings, Sequence[Source], Reader | None, Corrections, int | None]
    """What a desk is made of, as one process tells another."""

SECONDS, MEGABYTES = 10, 1024
"""A thousand times what an article needs."""
TOO_LONG = 1
"""How a process ends that faulthandler puts an end to."""
AHEAD = 4
"""Batches that are handed out before the first of them is asked for."""


class Workers:
    """So many processes, each with a desk like this one. An article may take so many seconds, and a process so many
    megabytes beside what it has when it begins."""

    def __init__(self, desk: Desk, count: int, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self.desk, self.seconds, self.megabytes = desk, seconds, megabytes
        like = (desk.settings, desk.sources, desk.reader, desk.corrections, desk.run_id)
        self.pool = ProcessPool(
            max_workers=count,
            initializer=_begin,
            initargs=(like, seconds, megabytes),
            context=get_context("spawn"),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        end = self.pool.close if fault is None else self.pool.stop
        end()  # type: ignore[no-untyped-call]
        self.pool.join()

    def store(self, entries: Iterable[Entry]) -> Iterator[list[Loaded]]:
        """What became of each batch."""
        size = self.desk.settings.batch_size
        articles, waiting = iter(_by_article(entries)), deque[tuple[list[Entry], Future[list[Loaded]]]]()
        while True:
            room = size * AHEAD - len(waiting)
            waiting += [(one, self._hand_out(one)) for one in islice(articles, room)]
            if not waiting:
                return
            some = [waiting.popleft() for _ in range(min(size, len(waiting)))]
            yield linked(self.desk.engine, [loaded for one, future in some for loaded in self._taken(one, future)])

    def _hand_out(self, versions: list[Entry]) -> Future[list[Loaded]]:
        return self.pool.schedule(_store, args=[versions])

    def _taken(self, versions: Sequence[Entry], future: Future[list[Loaded]]) -> list[Loaded]:
        try:
            return future.result()
        except MemoryError:
            why = f"it takes more than {self.megabytes} MB"
        except ProcessExpired as end:
            late = end.exitcode == TOO_LONG
            why = f"it takes more than {self.seconds:g} s" if late else f"its reader ended ({end})"
        return [Loaded(entry, None, problem=f"{entry.url}: not read: {why}") for entry in versions]


def _by_article(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The versions of an article are stored one after the other."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.url, []).append(entry)
    return list(found.values())


_desk: Desk
_seconds: float
"""Those of this process."""


def _begin(like: Like, seconds: float, megabytes: int) -> None:
    global _desk, _seconds
    from extractors.reader import read_article  # noqa: F401  the first article need not wait for its word lists
    from flows.desk import Desk

    settings, sources, reader, corrections, run_id = like
    engine, _seconds = open_database(settings.database, create=False), seconds
    _desk = Desk(settings, engine, sources, reader=reader, corrections=corrections)
    _desk.run_id = run_id
    _cap(megabytes * 2**20)


def _cap(more: int) -> None:
    """Of what is there now the system counts all data that is not shared, as it will (Linux: RLIMIT_DATA)."""
    with open("/proc/self/statm") as file:
        data = int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_DATA, (data + more, data + more))


def _store(versions: Sequence[Entry]) -> list[Loaded]:
    """Read and store; only reading has its time, storing may have to wait for other writers."""
    stored = []
    for entry in versions:
        with open(os.devnull, "w") as nowhere, _time_limit(nowhere):
            (read,) = _desk.extract([entry])
        stored.append(load_one(_desk.engine, read, run_id=_desk.run_id, now=_desk.now, corrections=_desk.corrections))
    return stored


@contextmanager
def _time_limit(traceback_to: TextIO) -> Iterator[None]:
    """End this process after a time, be it in the middle of a pattern, where Python itself hears no signal."""
    faulthandler.dump_traceback_later(_seconds, exit=True, file=traceback_to)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
