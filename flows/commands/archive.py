"""The commands about the archive: out of it and into it as WARC, the format of web archives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.arguments import Only, day_of
from flows.commands.console import say, warn
from flows.problems import MissingFile, SourceProblem, UnknownSource

if TYPE_CHECKING:
    from flows.archive import Archive
    from flows.settings import Settings
    from flows.sources import Source

archive = typer.Typer(help="The archive as WARC files: write one, or read those of any crawler.", no_args_is_help=True)


def _target(path: Path) -> Path:
    if not path.name.endswith((".warc", ".warc.gz")):
        raise typer.BadParameter(f"{path}: a WARC file is called ….warc.gz or ….warc")
    if path.exists():
        raise typer.BadParameter(f"{path} is there already; name another file, or delete it")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"{path}: no folder {path.parent}")
    return path


@archive.command(epilog="Example: solieu archive export april.warc.gz --since 2024-04-01 --until 2024-04-30")
def export(
    file: Annotated[Path, typer.Argument(callback=_target, metavar="FILE", help="….warc.gz, or ….warc.")],
    source: Only = None,
    since: Annotated[
        str | None, typer.Option(callback=day_of, metavar="DATE", help="Fetched on DATE (UTC) or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(callback=day_of, metavar="DATE", help="Fetched on DATE (UTC) or earlier.")
    ] = None,
) -> None:
    """Write the archive, or a part of it, as a WARC file; the same entries give the same bytes."""
    from flows.archive import Archive
    from flows.settings import read_settings
    from flows.warc.export import Choice, export_archive

    raw = Archive(read_settings().raw)
    chosen = Choice(_known(raw, source), *(date.fromisoformat(d) if d else None for d in (since, until)))
    done = export_archive(raw, chosen, file)
    gone = f", {done.gone} of them of articles that are gone" if done.gone else ""
    say(f"{file}: {done.responses} responses{gone}")
    for problem in done.problems:
        warn(f"solieu: {problem}")
    if done.problems:
        raise typer.Exit(1)


@archive.command(name="import", epilog="Example: solieu archive import crawl-*.warc.gz && solieu replay")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="WARC, compressed or not.")],
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Take other tools' pages for this source's, whatever their addresses."),
    ] = None,
) -> None:
    """Keep what WARC files have of our sources: what `solieu archive export` wrote as it was, other tools' pages by
    their addresses."""
    from flows.archive import Archive
    from flows.settings import read_settings
    from flows.sources import load_sources
    from flows.warc.bring import Into, import_files

    settings = read_settings()
    sources, problems = load_sources(settings.sources_dir)
    forced = _forced(settings, source) if source else None
    done = import_files(files, Into(Archive(settings.raw), sources, forced))
    say(str(done))
    for problem in (*problems, *done.problems):
        warn(f"solieu: {problem}")
    if done.problems:
        raise typer.Exit(2 if any(isinstance(problem, MissingFile) for problem in done.problems) else 1)


def _known(archive: Archive, only: list[str] | None) -> tuple[str, ...]:
    """The sources to export. Raises UnknownSource."""
    there = archive.sources()
    if unknown := sorted(set(only or ()) - set(there)):
        raise UnknownSource(f"no source {', '.join(unknown)} in the archive; there are: {', '.join(there) or 'none'}")
    return tuple(one for one in there if not only or one in only)


def _forced(settings: Settings, source: str) -> Source:
    """Raises SourceProblem."""
    from flows.sources import load_sources

    found, problems = load_sources(settings.sources_dir, [source])
    if problems:
        raise SourceProblem(str(problems[0]))
    return found[0]
