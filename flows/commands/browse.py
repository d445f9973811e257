"""The command `browse`: the database as pages, with Datasette."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.console import say
from flows.problems import BadWord

EXAMPLE = "Example: solieu browse --port 8001 --open"

Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 takes a free one.")]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser of this machine too.")]


def browse(port: Port = 8001, open: Open = False) -> None:
    """Look at the database as pages with facets, ready questions and SQL; nothing can be written."""
    from flows.settings import read_settings
    from models.database import backend, masked, open_database
    from models.extras import bring

    url = read_settings().database
    if backend(url) != "sqlite":
        raise BadWord(f"{masked(url)}: Datasette reads SQLite files only; here `solieu series` and psql ask")
    pages = bring("flows.browse.pages", extra="browse")
    made = pages.pages(open_database(url, create=False))
    with pages.listen(port) as at:
        address = f"http://{pages.HOST}:{at.getsockname()[1]}/"
        say(f"{address} shows {masked(url)}, to be read only; Ctrl-C ends it")
        if open:
            typer.launch(address)
        pages.serve(made, at)
