"""The night, in one line: discover → fetch → archive → extract → load → report.

This is the only file that knows Prefect. `night` is plain Python and runs without it; the flow `nightly` gives it
steps that are tasks: one for each source's visit (discover, fetch, archive), one for each batch to extract and to
load, never one for a figure. Prefect shows and schedules; the run ledger in the database is the record.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from prefect import flow, serve, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.types.entrypoint import EntrypointType

from flows.archive import Entry
from flows.artifact import markdown, rows_of
from flows.corrections.fates import settle_corrections
from flows.desk import Desk, open_desk, run_of
from flows.gather import Gathered
from flows.health import examine
from flows.load import Loaded
from flows.problems import AlreadyRunning, ArchiveProblem, Problem, SettingsProblem
from flows.reading import Read
from flows.report import Report, gathered, settle
from flows.server import prefect_server
from flows.settings import Settings, read_settings
from flows.web.addresses import domain
from models.ledger import Kind
from models.problems import DatabaseProblem

AT_ONCE = 8
"""Sources visited at the same time; a domain still has one request in flight."""


@dataclass(frozen=True)
class Steps:
    """The verbs of a night as they are to be called: plainly, or as Prefect's tasks."""

    gather: Callable[[Sequence[str]], Iterator[Gathered | Exception]]
    extract: Callable[[Sequence[Entry]], list[Read]]
    load: Callable[[Sequence[Read]], list[Loaded]]


def night(desk: Desk, steps: Steps, kind: Kind = "nightly") -> Report:
    """Visit every source, then read and store what is new; a source that fails does not stop the others.

    A backfill is a night with other limits.
    Raises AlreadyRunning, and DatabaseProblem when the database cannot be written.
    """
    with run_of(desk, kind) as report:
        if not desk.sources:
            report.problems.append(f"{desk.settings.sources_dir}: no source is enabled (SOLIEU_SOURCES_DIR)")
        visits = steps.gather([source.id for source in desk.sources])
        for source, found in zip(desk.sources, visits, strict=True):
            line = gathered(source, found, usual=kind == "nightly")
            report.sources.append(line)
            try:
                for batch in in_batches(desk, source.id):
                    reads = steps.extract(batch)
                    line.take(steps.load(reads))
            except ArchiveProblem as problem:
                line.fail(problem)
            settle(line)
            if kind == "nightly":
                line.take_health(examine(source, line, desk.nights(source.id), desk.now()))
        settle_corrections(desk, report)
    if kind == "nightly":
        _show(desk, report)
    return report


def _show(desk: Desk, report: Report) -> None:
    """Bring the pages up to date; the run is over by then, so that they tell of it."""
    if desk.settings.report != "off":
        from flows.pages.site import refresh  # what draws takes a moment to import

        report.problems += filter(None, [refresh(desk.engine, desk.settings)])


def in_batches(desk: Desk, source_id: str) -> Iterator[Sequence[Entry]]:
    """What waits in the archive to be read, a task's worth at a time."""
    entries, size = desk.waiting(source_id), desk.settings.batch_size
    for start in range(0, len(entries), size):
        yield entries[start : start + size]
        desk.watch(f"{source_id}, reading", min(start + size, len(entries)), len(entries))


def plain_steps(desk: Desk) -> Steps:
    """The verbs without Prefect."""

    def visit(source_id: str) -> Gathered | Exception:
        try:
            return desk.gather(source_id)
        except Exception as problem:
            return problem

    def gather_all(ids: Sequence[str]) -> Iterator[Gathered | Exception]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(visit, ids)

    return Steps(gather_all, desk.extract, desk.load)


def prefect_steps(desk: Desk) -> Steps:
    """The verbs as tasks of the running flow; a source whose lists do not answer is asked once more."""

    @task(name="gather", task_run_name="gather {source_id}", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE)
    def visit(source_id: str) -> Gathered | State[Any]:
        try:
            return desk.gather(source_id)
        except Problem as problem:
            return Failed(message=str(problem), data=problem)  # raised, it would be logged with its traceback

    def gather_all(ids: Sequence[str]) -> Iterator[Gathered | Exception]:
        for future in [visit.with_options(tags=[_domain_tag(desk, one)]).submit(one) for one in ids]:
            future.wait()
            yield cast("Gathered | Exception", future.result(raise_on_failure=False))

    extract = task(name="extract", cache_policy=NO_CACHE)(desk.extract)
    return Steps(gather_all, extract, task(name="load", cache_policy=NO_CACHE)(desk.load))


def _domain_tag(desk: Desk, source_id: str) -> str:
    """One request a domain is our own doing in a process; the tag is for who limits it among several machines."""
    return f"domain:{domain(desk.source(source_id).url)}"


as_nightly = flow(name="nightly", task_runner=cast(Any, ThreadPoolTaskRunner(max_workers=AT_ONCE)))
"""Both ways of starting a night are one flow to Prefect."""


@as_nightly
def nightly(only: list[str] | None = None) -> State[Any]:
    """One night as the schedule runs it, with the settings of its environment."""
    return _seen(lambda: open_desk(read_settings(), only=only or ()))


def run_nightly(desk: Desk, warn: Callable[[str], None], kind: Kind = "nightly") -> Report:
    """A night, or a backfill, from the command line. Where Prefect cannot be had (no server answers, none can be
    started, or it goes away) it runs without it and says so: figures matter more than the view of the run.
    """
    done: list[Report] = []

    @as_nightly
    def nightly() -> State[Any]:
        return _seen(lambda: desk, kind, done.append)

    try:
        # a synchronous flow waits a second for its heartbeat to end, and nobody watches this one
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            state = nightly.with_options(name=kind)(return_state=True)
    except Exception as fault:
        if done:
            warn(f"Prefect went away ({_first_line(fault)}): the night is done, and Prefect does not show it")
            return done[0]
        warn(f"Prefect is not there ({_first_line(fault)}): the night runs without it")
        return night(desk, plain_steps(desk), kind)
    result = cast("Report | Exception", state.result(raise_on_failure=False))
    if isinstance(result, Exception):
        raise result
    return result


def _seen(
    desk_now: Callable[[], Desk], kind: Kind = "nightly", done: Callable[[Report], None] = lambda _: None
) -> State[Any]:
    """The night with its outcome as a state: Failed when a source failed or is unwell; what came is stored."""
    try:
        desk = desk_now()
        report = night(desk, prefect_steps(desk), kind)
        done(report)
    except AlreadyRunning as other:
        return Completed(message=str(other), data=other)
    except (Problem, DatabaseProblem) as problem:
        return Failed(message=str(problem), data=problem)
    create_table_artifact(rows_of(report), key=f"{kind}-sources", description=report.headline())
    create_markdown_artifact(markdown(report), key=f"{kind}-report", description=report.headline())
    return (Completed if report.ok else Failed)(message=report.headline(), data=report)


def _first_line(fault: Exception) -> str:
    """Its first line, without what opens the server whose address it may tell."""
    return re.sub(r"//[^/@\s]*@", "//***@", (str(fault).splitlines() or [type(fault).__name__])[0])


def keep_schedule(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the night at its hour until stopped, with Prefect's server: the one that is configured, or one of our own.

    Prefect's ephemeral server never fires a schedule, so a real one is started when PREFECT_API_URL is not set.
    """
    schedule = _schedule(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that our server ends with us
    configured = PREFECT_API_URL.value()
    server = nullcontext(configured) if configured else prefect_server(settings.prefect_port, _server_log(settings))
    with server as url, temporary_settings({PREFECT_API_URL: url}):
        # no limit of Prefect's: a run that a power cut ended would hold its slot for ever, and ours (lock.py) does not
        deployment = nightly.to_deployment("nightly", schedules=[schedule], entrypoint_type=EntrypointType.MODULE_PATH)
        assert isinstance(deployment, RunnerDeployment)
        hour = f"{settings.schedule_cron!r} {settings.schedule_timezone}"
        say(f"nightly at {hour}; Prefect: {url.removesuffix('/api')}; Ctrl-C ends it")
        serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def _server_log(settings: Settings) -> Path:
    return settings.data_dir / "prefect" / "server.log"


def _schedule(settings: Settings) -> Schedule:
    try:
        return Cron(settings.schedule_cron, timezone=settings.schedule_timezone)
    except ValueError:
        raise SettingsProblem(
            f"SOLIEU_SCHEDULE_CRON {settings.schedule_cron!r} with SOLIEU_SCHEDULE_TIMEZONE "
            f"{settings.schedule_timezone!r} is no schedule; for example '0 2 * * *' and 'Asia/Ho_Chi_Minh'"
        ) from None
