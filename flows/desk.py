"""What a run has at hand: settings, sources, archive, database; and the run's row in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from flows import load, reading
from flows.archive import Archive, Entry
from flows.corrections.file import NONE, Corrections, read_corrections
from flows.load import Loaded
from flows.lock import only_one, was_killed
from flows.problems import AlreadyRunning, SourceProblem
from flows.program import program
from flows.report import Report
from flows.settings import Settings
from flows.sources import Source, load_sources
from flows.web.visit import Limits, Pauses, Visit, new_session
from models.database import open_database
from models.ledger import Kind, Night, State, finish_run, nights, record_source, start_run, unfinished

if TYPE_CHECKING:
    from flows.gather import Gathered, Watch

Store = Callable[[Sequence[Entry]], Iterator[list[Loaded]]]
"""Reads and stores entries; what became of them, a batch at a time."""
Hands = Callable[["Desk"], AbstractContextManager[Store]]
"""Who reads and stores for a desk, for as long as a run lasts."""


class Desk:
    """The verbs of a run, each bound to what it needs: gather, waiting, extract, load, and store for the last two."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        sources: Sequence[Source],
        problems: Sequence[SourceProblem] = (),
        *,
        reader: reading.Reader | None = None,
        watch: Watch = lambda *_: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        corrections: Corrections = NONE,
    ) -> None:
        self.settings, self.engine, self.sources = settings, engine, tuple(sources)
        self.problems = tuple(problems)
        self.archive = Archive(settings.raw)
        self.shelf = reading.Shelf(sources, self.archive)
        self.pauses = Pauses()
        self.reader, self.watch, self.now = reader, watch, now
        self.corrections = corrections
        self.limits = Limits()
        self.own_limits: dict[str, Limits] = {}
        """Of single sources, where they differ."""
        self.wait = 0
        """Minutes that another run is waited for."""
        self.run_id: int | None = None
        self.hands: Hands = in_this_process
        self.store: Store = self.store_here
        """As the run's hands do it."""

    def lock(self, name: str) -> Path:
        """A lock file, beside the database that lies here by default."""
        return self.settings.data_dir / "db" / f"{name}.lock"

    def take_problems(self) -> list[str]:
        """Sources that cannot be read, for a run that does not need them."""
        problems, self.problems = [str(problem) for problem in self.problems], ()
        return problems

    def source(self, source_id: str) -> Source:
        return next(source for source in self.sources if source.id == source_id)

    def gather(self, source_id: str) -> Gathered:
        """Discover, fetch and archive one source. Raises ListingProblem when its lists cannot be read."""
        from flows.gather import gather  # here: a process that only reads and stores does without it

        source = self.source(source_id)
        with new_session(self.settings.agent) as session:
            limits = self.own_limits.get(source_id, self.limits)
            found = gather(Visit(source, session, self.pauses, self.now, limits=limits), self.archive, self.watch)
        self.archive.keep_source(source_id, source.original)
        return found

    def nights(self, source_id: str) -> list[Night]:
        """The nights of a source before this run, the newest first."""
        return nights(self.engine, source_id, before=self.run_id)

    def waiting(self, source_id: str) -> list[Entry]:
        """What the archive has and the database has not."""
        return load.pending(self.engine, source_id, self.archive.entries(source_id))

    def reader_of(self, source: str, identity: str) -> reading.Reader:
        """Solieu's own reader, with the operator's words for an article, unless this desk has another."""
        known = self.corrections
        return self.reader or reading.default_reader(known.names, known.places_of(source, identity))

    def read_by(self, source_id: str) -> str:
        """Digest of all that reads the articles of a source: what it has read needs not be read again. "" where nobody
        knows, as for a source whose YAML is broken."""
        try:
            source = self.shelf.get(source_id)
        except SourceProblem:
            return ""
        if self.reader:
            return ""
        return sha256(repr((program(), source and source.original, self.corrections)).encode()).hexdigest()

    def unread(self, source_id: str, entries: Sequence[Entry]) -> list[Entry]:
        """Without those that are stored as this desk would read them."""
        by = self.read_by(source_id)
        stored = load.readings(self.engine, source_id) if by else {}
        return [one for one in entries if stored.get((one.url, one.fetched_at, one.sha256)) != by or one.gone]

    def extract(self, entries: Sequence[Entry]) -> list[reading.Read]:
        by = {source_id: self.read_by(source_id) for source_id in {entry.source for entry in entries}}
        return [
            replace(
                reading.extract_one(one, self.archive, self.shelf, self.reader_of(one.source, one.url)),
                by=by[one.source],
            )
            for one in entries
        ]

    def load(self, reads: Sequence[reading.Read]) -> list[load.Loaded]:
        return load.load_reads(self.engine, reads, run_id=self.run_id, now=self.now, corrections=self.corrections)

    def store_here(self, entries: Sequence[Entry]) -> Iterator[list[Loaded]]:
        """Read and store in this process, without limits of time and memory."""
        size = self.settings.batch_size
        for start in range(0, len(entries), size):
            yield self.load(self.extract(entries[start : start + size]))


def in_this_process(desk: Desk) -> AbstractContextManager[Store]:
    return nullcontext(desk.store_here)


def open_desk(settings: Settings, *, only: Sequence[str] = ()) -> Desk:
    """A desk with the sources of the folder. Raises SourceProblem, CorrectionsProblem, and DatabaseProblem."""
    sources, problems = load_sources(settings.sources_dir, only)
    return desk_with(settings, [s for s in sources if s.enabled or s.id in only], problems)


def desk_with(settings: Settings, sources: Sequence[Source], problems: Sequence[SourceProblem] = ()) -> Desk:
    """A desk with these sources, its database made and brought up to date. Raises DatabaseProblem, and, before
    anything is written, CorrectionsProblem."""
    corrections = read_corrections(settings)
    engine = open_database(settings.database, create=True)
    load.prepare(engine, sources)
    return Desk(settings, engine, sources, problems, corrections=corrections)


@contextmanager
def run_of(desk: Desk, kind: Kind) -> Iterator[Report]:
    """A run's row in the ledger, closed whatever happens, with what was done for every source of the report.

    Nights, backfills and replays keep each other out: AlreadyRunning. A run of single files goes beside them.
    """
    _close_killed(desk)
    desk.run_id = start_run(desk.engine, kind, desk.now())
    report = Report(desk.run_id, kind, problems=[str(problem) for problem in desk.problems])
    alone = nullcontext() if kind == "run" else only_one(desk.lock("solieu"), "run", _patience(desk))
    try:
        with only_one(desk.lock(f"run-{desk.run_id}"), "run"), alone, desk.hands(desk) as desk.store:
            yield report
            for source in report.sources:
                record_source(desk.engine, desk.run_id, source)
            _close(desk, report.state, report.note())
    except AlreadyRunning as other:
        _close(desk, "done", f"left alone: {other}")
        raise
    except BaseException as fault:
        _close(desk, "failed", str(fault) or type(fault).__name__)
        raise


def _close(desk: Desk, state: State, note: str) -> None:
    """Write how the run ended; its file is left behind where that cannot be written, as by a run that is killed."""
    assert desk.run_id is not None
    finish_run(desk.engine, desk.run_id, state, desk.now(), note)
    desk.lock(f"run-{desk.run_id}").unlink(missing_ok=True)


def _patience(desk: Desk) -> Callable[[], bool]:
    """Wait a little and say yes, until the minutes that the desk waits for another run are over."""
    end = desk.pauses.clock() + desk.wait * 60

    def again() -> bool:
        left = end - desk.pauses.clock()
        if left > 0:
            desk.pauses.sleep(min(left, 5))
        return left > 0

    return again


def _close_killed(desk: Desk) -> None:
    """Say of runs that ended without a word that they did. One without a file here may be at work elsewhere."""
    for run_id in unfinished(desk.engine):
        file = desk.lock(f"run-{run_id}")
        if was_killed(file):
            finish_run(desk.engine, run_id, "killed", None, "ended without a word; what it had stored is kept")
            file.unlink(missing_ok=True)
