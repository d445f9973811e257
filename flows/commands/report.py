"""The command `report`: the database as pages that need no server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.console import say, warn
from flows.commands.series import Language

EXAMPLE = "Example: solieu report --out report --lang en"


def report(
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to; <data_dir>/report if not given.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the pages.")] = Language.vi,
) -> None:
    """Write pages to look at: every article with its figures, every series with its claims. No server is needed."""
    from flows.pages.site import NO_CHARTS, write_site
    from flows.settings import read_settings
    from models.database import open_database

    settings = read_settings()
    folder = out or settings.data_dir / "report"
    archive = settings.raw_dir if settings.raw_url is None else None
    site = write_site(open_database(settings.database, create=False), folder, archive=archive, language=lang.value)
    if not site.vega:
        warn(NO_CHARTS)
    say(f"{(folder / 'index.html').resolve().as_uri()}: {site.folder.told}")
