"""What became of corrections: the digest of those that were applied to an article, what was said of each, and how many
claims bear one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, or_, select, text

from models.database import reading
from models.tables import Article, ArticleVersion, Finding, Observation

_CORRECTED = select(ArticleVersion.id).where(text("corrections <> ''"))
"""From the index alone, without the texts."""
_AT_ONCE = 500


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
    """Articles that were corrected, those with a name of `named`, and those whose text is wanted, for which every text
    is read; with their findings by `checks`."""
    current = (
        select(Article.source_id, Article.identity, ArticleVersion.corrections, ArticleVersion.text, ArticleVersion.id)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(ArticleVersion.superseded_at.is_(None))
        .order_by(Article.source_id, Article.identity)
    )
    if wanted is None:
        current = current.where(or_(ArticleVersion.id.in_(_CORRECTED), Article.identity.in_(named)))
    with reading(engine) as conn:
        every = conn.execute(current.execution_options(yield_per=_AT_ONCE))
        rows = [r for r in every if wanted is None or r.corrections or r.identity in named or wanted(r.text)]
        told = _told(conn, [row.id for row in rows], checks)
    return [CorrectedArticle(r.source_id, r.identity, r.corrections, tuple(told[r.id]), r.text) for r in rows]


def _told(conn: Connection, ids: Sequence[int], checks: Collection[str]) -> Mapping[int, Sequence[tuple[str, str]]]:
    """The findings of these versions by some checks."""
    told = defaultdict[int, list[tuple[str, str]]](list)
    for start in range(0, len(ids), _AT_ONCE):
        its = Finding.version_id.in_(ids[start : start + _AT_ONCE])
        said = select(Finding.version_id, Finding.check_name, Finding.message).where(its)
        for version, check, message in conn.execute(said.where(Finding.check_name.in_(checks)).order_by(Finding.id)):
            told[version].append((check, message))
    return told


def claims_by_note(engine: Engine) -> dict[str, int]:
    """How many claims that stand bear each correction."""
    notes = (
        select(Observation.correction, func.count())
        .where(Observation.correction != "", Observation.withdrawn.is_(None))
        .group_by(Observation.correction)
    )
    with reading(engine) as conn:
        return dict(conn.execute(notes).tuples().all())
