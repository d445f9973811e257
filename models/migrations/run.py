"""Alembic, set up in code: no ini file, and the same transactions as everything else."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from models.database import writing

HERE = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables and views to a revision, in one transaction."""
    with writing(engine) as conn:
        _alone(conn)
        command.upgrade(_config(conn), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to a revision; `base` removes all that the migrations made."""
    with writing(engine) as conn:
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
