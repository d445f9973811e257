"""One run at a time on a data folder; the system lets go of the lock when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.problems import AlreadyRunning, ArchiveProblem


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file while the block runs. Raises AlreadyRunning, naming the other process, when it is held."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise ArchiveProblem(f"{path}: cannot be written ({error.strerror})") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(f"another {what} is running (process {file.read().strip()}, lock {path})") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
