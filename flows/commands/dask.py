"""`--dask ADDRESS` of a replay or a backfill: what can be said of it before anything is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from flows.settings import Settings


def check_dask(address: str | None, workers: int, settings: Settings) -> None:
    """Exit code 2, with how it is said right. Raises DatabaseProblem for a URL that is none."""
    if address is None:
        return
    from models.database import backend

    if workers != 1:
        raise typer.BadParameter("--dask has the cluster's workers read and store: leave out --workers")
    if backend(settings.database) != "postgresql":
        raise typer.BadParameter(
            "--dask: several machines cannot write one SQLite file; name a PostgreSQL database (SOLIEU_DATABASE_URL)"
        )
