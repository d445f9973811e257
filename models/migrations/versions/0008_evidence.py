"""A version keeps what gave its claims, how its text is laid out, and what read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import CODE

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """What was read before has none of it until it is read again."""
    op.add_column("article_version", sa.Column("author", sa.Text()))
    op.add_column("article_version", sa.Column("blocks", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("article_version", sa.Column("evidence", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("article_version", sa.Column("read_by", CODE, nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("read_by", "evidence", "blocks", "author"):
        op.drop_column("article_version", name)
