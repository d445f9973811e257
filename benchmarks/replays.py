"""What a replay of many archived articles takes: with one and two processes, on SQLite and PostgreSQL, and again.

Ratios are to one process on the same database. `python -m benchmarks.replays [ARTICLES] [--json FILE]`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from benchmarks.articles import fill
from benchmarks.processes import run
from benchmarks.results import keep, parser
from flows.archive import Archive
from tests.postgres import postgres_server

WORKERS = (1, 2)


@dataclass(frozen=True)
class Took:
    """A replay: its whole process in seconds, and the most memory that one of its processes had."""

    database: str
    workers: int
    what: str
    seconds: float
    megabytes: int


def replay(data: Path, workers: int, url: str | None) -> tuple[float, int]:
    """Seconds and megabytes of a replay."""
    command = [sys.executable, "-m", "flows.cli", "replay", "--workers", str(workers)]
    return run(command, {"SOLIEU_DATA_DIR": str(data), **({"SOLIEU_DATABASE_URL": url} if url else {})})


def measured(folder: Path, archive: Path, server: str) -> Iterator[Took]:
    for database in ("sqlite", "postgresql"):
        for workers in WORKERS:
            data = folder / f"{database}{workers}"
            data.mkdir()
            (data / "raw").symlink_to(archive)
            url = _schema(server, f"bench_{workers}") if database == "postgresql" else None
            for what in ("first", "again"):
                yield Took(database, workers, what, *replay(data, workers, url))


def _schema(server: str, name: str) -> str:
    with create_engine(server).begin() as conn:
        conn.execute(text(f"CREATE SCHEMA {name}"))
    address = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    return address.render_as_string(hide_password=False)


def main() -> int:
    asked = parser(articles=10_000).parse_args()
    found: list[Took] = []
    with TemporaryDirectory() as folder, postgres_server() as server:
        fill(Archive(Path(folder, "raw")), asked.articles)
        print(f"{asked.articles} articles")
        print(f"{'database':12}{'workers':>8} {'':8}{'s':>8}{'articles/s':>12}{'ratio':>8}{'MB':>6}")
        for took in measured(Path(folder), Path(folder, "raw"), server):
            found.append(took)
            alone = next(one for one in found if (one.database, one.what) == (took.database, "first"))
            rate, ratio = asked.articles / took.seconds, alone.seconds / took.seconds
            told = f"{took.seconds:8.1f}{rate:12.1f}{ratio:8.2f}{took.megabytes:6}"
            print(f"{took.database:12}{took.workers:8} {took.what:8}{told}", flush=True)
    keep({f"{one.database}, {one.workers} workers, {one.what}: s": one.seconds for one in found}, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
