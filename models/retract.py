"""An article that its site has taken back: a version without words, which withdraws what the article said.

    with writing(engine) as conn:
        counts = retract_article(conn, Retraction("bao", url, sha256_of_nothing, fetched_at, "the site answers 410"))

The version bears the title, date and archived page of the one before it, so that `claims` still leads from a withdrawn
claim to its words. When the article comes back, its claims are new rows, as after any other change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from models.load import LoadCounts, load_article
from models.plan import find_known
from models.records import ArticleRecord, FindingRecord

CHECK = "retracted"
"""Name of the finding that says it in the database."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """That an article was gone at a moment; the hash is that of no bytes at all, the same for every retraction."""

    source: str
    identity: str
    content_hash: str
    fetched_at: datetime
    why: str


def retract_article(conn: Connection, gone: Retraction, *, run_id: int | None = None) -> LoadCounts:
    """Withdraw an article's claims at the moment of its retraction.

    `state` is `retracted`, `unchanged` when it was gone already, or `older` when a later version is loaded.
    """
    record = _record(conn, gone)
    told = [FindingRecord(check=CHECK, message=gone.why)]
    counts = load_article(conn, record, (), findings=told, run_id=run_id, now=gone.fetched_at)
    return counts if counts.state in ("unchanged", "older") else replace(counts, state="retracted")


def _record(conn: Connection, gone: Retraction) -> ArticleRecord:
    """The version as it is to be stored; an article of which nothing could be read has no title either."""
    record = ArticleRecord(
        source=gone.source,
        identity=gone.identity,
        content_hash=gone.content_hash,
        fetched_at=gone.fetched_at,
        text="",
        extractor_version="",
    )
    last = find_known(conn, record, lock=True).version
    if last is None:
        return record
    names = ("extractor_version", "title", "published", "url", "locality", "archive_path")
    return replace(record, **{name: getattr(last, name) for name in names})
