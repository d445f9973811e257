"""What PostgreSQL's planner knows of tables that were empty a moment ago."""

from __future__ import annotations

from sqlalchemy import Connection, text

GROWS = ("article", "article_version", "observation", "mention", "ranked_claim", "likeness", "likeness_key")
TIMES = 4
OUTGROWN = text(f"""
    SELECT 1 FROM pg_class
    WHERE oid = to_regclass('observation')
      AND relpages * {TIMES} < pg_relation_size(oid) / current_setting('block_size')::int
""")


def learn_sizes(conn: Connection) -> None:
    """Until its autovacuum comes by, a minute later, it takes the tables of a first run for empty, and goes on reading
    all of them for each article."""
    if conn.dialect.name == "postgresql" and conn.scalar(OUTGROWN):
        conn.execute(text(f"ANALYZE {', '.join(GROWS)}"))
