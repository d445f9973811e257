"""Give every article its original, or none: only the groups that what was loaded belongs to are looked at.

    with writing(engine) as conn:
        copies = link_copies(conn)

An edited article may leave its group or bring two together; both are among the articles that share a key with it
and those of their groups, so that the answer is that of looking at all of the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Update,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased

from models.copies import Likeness, origins
from models.keys import page_key
from models.likeness import LikenessKey, LikenessRow
from models.ranking import rank
from models.tables import Article, ArticleVersion, Observation, table_of

WAITING = select(LikenessRow.article_id, LikenessRow.digest).where(
    or_(LikenessRow.linked.is_(None), LikenessRow.linked != LikenessRow.digest)
)
AT_ONCE = 100
"""Articles a query."""
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
MINE, OTHER = aliased(LikenessKey), aliased(LikenessKey)
NEIGHBOURS = select(OTHER.article_id).join(MINE, MINE.key == OTHER.key).where(MINE.article_id.in_(IDS)).distinct()
HEADS = select(func.coalesce(LikenessRow.origin_id, LikenessRow.article_id).label("head")).where(
    LikenessRow.article_id.in_(IDS)
)
COPIES = select(LikenessRow.article_id).where(LikenessRow.origin_id.in_(IDS))
KEYS = select(LikenessKey.article_id, LikenessKey.key).where(LikenessKey.article_id.in_(IDS))
POINTS = select(Observation.point).where(Observation.article_id.in_(IDS), Observation.withdrawn.is_(None)).distinct()
TOLD = (
    select(*table_of(LikenessRow).c, Article.source_id, Article.identity, ArticleVersion.published, ArticleVersion.url)
    .join(Article, Article.id == LikenessRow.article_id)
    .join(ArticleVersion, ArticleVersion.article_id == Article.id)
    .where(ArticleVersion.superseded_at.is_(None), LikenessRow.article_id.in_(IDS))
)


def link_copies(conn: Connection) -> frozenset[tuple[str, str]]:
    """Link the articles that changed since the last time; source and identity of those that are copies."""
    if conn.dialect.name == "postgresql":  # of two that link at once neither would see what the other does
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu copies'))"))
    waiting = {row.article_id: row.digest for row in conn.execute(WAITING)}
    if not waiting:
        return frozenset()
    members = _members(conn, waiting.keys())
    rows, keys = list(_ask(conn, TOLD, members)), _keys(conn, members)
    known = [_likeness(row, keys[row.article_id]) for row in rows]
    after = origins(known, waiting.keys(), {row.article_id: row.origin_id or row.article_id for row in rows})
    moved = [row.article_id for row in rows if after[row.article_id] != row.origin_id]
    if moved:
        conn.execute(_change().values(origin_id=bindparam("origin")), [{"id": a, "origin": after[a]} for a in moved])
    # what was loaded while this was decided has another digest by now and goes on waiting
    conn.execute(_change().values(linked=bindparam("seen")), [{"id": a, "seen": d} for a, d in waiting.items()])
    # last, as where an article is loaded: of two that take these in another order each would wait for the other
    rank(conn, {row.point for row in _ask(conn, POINTS, set(moved))})
    return frozenset((one.source, one.identity) for one in known if one.id in waiting and after[one.id] is not None)


def _change() -> Update:
    return update(table_of(LikenessRow)).where(LikenessRow.article_id == bindparam("id"))


def _members(conn: Connection, waiting: AbstractSet[int]) -> set[int]:
    """The articles that wait, those that share a key with one of them, and the groups of all these."""
    near = waiting | {row.article_id for row in _ask(conn, NEIGHBOURS, waiting)}
    heads = {row.head for row in _ask(conn, HEADS, near)}
    return heads | {row.article_id for row in _ask(conn, COPIES, heads)}


def _keys(conn: Connection, articles: AbstractSet[int]) -> dict[int, set[str]]:
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for article, key in _ask(conn, KEYS, articles):
        keys[article].add(key)
    return keys


def _ask(conn: Connection, query: Select[Any], ids: AbstractSet[int]) -> Iterator[Row[Any]]:
    """The rows of a query for these ids, in lists: PostgreSQL takes a subquery for large, and scans all keys."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield from conn.execute(query, {"ids": ordered[start : start + AT_ONCE]})


def _likeness(row: Row[Any], keys: AbstractSet[str]) -> Likeness:
    return Likeness(
        id=row.article_id,
        source=row.source_id,
        identity=row.identity,
        published=row.published,
        address=page_key(row.url or row.identity),
        stated=page_key(row.stated) if row.stated else None,
        keys=frozenset(keys),
        numbers=frozenset(row.numbers.split()),
        shingles=row.shingles,
    )
