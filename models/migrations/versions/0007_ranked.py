"""Claims are ranked when they are loaded, not when series are asked for; corrections are told where they count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.views import create_view, drop_views
from models.migrations.views.dictionary import NAME, create_dictionary
from models.migrations.views.rule import NOW, POINTS_NOW, POINTS_THEN, THEN
from models.types import CODE
from models.wide import make_wide

revision = "0007"
down_revision = "0006"

READ = (
    "changes",
    "targets",
    "sources_of",
    "territory_series",
    "latest",
    "vintages",
    "series",
    "chosen_claim",
    "claims",
)
"""Views of 0006 that change, or read one that does; those that read others first."""
RANK = """
    INSERT INTO ranked_claim (claim_id, place, claims, sources, different_values, lost_by, newest)
    SELECT claim_id, place, claims, sources, different_values, lost_by, false FROM ranking
"""
KEEP_BREAKS = """
    INSERT INTO series_break (locality, words)
    SELECT locality, series_break FROM locality_break WHERE series_break <> ''
"""
INDEX, CORRECTED = "ix_article_version_corrected", sa.text("corrections <> ''")
FIND_NEWEST = "UPDATE ranked_claim SET newest = true WHERE claim_id IN (SELECT claim_id FROM newest_claim)"


def upgrade() -> None:
    """Every claim that stands gets its place; nothing was corrected before."""
    op.add_column("observation", sa.Column("correction", sa.Text(), nullable=False, server_default=""))
    op.add_column("article_version", sa.Column("corrections", CODE, nullable=False, server_default=""))
    op.create_index(INDEX, "article_version", ["id"], sqlite_where=CORRECTED, postgresql_where=CORRECTED)
    op.add_column("indicator", sa.Column("better", CODE))
    drop_views(NAME, *READ, "ranked_claim_then", "ranked_claim")
    _ranked_claim()
    _series_break()
    create_view(revision, "ranking", words=NOW)
    create_view(revision, "ranking_then", "ranking", THEN)
    create_view(revision, "newest_claim")
    op.execute(RANK)
    op.execute(FIND_NEWEST)
    op.execute(KEEP_BREAKS)
    create_view(revision, "chosen_claim")
    create_view(revision, "claims")
    create_view(revision, "series", words=POINTS_NOW)
    create_view(revision, "vintages", "series", POINTS_THEN)
    create_view(revision, "latest")
    create_view("0003", "territory_series")
    create_view(revision, "sources_of")
    create_view(revision, "targets")
    create_view("0006", "changes")
    create_dictionary(with_wide=True)
    make_wide(op.get_bind())


def downgrade() -> None:
    """What was corrected stays so, and is no longer told."""
    drop_views(NAME, "wide", *READ, "newest_claim", "ranking_then", "ranking")
    op.drop_table("series_break")
    op.drop_table("ranked_claim")
    op.drop_index(INDEX, "article_version")
    op.drop_column("observation", "correction")
    op.drop_column("article_version", "corrections")
    op.drop_column("indicator", "better")
    create_view("0006", "ranked_claim", words=NOW)
    create_view("0006", "ranked_claim_then", "ranked_claim", THEN)
    create_view("0006", "chosen_claim")
    create_view("0006", "claims")
    create_view("0006", "series", words=NOW)
    create_view("0006", "vintages", "series", THEN)
    create_view("0003", "latest")
    create_view("0003", "territory_series")
    for view in ("sources_of", "targets", "changes"):
        create_view("0006", view)
    create_dictionary()


def _ranked_claim() -> None:
    op.create_table(
        "ranked_claim",
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("observation.id", name="fk_ranked_claim_claim_id")),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("different_values", sa.Integer(), nullable=False),
        sa.Column("lost_by", CODE),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_ranked_claim"),
    )
    newest = sa.text("newest")
    op.create_index(
        "ix_ranked_claim_newest", "ranked_claim", ["claim_id"], sqlite_where=newest, postgresql_where=newest
    )


def _series_break() -> None:
    op.create_table(
        "series_break",
        sa.Column("locality", CODE, sa.ForeignKey("locality.id", name="fk_series_break_locality")),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("locality", name="pk_series_break"),
    )
