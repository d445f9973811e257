"""A night that is killed again and again loses nothing: kill -9 at random moments, with all of its processes.

Two sites on loopback, and a Prefect server that stays. After each kill the database is whole and has no article by
half, the archive has all it had and each of its entries its bytes; the night that comes to its end makes the series of
an undisturbed one. `python -m benchmarks.killed_nights [KILLS [ARTICLES]]`; it exits with 1 at the first fault.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.kills import ARTICLES, SERIES, faults, killed, rows, started
from flows.archive import Archive
from flows.problems import ArchiveProblem
from flows.server import prefect_server
from tests.replicas.sites import serve_replicas

SITES = 2


def kept(data: Path) -> Iterator[tuple[str, str]]:
    """Name and hash of each entry of the archive. Raises ArchiveProblem for one that is there by half."""
    archive = Archive(data / "raw")
    for source in archive.sources():
        for entry in archive.entries(source):
            archive.read(entry)
            yield str(entry.path), entry.sha256


def begun(run: subprocess.Popen[bytes], lock: Path) -> None:
    """Wait until the night is at work: before, there is only Prefect to be killed."""
    while run.poll() is None and not (lock.exists() and lock.read_text() == str(run.pid)):
        sleep(0.02)


def left_behind(data: Path, before: set[tuple[str, str]], whole: dict[object, tuple[object, ...]]) -> list[str]:
    """What is wrong after a kill; `before` has what the archive had, and is told what came to it."""
    try:
        now = set(kept(data))
    except ArchiveProblem as problem:
        return [str(problem)]
    lost = [f"lost: {name}" for name, _ in sorted(before - now)]
    before |= now
    return [*lost, *faults(data, whole)]


def main() -> int:
    kills, articles = (*map(int, sys.argv[1:]), *(60, 60)[len(sys.argv) - 1 :])
    chance, done, ends = Random(4711), 0, 0
    with (
        TemporaryDirectory() as folder,
        serve_replicas(Path(folder, "sites"), Path(folder, "sources"), SITES, articles // SITES),
        prefect_server(4200, Path(folder, "server.log")) as server,
    ):
        data = Path(folder, "data")

        def night() -> subprocess.Popen[bytes]:
            run = started(data, ["nightly"], SOLIEU_SOURCES_DIR=str(Path(folder, "sources")), PREFECT_API_URL=server)
            begun(run, data / "db" / "solieu.lock")
            return run

        run, start = night(), perf_counter()
        assert run.wait() == 0, "the night alone has problems"
        alone = perf_counter() - start
        whole = {identity: tuple(stored) for identity, *stored in rows(data, ARTICLES)}
        series, archived = rows(data, SERIES), set(kept(data))
        while done < kills:
            rmtree(data / "db")
            rmtree(data / "raw")
            before: set[tuple[str, str]] = set()
            while killed(night(), chance.uniform(0, alone)):
                done += 1
                if wrong := left_behind(data, before, whole):
                    print(f"kill {done}: {'; '.join(wrong)}")
                    return 1
            ends += 1
            if rows(data, SERIES) != series or set(kept(data)) != archived:
                print(f"after {done} kills: the series or the archive are not those of an undisturbed night")
                return 1
    print(f"{done} kills of a night of {articles} articles; {ends} nights ended as one of {alone:.1f} s alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
