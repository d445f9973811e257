"""Bring a table to the rows it is to have: only what differs is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from models.base import Base, table_of


def sync(conn: Connection, model: type[Base], wanted: Collection[Mapping[str, Any]], *, whole: bool = False) -> int:
    """How many rows were written. Each has all columns; `whole` says that rows which are not wanted are deleted."""
    table, keys = table_of(model), keys_of(model)
    columns = table.c.keys()
    values, key_of, key_in = itemgetter(*columns), itemgetter(*keys), itemgetter(*map(columns.index, keys))
    # plain tuples: this looks at every place of the country whenever a run begins
    stored = set(map(tuple, conn.execute(select(table)).all()))
    differ = [row for row in wanted if values(row) not in stored]
    if not differ and (not whole or len(stored) == len(wanted)):
        return 0
    known, kept = set(map(key_in, stored)), set(map(key_of, wanted))
    gone = [dict(zip(columns, row, strict=True)) for row in stored if key_in(row) not in kept] if whole else []
    new = [dict(row) for row in differ if key_of(row) not in known]
    moved = [row for row in differ if key_of(row) in known]
    _delete(conn, model, gone)
    if new:
        conn.execute(insert(table), new)
    _update(conn, model, moved)
    return len(gone) + len(new) + len(moved)


def keys_of(model: type[Base]) -> list[str]:
    """Names of the columns of the primary key."""
    return [column.name for column in table_of(model).primary_key.columns]


def _delete(conn: Connection, model: type[Base], rows: Collection[Mapping[str, Any]]) -> None:
    if rows:
        keys = keys_of(model)
        conn.execute(delete(table_of(model)).where(*_this(model)), [_bound("key", keys, row) for row in rows])


def _update(conn: Connection, model: type[Base], rows: Collection[Mapping[str, Any]]) -> None:
    if rows:
        table, keys = table_of(model), keys_of(model)
        others = [column.name for column in table.c if not column.primary_key]
        change = update(table).where(*_this(model)).values({name: bindparam(f"new_{name}") for name in others})
        conn.execute(change, [_bound("key", keys, row) | _bound("new", others, row) for row in rows])


def _this(model: type[Base]) -> list[ColumnElement[bool]]:
    return [table_of(model).c[name] == bindparam(f"key_{name}") for name in keys_of(model)]


def _bound(prefix: str, names: Iterable[str], row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{name}": row[name] for name in names}
