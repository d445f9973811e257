"""The night, in one line: discover → fetch → archive → extract → load → report.

This is the only file that knows Prefect. `night` is plain Python and runs without it; the flow `nightly` gives it
steps that are tasks: one for each source's visit (discover, fetch, archive), one for each batch to extract and
load, never one for a figure. Prefect shows and schedules; the run ledger in the database is the record.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from prefect import Flow, flow, serve, task
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
from flows.bucket import masked
from flows.cluster import check_cluster, cluster, store_batch
from flows.corrections.fates import settle_corrections
from flows.desk import Desk, Store, open_desk, run_of
from flows.gather import Gathered
from flows.health import examine
from flows.load import Loaded
from flows.problems import AlreadyRunning, ArchiveProblem, ClusterProblem, Problem, SettingsProblem
from flows.report import Report, gathered, settle
from flows.server import prefect_server
from flows.settings import Settings, read_settings
from flows.web.addresses import domain
from flows.workers import processes
from models.ledger import Kind
from models.problems import DatabaseProblem

AT_ONCE = 8
"""Sources visited at the same time; a domain still has one request in flight."""


@dataclass(frozen=True)
class Steps:
    """The verbs of a night as they are to be called: plainly, or as Prefect's tasks."""

    gather: Callable[[Sequence[str]], Iterator[Gathered | Exception]]
    store: Store
    """Extract and load, by the hands of the desk."""


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
                entries, done = desk.waiting(source.id), 0
                for loaded in steps.store(entries):
                    line.take(loaded)
                    done += len(loaded)
                    desk.watch(f"{source.id}, reading", done, len(entries))
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

    return Steps(gather_all, lambda entries: desk.store(entries))


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

    @task(name="extract and load", cache_policy=NO_CACHE)
    def extract_and_load(batch: Sequence[Entry]) -> list[Loaded]:
        return list(chain.from_iterable(desk.store(batch)))

    def store(entries: Sequence[Entry]) -> Iterator[list[Loaded]]:
        size = desk.settings.batch_size
        return (extract_and_load(entries[start : start + size]) for start in range(0, len(entries), size))

    return Steps(gather_all, store)


def _domain_tag(desk: Desk, source_id: str) -> str:
    """One request a domain is our own doing in a process; the tag is for who limits it among several machines."""
    return f"domain:{domain(desk.source(source_id).url)}"


as_nightly = flow(name="nightly", task_runner=cast(Any, ThreadPoolTaskRunner(max_workers=AT_ONCE)))
"""Both ways of starting a night are one flow to Prefect."""


@as_nightly
def nightly(only: list[str] | None = None) -> State[Any]:
    """One night as the schedule runs it, with the settings of its environment."""

    def work() -> Report:
        desk = open_desk(read_settings(), only=only or ())
        desk.hands = processes(1)
        return night(desk, prefect_steps(desk))

    return _seen(work)


def run_nightly(desk: Desk, warn: Callable[[str], None], kind: Kind = "nightly") -> Report:
    """A night, or a backfill, from the command line. Where Prefect cannot be had (no server answers, none can be
    started, or it goes away) it runs without it and says so: figures matter more than the view of the run.
    """
    done: list[Report] = []

    def work() -> Report:
        done.append(night(desk, prefect_steps(desk), kind))
        return done[0]

    @as_nightly
    def nightly() -> State[Any]:
        return _seen(work, kind)

    try:
        state = _ended(nightly.with_options(name=kind))
    except Exception as fault:
        if done:
            warn(f"Prefect went away ({_first_line(fault)}): the night is done, and Prefect does not show it")
            return done[0]
        warn(f"Prefect is not there ({_first_line(fault)}): the night runs without it")
        return night(desk, plain_steps(desk), kind)
    return _report_of(state)


_asked: ContextVar[Callable[[], Report]] = ContextVar("asked")
"""The run on Dask: a flow is sent to the workers with each of its tasks, and must not have our desk in it."""


def _as_asked() -> Report:
    return _asked.get()()


@flow
def on_dask(kind: Kind) -> State[Any]:
    """A run whose tasks are Dask's."""
    return _seen(_as_asked, kind)


def run_on_dask(desk: Desk, address: str, work: Callable[[], Report], kind: Kind) -> Report:
    """A run whose articles the workers of a Dask cluster read and store, a batch a task; the rest is done here.

    Raises ClusterProblem.
    """
    check_cluster(address, PREFECT_API_URL.value())
    from prefect_dask import DaskTaskRunner  # the extra `dask`

    desk.hands = cluster(task(name="extract and load", cache_policy=NO_CACHE)(store_batch).submit)
    _asked.set(work)
    with _server(desk.settings):  # without one each worker would start its own, and leave it behind
        try:
            state = _ended(on_dask.with_options(name=kind, task_runner=DaskTaskRunner(address=address)), kind)
        except Exception as fault:
            raise ClusterProblem(f"Prefect, by which Dask is asked, is not there ({_first_line(fault)})") from fault
    return _report_of(state)


def _ended(run: Flow[..., State[Any]], *parameters: str) -> State[Any]:
    """The state in which a flow ends."""
    # a synchronous flow waits a second for its heartbeat to end, and nobody watches this one
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return run(*parameters, return_state=True)


def _report_of(state: State[Any]) -> Report:
    result = cast("Report | Exception", state.result(raise_on_failure=False))
    if isinstance(result, Exception):
        raise result
    return result


def _seen(work: Callable[[], Report], kind: Kind = "nightly") -> State[Any]:
    """A run with its outcome as a state: Failed when a source failed or is unwell; what came is stored."""
    try:
        report = work()
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
    with _server(settings) as url:
        # no limit of Prefect's: a run that a power cut ended would hold its slot for ever, and ours (lock.py) does not
        deployment = nightly.to_deployment("nightly", schedules=[schedule], entrypoint_type=EntrypointType.MODULE_PATH)
        assert isinstance(deployment, RunnerDeployment)
        hour = f"{settings.schedule_cron!r} {settings.schedule_timezone}"
        say(f"nightly at {hour}; Prefect: {masked(url).removesuffix('/api')}; Ctrl-C ends it")
        serve(deployment, pause_on_shutdown=False, print_starting_message=False)


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    """The address of Prefect's server: the one that is configured, or one of our own."""
    configured, log = PREFECT_API_URL.value(), settings.data_dir / "prefect" / "server.log"
    server = nullcontext(configured) if configured else prefect_server(settings.prefect_port, log)
    with server as url, temporary_settings({PREFECT_API_URL: url}):
        yield url


def _schedule(settings: Settings) -> Schedule:
    try:
        return Cron(settings.schedule_cron, timezone=settings.schedule_timezone)
    except ValueError:
        raise SettingsProblem(
            f"SOLIEU_SCHEDULE_CRON {settings.schedule_cron!r} with SOLIEU_SCHEDULE_TIMEZONE "
            f"{settings.schedule_timezone!r} is no schedule; for example '0 2 * * *' and 'Asia/Ho_Chi_Minh'"
        ) from None
