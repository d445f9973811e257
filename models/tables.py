"""The tables. A claim is a row of `observation`: it is never overwritten, only withdrawn and followed by another.

Names that SQL reserves are avoided: `among` is the group of a rank, `check_name` the check of a finding,
`char_start` and `char_end` are characters of `article_version.text`, half open.
Places, runs and the likeness of articles have files of their own.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, table_of
from models.likeness import LikenessKey, LikenessRow
from models.places import Locality, LocalityLink, LocalityName, SeriesBreak, TerritoryPart
from models.run_tables import Run, RunSource
from models.types import CODE

__all__ = [
    "Article",
    "ArticleVersion",
    "Base",
    "Finding",
    "Indicator",
    "LikenessKey",
    "LikenessRow",
    "Locality",
    "LocalityLink",
    "LocalityName",
    "MentionRow",
    "Observation",
    "Parameter",
    "RankedClaim",
    "Run",
    "RunSource",
    "SeriesBreak",
    "Source",
    "TerritoryPart",
    "Uncatalogued",
    "table_of",
]


class Source(Base):
    """A publisher; `id` is the name of its YAML file."""

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(CODE, primary_key=True)
    name: Mapped[str]
    url: Mapped[str | None]
    locality: Mapped[str | None] = mapped_column(CODE)


class Indicator(Base):
    """What is measured; `unit` is the unit of its level, which is `additive` when territories may be summed.

    `better` says which way is better, `less` or `more`, where there is one.
    """

    __tablename__ = "indicator"

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[str]
    additive: Mapped[bool] = mapped_column(server_default=false())
    better: Mapped[str | None] = mapped_column(CODE)


class Parameter(Base):
    """A number that views keep to: `published_threshold` is the least confidence of what series show. And
    `catalogue_program`, which tells by what program places and indicators were stored."""

    __tablename__ = "parameter"

    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    number: Mapped[float]


class Article(Base):
    """An article of a source; `identity` is its canonical URL, or a file name."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("source_id", "identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(CODE, ForeignKey("source.id"))
    identity: Mapped[str] = mapped_column(CODE)


class ArticleVersion(Base):
    """The bytes of an article as they were fetched once, and how they were read; the current one is not superseded.

    One without words stands for an article that was gone (retract.py). `corrections` is the digest of those that were
    applied to it. `blocks` are kind, start, end, and of a cell table, row and column. `evidence` says of each claim,
    by its key, what gave it: slots (slot, how it was found, start and end of the words), doubts, and the keys of those
    that it follows from. `read_by` is a digest of all that read it: program, source, corrections.
    """

    __tablename__ = "article_version"
    __table_args__ = (
        UniqueConstraint("article_id", "fetched_at", "content_hash"),
        Index(
            "uq_article_version_current",
            "article_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_article_version_corrected",
            "id",
            sqlite_where=text("corrections <> ''"),
            postgresql_where=text("corrections <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    content_hash: Mapped[str] = mapped_column(CODE)
    text_hash: Mapped[str] = mapped_column(CODE)
    fetched_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    title: Mapped[str | None]
    published: Mapped[date | None]
    url: Mapped[str | None]
    locality: Mapped[str | None] = mapped_column(CODE)
    archive_path: Mapped[str | None]
    text: Mapped[str]
    layers: Mapped[dict[str, str]] = mapped_column(JSON)
    author: Mapped[str | None]
    blocks: Mapped[list[list[Any]]] = mapped_column(JSON, server_default="[]")
    evidence: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, server_default="{}")
    extractor_version: Mapped[str]
    corrections: Mapped[str] = mapped_column(CODE, server_default="")
    read_by: Mapped[str] = mapped_column(CODE, server_default="")


class Observation(Base):
    """A claim of an article. `key` is the hash of all it says, `point` of what it speaks about (keys.py).

    `value_text` is always there and exact; `value` is the same as a number, and NULL for a rating.
    `breakdown` is JSON with sorted keys, '' for the total; `base` is '' where there is none.
    `correction` is what an operator put right and why, '' for a claim as it was read.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index("ix_observation_point", "point"),
        Index("ix_observation_locality_indicator", "locality", "indicator"),
        Index(
            "uq_observation_open",
            "article_id",
            "key",
            unique=True,
            sqlite_where=text("withdrawn IS NULL"),
            postgresql_where=text("withdrawn IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    key: Mapped[str] = mapped_column(CODE)
    point: Mapped[str] = mapped_column(CODE)
    locality: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"))
    scope: Mapped[str] = mapped_column(CODE)
    indicator: Mapped[str] = mapped_column(CODE, ForeignKey("indicator.code"))
    breakdown: Mapped[str] = mapped_column(CODE)
    period: Mapped[str] = mapped_column(CODE)
    period_start: Mapped[date]
    period_end: Mapped[date]
    freq: Mapped[str] = mapped_column(CODE)
    time_period: Mapped[str] = mapped_column(CODE)
    status: Mapped[str] = mapped_column(CODE)
    measure: Mapped[str] = mapped_column(CODE)
    base: Mapped[str] = mapped_column(CODE)
    value: Mapped[Decimal | None]
    value_text: Mapped[str] = mapped_column(CODE)
    printed: Mapped[str]
    unit: Mapped[str] = mapped_column(CODE)
    out_of: Mapped[Decimal | None]
    among: Mapped[str | None]
    bound: Mapped[str] = mapped_column(CODE)
    confidence: Mapped[float]
    derived: Mapped[bool]
    correction: Mapped[str] = mapped_column(server_default="")
    extractor_version: Mapped[str]
    first_seen: Mapped[datetime]
    first_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    withdrawn: Mapped[datetime | None]
    withdrawn_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))


class RankedClaim(Base):
    """A claim that series may show, with its place among the claims about its point (view `ranking`): 1 is preferred.

    It is kept by ranking.py: what the rule says is worked out once, when something is loaded. `newest` marks what the
    view `latest` shows.
    """

    __tablename__ = "ranked_claim"
    __table_args__ = (
        Index("ix_ranked_claim_newest", "claim_id", sqlite_where=text("newest"), postgresql_where=text("newest")),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("observation.id"), primary_key=True, autoincrement=False)
    place: Mapped[int]
    claims: Mapped[int]
    sources: Mapped[int]
    different_values: Mapped[int]
    lost_by: Mapped[str | None] = mapped_column(CODE)
    newest: Mapped[bool]


class MentionRow(Base):
    """A place in a version's text that says a claim."""

    __tablename__ = "mention"

    observation_id: Mapped[int] = mapped_column(ForeignKey("observation.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True, index=True)
    char_start: Mapped[int] = mapped_column(primary_key=True)
    char_end: Mapped[int] = mapped_column(primary_key=True)
    quote: Mapped[str]


class Uncatalogued(Base):
    """A figure of a version that became no claim, for review; `why` is one of those of the view `review`.

    `place` are the words for its place, `candidates` ids of the localities they may mean, with a blank between two.
    """

    __tablename__ = "uncatalogued"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    char_start: Mapped[int]
    char_end: Mapped[int]
    quote: Mapped[str]
    value_text: Mapped[str] = mapped_column(CODE)
    unit: Mapped[str]
    label: Mapped[str]
    why: Mapped[str] = mapped_column(server_default="unnamed")
    place: Mapped[str] = mapped_column(server_default="")
    candidates: Mapped[str] = mapped_column(server_default="")


class Finding(Base):
    """Something in a version that does not add up; `claim_keys` are keys of observations of its article."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    check_name: Mapped[str]
    message: Mapped[str]
    claim_keys: Mapped[list[str]] = mapped_column(JSON)
