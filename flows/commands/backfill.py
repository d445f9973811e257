"""The command `backfill`: articles of past days, or of the days that nights have missed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.arguments import Dask, Most, Only, Wait, Workers, day_of
from flows.commands.console import end_with, say, warn, watching

if TYPE_CHECKING:
    from flows.desk import Desk

EXAMPLE = "Example: solieu backfill --source baokhanhhoa --from 2024-04-01 --to 2024-04-30 --max 500"

First = Annotated[str | None, typer.Option("--from", callback=day_of, metavar="DATE", help="The first day.")]
Last = Annotated[
    str | None, typer.Option("--to", callback=day_of, metavar="DATE", help="The last day; without it, today.")
]


def backfill(
    source: Only = None,
    first: First = None,
    last: Last = None,
    missed: Annotated[bool, typer.Option("--missed", help="The days since each source's last good night.")] = False,
    most: Most = None,
    wait: Wait = 0,
    workers: Workers = 1,
    dask: Dask = None,
) -> None:
    """Bring articles of past days: lists are read as far back as they reach."""
    _check(source, first, last, missed)
    from flows.commands.dask import check_dask
    from flows.desk import open_desk
    from flows.settings import prepare_prefect, read_settings
    from flows.web.visit import Limits
    from flows.workers import processes

    settings = read_settings()
    check_dask(dask, workers, settings)
    desk = open_desk(settings, only=source or ())
    desk.wait, desk.hands = wait, processes(workers)
    if first:
        until = date.fromisoformat(last) if last else None
        desk.limits = Limits(date.fromisoformat(first), most, until, deep=True)
    elif not _missed(desk, most):
        _end_without_run(desk.take_problems())
    prepare_prefect(settings, level="CRITICAL")
    from flows.nightly import night, plain_steps, run_nightly, run_on_dask

    with watching() as desk.watch:
        if dask:
            report = run_on_dask(desk, dask, lambda: night(desk, plain_steps(desk), "backfill"), "backfill")
        else:
            report = run_nightly(desk, warn, "backfill")
    end_with(report)


def _end_without_run(problems: list[str]) -> None:
    """Nothing was missed, as far as the sources' files can be read."""
    say("nothing was missed")
    for problem in problems:
        warn(f"solieu: {problem}")
    raise typer.Exit(1 if problems else 0)


def _check(source: list[str] | None, first: str | None, last: str | None, missed: bool) -> None:
    """Exit code 2, with how it is said right."""
    if missed and (first or last):
        raise typer.BadParameter("--missed finds the days itself: leave out --from and --to")
    if not missed and not source:
        raise typer.BadParameter("name what to bring: --source ID --from DATE, or --missed")
    if not missed and not first:
        raise typer.BadParameter("name the first day: --from 2024-04-01")
    if first and last and first > last:
        raise typer.BadParameter(f"--from {first} is after --to {last}")


def _missed(desk: Desk, most: int | None) -> bool:
    """Say which days were missed, and hold each source to them; False when there are none."""
    from flows.backfill import find_missed
    from flows.web.visit import Limits

    found = find_missed(desk.engine, [one.id for one in desk.sources], desk.now())
    for one in found:
        say(str(one))
    desk.own_limits = {one.source: Limits(one.since, most, deep=True) for one in found}
    desk.sources = tuple(one for one in desk.sources if one.id in desk.own_limits)
    return bool(found)
