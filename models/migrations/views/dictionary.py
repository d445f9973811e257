"""What views and columns mean, from `dictionary.yml`: the view data_dictionary and PostgreSQL's comments.

view_name  position  column_name  meaning
series     0                      A point (locality, scope …) with its preferred claim
series     1         locality     Id of a unit: 56 until 2025-06-30, 56@2025 since
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
import yaml
from alembic import op

from models import wide
from models.migrations.views import HERE, comment, plain, quoted

NAME = "data_dictionary"
COLUMNS = ("view_name", "position", "column_name", "meaning")


INDICATORS = f"""
UNION ALL
SELECT
    '{wide.NAME}',
    CAST({len(wide.HEADS)} + row_number() OVER (ORDER BY code) AS INTEGER),
    replace(code, '.', '_'),
    name_vi || ' · ' || name_en || ', in ' || unit
FROM indicator"""


def create_dictionary(*, with_wide: bool = False) -> None:
    """Every column that the documented views have; KeyError for one that nobody wrote about.

    The view `wide` is made afterwards, and again whenever the catalogue has changed.
    """
    rows = list(_rows({**_columns(), NAME: COLUMNS}))
    indicators = INDICATORS if with_wide else ""
    if with_wide:
        rows += _rows({wide.NAME: wide.HEADS})
    values = ",\n".join(f"({quoted(view)}, {at}, {quoted(name)}, {quoted(said)})" for view, at, name, said in rows)
    heads = ", ".join(f"column{at} AS {name}" for at, name in enumerate(COLUMNS, start=1))
    op.execute(plain(f"CREATE VIEW {NAME} AS\nSELECT {heads} FROM (VALUES\n{values}\n) said{indicators}"))
    comment("VIEW", NAME, words()["views"][NAME])
    for view, at, name, said in rows:
        if at and view != wide.NAME:
            comment("COLUMN", f"{view}.{name}", said)


def meaning(view: str, column: str) -> str:
    """What a column means in a view."""
    said = words()
    return str(said["but"].get(view, {}).get(column) or said["columns"][column])


@cache
def words() -> dict[str, Any]:
    """The file: `views`, `columns`, and `but` for columns that mean another thing in one view."""
    found: dict[str, Any] = yaml.safe_load((HERE / "dictionary.yml").read_text(encoding="utf-8"))
    return found


def _columns() -> dict[str, tuple[str, ...]]:
    """Of the documented views those that this revision has."""
    inspector = sa.inspect(op.get_bind())
    there = set(inspector.get_view_names())
    return {
        view: tuple(column["name"] for column in inspector.get_columns(view))
        for view in words()["views"]
        if view in there
    }


def _rows(columns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, int, str, str]]:
    for view, names in columns.items():
        yield view, 0, "", str(words()["views"][view])
        for at, column in enumerate(names, start=1):
            yield view, at, column, meaning(view, column)
