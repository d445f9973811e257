"""Ask for series. The view `series` decides which claim is preferred; here it is only filtered and put in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Engine, MetaData, Row, Table, Text, func, or_, select

from models.database import reading
from models.problems import UnknownName
from models.tables import Base, Indicator, Locality, Observation, table_of
from models.types import CODE


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A point with its preferred claim. `value` is None for a rating, whose words are `value_text`."""

    locality: str
    locality_name: str
    indicator: str
    indicator_vi: str
    indicator_en: str
    scope: str
    breakdown: str
    measure: str
    status: str
    freq: str
    time_period: str
    period: str
    base: str
    value: Decimal | None
    value_text: str
    unit: str
    bound: str
    out_of: Decimal | None
    among: str | None
    claims: int
    sources: int
    different_values: int
    derived: bool
    source: str
    published: date | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The last known figure of a series."""

    locality: str
    locality_name: str
    indicator: str
    indicator_vi: str
    indicator_en: str
    scope: str
    breakdown: str
    measure: str
    status: str
    time_period: str
    value: Decimal | None
    value_text: str
    unit: str
    bound: str
    published: date | None
    title: str | None
    url: str | None


COLUMNS = tuple(field.name for field in fields(SeriesRow))
ORDER = (
    "locality",
    "indicator",
    "scope",
    "breakdown",
    "measure",
    "period_start",
    "period_end",
    "status",
    "base",
    "point",
)


def series(
    engine: Engine,
    *,
    locality: str | None = None,
    indicator: str | None = None,
    scope: str | None = None,
    status: str | None = None,
    measure: str | None = None,
    period: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[SeriesRow]:
    """Points in an order that is the same on every database.

    `locality` and `indicator` are a code or a name as the catalogue has it (every unit of that name); UnknownName if
    there is none. `period` is `2023`, `2023-Q1` or ISO 8601 as stored. `since` and `until` are days that the period
    reaches or passes: a year is kept by `since` any day in it.
    """
    view = _view("series", SeriesRow, (*ORDER,))
    wanted = [
        *_codes(engine, view.c.locality, Locality.code, (Locality.name, Locality.short_name), locality),
        *_codes(engine, view.c.indicator, Indicator.code, (Indicator.name_vi, Indicator.name_en), indicator),
        *(view.c[name] == word for name, word in (("scope", scope), ("status", status), ("measure", measure)) if word),
    ]
    if period:
        wanted.append(or_(view.c.time_period == period, view.c.period == period))
    if since:
        wanted.append(view.c.period_end >= since)
    if until:
        wanted.append(view.c.period_start <= until)
    query = select(view).where(*wanted).order_by(*(view.c[name] for name in ORDER))
    with reading(engine) as conn:
        return [SeriesRow(**_exact(row, COLUMNS)) for row in conn.execute(query)]


def latest(engine: Engine) -> list[LatestRow]:
    """The view `latest`, in the order of localities and indicators."""
    names = tuple(field.name for field in fields(LatestRow))
    view = _view("latest", LatestRow, ())
    order = (view.c[name] for name in ("locality", "indicator", "scope", "breakdown", "measure"))
    with reading(engine) as conn:
        return [LatestRow(**_exact(row, names)) for row in conn.execute(select(view).order_by(*order))]


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with reading(engine) as conn:
        tables = Base.metadata.sorted_tables
        return {table.name: conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _view(name: str, row: type[Any], more: Iterable[str]) -> Table:
    """The view as a table to select from; types that need reading are those of the table underneath."""
    known = {**{column.name: column.type for column in table_of(Observation).c}, "published": Date(), "source": CODE}
    names = dict.fromkeys([*(field.name for field in fields(row)), *more])
    return Table(name, MetaData(), *(Column(one, known.get(one, Text())) for one in names))


def _exact(row: Row[Any], names: Iterable[str]) -> dict[str, Any]:
    """The number comes from the exact text: SQLite may have rounded the other after 15 digits."""
    values = {name: getattr(row, name) for name in names}
    if values["value"] is not None:
        values["value"] = Decimal(values["value_text"])
    return values


def _codes(
    engine: Engine, column: ColumnElement[str], code: Any, names: tuple[Any, ...], given: str | None
) -> list[ColumnElement[bool]]:
    if not given:
        return []
    with reading(engine) as conn:
        if conn.scalar(select(code).where(code == given)) is not None:
            return [column == given]
        rows = conn.execute(select(code, *names)).all()
    found = [row[0] for row in rows if _folded(given) in {_folded(name) for name in row[1:]}]
    if not found:
        raise UnknownName(_unknown(code.class_.__tablename__, given, rows))
    return [column.in_(found)]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _unknown(what: str, given: str, rows: Iterable[Row[Any]]) -> str:
    names = {str(name) for row in rows for name in row}
    close = get_close_matches(given, names, n=3)
    hint = f"; close to it: {', '.join(close)}" if close else ""
    return f"no {what} {given!r} in the database{hint}"
