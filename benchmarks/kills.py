"""A replay that is killed again and again loses nothing: kill -9 at random moments, until it has been so often.

After each kill the database is whole, no article is there by half, and in the end it is that of an undisturbed run.
`python -m benchmarks.kills [KILLS [ARTICLES [WORKERS]]]`; it exits with 1 at the first fault. Nights: killed_nights.py
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.articles import fill
from flows.archive import Archive

ARTICLES = """
    SELECT a.identity, v.content_hash, count(DISTINCT o.key), group_concat(DISTINCT o.key), count(DISTINCT m.rowid)
    FROM article a
    JOIN article_version v ON v.article_id = a.id AND v.superseded_at IS NULL
    LEFT JOIN (SELECT * FROM observation WHERE withdrawn IS NULL ORDER BY key) o ON o.article_id = a.id
    LEFT JOIN mention m ON m.observation_id = o.id
    GROUP BY a.id
"""
SERIES = "SELECT * FROM series ORDER BY point"


def started(data: Path, command: Sequence[str], **said: str) -> subprocess.Popen[bytes]:
    """A command of solieu with this data, and the leader of its processes."""
    env = {**os.environ, "SOLIEU_DATA_DIR": str(data), **said}
    line, quiet = [sys.executable, "-m", "flows.cli", *command], subprocess.DEVNULL
    return subprocess.Popen(line, env=env, stdout=quiet, stderr=quiet, start_new_session=True)


def killed(run: subprocess.Popen[bytes], after: float) -> bool:
    """Kill a run with its workers after so many seconds; False when it had ended by then."""
    try:
        run.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return True
    assert run.returncode == 0, f"exit code {run.returncode}"
    return False


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "db" / "solieu.db")) as conn:
        return conn.execute(query).fetchall()


def faults(data: Path, whole: dict[object, tuple[object, ...]]) -> Iterator[str]:
    """What is wrong with a database that was left in the middle of a run."""
    if not (data / "db" / "solieu.db").exists():
        return
    if (found := rows(data, "PRAGMA integrity_check")) != [("ok",)]:
        yield f"integrity: {found}"
    if not rows(data, "SELECT 1 FROM sqlite_master WHERE name = 'article'"):
        return
    for identity, *stored in rows(data, ARTICLES):
        if whole[identity] != tuple(stored):
            yield f"by half: {identity}"


def main() -> int:
    kills, articles, workers = (*map(int, sys.argv[1:]), *(50, 60, 2)[len(sys.argv) - 1 :])
    replaying, chance = ["replay", "--workers", str(workers)], Random(4711)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        fill(Archive(data / "raw"), articles)
        start = perf_counter()
        started(data, replaying).wait()
        alone = perf_counter() - start
        whole = {identity: tuple(stored) for identity, *stored in rows(data, ARTICLES)}
        series, done, ends = rows(data, SERIES), 0, 0
        while done < kills:
            rmtree(data / "db")
            while killed(started(data, replaying), chance.uniform(0.2, alone)):
                done += 1
                if wrong := list(faults(data, whole)):
                    print(f"kill {done}: {'; '.join(wrong)}")
                    return 1
            ends += 1
            if rows(data, SERIES) != series:
                print(f"after {done} kills: the series are not those of an undisturbed run")
                return 1
    print(f"{done} kills of {workers} workers at {articles} articles; {ends} runs ended as one of {alone:.1f} s alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
