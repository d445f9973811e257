"""What waits for review: a threshold that series keep to, why a figure became no claim, and the view `review`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.views import create_view, drop_views
from models.types import CODE

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Series now leave out what is below the threshold; 0 leaves out nothing until a program says otherwise."""
    parameter = op.create_table(
        "parameter",
        sa.Column("name", CODE, nullable=False),
        sa.Column("number", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_parameter"),
    )
    op.bulk_insert(parameter, [{"name": "published_threshold", "number": 0.0}])
    op.add_column("uncatalogued", sa.Column("why", sa.Text(), nullable=False, server_default="unnamed"))
    drop_views("latest", "series")
    for view in ("series", "latest", "review"):
        create_view(revision, view)


def downgrade() -> None:
    """Back to series of everything."""
    drop_views("review", "latest", "series")
    op.drop_column("uncatalogued", "why")
    op.drop_table("parameter")
    for view in ("series", "latest"):
        create_view("0001", view)
