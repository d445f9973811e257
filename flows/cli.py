"""The command `solieu`. Heavy imports stand inside the commands: `solieu --help` answers at once."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import archive, backfill, browse, corrections, findings, queries, report
from flows.commands.arguments import Dask, Files, Locality, Most, Only, Published, Since, Url, Wait, Workers
from flows.commands.console import end_with, say, show_table, warn, watching
from flows.commands.series import Language
from flows.problems import AlreadyRunning, BadWord, MissingFile, Problem, UnknownSource, unwritten

if TYPE_CHECKING:
    from extractors.facts import Reading
    from flows.adhoc import Outcome

app = typer.Typer(
    help="Figures from Vietnamese provincial news as a time series that leads back to the words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    json = "json"
    table = "table"
    html = "html"


@app.command(epilog="Example: solieu nightly --source baokhanhhoa --since 2024-04-01 --max 200")
def nightly(source: Only = None, since: Since = None, most: Most = None, wait: Wait = 0) -> None:
    """Visit every source, archive and read what is new, store it, and report."""
    from flows.desk import open_desk
    from flows.settings import prepare_prefect, read_settings
    from flows.web.visit import Limits
    from flows.workers import processes

    settings = read_settings()
    desk = open_desk(settings, only=source or ())
    desk.limits, desk.wait = Limits(date.fromisoformat(since) if since else None, most), wait
    desk.hands = processes(1)
    prepare_prefect(settings, level="CRITICAL")  # the report says it all, and says it once
    from flows.nightly import run_nightly

    try:
        with watching() as desk.watch:
            report = run_nightly(desk, warn)
    except AlreadyRunning as other:
        say(f"{other}; nothing to do here")
        return
    end_with(report)


@app.command(epilog="Example: solieu run saved/*.html --published 2024-04-19 --dry-run")
def run(
    files: Files,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")] = False,
    published: Published = None,
    url: Url = None,
    locality: Locality = None,
) -> None:
    """Read saved articles now: archive them, store their figures, and say what was added, changed, withdrawn."""
    from flows.adhoc import run_files, trial_desk, try_files
    from flows.desk import open_desk
    from flows.settings import read_settings

    settings = read_settings()
    given = _given(files, published, url, locality)
    desk = trial_desk(settings) if dry_run else open_desk(settings)
    for problem in desk.take_problems():
        warn(problem)
    outcomes = (try_files if dry_run else run_files)(desk, files, given)
    _exit_with([_tell(outcome, dry_run) for outcome in outcomes])


@app.command(epilog="Example: solieu extract article.html --format json | jq .observations")
def extract(
    files: Files,
    format: Annotated[Format, typer.Option(help="JSON Lines, one an article; tables; a page of one.")] = Format.table,
    labels: Annotated[Language | None, typer.Option(help="Language of the page; vi when not given.")] = None,
    derived: Annotated[bool, typer.Option("--derived", help="With values that follow arithmetically.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="What became of every figure, and which words say so.")
    ] = False,
    published: Published = None,
    url: Url = None,
    locality: Locality = None,
) -> None:
    """Print what articles say; nothing is stored."""
    from flows.commands.show import reading_line
    from flows.extraction import extract_file, file_reader, page_of, within_limits
    from flows.settings import read_settings

    settings = read_settings()
    given = _given(files, published, url, locality)
    _check_page(files, format, labels)
    codes, language = [], (labels or Language.vi).value
    with file_reader() as limited:
        for file in files:
            try:
                if format is Format.html:
                    say(within_limits(limited, file, page_of, file, given, settings, language, derived=derived))
                    continue
                reading = within_limits(limited, file, extract_file, file, given, settings)
            except Problem as problem:
                codes.append(_complain(problem))
                continue
            if format is Format.json:
                say(reading_line(str(file), reading, derived=derived, evidence=explain))
            else:
                _show_reading(str(file), reading, derived, explain)
    _exit_with(codes)


@app.command(epilog="Example: rm -r data/db && solieu replay")
def replay(wait: Wait = 0, workers: Workers = 1, dask: Dask = None) -> None:
    """Build the database again from data/raw, without the network; what this program has read already is left alone."""
    from flows.commands.dask import check_dask
    from flows.desk import open_desk
    from flows.replay import replay as replay_archive
    from flows.settings import prepare_prefect, read_settings
    from flows.workers import processes

    settings = read_settings()
    check_dask(dask, workers, settings)
    desk = open_desk(settings)
    desk.wait, desk.hands = wait, processes(workers)
    with watching() as desk.watch:
        if dask:
            prepare_prefect(settings, level="CRITICAL")
            from flows.nightly import run_on_dask

            report = run_on_dask(desk, dask, lambda: replay_archive(desk), "replay")
        else:
            report = replay_archive(desk)
    end_with(report)


@app.command(epilog="Example: SOLIEU_SCHEDULE_CRON='30 1 * * *' solieu serve")
def serve() -> None:
    """Run the nightly at its hour, with a Prefect server (one is started when PREFECT_API_URL is not set)."""
    from flows.settings import prepare_prefect, read_settings

    settings = read_settings()
    prepare_prefect(settings)
    from flows.nightly import keep_schedule

    keep_schedule(settings, say)


@app.command(epilog="Example: solieu demo && solieu series --indicator dossier.late_rate")
def demo() -> None:
    """Serve three sample sites on loopback and run a true night over them."""
    from flows.settings import prepare_prefect, read_settings

    settings = read_settings()
    prepare_prefect(settings, level="CRITICAL")
    from flows.demo import run_demo

    end_with(run_demo(settings), show=False)


queries.add_to(app)
app.command(epilog=backfill.EXAMPLE)(backfill.backfill)
app.command(epilog=findings.EXAMPLE)(findings.findings)
app.command(epilog=corrections.EXAMPLE)(corrections.corrections)
app.command(epilog=browse.EXAMPLE)(browse.browse)
app.command(epilog=report.EXAMPLE)(report.report)
app.add_typer(archive.archive, name="archive")


def _given(files: list[Path], published: str | None, url: str | None, locality: str | None) -> dict[str, str | None]:
    if url and len(files) > 1:
        raise typer.BadParameter(f"--url is the address of one article, and {len(files)} files are named")
    return {"published": published, "url": url, "locality": locality}


def _check_page(files: list[Path], format: Format, labels: Language | None) -> None:
    if format is Format.html and len(files) > 1:
        raise typer.BadParameter(f"--format html is a page of one article, and {len(files)} files are named")
    if labels and format is not Format.html:
        raise typer.BadParameter("--labels is the language of a page: it goes with --format html")


def _tell(outcome: Outcome, dry: bool) -> int:
    """Print what became of a file; its exit code."""
    from flows.commands.show import plan_lines

    if outcome.plan:
        plan = outcome.plan
        would = "would add" if dry else "added"
        say(
            f"{outcome.path}: {plan.state}: {would} {len(plan.added)}, changed {len(plan.changed)}, "
            f"withdrawn {len(plan.withdrawn)}, unchanged {plan.unchanged}"
        )
        if plan.state == "older":
            say("  a later version of this article is stored: this one is kept, its figures are not counted")
        for line in plan_lines(plan) if dry else ():
            say(line)
    return _complain(outcome.problem) if outcome.problem else 0


def _show_reading(file: str, reading: Reading, derived: bool, explain: bool) -> None:
    from flows.commands.show import READING_HEADS, account_lines, reading_rows

    article = reading.article
    facts = [file, article.title or "no title", str(article.published or "no date"), reading.locality or "no locality"]
    if explain:
        from extractors.explain import account_for  # it takes a moment to import

        say("\n".join([" · ".join(facts), *account_lines(reading, account_for(reading))]))
    else:
        show_table(" · ".join(facts), READING_HEADS, reading_rows(reading, derived=derived), right=["value"])
    for finding in reading.findings:
        say(f"  {finding.check}: {finding.message}")


def _complain(problem: Exception) -> int:
    """One line on standard error; the exit code: 2 when the command names what is not there, else 1."""
    warn(f"solieu: {problem}")
    return 2 if isinstance(problem, BadWord | MissingFile | UnknownSource) else 1


def _exit_with(codes: Sequence[int]) -> None:
    if any(codes):
        raise typer.Exit(max(codes))


def _explain(fault: Exception) -> int:
    """What a person can mend is one line; a fault of ours says how to see where it is."""
    from models.problems import (  # the room of SQLAlchemy: only when needed
        DatabaseProblem,
        LoadProblem,
        MissingLibrary,
        UnknownName,
    )

    if isinstance(fault, Problem | DatabaseProblem | LoadProblem | MissingLibrary):
        return _complain(fault)
    if isinstance(fault, UnknownName):
        return _complain(fault) + 1
    if isinstance(fault, OSError) and fault.filename:
        return _complain(Problem(f"{fault.filename}: {fault.strerror}"))
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return _complain(Problem(unwritten("the output", fault)))  # files have names
    if os.environ.get("SOLIEU_TRACEBACK"):
        raise fault
    warn(f"solieu: a fault of solieu: {type(fault).__name__}: {fault} (SOLIEU_TRACEBACK=1 shows where)")
    return 1


def main(args: Sequence[str] | None = None) -> None:
    """Entry point."""
    gc.set_threshold(20_000, 20, 20)  # word lists stay: looking for garbage among them took a tenth of the start
    try:
        app(args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has enough
    except Exception as fault:
        sys.exit(_explain(fault))


if __name__ == "__main__":
    main()
