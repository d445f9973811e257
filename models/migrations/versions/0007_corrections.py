"""Corrections of an operator are told where they count; indicators know which way is better; points are ranked once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.views import create_view, drop_views
from models.migrations.views.dictionary import NAME, create_dictionary
from models.migrations.views.rule import NOW, THEN
from models.types import CODE

revision = "0007"
down_revision = "0006"

READ = ("changes", "targets", "sources_of", "territory_series", "latest", "vintages", "series", "claims")
"""Views of 0006 that change, or read one that does; those that read others first."""
INDEX, CORRECTED = "ix_article_version_corrected", sa.text("corrections <> ''")


def upgrade() -> None:
    """Nothing was corrected before."""
    op.add_column("observation", sa.Column("correction", sa.Text(), nullable=False, server_default=""))
    op.add_column("article_version", sa.Column("corrections", CODE, nullable=False, server_default=""))
    op.create_index(INDEX, "article_version", ["id"], sqlite_where=CORRECTED, postgresql_where=CORRECTED)
    op.add_column("indicator", sa.Column("better", CODE))
    drop_views(NAME, *READ)
    create_view(revision, "claims")
    create_view(revision, "series", words=NOW)
    create_view(revision, "vintages", "series", THEN)
    create_view(revision, "latest")
    create_view("0003", "territory_series")
    create_view(revision, "sources_of")
    create_view("0006", "targets")
    create_view("0006", "changes")
    create_dictionary()


def downgrade() -> None:
    """What was corrected stays so, and is no longer told."""
    drop_views(NAME, *READ)
    op.drop_index(INDEX, "article_version")
    op.drop_column("observation", "correction")
    op.drop_column("article_version", "corrections")
    op.drop_column("indicator", "better")
    create_view("0006", "claims")
    create_view("0006", "series", words=NOW)
    create_view("0006", "vintages", "series", THEN)
    create_view("0003", "latest")
    create_view("0003", "territory_series")
    for view in ("sources_of", "targets", "changes"):
        create_view("0006", view)
    create_dictionary()
