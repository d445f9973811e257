"""Alembic, set up in code: no ini file, and the same transactions as everything else."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

HERE = Path(__file__).parent


def upgrade(conn: Connection, revision: str = "head") -> None:
    """Bring the tables and views to a revision, in the caller's transaction."""
    _alone(conn)
    command.upgrade(_config(conn), revision)


def downgrade(conn: Connection, revision: str) -> None:
    """Go back to a revision; `base` removes all that the migrations made."""
    _alone(conn)
    command.downgrade(_config(conn), revision)


def _alone(conn: Connection) -> None:
    """Two programs that start at once migrate one after the other; SQLite's BEGIN IMMEDIATE does that by itself."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu migrations'))"))


def _config(conn: Connection) -> Config:
    config = Config()
    # paths with a % would be read as interpolation
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config
