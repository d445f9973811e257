"""Every view and column is explained: in the database, in PostgreSQL's comments and in the README."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from models.database import reading
from models.migrations.views.dictionary import NAME, words

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
WITHIN = {"ranking", "ranking_then", "newest_claim", "chosen_claim", "point_moment", "locality_break"}
"""What the views are made of; nobody asks these."""


def test_the_dictionary_has_every_column_of_every_view_in_its_place(fresh_db: Engine) -> None:
    with reading(fresh_db) as conn:
        told = [tuple(row) for row in conn.execute(text(f"SELECT view_name, position, column_name FROM {NAME}"))]
        views = set(inspect(conn).get_view_names()) - WITHIN
        there = {(view, 0, "") for view in views} | {
            (view, at, column["name"])
            for view in views
            for at, column in enumerate(inspect(conn).get_columns(view), start=1)
        }
        assert conn.scalar(text(f"SELECT count(*) FROM {NAME} WHERE meaning = ''")) == 0
    assert sorted(told) == sorted(there)


def test_postgresql_has_the_same_words_as_comments(fresh_db: Engine) -> None:
    if fresh_db.dialect.name == "sqlite":
        return
    query = f"""
        SELECT column_name, meaning, col_description(view_name::regclass, position) FROM {NAME} WHERE position > 0
    """
    with reading(fresh_db) as conn:
        assert [row for row in conn.execute(text(query)) if row[1] != row[2]] == []


def test_the_readme_has_the_dictionary() -> None:
    said = words()
    lines = [f"| `{name}` | {meaning} |" for part in ("views", "columns") for name, meaning in said[part].items()]
    lines += [f"| `{view}.{name}` | {one} |" for view, names in said["but"].items() for name, one in names.items()]
    assert [line for line in lines if line not in README.splitlines()] == []
