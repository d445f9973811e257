"""Many rows in one statement: SQLite steps through them, PostgreSQL is sent a list for each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY


def add_rows(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns, JSON aside."""
    if not rows:
        return
    names = tuple(rows[0])
    if conn.dialect.name == "postgresql":
        conn.execute(_from_lists(table, names), {name: [row[name] for row in rows] for name in names})
    else:
        conn.execute(_one(table), rows)


@cache
def _one(table: Table) -> Insert:
    return insert(table)


@cache
def _from_lists(table: Table, names: tuple[str, ...]) -> Insert:
    lists = (bindparam(name, type_=ARRAY(table.c[name].type, dimensions=1)) for name in names)
    return insert(table).from_select(names, select(*map(func.unnest, lists)))
