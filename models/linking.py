"""Give every article its original, or none: only the groups that what was loaded belongs to are looked at.

    with writing(engine) as conn:
        copies = link_copies(conn)

An edited article may leave its group or bring two together; both are among the articles that share a key with it
and those of their groups, so that the answer is that of looking at all of the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased

from models.copies import BAND, Likeness, may_be_near, near_copies, origins
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
SURE = func.max(case((MINE.key.startswith(BAND), 0), else_=1)).label("sure")
PAIRS = (
    select(MINE.article_id.label("one"), OTHER.article_id.label("other"), SURE)
    .join(OTHER, and_(OTHER.key == MINE.key, OTHER.article_id != MINE.article_id))
    .where(MINE.article_id.in_(IDS))
    .group_by(MINE.article_id, OTHER.article_id)
)
HEADS = select(func.coalesce(LikenessRow.origin_id, LikenessRow.article_id).label("head")).where(
    LikenessRow.article_id.in_(IDS)
)
COPIES = select(LikenessRow.article_id).where(LikenessRow.origin_id.in_(IDS))
SHINGLES = select(LikenessRow.article_id, LikenessRow.shingles).where(LikenessRow.article_id.in_(IDS))
POINTS = select(Observation.point).where(Observation.article_id.in_(IDS), Observation.withdrawn.is_(None)).distinct()
TOLD = (
    select(
        LikenessRow.article_id,
        LikenessRow.origin_id,
        LikenessRow.stated,
        LikenessRow.numbers,
        Article.source_id,
        Article.identity,
        ArticleVersion.published,
        ArticleVersion.url,
    )
    .join(Article, Article.id == LikenessRow.article_id)
    .join(ArticleVersion, ArticleVersion.article_id == Article.id)
    .where(ArticleVersion.superseded_at.is_(None), LikenessRow.article_id.in_(IDS))
)
Pair = tuple[int, int]


def link_copies(conn: Connection) -> frozenset[tuple[str, str]]:
    """Link the articles that changed since the last time; source and identity of those that are copies."""
    if conn.dialect.name == "postgresql":  # of two that link at once neither would see what the other does
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu copies'))"))
    waiting = {row.article_id: row.digest for row in conn.execute(WAITING)}
    if not waiting:
        return frozenset()
    pairs = _pairs(conn, waiting.keys())
    rows = list(_ask(conn, TOLD, _members(conn, waiting.keys() | set(chain.from_iterable(pairs)))))
    known = {row.article_id: _likeness(row) for row in rows}
    before = {row.article_id: row.origin_id or row.article_id for row in rows}
    after = origins(known.values(), _together(conn, known, before, waiting.keys(), pairs))
    moved = [row.article_id for row in rows if after[row.article_id] != row.origin_id]
    if moved:
        conn.execute(_change().values(origin_id=bindparam("origin")), [{"id": a, "origin": after[a]} for a in moved])
    # what was loaded while this was decided has another digest by now and goes on waiting
    conn.execute(_change().values(linked=bindparam("seen")), [{"id": a, "seen": d} for a, d in waiting.items()])
    # last, as where an article is loaded: of two that take these in another order each would wait for the other
    rank(conn, {row.point for row in _ask(conn, POINTS, set(moved))})
    return frozenset((known[a].source, known[a].identity) for a in waiting if after[a] is not None)


def _change() -> Update:
    return update(table_of(LikenessRow)).where(LikenessRow.article_id == bindparam("id"))


def _pairs(conn: Connection, articles: AbstractSet[int]) -> dict[Pair, bool]:
    """Each of these articles with every one that shares a key with it, and whether that makes them copies."""
    return {(min(one, other), max(one, other)): bool(sure) for one, other, sure in _ask(conn, PAIRS, articles)}


def _members(conn: Connection, articles: AbstractSet[int]) -> set[int]:
    """The groups of these articles."""
    heads = {row.head for row in _ask(conn, HEADS, articles)}
    return heads | {row.article_id for row in _ask(conn, COPIES, heads)}


def _together(
    conn: Connection,
    known: Mapping[int, Likeness],
    before: Mapping[int, int],
    waiting: AbstractSet[int],
    pairs: dict[Pair, bool],
) -> Iterator[Pair]:
    """Two that belong together. A group of which none changed stays whole; of another one, those that did not change
    are compared again with one another: they may have been together through what changed."""
    parted = {before[article] for article in waiting}
    left = {article for article, head in before.items() if head in parted and article not in waiting}
    yield from ((article, head) for article, head in before.items() if head not in parted)
    again = {pair: sure for pair, sure in _pairs(conn, left).items() if before.get(pair[0]) == before.get(pair[1])}
    every = pairs | again
    yield from (pair for pair, sure in every.items() if sure)
    near = [(one, other) for (one, other), sure in every.items() if not sure and may_be_near(known[one], known[other])]
    shingles = {row.article_id: row.shingles for row in _ask(conn, SHINGLES, set(chain.from_iterable(near)))}
    yield from ((one, other) for one, other in near if near_copies(known[one], known[other], shingles))


def _ask(conn: Connection, query: Select[Any], ids: AbstractSet[int]) -> Iterator[Row[Any]]:
    """The rows of a query for these ids, in lists: PostgreSQL takes a subquery for large, and scans all keys."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield from conn.execute(query, {"ids": ordered[start : start + AT_ONCE]})


def _likeness(row: Row[Any]) -> Likeness:
    return Likeness(
        id=row.article_id,
        source=row.source_id,
        identity=row.identity,
        published=row.published,
        address=page_key(row.url or row.identity),
        stated=page_key(row.stated) if row.stated else None,
        numbers=frozenset(row.numbers.split()),
    )
