"""Copies are linked to their original: what articles are compared by; the views that keep to it come with 0006."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import CODE

revision = "0005"
down_revision = "0004"

WAITING = sa.text("linked IS NULL OR linked <> digest")
FIRST_OF_EQUALS = """
    INSERT INTO likeness (article_id, origin_id, numbers, shingles, digest, linked)
    SELECT id, CASE WHEN first_id <> id THEN first_id END, '', {nothing}, '', ''
    FROM (
        SELECT a.id, first_value(a.id) OVER (
            PARTITION BY CASE WHEN v.text = '' THEN a.identity || ' ' || a.source_id ELSE v.text_hash END
            ORDER BY v.published NULLS LAST, a.source_id, a.identity
        ) AS first_id
        FROM article a
        JOIN article_version v ON v.article_id = a.id AND v.superseded_at IS NULL
    ) equals
"""
KEYS_OF_TEXTS = """
    INSERT INTO likeness_key (key, article_id)
    SELECT 'text:' || text_hash, article_id FROM article_version WHERE superseded_at IS NULL AND text <> ''
"""


def upgrade() -> None:
    """Equal texts are copies as before; near copies and what a page states are found when it is read again."""
    _likeness()
    _keys()
    nothing = "''::bytea" if op.get_bind().dialect.name == "postgresql" else "x''"
    op.execute(sa.text(FIRST_OF_EQUALS.format(nothing=nothing).replace(":", "\\:")))
    op.execute(sa.text(KEYS_OF_TEXTS.replace(":", "\\:")))


def downgrade() -> None:
    """Back to copies by equal text alone."""
    op.drop_table("likeness_key")
    op.drop_table("likeness")


def _likeness() -> None:
    op.create_table(
        "likeness",
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id", name="fk_likeness_article_id")),
        sa.Column("origin_id", sa.Integer(), sa.ForeignKey("likeness.article_id", name="fk_likeness_origin_id")),
        sa.Column("stated", sa.Text()),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        sa.Column("digest", CODE, nullable=False),
        sa.Column("linked", CODE),
        sa.PrimaryKeyConstraint("article_id", name="pk_likeness"),
    )
    op.create_index("ix_likeness_origin_id", "likeness", ["origin_id"])
    op.create_index("ix_likeness_waiting", "likeness", ["article_id"], sqlite_where=WAITING, postgresql_where=WAITING)


def _keys() -> None:
    owner = sa.ForeignKey("likeness.article_id", name="fk_likeness_key_article_id")
    op.create_table(
        "likeness_key",
        sa.Column("key", CODE, nullable=False),
        sa.Column("article_id", sa.Integer(), owner, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_likeness_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_key_article_id", "likeness_key", ["article_id"])
