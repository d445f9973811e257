"""What stands behind series: every claim about their points, targets beside what came of them, year on year changes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Engine, MetaData, Row, Table, Text, select

from models.database import reading
from models.points import view_of
from models.tables import Observation, RankedClaim
from models.types import plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourcedRow:
    """A claim about a point of a series, the preferred one or one that lost, with its words (view `sources_of`)."""

    locality: str
    indicator: str
    scope: str
    breakdown: str
    measure: str
    status: str
    time_period: str
    period: str
    base: str
    preferred: bool
    lost_by: str | None
    value: Decimal | None
    value_text: str
    unit: str
    bound: str
    derived: bool
    correction: str
    confidence: float
    quote: str
    source: str
    article: str
    title: str | None
    published: date | None
    url: str | None
    origin: str | None
    key: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target beside what came of it (view `targets`); `met` None where nobody can say."""

    indicator: str
    scope: str
    breakdown: str
    measure: str
    time_period: str
    period: str
    base: str
    unit: str
    target_bound: str
    target: Decimal
    actual: Decimal | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A level and that of the period a year before (view `changes`)."""

    indicator: str
    scope: str
    breakdown: str
    time_period: str
    period: str
    unit: str
    change: Decimal
    growth: Decimal | None


NUMBERS = {TargetRow: ("target", "actual"), ChangeRow: ("change", "growth")}
FLAGS = {"preferred", "met", "derived"}


def places_with_series(engine: Engine) -> list[str]:
    """The ids of the localities that have a series."""
    query = select(Observation.locality).join(RankedClaim, RankedClaim.claim_id == Observation.id).distinct()
    with reading(engine) as conn:
        return list(conn.scalars(query.order_by(Observation.locality)))


def sources_of(engine: Engine, locality: str) -> list[SourcedRow]:
    """Every claim about the locality's points: of a point the preferred one first."""
    view = view_of("sources_of", SourcedRow, ("point",))
    names = [field.name for field in fields(SourcedRow)]
    order = (view.c[name] for name in ("indicator", "point", "source", "article", "key"))
    query = select(view).where(view.c.locality == locality).order_by(view.c.preferred.desc(), *order)
    with reading(engine) as conn:
        return [SourcedRow(**_read(row, names)) for row in conn.execute(query)]


def targets(engine: Engine, locality: str) -> list[TargetRow]:
    """The locality's targets, in the order of their periods."""
    return _rows(engine, "targets", TargetRow, locality)


def changes(engine: Engine, locality: str) -> list[ChangeRow]:
    """The changes of the locality's levels, in the order of their periods."""
    return _rows(engine, "changes", ChangeRow, locality)


def _rows(engine: Engine, name: str, made: type[T], locality: str) -> list[T]:
    names: list[str] = [field.name for field in fields(made)]  # type: ignore[arg-type]
    view = _view_of(name, (*names, "locality", "period_end"))
    query = select(*(view.c[one] for one in names)).where(view.c.locality == locality)
    order = (view.c[one] for one in ("period_end", "indicator", "scope", "breakdown", "period"))
    with reading(engine) as conn:
        return [made(**_numbers(row, names, NUMBERS[made])) for row in conn.execute(query.order_by(*order))]


@cache
def _view_of(name: str, columns: tuple[str, ...]) -> Table:
    return Table(name, MetaData(), *(Column(one, Text()) for one in columns))


def _read(row: Row[Any], names: list[str]) -> dict[str, Any]:
    """The row's first columns, as in `series`."""
    values = dict(zip(names, row, strict=False))
    values |= {name: bool(values[name]) for name in FLAGS & values.keys()}
    return values | {"value": None if values["value"] is None else Decimal(values["value_text"])}


def _numbers(row: Row[Any], names: list[str], numbers: tuple[str, ...]) -> dict[str, Any]:
    """Numbers as Decimals, truths as such, whichever database gave them."""
    values = dict(zip(names, row, strict=True))
    for name in numbers:
        values[name] = None if values[name] is None else Decimal(plain(Decimal(str(values[name]))))
    return values | {name: bool(values[name]) for name in FLAGS & values.keys() if values[name] is not None}
