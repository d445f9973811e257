"""What became of the corrections of articles: the digest of those that were applied, and what was said of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine, or_, select

from models.database import reading
from models.tables import Article, ArticleVersion, Finding


@dataclass(frozen=True, slots=True)
class CorrectedArticle:
    """An article as it stands; `findings` are names of checks with what they say, in their order."""

    source: str
    identity: str
    digest: str
    findings: tuple[tuple[str, str], ...]


def corrected_articles(engine: Engine, named: Collection[str], checks: Collection[str]) -> list[CorrectedArticle]:
    """Articles that were corrected, and those with a name of `named`; with their findings by `checks`."""
    current = (
        select(Article.source_id, Article.identity, ArticleVersion.id, ArticleVersion.corrections)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(ArticleVersion.superseded_at.is_(None))
        .where(or_(ArticleVersion.corrections != "", Article.identity.in_(named)))
        .order_by(Article.source_id, Article.identity)
    )
    with reading(engine) as conn:
        versions = conn.execute(current).all()
        ids = [row.id for row in versions]
        said = select(Finding.version_id, Finding.check_name, Finding.message).where(Finding.version_id.in_(ids))
        told = conn.execute(said.where(Finding.check_name.in_(checks)).order_by(Finding.id)).all()
    return [
        CorrectedArticle(source, identity, digest, tuple((c, m) for version, c, m in told if version == id))
        for source, identity, id, digest in versions
    ]
