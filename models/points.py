"""Ask for series, sums and histories. The views decide what is true; here they are only filtered and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Engine, MetaData, Row, Table, Text, func, or_, select

from models.database import reading
from models.names import check_word, find_indicators, find_localities, find_sources
from models.reach import Names, find_each, reach
from models.tables import Base, Locality, Observation, table_of
from models.types import CODE, UtcTime, plain


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A point with its preferred claim. `value` is None for a rating, whose words are `value_text`."""

    locality: str
    locality_name: str
    locality_valid_from: date | None
    locality_valid_to: date | None
    series_break: str
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
    correction: str
    source: str
    published: date | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The last known figure of a series."""

    locality: str
    locality_name: str
    locality_valid_to: date | None
    series_break: str
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


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """A territory's figure, put together from the `parts` that were in force when the period ended."""

    territory: str
    territory_name: str
    indicator: str
    indicator_vi: str
    indicator_en: str
    scope: str
    breakdown: str
    status: str
    freq: str
    time_period: str
    period: str
    period_start: date
    period_end: date
    value: Decimal
    unit: str
    bound: str
    parts: int
    confidence: float


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What happened to a unit: it was preceded or succeeded by an `other` one, or given the name `other_name`."""

    locality: str
    code: str
    name: str
    type: str
    tier: str
    province_name: str | None
    valid_from: date | None
    valid_to: date | None
    event: str
    event_date: date
    kind: str | None
    other: str | None
    other_name: str
    share: float | None
    decree: str | None


COLUMNS = tuple(field.name for field in fields(SeriesRow))
TERRITORY_COLUMNS = tuple(field.name for field in fields(TerritoryRow))
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
STRETCH = ("known_from", "known_to")
"""From when until before when a row of `vintages` was what was known."""
TERRITORY_ORDER = ("territory", "indicator", "scope", "breakdown", "period_start", "period_end", "status", "period")
EVENTS = ("preceded by", "named", "succeeded by")
"""What may happen to a unit, in the order it does on one day."""


def series(
    engine: Engine,
    *,
    locality: Names | None = None,
    with_parts: bool = False,
    with_history: bool = False,
    indicator: Names | None = None,
    source: str | None = None,
    scope: str | None = None,
    status: str | None = None,
    measure: str | None = None,
    period: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
) -> list[SeriesRow]:
    """Points in an order that is the same on every database.

    `locality` is an id, else the statistical office's code, else a name, also a former one (every unit of that name);
    with its predecessors and successors (`with_history`), and with all that lies in these (`with_parts`). `indicator`
    is a code or a name; of both several may be given. `source` is the id or name of the preferred claim's; UnknownName
    if there is none. `period` is `2023`, `2023-Q1` or ISO 8601 as stored.
    `since` and `until` are days that the period reaches or passes: a year is kept by `since` any day in it.
    `as_of` is a moment with its time zone: the series as it was known then, by the same rule (view `vintages`).
    """
    view = view_of("vintages" if as_of else "series", SeriesRow, (*ORDER, *(STRETCH if as_of else ())))
    words = {"scope": scope, "status": status, "measure": measure}
    for name, word in words.items():
        if word:
            check_word(name, word)
    wanted = [view.c[name] == word for name, word in words.items() if word]
    if locality:
        units = reach(engine, locality, parts=with_parts, history=with_history)
        wanted.append(_among(view.c.locality, units))
    if indicator:
        wanted.append(_among(view.c.indicator, find_each(find_indicators, engine, indicator)))
    if source:
        wanted.append(_among(view.c.source, find_sources(engine, source)))
    if period:
        wanted.append(or_(view.c.time_period == period, view.c.period == period))
    if since:
        wanted.append(view.c.period_end >= since)
    if until:
        wanted.append(view.c.period_start <= until)
    if as_of:
        known_from, known_to = (view.c[name] for name in STRETCH)
        wanted += [known_from <= as_of, or_(known_to.is_(None), known_to > as_of)]
    query = select(view).where(*wanted).order_by(*(view.c[name] for name in ORDER))
    with reading(engine) as conn:
        return [SeriesRow(**_exact(row, COLUMNS)) for row in conn.execute(query)]


def latest(engine: Engine) -> list[LatestRow]:
    """The view `latest`, in the order of localities and indicators."""
    names = tuple(field.name for field in fields(LatestRow))
    view = view_of("latest", LatestRow)
    order = (view.c[name] for name in ("locality", "indicator", "scope", "breakdown", "measure"))
    with reading(engine) as conn:
        return [LatestRow(**_exact(row, names)) for row in conn.execute(select(view).order_by(*order))]


def territory_series(engine: Engine, *, territory: str, indicator: str | None = None) -> list[TerritoryRow]:
    """What the units that a territory is made of add up to, period by period (view `territory_series`).

    Of several units of a name those in force are meant, if there are any.
    """
    view = view_of("territory_series", TerritoryRow)
    wanted = [_among(view.c.territory, _in_force(engine, find_localities(engine, territory)))]
    if indicator:
        wanted.append(_among(view.c.indicator, find_indicators(engine, indicator)))
    query = select(view).where(*wanted).order_by(*(view.c[name] for name in TERRITORY_ORDER))
    with reading(engine) as conn:
        return [
            TerritoryRow(**{**row, "value": Decimal(plain(row["value"]))}) for row in conn.execute(query).mappings()
        ]


def locality_history(engine: Engine, locality: str) -> list[HistoryRow]:
    """What happened to a unit, or to every unit of that name, the earliest first."""
    view = view_of("locality_history", HistoryRow)
    query = select(view).where(_among(view.c.locality, find_localities(engine, locality)))
    with reading(engine) as conn:
        rows = [HistoryRow(*row) for row in conn.execute(query)]
    return sorted(rows, key=lambda r: (r.locality, r.event_date, EVENTS.index(r.event), r.other or "", r.other_name))


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with reading(engine) as conn:
        tables = Base.metadata.sorted_tables
        return {table.name: conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@cache
def view_of(name: str, row: type[Any], more: tuple[str, ...] = ()) -> Table:
    """The view as a table to select from; types that need reading are those of the tables underneath. The same each
    time, as a statement is compiled again for a table that is another one."""
    dates = ("published", "locality_valid_from", "locality_valid_to", "valid_from", "valid_to", "event_date")
    known = {column.name: column.type for column in table_of(Observation).c}
    known |= {"source": CODE, "territory": CODE, **dict.fromkeys(dates, Date()), **dict.fromkeys(STRETCH, UtcTime())}
    names = dict.fromkeys([*(field.name for field in fields(row)), *more])
    return Table(name, MetaData(), *(Column(one, known.get(one, Text())) for one in names))


def _in_force(engine: Engine, ids: Sequence[str]) -> Sequence[str]:
    still = select(Locality.id).where(Locality.id.in_(ids), Locality.valid_to.is_(None)).order_by(Locality.id)
    with reading(engine) as conn:
        return conn.scalars(still).all() or ids


def _among(column: ColumnElement[str], codes: Sequence[str]) -> ColumnElement[bool]:
    return column == codes[0] if len(codes) == 1 else column.in_(codes)


def _exact(row: Row[Any], names: Iterable[str]) -> dict[str, Any]:
    """The row's first columns by these names, which are theirs: by name from the row they take four times as long.

    The number comes from the exact text: SQLite may have rounded the other after 15 digits.
    """
    values = dict(zip(names, row, strict=False))
    if values["value"] is not None:
        values["value"] = Decimal(values["value_text"])
    return values
