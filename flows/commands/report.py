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
    lang: Annotated[
        Language | None, typer.Option(help="Language of the pages; that of SOLIEU_REPORT if not given.")
    ] = None,
) -> None:
    """Write pages to look at: every article with its figures, every series with its claims. No server is needed."""
    from flows.pages.site import NO_CHARTS, site_of
    from flows.settings import read_settings
    from models.database import open_database

    settings = read_settings()
    folder = out or settings.report_dir
    site = site_of(open_database(settings.database, create=False), settings, folder, lang.value if lang else None)
    if not site.vega:
        warn(NO_CHARTS)
    say(f"{(folder / 'index.html').resolve().as_uri()}: {site.folder.told}")
