"""What loading costs: observations a second of articles that were read before, on SQLite and PostgreSQL: new ones, the
same again, and changed ones.

Processor time: ours, and on PostgreSQL the server's beside it; reading is not part of it. A changed article has other
bytes, and every third of its figures is another.
`python -m benchmarks.loading [ARTICLES] [--json FILE]`
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from sqlalchemy import Engine, make_url

from benchmarks.articles import fill
from benchmarks.results import keep, parser
from flows.archive import Archive
from flows.load import load_reads, prepare
from flows.reading import Read, Shelf, default_reader, extract_one
from models.database import open_database
from tests.postgres import postgres_server

BATCH, TICKS = 50, os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Took:
    """Seconds of processor time that some articles took, and how many of their figures were there to store."""

    database: str
    what: str
    articles: int
    observations: int
    seconds: float
    server_seconds: float


def read_articles(archive: Archive, count: int) -> list[Read]:
    """As if they came from their sources in turn."""
    fill(archive, count)
    shelf, reader = Shelf([], archive), default_reader()
    entries = sorted((one for id in archive.sources() for one in archive.entries(id)), key=lambda one: one.fetched_at)
    return [extract_one(one, archive, shelf, reader) for one in entries]


def changed(read: Read) -> Read:
    """The same article a day later, with other figures."""
    assert read.reading is not None
    said = tuple(
        replace(one, value=one.value + 1) if n % 3 == 0 and isinstance(one.value, Decimal) else one
        for n, one in enumerate(read.reading.observations)
    )
    later, other = read.entry.fetched_at + timedelta(1), sha256(read.entry.sha256.encode()).hexdigest()
    entry = replace(read.entry, fetched_at=later, sha256=other)
    return replace(read, entry=entry, reading=replace(read.reading, observations=said))


def measured(database: str, engine: Engine, reads: Sequence[Read], server: int | None) -> Iterator[Took]:
    """A few articles come first: what is imported and planned once is not part of it."""
    prepare(engine, ())
    few, rest = reads[:BATCH], reads[BATCH:]
    _load(engine, few)
    for what, some in (("new", rest), ("unchanged", rest), ("changed", [changed(one) for one in rest])):
        ours, theirs = process_time(), _server_seconds(server)
        _load(engine, some)
        took = process_time() - ours, _server_seconds(server) - theirs
        yield Took(database, what, len(some), sum(len(r.reading.observations) for r in some if r.reading), *took)


def _load(engine: Engine, reads: Sequence[Read]) -> None:
    for start in range(0, len(reads), BATCH):
        stored = load_reads(engine, reads[start : start + BATCH], run_id=None, now=lambda: datetime.now(UTC))
        assert all(one.counts for one in stored), [one.problem for one in stored]


def _server_seconds(server: int | None) -> float:
    """Processor time of a server's processes, from /proc."""
    seconds = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat") if server else ():
        try:
            parent, *times = (int(stat.read_text().rpartition(")")[2].split()[n]) for n in (1, 11, 12))
        except OSError:  # it has just ended
            continue
        seconds += sum(times) / TICKS if parent == server else 0
    return seconds


def on_both(folder: Path, reads: Sequence[Read]) -> Iterator[Took]:
    engine = open_database(f"sqlite:///{folder / 'solieu.db'}", create=True)
    yield from measured("sqlite", engine, reads, None)
    with postgres_server() as url:
        home = make_url(url).query["host"]
        number = int(Path(str(home), "data", "postmaster.pid").read_text().splitlines()[0])
        yield from measured("postgresql", open_database(url, create=True), reads, number)


def main() -> int:
    asked, found = parser(articles=500).parse_args(), []
    with TemporaryDirectory() as folder:
        reads = read_articles(Archive(Path(folder, "raw")), asked.articles + BATCH)
        heads = f"{'articles':>9}{'observations':>14}{'a second':>10}{'ms an article':>15}{'server':>8}"
        print(f"{'database':12}{'':10}{heads}")
        for took in on_both(Path(folder), reads):
            found.append(took)
            rate = took.observations / (took.seconds + took.server_seconds)
            each = f"{took.seconds / took.articles * 1000:15.1f}{took.server_seconds / took.articles * 1000:8.1f}"
            told = f"{took.articles:9}{took.observations:14}{rate:10.0f}{each}"
            print(f"{took.database:12}{took.what:10}{told}", flush=True)
    seconds = {f"{one.database}, {one.what}": (one.seconds + one.server_seconds) / one.articles for one in found}
    keep({f"{name}: ms an article": took * 1000 for name, took in seconds.items()}, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
