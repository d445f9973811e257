"""The arguments that several commands take, and what is refused at once: exit code 2."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def day_of(text: str | None) -> str | None:
    from datetime import date

    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write 2024-04-19") from None


def _web(text: str | None) -> str | None:
    if text and not (text.startswith(("http://", "https://")) and _has_host(text)):
        raise typer.BadParameter(f"{text!r} is no web address; it begins with http:// or https://")
    return text


def _has_host(text: str) -> bool:
    from urllib.parse import urlsplit

    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _code(text: str | None) -> str | None:
    if text:
        from extractors.places.gazetteer import locality

        if locality(text) is None:
            raise typer.BadParameter(f"{text!r} is no code of a locality; `solieu localities NAME` finds it")
    return text


Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="HTML or text, also .html.gz of data/raw.")]
Published = Annotated[str | None, typer.Option(callback=day_of, metavar="DATE", help="Day of publication.")]
Url = Annotated[str | None, typer.Option(callback=_web, help="Address of the article.")]
Locality = Annotated[str | None, typer.Option(callback=_code, metavar="CODE", help="Home locality.")]
Only = Annotated[list[str] | None, typer.Option("--source", metavar="ID", help="Only this source; may be repeated.")]
Since = Annotated[
    str | None,
    typer.Option(callback=day_of, metavar="DATE", help="Of new articles, only those that lists date on DATE or later."),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--max", min=1, metavar="N", help="At most N new articles a source; the rest waits for the next nights."
    ),
]
Workers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Processes that read and store.")]
Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Have a Dask cluster read and store; needs PostgreSQL."),
]
Wait = Annotated[
    int, typer.Option("--wait", min=0, metavar="MINUTES", help="Wait at most so long for another run to end.")
]
