"""The commands about sources: what there is and how its last night was, a trial visit, the draft of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import say, show_table, warn
from flows.commands.places import ListFormat

if TYPE_CHECKING:
    from flows.check import Checked
    from flows.settings import Settings
    from flows.sources import Source
    from flows.standing import Standing

sources = typer.Typer(
    help="The sources: list them with their last night and their health (exit code 1 when an enabled one is not well), "
    "or visit one on trial."
)


@sources.callback(invoke_without_command=True, epilog="Example: solieu sources --format json")
def listed(
    context: typer.Context, format: Annotated[ListFormat, typer.Option(help="How to print them.")] = ListFormat.table
) -> None:
    """List the sources with their last night and their health, and say which are unwell or have a broken YAML."""
    if context.invoked_subcommand is not None:
        return
    from flows.settings import read_settings
    from flows.sources import load_sources

    settings = read_settings()
    found, problems = load_sources(settings.sources_dir)
    rows = _standings(found, settings)
    _show(rows, format)
    unwell = [f"{row.id}: {row.why}" for row in rows if row.unwell]
    for line in [*problems, *unwell]:
        warn(f"solieu: {line}")
    if problems or unwell:
        raise typer.Exit(1)


@sources.command(epilog="Example: solieu sources check baokhanhhoa")
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Without: every enabled source.")] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="No visit: read the saved pages again, beside the facts kept with them.")
    ] = False,
) -> None:
    """Visit sources on trial: robots.txt, lists, two articles and which layer told each slot; nothing is kept."""
    from flows.settings import read_settings
    from flows.sources import load_sources

    settings = read_settings()
    found, problems = load_sources(settings.sources_dir, ids or ())
    chosen = [s for s in found if s.enabled or ids or pages]
    checked = _saved(settings, chosen, told_of=ids or ()) if pages else _visited(settings, chosen)
    rows = ([c.source, "ok" if c.ok else "MEND", c.what, c.detail] for c in checked)
    show_table("", ("source", "", "what", "found"), rows)
    for problem in problems:
        warn(f"solieu: {problem}")
    if problems or not all(one.ok for one in checked):
        raise typer.Exit(1)


def _visited(settings: Settings, chosen: Sequence[Source]) -> list[Checked]:
    from flows.archive import Archive
    from flows.check import check_source
    from flows.reading import default_reader
    from flows.web.visit import Pauses, Visit, new_session

    pauses, archive, reader = Pauses(), Archive(settings.raw), default_reader()
    checked: list[Checked] = []
    for source in chosen:
        with new_session(settings.agent) as session:
            checked += check_source(Visit(source, session, pauses), archive, reader)
    return checked


def _saved(settings: Settings, chosen: Sequence[Source], told_of: Sequence[str]) -> list[Checked]:
    """The saved pages; that there are none is told of sources that were named."""
    from flows.check import Checked
    from flows.drafting.saved_pages import check_pages, folder_of
    from flows.reading import default_reader

    checked: list[Checked] = []
    for source in chosen:
        folder = folder_of(settings.sources_dir, source.id)
        found = list(check_pages(source, folder, default_reader()))
        if not found and source.id in told_of:
            found = [Checked(source.id, str(folder), False, "no saved pages: NAME.html, and its facts in NAME.yml")]
        checked += found
    return checked


@sources.command(epilog="Example: solieu sources add https://baokhanhhoa.vn")
def add(
    url: Annotated[str, typer.Argument(help="The front page of a site, or a list of its articles.")],
    id: Annotated[str | None, typer.Option("--id", help="The source's id; without it the site's name.")] = None,
    locality: Annotated[str | None, typer.Option(help="Code of the home locality; without it the site's own.")] = None,
    served_at: Annotated[str | None, typer.Option(hidden=True, help="A mirror of ours, asked without pauses.")] = None,
) -> None:
    """Visit a site and draft its source, with a saved page to read and mend; nothing is overwritten or enabled."""
    from flows.drafting.add import add_source
    from flows.settings import read_settings

    added = add_source(read_settings(), url, id=id, locality=locality, served_at=served_at)
    show_table("", ("part", "found"), ([what, found] for what, found in added.told))
    for line in added.mend:
        warn(f"to mend: {line}")
    say(f"written: {added.file}, and to read beside it {added.page}")
    say(f"next: read both and mend them, then `solieu sources check {added.id}` and `… check {added.id} --pages`")


def _standings(found: Sequence[Source], settings: Settings) -> list[Standing]:
    """How each source stands; before the first night all are well. Raises DatabaseProblem."""
    from datetime import UTC, datetime

    from flows.standing import standing
    from models.database import open_database
    from models.ledger import last_nights
    from models.problems import NoDatabase

    try:
        nights = last_nights(open_database(settings.database, create=False))
    except NoDatabase as problem:
        warn(f"no night is known: {problem}")
        nights = {}
    return [standing(source, nights.get(source.id), datetime.now(UTC)) for source in found]


def _show(rows: Sequence[Standing], format: ListFormat) -> None:
    from flows.export import rows_csv, rows_json
    from flows.standing import COLUMNS

    if format is not ListFormat.table:
        typer.echo((rows_csv if format is ListFormat.csv else rows_json)(rows, COLUMNS), nl=False)
        return
    heads = ("id", "name", "locality", "lists", "last night", "new", "failed", "health")
    show_table("", heads, (_cells(row) for row in rows), right=["lists", "new", "failed"])


def _cells(row: Standing) -> list[str]:
    night = f"{row.last_night:%Y-%m-%d %H:%M}" if row.last_night else ""
    counts = [str(row.new), str(row.failed)] if row.last_night else ["", ""]
    return [row.id, row.name, row.locality or "", str(row.feeds + row.sitemaps + row.pages), night, *counts, row.health]
