"""Who may only look: a PostgreSQL role that reads every table and view of the database, and can change nothing.

grant_reading(engine, "analyst")
"""

from __future__ import annotations

import re

from sqlalchemy import Engine, text

from models.database import writing
from models.problems import DatabaseProblem

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
"""What PostgreSQL takes as a name without quotes."""


def grant_reading(engine: Engine, role: str) -> bool:
    """Let a role read all that there is and all that comes; was it made for that? It is made without a login.

    Asked again it changes nothing. Raises DatabaseProblem on SQLite, and for a name that is none.
    """
    if engine.dialect.name != "postgresql":
        raise DatabaseProblem("SQLite knows no roles: who may only look gets the file to read, by its permissions")
    if not ROLE.fullmatch(role):
        raise DatabaseProblem(f"{role!r} is no name for a role: letters a to z, digits and _, no more than 63")
    with writing(engine) as conn:
        there = conn.scalar(text("SELECT true FROM pg_roles WHERE rolname = :role"), {"role": role})
        if not there:
            conn.execute(text(f"CREATE ROLE {role} NOLOGIN"))
        schema = engine.dialect.identifier_preparer.quote(conn.scalar(text("SELECT current_schema()")))
        conn.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
        conn.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"))
        # views are made anew when a newer program brings the database up to date
        conn.execute(text(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {role}"))
    return not there
