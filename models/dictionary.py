"""What the views and their columns mean, as the database itself says it: meanings(engine)["series"]["unit"]."""

from __future__ import annotations

from sqlalchemy import Engine, text

from models.database import reading


def meanings(engine: Engine) -> dict[str, dict[str, str]]:
    """Every documented view with its columns in their order; '' is the view itself."""
    query = text("SELECT view_name, column_name, meaning FROM data_dictionary ORDER BY view_name, position")
    said: dict[str, dict[str, str]] = {}
    with reading(engine) as conn:
        for view, column, meaning in conn.execute(query):
            said.setdefault(view, {})[column] = meaning
    return said
