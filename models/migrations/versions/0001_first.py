"""The first tables and views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.views import create_view, drop_views
from models.types import CODE, ExactNumber, UtcTime

revision = "0001"
down_revision = None

VIEWS = ("claims", "series", "latest")
CURRENT = sa.text("superseded_at IS NULL")
OPEN = sa.text("withdrawn IS NULL")


def upgrade() -> None:
    """Make the tables, then the views that read them."""
    _catalogue()
    _ledger()
    _articles()
    _claims()
    _details()
    for view in VIEWS:
        create_view(revision, view)


def downgrade() -> None:
    """Remove everything, the last made first."""
    drop_views(*reversed(VIEWS))
    for table in (
        "finding",
        "uncatalogued",
        "mention",
        "observation",
        "article_version",
        "article",
        "run_source",
        "run",
        "indicator",
        "locality",
        "source",
    ):
        op.drop_table(table)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _code(name: str, *constraints: sa.ForeignKey, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, CODE, *constraints, nullable=null)


def _number(name: str, *constraints: sa.ForeignKey, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), *constraints, nullable=null)


def _catalogue() -> None:
    op.create_table(
        "source",
        _code("id"),
        _text("name"),
        _text("url", null=True),
        _code("locality", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
    op.create_table(
        "locality",
        _code("code"),
        _text("name"),
        _text("short_name"),
        _text("type"),
        _text("tier"),
        _code("parent", null=True),
        _code("province", null=True),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("code", name="pk_locality"),
    )
    op.create_table(
        "indicator",
        _code("code"),
        _text("name_vi"),
        _text("name_en"),
        _text("unit"),
        sa.PrimaryKeyConstraint("code", name="pk_indicator"),
    )


def _ledger() -> None:
    op.create_table(
        "run",
        _number("id"),
        _text("kind"),
        sa.Column("started", UtcTime(), nullable=False),
        sa.Column("ended", UtcTime()),
        _text("state"),
        _text("note"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    counts = ("listed", "fetched", "new", "changed", "unchanged", "failed", "added", "withdrawn", "findings")
    op.create_table(
        "run_source",
        _number("run_id", sa.ForeignKey("run.id", ondelete="CASCADE", name="fk_run_source_run_id")),
        _code("source_id", sa.ForeignKey("source.id", name="fk_run_source_source_id")),
        *(_number(name) for name in counts),
        _text("error", null=True),
        sa.PrimaryKeyConstraint("run_id", "source_id", name="pk_run_source"),
    )


def _articles() -> None:
    op.create_table(
        "article",
        _number("id"),
        _code("source_id", sa.ForeignKey("source.id", name="fk_article_source_id")),
        _code("identity"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("source_id", "identity", name="uq_article_source_id_identity"),
    )
    op.create_table(
        "article_version",
        _number("id"),
        _number("article_id", sa.ForeignKey("article.id", name="fk_article_version_article_id")),
        _code("content_hash"),
        _code("text_hash"),
        sa.Column("fetched_at", UtcTime(), nullable=False),
        sa.Column("superseded_at", UtcTime()),
        _text("title", null=True),
        sa.Column("published", sa.Date()),
        _text("url", null=True),
        _code("locality", null=True),
        _text("archive_path", null=True),
        _text("text"),
        sa.Column("layers", sa.JSON(), nullable=False),
        _text("extractor_version"),
        sa.PrimaryKeyConstraint("id", name="pk_article_version"),
        sa.UniqueConstraint(
            "article_id", "fetched_at", "content_hash", name="uq_article_version_article_id_fetched_at_content_hash"
        ),
    )
    op.create_index(
        "uq_article_version_current",
        "article_version",
        ["article_id"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def _claims() -> None:
    op.create_table(
        "observation",
        _number("id"),
        _number("article_id", sa.ForeignKey("article.id", name="fk_observation_article_id")),
        _code("key"),
        _code("point"),
        _code("locality", sa.ForeignKey("locality.code", name="fk_observation_locality")),
        _code("scope"),
        _code("indicator", sa.ForeignKey("indicator.code", name="fk_observation_indicator")),
        _code("breakdown"),
        _code("period"),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        *(_code(name) for name in ("freq", "time_period", "status", "measure", "base")),
        sa.Column("value", ExactNumber()),
        _code("value_text"),
        _text("printed"),
        _code("unit"),
        sa.Column("out_of", ExactNumber()),
        _text("among", null=True),
        _code("bound"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        _text("extractor_version"),
        sa.Column("first_seen", UtcTime(), nullable=False),
        _number("first_run_id", sa.ForeignKey("run.id", name="fk_observation_first_run_id"), null=True),
        sa.Column("withdrawn", UtcTime()),
        _number("withdrawn_run_id", sa.ForeignKey("run.id", name="fk_observation_withdrawn_run_id"), null=True),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
    )
    op.create_index("ix_observation_point", "observation", ["point"])
    op.create_index("ix_observation_locality_indicator", "observation", ["locality", "indicator"])
    op.create_index(
        "uq_observation_open",
        "observation",
        ["article_id", "key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _details() -> None:
    op.create_table(
        "mention",
        _number("observation_id", sa.ForeignKey("observation.id", name="fk_mention_observation_id")),
        _number("version_id", sa.ForeignKey("article_version.id", name="fk_mention_version_id")),
        _number("char_start"),
        _number("char_end"),
        _text("quote"),
        sa.PrimaryKeyConstraint("observation_id", "version_id", "char_start", "char_end", name="pk_mention"),
    )
    op.create_index("ix_mention_version_id", "mention", ["version_id"])
    op.create_table(
        "uncatalogued",
        _number("id"),
        _number("version_id", sa.ForeignKey("article_version.id", name="fk_uncatalogued_version_id")),
        _number("char_start"),
        _number("char_end"),
        _text("quote"),
        _code("value_text"),
        _text("unit"),
        _text("label"),
        sa.PrimaryKeyConstraint("id", name="pk_uncatalogued"),
    )
    op.create_index("ix_uncatalogued_version_id", "uncatalogued", ["version_id"])
    op.create_table(
        "finding",
        _number("id"),
        _number("version_id", sa.ForeignKey("article_version.id", name="fk_finding_version_id")),
        _text("check_name"),
        _text("message"),
        sa.Column("claim_keys", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_version_id", "finding", ["version_id"])
