"""`solieu corrections`: apply what the operator put right, and say what became of every entry of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.arguments import Wait
from flows.commands.console import say, show_table, warn, watching

if TYPE_CHECKING:
    from flows.corrections.fates import Fate
    from flows.corrections.parts import Correction

EXAMPLE = "Example: solieu corrections --check && solieu corrections"


def corrections(
    check: Annotated[bool, typer.Option("--check", help="Say what would become of them; write nothing.")] = False,
    wait: Wait = 0,
) -> None:
    """Apply data/corrections.yml now, reading again only the articles that it changes; exit code 1 when an entry fits
    nothing."""
    from flows.adhoc import trial_desk
    from flows.corrections.fates import apply_corrections, fates, problems_of, try_corrections
    from flows.desk import open_desk
    from flows.settings import read_settings
    from flows.workers import processes

    settings = read_settings()
    desk = trial_desk(settings) if check else open_desk(settings)
    desk.wait, desk.hands = wait, processes(1)
    if check:
        found = try_corrections(desk)
        problems = [*desk.take_problems(), *problems_of(desk, found)]
    else:
        with watching() as desk.watch:
            report = apply_corrections(desk)
        found, problems = fates(desk), report.problems
        counts = [f"{report.corrected} articles read again", f"{report.total('changed')} changed"]
        counts += [f"{report.total('added')} figures added", f"{report.total('withdrawn')} withdrawn"]
        say(", ".join(counts))
    _show(str(desk.corrections.file), found)
    for problem in problems:
        warn(f"solieu: {problem}")
    if problems:
        raise typer.Exit(1)


def _show(file: str, found: Sequence[Fate]) -> None:
    if not found:
        warn(f"{file}: no correction")
        return
    rows = ([str(one.line), one.state, _where(one.correction), one.why] for one in found)
    show_table(file, ("line", "state", "article", "what"), rows, right=["line"])


def _where(correction: Correction) -> str:
    from flows.corrections.file import address_of, words_of
    from flows.corrections.parts import Merge, Place

    if isinstance(correction, Merge):
        return ""
    return address_of(correction.article if isinstance(correction, Place) else words_of(correction).article)
