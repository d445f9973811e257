"""Articles as they stand, each with all that it says: claims and where it says them, what became none, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from models.database import reading
from models.rows import ClaimRow, row_from
from models.tables import Article, ArticleVersion, Finding, MentionRow, Observation, Source, Uncatalogued, table_of

AT_ONCE = 200
"""Articles a query."""
Place = tuple[int, int, str]
"""Where the text says a claim, half open, and its words."""


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """A claim that an article makes, and every place that says it, from left to right."""

    row: ClaimRow
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftFigure:
    """A figure that became no claim, as table `uncatalogued` has it."""

    char_start: int
    char_end: int
    quote: str
    value_text: str
    unit: str
    label: str
    why: str
    place: str
    candidates: str


@dataclass(frozen=True, slots=True)
class StandingArticle:
    """The current version of an article. `findings` are check, message and the keys of the claims concerned; `blocks`
    and `evidence` are those of table `article_version`."""

    source: str
    source_name: str
    identity: str
    title: str | None
    published: date | None
    url: str | None
    locality: str | None
    archive_path: str | None
    text: str
    author: str | None
    blocks: list[list[Any]]
    evidence: dict[str, dict[str, Any]]
    extractor_version: str
    claims: tuple[StandingClaim, ...] = ()
    left: tuple[LeftFigure, ...] = ()
    findings: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim, and the source and identity of its article."""

    source: str
    article: str
    row: ClaimRow


_VERSION = (
    *("title", "published", "url", "locality", "archive_path", "text"),
    *("author", "blocks", "evidence", "extractor_version"),
)
_CURRENT = (
    select(
        ArticleVersion.id.label("version"),
        ArticleVersion.article_id,
        Article.source_id.label("source"),
        Source.name.label("source_name"),
        Article.identity,
        *(getattr(ArticleVersion, name) for name in _VERSION),
    )
    .join(Article, Article.id == ArticleVersion.article_id)
    .join(Source, Source.id == Article.source_id)
    .where(ArticleVersion.superseded_at.is_(None), ArticleVersion.text != "")
)


def standing_articles(engine: Engine) -> Iterator[StandingArticle]:
    """Every article that has words, in the order in which they came; those that are gone have none."""
    last = 0
    while True:
        with reading(engine) as conn:
            batch = _CURRENT.where(ArticleVersion.article_id > last).order_by(ArticleVersion.article_id)
            rows = conn.execute(batch.limit(AT_ONCE)).all()
            found = list(_whole(conn, rows))
        yield from found
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].article_id


def new_claims(engine: Engine, run_id: int, *, limit: int) -> tuple[int, list[NewClaim]]:
    """How many claims a run brought that still stand, and the first of them that are no arithmetic."""
    here = (Observation.first_run_id == run_id, Observation.withdrawn.is_(None), ~Observation.derived)
    said = select(Article.source_id.label("of_source"), Article.identity.label("of_article"), *table_of(Observation).c)
    order = (Article.source_id, Article.identity, Observation.indicator, Observation.locality, Observation.key)
    with reading(engine) as conn:
        count = conn.scalar(select(func.count()).select_from(Observation).where(*here)) or 0
        rows = conn.execute(said.join(Article).where(*here).order_by(*order).limit(limit))
        return count, [NewClaim(row.of_source, row.of_article, row_from(row)) for row in rows]


def _whole(conn: Connection, rows: Sequence[Any]) -> Iterator[StandingArticle]:
    versions = [row.version for row in rows]
    claims, left, findings = _claims(conn, rows), _left(conn, versions), _findings(conn, versions)
    for row in rows:
        told = {name: getattr(row, name) for name in ("source", "source_name", "identity", *_VERSION)}
        yield StandingArticle(
            **told,
            claims=tuple(claims[row.article_id]),
            left=tuple(left[row.version]),
            findings=tuple(findings[row.version]),
        )


def _claims(conn: Connection, rows: Sequence[Any]) -> dict[int, list[StandingClaim]]:
    here = [row.article_id for row in rows]
    open_claims = select(table_of(Observation)).where(Observation.article_id.in_(here), Observation.withdrawn.is_(None))
    places: dict[int, list[Place]] = defaultdict(list)
    said = select(MentionRow).where(MentionRow.version_id.in_([row.version for row in rows]))
    for one in conn.execute(said.with_only_columns(*table_of(MentionRow).c)):
        places[one.observation_id].append((one.char_start, one.char_end, one.quote))
    found: dict[int, list[StandingClaim]] = defaultdict(list)
    for claim in conn.execute(open_claims.order_by(Observation.article_id, Observation.key)):
        found[claim.article_id].append(StandingClaim(row_from(claim), tuple(sorted(places[claim.id]))))
    return found


def _left(conn: Connection, versions: Sequence[int]) -> dict[int, list[LeftFigure]]:
    columns = (getattr(Uncatalogued, name) for name in LeftFigure.__slots__)
    query = select(Uncatalogued.version_id, *columns).where(Uncatalogued.version_id.in_(versions))
    found: dict[int, list[LeftFigure]] = defaultdict(list)
    for version, *slots in conn.execute(query.order_by(Uncatalogued.char_start, Uncatalogued.id)):
        found[version].append(LeftFigure(*slots))
    return found


def _findings(conn: Connection, versions: Sequence[int]) -> dict[int, list[tuple[str, str, tuple[str, ...]]]]:
    query = select(Finding.version_id, Finding.check_name, Finding.message, Finding.claim_keys)
    found: dict[int, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for version, check, message, keys in conn.execute(
        query.where(Finding.version_id.in_(versions)).order_by(Finding.id)
    ):
        found[version].append((check, message, tuple(keys)))
    return found
