"""Run by Alembic: migrate on the connection that `run.py` hands over."""

from __future__ import annotations

from alembic import context

from models.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # the caller's transaction is the only one: on SQLite DDL then rolls back as a whole too
    transactional_ddl=False,
    transaction_per_migration=False,
)
context.run_migrations()
