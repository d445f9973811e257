"""Build the database again from data/raw: no network, no Prefect; the same bytes give the same series.

What is stored as this very program read it, with the same source and corrections, is not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from flows.archive import Entry
from flows.corrections.fates import settle_corrections
from flows.desk import Desk, run_of
from flows.load import Loaded
from flows.problems import ArchiveProblem
from flows.report import Report, SourceReport, check_read

Store = Callable[[Sequence[Entry]], Iterator[list[Loaded]]]


def replay(desk: Desk, workers: int = 1) -> Report:
    """Read and store every entry of the archive, each source's oldest first, in this process or in several."""
    with run_of(desk, "replay") as report, several(desk, workers) as store:
        for source_id in desk.archive.sources():
            line = SourceReport(source_id)
            report.sources.append(line)
            try:
                _replay_source(desk, line, store)
            except ArchiveProblem as problem:
                line.fail(problem)
            check_read(line)
        settle_corrections(desk, report)
    return report


@contextmanager
def several(desk: Desk, workers: int) -> Iterator[Store]:
    """What reads and stores entries, a batch at a time."""
    if workers == 1:
        yield desk.store
        return
    from flows.workers import Workers

    with Workers(desk, workers) as pool:
        yield pool.store


def _replay_source(desk: Desk, line: SourceReport, store: Store) -> None:
    every = desk.archive.entries(line.id)
    entries = desk.unread(line.id, every)
    line.listed = len(every)
    line.unchanged = len(every) - len(entries)
    for loaded in store(entries):
        line.take(loaded)
        desk.watch(line.id, line.read + line.unread, len(entries))
