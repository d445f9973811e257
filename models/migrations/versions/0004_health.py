"""The ledger says how a night read a source, which layer told each slot of its articles, and what ails the source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COUNTS = ("read", "dated", "with_figures", "retracted", "left_out", "waiting", "again", "asked", "unread")


def upgrade() -> None:
    """Nobody counted before; a night that failed is known to have failed."""
    for name in COUNTS:
        op.add_column("run_source", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("run_source", sa.Column("layers", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("run_source", sa.Column("health", sa.Text(), nullable=False, server_default=""))
    op.add_column("run_source", sa.Column("unwell", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("run_source", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    nights = "run_id IN (SELECT id FROM run WHERE kind = 'nightly')"
    op.execute(f"UPDATE run_source SET health = 'ok' WHERE error IS NULL AND {nights}")
    op.execute(f"UPDATE run_source SET health = 'failed', unwell = true WHERE error IS NOT NULL AND {nights}")


def downgrade() -> None:
    """Back to what was done, without how well."""
    for name in ("note", "unwell", "health", "layers", *reversed(COUNTS)):
        op.drop_column("run_source", name)
