"""Places, indicators, sources and parameters: written only where they differ from what is stored, never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from models.problems import LoadProblem
from models.records import SourceRecord
from models.tables import Base, Indicator, Locality, Parameter, Source, table_of


def load_catalogue(
    conn: Connection, localities: Iterable[Mapping[str, Any]], indicators: Iterable[Mapping[str, Any]]
) -> int:
    """Bring the tables up to date; how many rows were written (0 the second time).

    A locality has `code`, `name`, `type`, `tier` and may have `short_name`, `parent`, `valid_from`, `valid_to` (dates);
    its `province` is found through the parents. An indicator has `code`, `name_vi`, `name_en`, `unit`.
    LoadProblem when a parent is unknown or a code comes twice.
    """
    places = {row["code"]: row for row in _rows(Locality, localities)}
    for place in places.values():
        place["short_name"] = place["short_name"] or place["name"]
        place["province"] = _province(places, place["code"])
    written = _sync(conn, Locality, places.values())
    return written + _sync(conn, Indicator, _rows(Indicator, indicators))


def load_sources(conn: Connection, sources: Iterable[SourceRecord]) -> int:
    """Publishers as their YAML files name them; how many rows were written."""
    names = table_of(Source).c.keys()
    return _sync(conn, Source, [{name: getattr(source, name) for name in names} for source in sources])


def load_parameters(conn: Connection, numbers: Mapping[str, float]) -> int:
    """Numbers that views keep to, such as `published_threshold`; how many rows were written."""
    return _sync(conn, Parameter, [{"name": name, "number": number} for name, number in numbers.items()])


def ensure_source(conn: Connection, source: str) -> None:
    """A source that nobody has described yet goes by its id."""
    if conn.scalar(select(Source.id).where(Source.id == source)) is None:
        insert_missing(conn, Source, {"id": source, "name": source})


def insert_missing(conn: Connection, model: type[Base], row: Mapping[str, Any]) -> None:
    """Insert a row unless another writer has just done so."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    conn.execute(dialect.insert(table_of(model)).values(row).on_conflict_do_nothing())


def _rows(model: type[Locality] | type[Indicator], given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    names, rows = table_of(model).c.keys(), []
    seen: set[str] = set()
    for one in given:
        if one["code"] in seen:
            raise LoadProblem(f"{model.__tablename__} {one['code']} comes twice in the catalogue")
        seen.add(one["code"])
        rows.append({name: one.get(name) for name in names})
    return rows


def _province(places: Mapping[str, Mapping[str, Any]], code: str) -> str | None:
    """The province a place lies in (its own code for a province), None for the country."""
    chain = [code]
    while (parent := places[chain[-1]]["parent"]) is not None:
        if parent not in places:
            raise LoadProblem(f"locality {chain[-1]} lies in {parent}, which is not in the catalogue")
        if parent in chain:
            raise LoadProblem(f"locality {code} lies in itself: {' in '.join([*chain, parent])}")
        chain.append(parent)
    return next((place for place in chain if places[place]["tier"] == "province"), None)


def _sync(conn: Connection, model: type[Base], wanted: Iterable[Mapping[str, Any]]) -> int:
    table = table_of(model)
    (key,) = table.primary_key.columns
    names = table.c.keys()
    values, place = itemgetter(*names), names.index(key.name)
    # tuples: this looks at every place of the country whenever a run begins
    stored = {row[place]: row for row in conn.execute(select(table)).all()}
    new = [dict(row) for row in wanted if row[key.name] not in stored]
    moved = [row for row in wanted if stored.get(row[key.name], values(row)) != values(row)]
    if new:
        conn.execute(insert(table), new)
    if moved:
        others = [name for name in names if name != key.name]
        change = update(table).where(key == bindparam("which")).values({n: bindparam(f"new_{n}") for n in others})
        conn.execute(change, [{"which": row[key.name], **{f"new_{n}": row[n] for n in others}} for row in moved])
    return len(new) + len(moved)
