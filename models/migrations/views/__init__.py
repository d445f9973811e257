"""Views are SQL files, one folder a revision that changed them: `views/0001/NAME.sql`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from alembic import op

HERE = Path(__file__).parent


def create_view(revision: str, name: str, text_of: str | None = None, words: Mapping[str, str] | None = None) -> None:
    """The file is a comment that says what a row is, then the query; PostgreSQL keeps the comment too.

    Two views may share the text of one, `text_of`, in which `words` stand for what is in {braces}.
    """
    text = (HERE / revision / f"{text_of or name}.sql").read_text(encoding="utf-8")
    text = text.format(**words) if words else text
    op.execute(plain(f"CREATE VIEW {name} AS\n{text}"))
    comment("VIEW", name, "\n".join(line[3:] for line in text.splitlines() if line.startswith("-- ")))


def comment(kind: str, name: str, words: str) -> None:
    """What PostgreSQL keeps beside a view or a column; SQLite keeps no such thing."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(plain(f"COMMENT ON {kind} {name} IS {quoted(words)}"))


def quoted(words: str) -> str:
    """Words as SQL writes them."""
    return "'" + words.replace("'", "''") + "'"


def drop_views(*names: str) -> None:
    """In the order given: first those that read the others."""
    for name in names:
        op.execute(f"DROP VIEW {name}")


def plain(statement: str) -> sa.TextClause:
    """A statement in which a colon is a colon."""
    return sa.text(statement.replace(":", "\\:"))
