"""Everything that does not add up: what was found while reading (table `finding`), and what the series contradict.

The second kind is worked out when it is asked for, from what articles say now: an edit or a replay changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, MetaData, Select, Table, and_, func, select

from models.contradictions import Contradiction, Told, disagreement, jumps, missed_targets
from models.database import reading
from models.likeness import LikenessRow
from models.names import find_indicators, find_localities
from models.tables import Article, ArticleVersion, Finding, Indicator, Locality, MentionRow, Parameter
from models.tables import Observation as Row
from models.types import CODE

_SERIES = Table("series", MetaData(), *(Column(n, CODE) for n in ("locality", "indicator", "source", "article", "key")))
_BATCH = 500

Wanted = Mapping[str, Sequence[str]]
"""The localities and indicators that are asked for, where some are."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What does not add up, with the claims it is about. The article is that of a finding made while reading."""

    check: str
    message: str
    claims: tuple[Told, ...]
    source: str | None = None
    article: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None


def findings(
    engine: Engine, *, locality: str | None = None, indicator: str | None = None, check: str | None = None
) -> list[FindingRow]:
    """First what was found while reading, article by article, then disagreements, jumps, and targets beside actuals.

    `locality` and `indicator` are those of a claim of it, as `series` takes them; UnknownName if there is none.
    """
    wanted: dict[str, Sequence[str]] = {}
    if locality:
        wanted["locality"] = find_localities(engine, locality)
    if indicator:
        wanted["indicator"] = find_indicators(engine, indicator)
    with reading(engine) as conn:
        found = [*_stored(conn, wanted), *(FindingRow(*one) for one in _contradictions(conn, wanted))]
    return [row for row in found if check in (None, row.check)]


def _contradictions(conn: Connection, wanted: Wanted) -> Iterator[Contradiction]:
    yield from filter(None, map(disagreement, _disputed(conn, wanted)))
    points = _told(conn, _of_series(wanted).where(Row.measure == "level"), wanted)
    yield from jumps(points)
    yield from missed_targets(points)


def _stored(conn: Connection, wanted: Wanted) -> Iterator[FindingRow]:
    """The findings of current versions, with those of their claims that still stand."""
    about = (Article.source_id, Article.identity, ArticleVersion.title, ArticleVersion.published, ArticleVersion.url)
    query = (
        select(Article.id, Finding.check_name, Finding.message, Finding.claim_keys, *about)
        .join(ArticleVersion, ArticleVersion.id == Finding.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(ArticleVersion.superseded_at.is_(None))
        .order_by(Article.source_id, Article.identity, Finding.id)
    )
    rows = conn.execute(query).all()
    claims = _claims_of(conn, {row.id for row in rows if row.claim_keys})
    for id, check, message, keys, *article in rows:
        told = tuple(claims[id, key] for key in keys if (id, key) in claims)
        if not wanted or any(_fits(one, wanted) for one in told):
            yield FindingRow(check, message, told, *article)


def _fits(told: Told, wanted: Wanted) -> bool:
    return all(getattr(told, name) in codes for name, codes in wanted.items())


def _claims_of(conn: Connection, articles: Iterable[int]) -> dict[tuple[int, str], Told]:
    """The claims that these articles make, by article and key."""
    ids, found = sorted(articles), []
    for start in range(0, len(ids), _BATCH):
        found += _told(conn, _claims().where(Row.article_id.in_(ids[start : start + _BATCH])), {})
    return {(told.article_id, told.key): told for told in found}


def _disputed(conn: Connection, wanted: Wanted) -> Iterator[list[Told]]:
    """The claims of each point that is told differently, as far as series show them; the earlier ones first."""
    shown = Row.confidence >= select(Parameter.number).where(Parameter.name == "published_threshold").scalar_subquery()
    values = func.count(func.distinct(Row.value_text))
    disputed = select(Row.point).where(Row.withdrawn.is_(None), shown).group_by(Row.point).having(values > 1)
    told = _told(conn, _claims().where(Row.point.in_(disputed), shown), wanted)
    for _, claims in groupby(sorted(told, key=lambda t: t.point), key=lambda t: t.point):
        yield sorted(claims, key=lambda t: (t.published or date.max, t.source, t.article, t.value_text, t.key))


def _of_series(wanted: Wanted) -> Select[Any]:
    """Of every point the preferred claim. The view is asked for no more than is wanted: it answers that at once."""
    series = select(_SERIES).where(*_fitting(_SERIES.c, wanted)).subquery()
    same = (series.c.source == Article.source_id, series.c.article == Article.identity, series.c.key == Row.key)
    return _claims().join(series, and_(*same))


def _fitting(columns: Any, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    return (getattr(columns, name).in_(codes) for name, codes in wanted.items())


def _claims() -> Select[Any]:
    """Open claims with their article as it stands, and the first words of it that say them."""
    mention = select(MentionRow.quote).where(MentionRow.observation_id == Row.id)
    mention = mention.where(MentionRow.version_id == ArticleVersion.id)
    quote = mention.order_by(MentionRow.char_start, MentionRow.char_end).limit(1).scalar_subquery()
    columns = {
        "family": func.coalesce(LikenessRow.origin_id, Article.id), "locality_name": Locality.name,
        "tier": Locality.tier, "better": Indicator.better, "quote": quote, "source": Article.source_id,
        "article": Article.identity, "title": ArticleVersion.title, "published": ArticleVersion.published,
        "url": ArticleVersion.url,
    }  # fmt: skip
    names = (field.name for field in fields(Told))
    return (
        select(*(columns[name].label(name) if name in columns else getattr(Row, name) for name in names))
        .join(Article, Article.id == Row.article_id)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .join(Locality, Locality.id == Row.locality)
        .join(Indicator, Indicator.code == Row.indicator)
        .join(LikenessRow, LikenessRow.article_id == Article.id, isouter=True)
        .where(Row.withdrawn.is_(None), ArticleVersion.superseded_at.is_(None))
    )


def _told(conn: Connection, query: Select[Any], wanted: Wanted) -> list[Told]:
    order = (
        Row.locality,
        Row.indicator,
        Row.scope,
        Row.breakdown,
        Row.period_start,
        Row.period_end,
        Row.status,
        Row.key,
    )
    return [
        Told(*row)
        for row in conn.execute(
            query.where(*_fitting(Row, wanted)).order_by(*order, Article.source_id, Article.identity)
        )
    ]
