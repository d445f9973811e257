"""What became of corrections: the digest of those that were applied to an article, what was said of each, and how many
claims bear one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Select, func, literal_column, select, true

from models.database import reading
from models.tables import Article, ArticleVersion, Finding, Observation


@dataclass(frozen=True, slots=True)
class CorrectedArticle:
    """An article as it stands; `findings` are names of checks with what they say, in their order."""

    source: str
    identity: str
    digest: str
    findings: tuple[tuple[str, str], ...]
    text: str


def corrected_articles(
    engine: Engine, named: Collection[str], checks: Collection[str], wanted: Callable[[str], bool] | None = None
) -> list[CorrectedArticle]:
    """Articles that were corrected, those with a name of `named`, and those whose text is wanted; with their findings
    by `checks`."""
    corrected = ArticleVersion.corrections != literal_column("''")  # as the index has it, which SQLite asks for
    said = (
        select(Finding.version_id, Finding.check_name, Finding.message)
        .join(ArticleVersion, ArticleVersion.id == Finding.version_id)
        .where(ArticleVersion.superseded_at.is_(None), Finding.check_name.in_(checks))
        .order_by(Finding.id)
    )
    told = defaultdict[int, list[tuple[str, str]]](list)
    with reading(engine) as conn:
        versions = {row for where in (corrected, Article.identity.in_(named)) for row in conn.execute(_current(where))}
        if wanted:
            every = conn.execute(_current(true()).execution_options(yield_per=500))
            versions |= {row for row in every if wanted(row.text)}
        for version, check, message in conn.execute(said):
            told[version].append((check, message))
    return [
        CorrectedArticle(source, identity, digest, tuple(told[id]), text)
        for source, identity, id, digest, text in sorted(versions)
    ]


def _current(where: ColumnElement[bool]) -> Select[tuple[str, str, int, str, str]]:
    return (
        select(Article.source_id, Article.identity, ArticleVersion.id, ArticleVersion.corrections, ArticleVersion.text)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(ArticleVersion.superseded_at.is_(None), where)
    )


def claims_by_note(engine: Engine, beginning: str) -> dict[str, int]:
    """How many claims that stand bear each correction that begins so."""
    notes = (
        select(Observation.correction, func.count())
        .where(Observation.correction.startswith(beginning, autoescape=True), Observation.withdrawn.is_(None))
        .group_by(Observation.correction)
    )
    with reading(engine) as conn:
        return dict(conn.execute(notes).tuples().all())
