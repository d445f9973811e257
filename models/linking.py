"""Give every article its original, or none: only the groups that what was loaded belongs to are looked at.

    with writing(engine) as conn:
        copies = link_copies(conn)

An edited article may leave its group or bring two together; both are among the articles that share a key with it
and those of their groups, so that the answer is that of looking at all of the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Update, bindparam, func, or_, select, text, update
from sqlalchemy.orm import aliased

from models.copies import Likeness, origins
from models.keys import page_key
from models.likeness import LikenessKey, LikenessRow
from models.tables import Article, ArticleVersion, table_of


def link_copies(conn: Connection) -> frozenset[tuple[str, str]]:
    """Link the articles that changed since the last time; source and identity of those that are copies."""
    if conn.dialect.name == "postgresql":  # of two that link at once neither would see what the other does
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu copies'))"))
    waiting = {row.article_id: row.digest for row in conn.execute(select(table_of(LikenessRow)).where(_waits()))}
    if not waiting:
        return frozenset()
    rows, keys = _members(conn)
    known = [_likeness(row, keys[row.article_id]) for row in rows]
    after = origins(known)
    moved = [row.article_id for row in rows if after[row.article_id] != row.origin_id]
    if moved:
        conn.execute(_change().values(origin_id=bindparam("origin")), [{"id": a, "origin": after[a]} for a in moved])
    # what was loaded while this was decided has another digest by now and goes on waiting
    conn.execute(_change().values(linked=bindparam("seen")), [{"id": a, "seen": d} for a, d in waiting.items()])
    return frozenset((one.source, one.identity) for one in known if one.id in waiting and after[one.id] is not None)


def _waits() -> ColumnElement[bool]:
    return or_(LikenessRow.linked.is_(None), LikenessRow.linked != LikenessRow.digest)


def _change() -> Update:
    return update(table_of(LikenessRow)).where(LikenessRow.article_id == bindparam("id"))


def _members(conn: Connection) -> tuple[list[Row[Any]], dict[int, set[str]]]:
    """The articles that wait, those that share a key with one of them, the groups of all these; and their keys."""
    members = _member_ids()
    keys: defaultdict[int, set[str]] = defaultdict(set)
    shared = select(LikenessKey.article_id, LikenessKey.key).where(LikenessKey.article_id.in_(members))
    for article, key in conn.execute(shared):
        keys[article].add(key)
    facts = (Article.source_id, Article.identity, ArticleVersion.published, ArticleVersion.url)
    told = (
        select(*table_of(LikenessRow).c, *facts)
        .join(Article, Article.id == LikenessRow.article_id)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(ArticleVersion.superseded_at.is_(None), LikenessRow.article_id.in_(members))
    )
    return list(conn.execute(told)), keys


def _member_ids() -> Select[tuple[int]]:
    mine, other = aliased(LikenessKey), aliased(LikenessKey)
    waiting = select(LikenessRow.article_id).where(_waits())
    near = select(other.article_id).join(mine, mine.key == other.key).where(mine.article_id.in_(waiting))
    seen = LikenessRow.article_id.in_(waiting.union(near))
    groups = select(func.coalesce(LikenessRow.origin_id, LikenessRow.article_id)).where(seen)
    in_them = or_(LikenessRow.article_id.in_(groups), LikenessRow.origin_id.in_(groups))
    return select(LikenessRow.article_id).where(in_them)


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
