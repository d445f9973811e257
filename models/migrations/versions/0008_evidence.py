"""What gave a claim, and how its text is laid out, are kept with the version that says it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """What was read before has none of it until it is read again."""
    op.add_column("article_version", sa.Column("author", sa.Text()))
    op.add_column("article_version", sa.Column("blocks", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("article_version", sa.Column("evidence", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    for name in ("evidence", "blocks", "author"):
        op.drop_column("article_version", name)
