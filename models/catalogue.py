"""Places and their history, indicators, sources, parameters: written only where they differ from what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select, text

from models.problems import LoadProblem
from models.ranking import rank_all
from models.records import SourceRecord
from models.sync import keys_of, sync
from models.tables import Base, Indicator, Locality, LocalityLink, LocalityName, Parameter, Source, table_of
from models.territory import write_breaks, write_territories
from models.wide import make_wide

CODES: BindParameter[Any] = bindparam("codes", expanding=True)
ADD_SOURCE = text("INSERT INTO source (id, name) VALUES (:id, :id) ON CONFLICT DO NOTHING")
SOURCES = select(Source.id).where(Source.id.in_(CODES))
STORED_BY = "catalogue_program"
KINDS = ("continued", "merged", "divided")
"""How much of a unit went into another: all and alone, all together with others, a part."""


def load_catalogue(
    conn: Connection,
    localities: Iterable[Mapping[str, Any]],
    indicators: Iterable[Mapping[str, Any]],
    links: Iterable[Mapping[str, Any]] = (),
    names: Iterable[Mapping[str, Any]] = (),
    *,
    program: str | None = None,
) -> int:
    """Bring the tables up to date; how many rows were written or deleted (0 the second time).

    `program` is the digest of the program that the catalogue comes with, which `is_stored_by` asks for.

    Rows have the names of columns. A locality needs `id`, `code`, `name`, `type`, `tier`; its `province` is found
    through the parents. An indicator needs `code`, `name_vi`, `name_en`, `unit`; a link `old`, `new`, `kind`,
    `effective`; a dated name `locality`, `name`, `type`. The rest may be missing. Links and names that are no longer
    given are deleted, nothing else is. LoadProblem when one speaks of an unknown unit or comes twice.
    """
    places = {row["id"]: row for row in _rows(Locality, localities)}
    for place in places.values():
        place["short_name"] = place["short_name"] or place["name"]
    _put_in_provinces(places)
    written = sync(conn, Locality, places.values())
    written += sync(conn, LocalityLink, _links(places, links), whole=True)
    if written:
        write_territories(conn)
        write_breaks(conn)
    written += sync(conn, LocalityName, _names(places, names), whole=True)
    if changed := sync(conn, Indicator, _indicators(indicators)):
        make_wide(conn)
    sync(conn, Parameter, [{"name": STORED_BY, "number": _number(program)}] if program else [])
    return written + changed


def is_stored_by(conn: Connection, program: str) -> bool:
    """Whether the catalogue is what this program stored."""
    return conn.scalar(select(Parameter.number).where(Parameter.name == STORED_BY)) == _number(program)


def _number(program: str) -> float:
    """As much of a digest as a number holds exactly."""
    return float(int(program[:12], 16))


def load_sources(conn: Connection, sources: Iterable[SourceRecord]) -> int:
    """Publishers as their YAML files name them; how many rows were written."""
    names = table_of(Source).c.keys()
    return sync(conn, Source, [{name: getattr(source, name) for name in names} for source in sources])


def load_parameters(conn: Connection, numbers: Mapping[str, float]) -> int:
    """Numbers that views keep to, such as `published_threshold`; how many rows were written."""
    written = sync(conn, Parameter, [{"name": name, "number": number} for name, number in numbers.items()])
    if written:
        rank_all(conn)
    return written


def ensure_source(conn: Connection, source: str) -> None:
    """A source that nobody has described yet goes by its id."""
    if unknown(conn, SOURCES, {source}):
        conn.execute(ADD_SOURCE, {"id": source})


def unknown(conn: Connection, query: Select[tuple[str]], codes: Collection[str]) -> set[str]:
    """Codes that a query does not find. What was found once on a connection is not asked again: none is ever deleted,
    and foreign keys would tell."""
    seen: set[str] = conn.info.setdefault(query, set())
    new = set(codes) - seen
    if new:
        found = set(conn.scalars(query, {"codes": sorted(new)}))
        seen |= found
        new -= found
    return new


def _rows(model: type[Base], given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    columns, key_of = table_of(model).c.keys(), itemgetter(*keys_of(model))
    rows = [{column: one.get(column) for column in columns} for one in given]
    if len(set(map(key_of, rows))) < len(rows):
        ((twice, _),) = Counter(map(key_of, rows)).most_common(1)
        shown = twice if isinstance(twice, str) else " ".join(twice)
        raise LoadProblem(f"{model.__tablename__} {shown} comes twice in the catalogue")
    return rows


def _links(places: Mapping[str, Any], given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    links = _rows(LocalityLink, given)
    for link in links:
        if link["kind"] not in KINDS:
            kinds = ", ".join(KINDS)
            raise LoadProblem(f"the link from {link['old']} to {link['new']} is {link['kind']!r}, none of {kinds}")
        for end in (link["old"], link["new"]):
            if end not in places:
                raise LoadProblem(f"the link from {link['old']} to {link['new']}: {end} is not in the catalogue")
    return links


def _names(places: Mapping[str, Any], given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    names = _rows(LocalityName, given)
    for name in names:
        name["short_name"] = name["short_name"] or name["name"]
        if name["locality"] not in places:
            raise LoadProblem(f"the name {name['name']}: {name['locality']} is not in the catalogue")
    return names


def _indicators(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "additive": bool(row["additive"])} for row in _rows(Indicator, given)]


def _put_in_provinces(places: Mapping[str, dict[str, Any]]) -> None:
    found: dict[tuple[str | None, bool], str | None] = {}
    for place in places.values():
        siblings = place["parent"], place["tier"] == "province"
        if siblings not in found:
            found[siblings] = _province(places, place["id"])
        place["province"] = place["id"] if place["tier"] == "province" else found[siblings]


def _province(places: Mapping[str, Mapping[str, Any]], place: str) -> str | None:
    """The province a place lies in (itself for a province), None for the country."""
    chain = [place]
    while (parent := places[chain[-1]]["parent"]) is not None:
        if parent not in places:
            raise LoadProblem(f"locality {chain[-1]} lies in {parent}, which is not in the catalogue")
        if parent in chain:
            raise LoadProblem(f"locality {place} lies in itself: {' in '.join([*chain, parent])}")
        chain.append(parent)
    return next((one for one in chain if places[one]["tier"] == "province"), None)
