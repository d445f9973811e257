"""The command `series`: which points, as what, and where to."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.console import warn
from flows.problems import BadWord

if TYPE_CHECKING:
    from models.points import SeriesRow

EXAMPLE = "solieu series --locality 'Nha Trang' --indicator dossier.late_rate --out late.xlsx --labels vi"
_SPAN = re.compile(r"\d{4}(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])(-\d{2})?))?|\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")


class SeriesFormat(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"


class Language(StrEnum):
    vi = "vi"
    en = "en"


class Mark(StrEnum):
    point = "."
    comma = ","


BINARY = (SeriesFormat.parquet, SeriesFormat.xlsx)
PLOTS = (".svg", ".png", ".html")


def _span(text: str | None) -> str | None:
    if text and not _SPAN.fullmatch(text):
        raise typer.BadParameter(
            f"{text!r} is no period; write 2023, 2023-S1, 2023-Q1, 2023-04 or 2023-01-01/2023-09-30"
        )
    return text


def _moment(text: str) -> datetime:
    """The last moment of a day, or the moment itself; one without a zone is in UTC."""
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadWord(f"--as-of {text!r} is no moment; write 2024-04-19 or 2024-04-19T08:30:00+07:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _plot_file(path: Path | None) -> Path | None:
    if path and path.suffix.lower() not in PLOTS:
        raise typer.BadParameter(f"{path}: a plot is a file that ends with {', '.join(PLOTS)}")
    return path


Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Periods that reach this day.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Periods that begin by this day.")
]
Moment = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="As it was known at the end of that day (UTC), or at a moment in ISO 8601."),
]


def series(
    locality: Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")] = None,
    with_parts: Annotated[bool, typer.Option("--with-parts", help="And all units that lie in it.")] = False,
    with_history: Annotated[bool, typer.Option("--with-history", help="And its predecessors and successors.")] = False,
    indicator: Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")] = None,
    period: Annotated[str | None, typer.Option(callback=_span, help="2023, 2023-Q1, 2023-04, or ISO 8601.")] = None,
    status: Annotated[str | None, typer.Option(help="actual, estimate or target.")] = None,
    measure: Annotated[str | None, typer.Option(help="level, change, growth, rank, rating …")] = None,
    scope: Annotated[str | None, typer.Option(help="all, province, district or commune.")] = None,
    source: Annotated[str | None, typer.Option(help="Id or name of the source that is preferred.")] = None,
    since: Since = None,
    until: Until = None,
    as_of: Moment = None,
    format: Annotated[
        SeriesFormat | None, typer.Option(help="How to print it; else what --out ends with, else a table.")
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="A row a place and period, a column an indicator.")] = False,
    labels: Annotated[Language | None, typer.Option(help="Names instead of codes.")] = None,
    decimal: Annotated[Mark, typer.Option(help="In tables and csv; with a comma, ; parts csv columns.")] = Mark.point,
    bom: Annotated[bool, typer.Option("--bom", help="A mark at the start of csv by which Excel knows UTF-8.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a file.")] = None,
    plot: Annotated[
        Path | None, typer.Option(callback=_plot_file, metavar="FILE", help="Draw it: .svg, .png or .html.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Print series: one line a point, with the value that the rules prefer; or write a file, or draw them."""
    form = _form(format, out)
    _check(form, out, decimal, bom)
    if (with_parts or with_history) and not locality:
        raise BadWord("--with-parts and --with-history say more of a --locality: name one")
    for file in (out, plot):
        _check_free(file, force)
    filters = {
        "locality": locality,
        "with_parts": with_parts,
        "with_history": with_history,
        "indicator": indicator,
        "source": source,
        "scope": scope,
        "status": status,
        "measure": measure,
        "period": period,
        "since": since.date() if since else None,
        "until": until.date() if until else None,
        **({"as_of": _moment(as_of)} if as_of else {}),
    }
    rows = _ask(filters)
    from flows.commands.deliver import Manner, draw, show, write
    from flows.labels import Labels

    manner = Manner(form.value, wide, Labels(labels.value if labels else ""), decimal.value, bom)
    if plot:
        draw(rows, plot, Labels(labels.value if labels else "vi"))
    if out or form is not SeriesFormat.table:
        write(rows, manner, out)
    elif not plot:
        show(rows, manner)


def _form(given: SeriesFormat | None, out: Path | None) -> SeriesFormat:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return given or (SeriesFormat(ending) if ending in list(SeriesFormat) else SeriesFormat.table)


def _check(form: SeriesFormat, out: Path | None, decimal: Mark, bom: bool) -> None:
    if out and form is SeriesFormat.table:
        raise BadWord(f"{out}: name a file that ends with .csv, .json, .parquet or .xlsx, or say --format")
    if form in BINARY and not out:
        raise BadWord(f"{form} is for files: add --out FILE.{form}")
    if decimal is Mark.comma and form not in (SeriesFormat.csv, SeriesFormat.table):
        raise BadWord(f"--decimal is for csv and tables; in {form} numbers are numbers")
    if bom and form is not SeriesFormat.csv:
        raise BadWord("--bom is for csv")


def _check_free(file: Path | None, force: bool) -> None:
    if file and file.exists() and not force:
        raise BadWord(f"{file}: is there already; --force overwrites it")


def _ask(filters: dict[str, Any]) -> list[SeriesRow]:
    from flows.settings import read_settings
    from models.database import open_database
    from models.points import series as ask

    rows = ask(open_database(read_settings().database, create=False), **filters)
    if not rows:
        warn("no point of a series is like that")
    return rows
