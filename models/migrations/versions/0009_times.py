"""Parts of fingerprints are compared within a time: a paper's monthly reports were all compared with one another."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

from models.types import CODE

revision = "0009"
down_revision = "0008"

KEYS = sa.table("likeness_key", sa.column("key", CODE), sa.column("article_id", sa.Integer))
VERSION = sa.table(
    "article_version", sa.column("article_id"), sa.column("published", sa.Date), sa.column("superseded_at")
)
BAND, EQUAL, DAYS = "band:", "band:equal:", 31
AT_ONCE = 50_000


def upgrade() -> None:
    """Copies without a date are found again when they are read again."""
    conn = op.get_bind()
    dated = (
        sa.select(KEYS.c.key, KEYS.c.article_id, VERSION.c.published)
        .join(VERSION, VERSION.c.article_id == KEYS.c.article_id)
        .where(VERSION.c.superseded_at.is_(None), VERSION.c.published.is_not(None), KEYS.c.key.like(f"{BAND}%"))
    )
    rows = [
        {"key": f"{BAND}{time}:{key.removeprefix(BAND)}", "article_id": article}
        for key, article, published in conn.execute(dated)
        for time in _times(published)
    ]
    conn.execute(sa.delete(KEYS).where(KEYS.c.key.like(f"{BAND}%")))
    for start in range(0, len(rows), AT_ONCE):
        conn.execute(sa.insert(KEYS), rows[start : start + AT_ONCE])


def downgrade() -> None:
    conn = op.get_bind()
    timed = sa.select(KEYS).where(KEYS.c.key.like(f"{BAND}%"), KEYS.c.key.not_like(f"{EQUAL}%"))
    rows = {(BAND + key.rpartition(":")[2], article) for key, article in conn.execute(timed)}
    conn.execute(sa.delete(KEYS).where(KEYS.c.key.like(f"{BAND}%")))
    if rows:
        conn.execute(sa.insert(KEYS), [{"key": key, "article_id": article} for key, article in sorted(rows)])


def _times(published: date) -> tuple[int, int]:
    span = published.toordinal() // DAYS
    return span, span + 1
