"""Build the database again from data/raw: no network, no Prefect; the same bytes give the same series.

What is stored as this very program read it, with the same source and corrections, is not read again.
"""

from __future__ import annotations

from flows.corrections.fates import settle_corrections
from flows.desk import Desk, run_of
from flows.problems import ArchiveProblem
from flows.report import Report, SourceReport, check_read


def replay(desk: Desk) -> Report:
    """Read and store every entry of the archive, each source's oldest first."""
    with run_of(desk, "replay") as report:
        for source_id in desk.archive.sources():
            line = SourceReport(source_id)
            report.sources.append(line)
            try:
                _replay_source(desk, line)
            except ArchiveProblem as problem:
                line.fail(problem)
            check_read(line)
        settle_corrections(desk, report)
    return report


def _replay_source(desk: Desk, line: SourceReport) -> None:
    every = desk.archive.entries(line.id)
    entries = desk.unread(line.id, every)
    line.listed = len(every)
    line.unchanged = len(every) - len(entries)
    for loaded in desk.store(entries):
        line.take(loaded)
        desk.watch(line.id, line.read + line.unread, len(entries))
