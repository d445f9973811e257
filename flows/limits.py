"""Calls in processes of their own, which may be ended: what takes too long, or too much room, stops nothing else.

with Limited(1) as limited:
    reading = limited.call(read, page)      # TooMuch: it takes more than 10 s
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Literal, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

SECONDS, MEGABYTES = 10.0, 1024
"""A thousand times what an article needs."""
PATIENCE = 3
"""How much longer the clock has than the processor, so that a busy machine reads the same."""


class TooMuch(Exception):
    """A call that did not come to its end; says why."""


class Limited:
    """So many processes, none before the first call. A call may take so many seconds, and a process so many megabytes
    beside what it has when it begins."""

    def __init__(
        self,
        count: int,
        begin: Callable[..., None] | None = None,
        *given: object,
        how: Literal["spawn", "fork"] = "spawn",
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
    ) -> None:
        """Each process begins with `begin(*given)`. One that is forked has all that this one has, but where this one
        has threads it must not be."""
        self.seconds, self.megabytes = seconds, megabytes
        self.pool = ProcessPool(
            max_workers=count,
            initializer=_begin,
            initargs=(gc.get_threshold(), seconds, megabytes, begin, given),
            context=get_context(how),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        end = self.pool.close if fault is None else self.pool.stop
        end()  # type: ignore[no-untyped-call]
        self.pool.join()

    def hand_out(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        """Have it called by the next process that is free; it uses `time_limit` itself."""
        return self.pool.schedule(work, args=args, kwargs=named)

    def result(self, future: Future[T]) -> T:
        """What the call returned, or raised. Raises TooMuch."""
        try:
            return future.result()
        except MemoryError:
            why = f"it takes more than {self.megabytes} MB"
        except ProcessExpired as end:
            late = {-signal.SIGPROF: self.seconds, -signal.SIGALRM: self.seconds * PATIENCE}.get(end.exitcode)
            why = f"it takes more than {late:g} s" if late else f"its reader ended ({end})"
        raise TooMuch(why)

    def call(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """What the call returns, or raises, within its time. Raises TooMuch."""
        return self.result(self.hand_out(_timed, work, args, named))


_seconds = SECONDS
"""Those of this process."""


def _begin(
    garbage: tuple[int, int, int],
    seconds: float,
    megabytes: int,
    begin: Callable[..., None] | None,
    given: tuple[object, ...],
) -> None:
    global _seconds
    _seconds = seconds
    gc.set_threshold(*garbage)  # as in the process that asks
    if begin:
        begin(*given)
    _cap(megabytes * 2**20)


def _cap(more: int) -> None:
    """Of what is there now the system counts all data that is not shared, as it will (Linux: RLIMIT_DATA)."""
    with open("/proc/self/statm") as file:
        data = int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_DATA, (data + more, data + more))


def _timed(work: Callable[..., T], args: tuple[object, ...], named: dict[str, object]) -> T:
    with time_limit():
        return work(*args, **named)


@contextmanager
def time_limit() -> Iterator[None]:
    """The system ends this process after its time, be it in the middle of a pattern, where Python hears no signal.

    The time is the processor's; one that waits has PATIENCE.
    """
    signal.setitimer(signal.ITIMER_PROF, _seconds)
    signal.setitimer(signal.ITIMER_REAL, _seconds * PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
