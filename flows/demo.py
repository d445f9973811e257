"""`solieu demo`: the sample sites on loopback, and a true night over them."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from shutil import which

from sqlalchemy import Engine

from flows.commands.console import say, show_table, warn
from flows.commands.show import SERIES_HEADS, series_table
from flows.desk import desk_with
from flows.nightly import run_nightly
from flows.report import Report, render
from flows.samples import sample_sources, serve_samples
from flows.settings import Settings
from flows.sources import Source, read_source
from flows.workers import processes
from models.database import masked
from models.points import SeriesRow, series

SHOWN = 4
"""Series in the table."""


def run_demo(settings: Settings) -> Report:
    """Serve, visit, store, show."""
    warn("Serving three sample sites on loopback and starting Prefect for a night over them; half a minute at most.")
    with serve_samples() as addresses:
        desk = desk_with(settings, [_source(file, addresses[file.parent.name]) for file in sample_sources()])
        desk.hands = processes(1)
        report = run_nightly(desk, warn)
    say(render(report))
    show_table("The longest series:", SERIES_HEADS, series_table(longest(desk.engine)), right=["value"])
    say(_hints(settings))
    return report


def _source(file: Path, served_at: str) -> Source:
    """A sample as its YAML says, with the place where it is served now; its articles keep their public addresses."""
    return read_source(file, file.parent.name).model_copy(update={"served_at": served_at})


def longest(engine: Engine) -> list[SeriesRow]:
    """The series with the most points."""
    lines: dict[tuple[str, ...], list[SeriesRow]] = defaultdict(list)
    for row in series(engine, measure="level"):
        lines[row.locality, row.indicator, row.scope, row.breakdown].append(row)
    ranked = sorted(lines.items(), key=lambda line: (-len(line[1]), line[0]))
    return [row for _, rows in sorted(ranked[:SHOWN], key=lambda line: line[0]) for row in rows]


def _hints(settings: Settings) -> str:
    where = masked(settings.database)
    lines = [f"The database is {where}. Next:", f"  {_us()} series --locality 'Nha Trang' --format csv"]
    if where.startswith("sqlite:///"):
        lines.append(f"  sqlite3 {where.removeprefix('sqlite:///')} 'select * from latest limit 5'")
    if settings.report != "off":
        lines.append(f"  {(settings.report_dir / 'index.html').resolve().as_uri()}    (pages, for a browser)")
    return "\n".join([*lines, f"  {_us()} demo    (again: 0 new, 0 changed)"])


def _us() -> str:
    """How the reader calls this program: by name where the shell finds it, else by its place, as .venv/bin/solieu."""
    return "solieu" if which("solieu") else sys.argv[0]
