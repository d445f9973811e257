"""Views are SQL files, one folder a revision that changed them: `views/0001/NAME.sql`."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op


def create_view(revision: str, name: str) -> None:
    """The file is a comment that says what a row is, then the query; PostgreSQL keeps the comment too."""
    text = (Path(__file__).parent / revision / f"{name}.sql").read_text(encoding="utf-8")
    op.execute(sa.text(f"CREATE VIEW {name} AS\n{text}".replace(":", "\\:")))
    if op.get_bind().dialect.name == "postgresql":
        words = "\n".join(line[3:] for line in text.splitlines() if line.startswith("-- "))
        quoted = words.replace("'", "''").replace(":", "\\:")
        op.execute(sa.text(f"COMMENT ON VIEW {name} IS '{quoted}'"))


def drop_views(*names: str) -> None:
    """In the order given: first those that read the others."""
    for name in names:
        op.execute(f"DROP VIEW {name}")
