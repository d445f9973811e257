"""`solieu run FILE…`: read saved articles now. A file is read first, then archived and stored, so that a picture
or an English page leaves nothing behind; with `dry` nothing is written at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from extractors.facts import Reading
from flows import load
from flows.archive import ADHOC
from flows.corrections.correcting import UNFIT
from flows.corrections.file import read_corrections
from flows.desk import Desk, run_of
from flows.extraction import file_reader, read_document, within_limits
from flows.files import open_document
from flows.limits import Limited
from flows.problems import ArchiveProblem, CorrectionsProblem, FileProblem, Problem
from flows.reading import Read
from flows.report import SourceReport
from flows.settings import Settings
from flows.sources import load_sources
from models.database import open_database
from models.database import reading as query
from models.plan import Plan, plan_article
from models.problems import LoadProblem


@dataclass(frozen=True)
class Outcome:
    """What a file changes, or why it cannot be read; or what else is wrong."""

    path: Path
    plan: Plan | None = None
    loaded: load.Loaded | None = None
    problem: Problem | None = None


def run_files(desk: Desk, paths: Sequence[Path], given: Mapping[str, str | None]) -> Iterator[Outcome]:
    """Archive and store each file in its turn; one that cannot be read does not stop the others."""
    with run_of(desk, "run") as report, file_reader() as limited:
        line = SourceReport(ADHOC, listed=len(paths))
        report.sources.append(line)
        for path in paths:
            outcome = _guarded(desk, path, given, limited, dry=False)
            line.take([outcome.loaded] if outcome.loaded else [])
            if outcome.problem and not outcome.loaded:
                line.failed += 1
            if outcome.problem:
                line.error = "some files, or their corrections, have problems"
                line.mend.append(str(outcome.problem))
            yield outcome


def try_files(desk: Desk, paths: Sequence[Path], given: Mapping[str, str | None]) -> Iterator[Outcome]:
    """What `run_files` would do; writes nothing."""
    with file_reader() as limited:
        for path in paths:
            yield _guarded(desk, path, given, limited, dry=True)


def _guarded(desk: Desk, path: Path, given: Mapping[str, str | None], limited: Limited, *, dry: bool) -> Outcome:
    try:
        return _run_one(desk, path, given, limited, dry)
    except LoadProblem as problem:
        return Outcome(path, problem=FileProblem(str(problem)))
    except (FileProblem, ArchiveProblem) as problem:
        return Outcome(path, problem=problem)


def _run_one(desk: Desk, path: Path, given: Mapping[str, str | None], limited: Limited, dry: bool) -> Outcome:
    document = open_document(path, given, desk.archive)
    reader = desk.reader_of(document.source, document.identity)
    reading = within_limits(limited, path, read_document, document, desk.shelf, reader)
    entry = document.entry or desk.archive.propose(
        ADHOC, document.identity, document.data, fetched_at=desk.now(), facts=document.facts
    )
    said, record, claims = load.stated(entry, reading, desk.corrections)
    with query(desk.engine) as conn:
        plan = plan_article(conn, record, claims)
    unfit = _unfit(desk, said)
    if dry:
        return Outcome(path, plan, problem=unfit)
    if document.entry and document.facts:
        raise FileProblem(f"{path}: a page of the archive is stored as it was kept: options only with --dry-run")
    if document.entry is None:
        desk.archive.keep(entry, document.data)
    (loaded,) = desk.load([Read(entry, reading)])
    return Outcome(path, plan, loaded, FileProblem(loaded.problem) if loaded.problem else unfit)


def _unfit(desk: Desk, said: Reading) -> CorrectionsProblem | None:
    """The corrections of an article that fit nothing in it."""
    told = [finding.message for finding in said.findings if finding.check == UNFIT]
    return CorrectionsProblem(f"{desk.corrections.file}: not applied: {'; '.join(told)}") if told else None


def trial_desk(settings: Settings) -> Desk:
    """A desk that only compares; without a database yet, with an empty one in memory. Raises DatabaseProblem."""
    corrections = read_corrections(settings)
    sources, problems = load_sources(settings.sources_dir)
    if _is_missing_file(settings.database):
        engine = open_database("sqlite://", create=True)
        load.prepare(engine, sources)
    else:
        engine = open_database(settings.database, create=False)
    return Desk(settings, engine, sources, problems, corrections=corrections)


def _is_missing_file(url: str) -> bool:
    """Whether it is a SQLite file that is still to be made; what is wrong with a URL, open_database says."""
    path = url.removeprefix("sqlite:///")
    return path != url and path not in ("", ":memory:") and not Path(unquote(path)).exists()
