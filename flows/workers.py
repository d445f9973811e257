"""Articles are read and stored by processes of their own; one that takes too long, or too much room, is told of.

desk.hands = processes(2)
with run_of(desk, "replay"):
    for loaded in desk.store(entries):
        ...                                  # in the order of the entries, but versions of an article come together
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from flows.archive import Entry
from flows.desk import Desk, Hands, Store
from flows.limits import MEGABYTES, SECONDS, Limited, TooMuch, time_limit
from flows.load import Loaded, linked, load_one
from flows.reading import warm_up
from models.database import open_database

if TYPE_CHECKING:
    from flows.corrections.file import Corrections
    from flows.reading import Reader
    from flows.settings import Settings
    from flows.sources import Source

    Like = tuple[Settings, Sequence[Source], Reader | None, Corrections, int | None]
    """What a desk is made of, as one process tells another."""

AHEAD = 4
"""Batches that are handed out before the first of them is asked for."""


def processes(count: int, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Hands:
    """So many processes, each with a desk like the one they work for; they start with the first article."""

    @contextmanager
    def hands(desk: Desk) -> Iterator[Store]:
        with Limited(count, _begin, like(desk), seconds=seconds, megabytes=megabytes) as limited:
            yield Workers(desk, limited).store

    return hands


class Workers:
    """What hands articles out, and takes back what became of them."""

    def __init__(self, desk: Desk, limited: Limited) -> None:
        self.desk, self.limited = desk, limited

    def store(self, entries: Iterable[Entry]) -> Iterator[list[Loaded]]:
        """What became of each batch."""
        size = self.desk.settings.batch_size
        articles, waiting = iter(by_article(entries)), deque[tuple[list[Entry], Future[list[Loaded]]]]()
        while True:
            room = size * AHEAD - len(waiting)
            waiting += [(one, self.limited.hand_out(_store, one)) for one in islice(articles, room)]
            if not waiting:
                return
            some = [waiting.popleft() for _ in range(min(size, len(waiting)))]
            yield linked(self.desk.engine, [loaded for one, future in some for loaded in self._taken(one, future)])

    def _taken(self, versions: Sequence[Entry], future: Future[list[Loaded]]) -> list[Loaded]:
        try:
            return self.limited.result(future)
        except TooMuch as why:
            return [Loaded(entry, None, problem=f"{entry.url}: not read: {why}") for entry in versions]


def by_article(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The versions of an article are stored one after the other."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.url, []).append(entry)
    return list(found.values())


def like(desk: Desk) -> Like:
    return desk.settings, desk.sources, desk.reader, desk.corrections, desk.run_id


_like: Like
"""The desk that this process works for."""


def _begin(like: Like) -> None:
    global _like
    _like = like
    _, _, reader, _, _ = like
    if reader is None:
        warm_up()


@cache
def _desk() -> Desk:
    """Opened with the first article, so that a database that does not answer is told of as everywhere."""
    settings, sources, reader, corrections, run_id = _like
    engine = open_database(settings.database, create=False)
    desk = Desk(settings, engine, sources, reader=reader, corrections=corrections)
    desk.run_id = run_id
    return desk


def _store(versions: Sequence[Entry]) -> list[Loaded]:
    """Read and store; only reading has its time, storing may have to wait for other writers."""
    desk, stored = _desk(), []
    for entry in versions:
        with time_limit():
            (read,) = desk.extract([entry])
        stored.append(load_one(desk.engine, read, run_id=desk.run_id, now=desk.now, corrections=desk.corrections))
    return stored
