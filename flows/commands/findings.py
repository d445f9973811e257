"""`solieu findings`: what does not add up, each with its arithmetic, what it means, and the claims it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.console import say, warn
from flows.commands.places import ListFormat

if TYPE_CHECKING:
    from models.contradictions import Told
    from models.findings import FindingRow

EXAMPLE = "Example: solieu findings --locality 'Nha Trang' --check disagreement"
READINGS = {
    "rate_vs_counts": "the rate is not what its counts give: one is misprinted, or the rate is of another whole",
    "complement": "on time and late should make 100 %",
    "parts_vs_whole": "the parts do not fit into their whole",
    "change_vs_levels": "the level now, the level before and the change between them do not fit together",
    "out_of_bounds": "the indicator cannot have this value; the change may be meant in percent of the level",
    "disagreement": "articles differ on one point by more than rounding; `solieu series` shows the preferred one",
    "jump": "far off what stands beside it in its series, as when thousands are written for millions",
    "target_vs_actual": "a notice: what was aimed at, and what came of it",
    "page": "something about the page is doubtful, or had to be converted",
    "retracted": "the site no longer has the article",
    "correction": "the operator put right what was read (data/corrections.yml)",
    "correction_unfit": "an entry of data/corrections.yml fits nothing that was read: mend it, or take it out",
}
"""The checks, and what it means that one found something."""


def _check(name: str | None) -> str | None:
    if name and name not in READINGS:
        raise typer.BadParameter(f"{name!r} is no check; there are {', '.join(READINGS)}")
    return name


@dataclass(frozen=True, slots=True)
class Line:
    """A finding and one of its claims, for spreadsheets; `finding` numbers them."""

    finding: int
    check: str
    message: str
    reading: str
    locality: str | None
    locality_name: str | None
    indicator: str | None
    scope: str | None
    breakdown: str | None
    measure: str | None
    status: str | None
    time_period: str | None
    base: str | None
    value_text: str | None
    unit: str | None
    bound: str | None
    derived: bool | None
    quote: str | None
    source: str | None
    article: str | None
    title: str | None
    published: date | None
    url: str | None


COLUMNS = tuple(field.name for field in fields(Line))
CLAIM = COLUMNS[COLUMNS.index("locality") :]


def findings(
    locality: Annotated[str | None, typer.Option(help="Code or name, of one of its claims.")] = None,
    indicator: Annotated[str | None, typer.Option(help="Code or name, of one of its claims.")] = None,
    check: Annotated[str | None, typer.Option(callback=_check, help=f"Only one check: {', '.join(READINGS)}.")] = None,
    format: Annotated[ListFormat, typer.Option(help="Text; or for programs, in CSV with a row a claim.")] = (
        ListFormat.table
    ),
) -> None:
    """Print what does not add up in articles, between them and along series. Nothing is mended."""
    from flows.export import rows_csv
    from flows.settings import read_settings
    from models.database import open_database
    from models.findings import findings as ask

    engine = open_database(read_settings().database, create=False)
    found = ask(engine, locality=locality, indicator=indicator, check=check)
    if not found:
        warn("nothing is found that does not add up")
    if format is ListFormat.csv:
        typer.echo(rows_csv(_lines(found), COLUMNS), nl=False)
    elif format is ListFormat.json:
        typer.echo("[" + ",\n ".join(json.dumps(_tree(row), ensure_ascii=False) for row in found) + "]")
    else:
        for row in found:
            say("\n".join(_text(row)))


def _text(row: FindingRow) -> Iterator[str]:
    """A paragraph: the check and its arithmetic, the reading, and a line a claim."""
    about = row.claims[0] if row.claims else None
    place = f" · {about.locality_name} ({about.locality}) · {about.indicator} {about.time_period}" if about else ""
    yield f"{row.check}{place}"
    yield f"  {row.message}"
    yield f"  {READINGS.get(row.check, '')}"
    yield from (f"    {_claim_words(told)}" for told in row.claims)
    if not row.claims:
        yield f"    {row.source} {row.published or 'undated'} {row.url or row.article}"


def _claim_words(told: Told) -> str:
    from flows.commands.show import value_words, words

    value = told.value_text if told.unit == "rating" else value_words(told.number, told.unit, told.bound)
    marks = [words(told.status, told.measure, told.scope), "derived" if told.derived else ""]
    what = " ".join(w for w in (told.indicator, *_parts(told), told.time_period, *marks) if w)
    where = f"{told.source} {told.published or 'undated'} {told.url or told.article}"
    return f"{what}: {value}, {' '.join((told.quote or '').split())!r} in {where}"


def _parts(told: Told) -> Iterable[str]:
    return json.loads(told.breakdown).values() if told.breakdown else ()


def _lines(found: Iterable[FindingRow]) -> Iterator[Line]:
    for number, row in enumerate(found, start=1):
        for one in row.claims or (row,):
            slots = {name: getattr(one, name, None) for name in CLAIM}
            yield Line(number, row.check, row.message, READINGS.get(row.check, ""), **slots)


def _tree(row: FindingRow) -> dict[str, Any]:
    article = {name: getattr(row, name) for name in ("source", "article", "title", "published", "url")}
    claims = [{name: _plain(getattr(told, name)) for name in CLAIM} | {"value": _value(told)} for told in row.claims]
    head = {"check": row.check, "message": row.message, "reading": READINGS.get(row.check, "")}
    return head | {name: _plain(slot) for name, slot in article.items()} | {"claims": claims}


def _plain(slot: object) -> object:
    return str(slot) if isinstance(slot, date) else slot


def _value(told: Told) -> int | float | None:
    from flows.commands.show import number

    return None if told.unit == "rating" else number(Decimal(told.value_text))
