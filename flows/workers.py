"""Articles are read and stored by processes of their own; one that takes too long, or too much room, is told of.

desk.hands = processes(2)
with run_of(desk, "replay"):
    for loaded in desk.store(entries):
        ...                                  # in the order of the entries, but versions of an article come together
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import chain, islice
from socket import gethostname
from typing import TypeVar

from pydantic import SecretBytes

from flows.archive import Entry
from flows.desk import Desk, Hands, Store
from flows.limits import MEGABYTES, SECONDS, Limited, TooMuch, time_limit
from flows.load import Loaded, linked, load_one
from flows.problems import ArchiveProblem, ClusterProblem
from flows.program import program
from flows.reading import warm_up
from models.database import open_database

T = TypeVar("T")

PAGE = "<title>Nha Trang</title><h1>Nha Trang</h1><div class=content-detail><p>{0}</p><p>{0}</p></div>"
AHEAD = 4
"""Batches that are handed out before the first article is asked for, and linked together."""


def processes(count: int, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Hands:
    """So many processes, each with a desk like the one they work for; they start with the first article."""

    @contextmanager
    def hands(desk: Desk) -> Iterator[Store]:
        with Limited(count, warm_up, PAGE, seconds=seconds, megabytes=megabytes) as limited:
            yield partial(_store, desk, limited)

    return hands


def _store(desk: Desk, limited: Limited, entries: Iterable[Entry]) -> Iterator[list[Loaded]]:
    """What became of some batches at a time: to link copies costs by how often it is done."""
    size, like = desk.settings.batch_size * AHEAD, likeness(desk)
    waiting = in_order(by_article(entries), partial(hand_out, limited, like), size)
    while some := list(islice(waiting, size)):
        yield linked(desk.engine, chain.from_iterable(some))


def in_order(work: Iterable[T], begin: Callable[[T], Callable[[], list[Loaded]]], ahead: int) -> Iterator[list[Loaded]]:
    """What became of each piece of work, so many of which are begun before the first is waited for."""
    begun = deque[Callable[[], list[Loaded]]]()
    for one in work:
        begun.append(begin(one))
        if len(begun) == ahead:
            yield begun.popleft()()
    while begun:
        yield begun.popleft()()


def hand_out(limited: Limited, like: SecretBytes, versions: Sequence[Entry]) -> Callable[[], list[Loaded]]:
    """Have an article read and stored; the answer waits for what became of it."""
    return partial(_taken, limited, versions, limited.hand_out(store_versions, like, versions))


def _taken(limited: Limited, versions: Sequence[Entry], future: Future[list[Loaded]]) -> list[Loaded]:
    try:
        return limited.result(future)
    except TooMuch as why:
        return [Loaded(entry, None, problem=f"{entry.url}: not read: {why}") for entry in versions]


def by_article(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The versions of an article are stored one after the other."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.url, []).append(entry)
    return list(found.values())


def likeness(desk: Desk) -> SecretBytes:
    """What a desk is made of, as one process tells another, be it on another machine with the same folders."""
    settings = desk.settings.model_copy(update={"data_dir": desk.settings.data_dir.resolve()})
    return SecretBytes(pickle.dumps((program(), settings, desk.sources, desk.reader, desk.corrections, desk.run_id)))


@lru_cache(maxsize=1)
def desk_like(like: SecretBytes) -> Desk:
    """Raises ClusterProblem where the program is another, ArchiveProblem where the archive is not, DatabaseProblem."""
    by, settings, sources, reader, corrections, run_id = pickle.loads(like.get_secret_value())  # noqa: S301  our own
    if by != program():
        raise ClusterProblem(f"{gethostname()} has another version of solieu: nothing was read there")
    engine = open_database(settings.database, create=False)
    desk = Desk(settings, engine, sources, reader=reader, corrections=corrections)
    home, desk.run_id = desk.archive.store.folder, run_id
    if home and not home.is_dir():
        raise ArchiveProblem(f"{home}: no such folder on {gethostname()}; all need one archive (SOLIEU_RAW_URL)")
    return desk


def store_versions(like: SecretBytes, versions: Sequence[Entry]) -> list[Loaded]:
    """Read and store; only reading has its time, storing may have to wait for other writers."""
    desk, stored = desk_like(like), []
    for entry in versions:
        with time_limit():
            (read,) = desk.extract([entry])
        stored.append(load_one(desk.engine, read, run_id=desk.run_id, now=desk.now, corrections=desk.corrections))
    return stored
