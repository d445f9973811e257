"""Files that a run holds locked while it lives; the system lets go of a lock when its holder dies.

data/db/solieu.lock    one nightly run or replay at a time
data/db/run-12.lock    run 12 is at work: nobody holds it, so it was killed
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from flows.problems import AlreadyRunning, ArchiveProblem, unwritten


@contextmanager
def only_one(path: Path, what: str, again: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Hold the lock file while the block runs. Raises AlreadyRunning, naming the other process, when it is held and
    `again`, which may wait, says no.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise ArchiveProblem(unwritten(path, error)) from None
    with file:
        while not _taken(file):
            if not again():
                file.seek(0)
                raise AlreadyRunning(f"another {what} is running (process {file.read().strip()}, lock {path})")
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def was_killed(path: Path) -> bool:
    """Whether a run left its file behind: it is there, and nobody holds it."""
    if not path.exists():
        return False
    try:
        with only_one(path, "run"):
            return True
    except AlreadyRunning:
        return False
