"""Write what an article says. Loading the same article twice changes no row.

    with writing(engine) as conn:                       # one transaction an article
        counts = load_article(conn, record, claims, run_id=run, now=record.fetched_at)

A claim that is gone gets its `withdrawn` moment; one that comes back later is a new row, so that the rows of a
key are its intervals and a query can be asked as of a moment. A version that is older than the loaded one is kept
as superseded and its claims are not loaded: whatever the order of loading, the open claims are the last version's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from models.bulk import add_rows
from models.catalogue import ensure_source
from models.details import Version, evidence_of, sync_findings, sync_mentions, sync_uncatalogued
from models.keys import text_key
from models.likeness import sync_likeness
from models.plan import Known, Plan, check_codes, compare, find_known, gather
from models.ranking import rank
from models.records import ArticleRecord, Claim, FindingRecord, UncataloguedRecord
from models.tables import ArticleVersion, Observation, table_of

CLAIM = table_of(Observation)
OPEN_IDS = select(CLAIM.c.key, CLAIM.c.id).where(
    CLAIM.c.article_id == bindparam("article"), CLAIM.c.withdrawn.is_(None)
)
CLOSE = (
    update(CLAIM)
    .where(CLAIM.c.id == bindparam("claim_id"))
    .values(withdrawn=bindparam("at"), withdrawn_run_id=bindparam("by_run"))
)
ADD_ARTICLE = text(  # unless another writer has just done so; as text it is compiled once
    "INSERT INTO article (source_id, identity) VALUES (:source, :identity) ON CONFLICT DO NOTHING RETURNING id"
)
ADD_VERSION = insert(ArticleVersion).returning(ArticleVersion.id)


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """Claims added, changed (withdrawn and added with another confidence or print), withdrawn, unchanged.

    `state` is that of `Plan`: new, changed, unchanged or older; or `retracted` (retract.py).
    """

    state: str
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0


def load_article(
    conn: Connection,
    record: ArticleRecord,
    claims: Sequence[Claim],
    uncatalogued: Iterable[UncataloguedRecord] = (),
    findings: Iterable[FindingRecord] = (),
    *,
    run_id: int | None = None,
    now: datetime,
    again: datetime | None = None,
) -> LoadCounts:
    """Load one version of an article; LoadProblem when a record cannot be stored (`writing` then writes nothing).

    `now` is stamped on what is added and withdrawn. Give the archive's `fetched_at` for new bytes: a replay then
    rebuilds the same intervals. `again` is stamped instead where these very bytes are what is current: another
    reading of them says something from then on.
    """
    said = gather(record, claims)
    article_id, known = _known(conn, record)
    now = again if again and known.has_bytes(record) else now
    plan = compare(known, record, said)
    check_codes(conn, record, plan.added)
    reading = _reading(record) | {"evidence": evidence_of(claims, said)}
    version_id = _keep_version(conn, article_id, known, record, reading, plan)
    if plan.state != "older":
        _withdraw(conn, known, plan, run_id, now)
        _add_claims(conn, article_id, record, plan, run_id, now)
        ids = _open_ids(conn, article_id) if plan.added or plan.changed else known.ids
        here = Version(version_id, new=not known.has_bytes(record))
        sync_mentions(conn, here, record.text, {ids[key]: one.mentions for key, one in said.items()})
        sync_uncatalogued(conn, here, uncatalogued)
        sync_findings(conn, here, findings, said)
        sync_likeness(conn, article_id, record, new=known.version is None)
        rank(conn, _moved(known, record, plan))
    return LoadCounts(plan.state, len(plan.added), len(plan.changed), len(plan.withdrawn), plan.unchanged)


def _moved(known: Known, record: ArticleRecord, plan: Plan) -> set[str]:
    """The points whose claims may have other places now: all of the article when its day or its home is another."""
    rows = [*plan.added, *plan.withdrawn, *(after for _, after in plan.changed)]
    if known.version is not None and (known.version.published, known.version.locality) != (
        record.published,
        record.locality,
    ):
        rows += [row for _, row in known.claims.values()]
    return {row.point for row in rows}


def _known(conn: Connection, record: ArticleRecord) -> tuple[int, Known]:
    """The article's id and what is stored of it; other writers of it wait until this transaction ends."""
    known = find_known(conn, record, lock=True)
    if known.article_id is not None:
        return known.article_id, known
    ensure_source(conn, record.source)
    made = conn.scalar(ADD_ARTICLE, {"source": record.source, "identity": record.identity})
    if made is not None:
        return made, Known(made, None, {})
    known = find_known(conn, record, lock=True)
    assert known.article_id is not None
    return known.article_id, known


def _keep_version(
    conn: Connection, article_id: int, known: Known, record: ArticleRecord, reading: dict[str, Any], plan: Plan
) -> int:
    """Id of the version these bytes are: the current one, a new one, or one that was superseded before it came."""
    if known.version is not None and known.has_bytes(record):
        if any(getattr(known.version, name) != value for name, value in reading.items()):
            conn.execute(update(ArticleVersion).where(ArticleVersion.id == known.version.id).values(reading))
        return int(known.version.id)
    row = {"article_id": article_id, "content_hash": record.content_hash, "fetched_at": record.fetched_at, **reading}
    if plan.state == "older":
        return _keep_older(conn, row)
    if known.version is not None:
        _supersede(conn, known.version.id, record.fetched_at)
    return _add_version(conn, row)


def _keep_older(conn: Connection, row: dict[str, Any]) -> int:
    later = select(func.min(ArticleVersion.fetched_at)).where(
        ArticleVersion.article_id == row["article_id"], ArticleVersion.fetched_at >= row["fetched_at"]
    )
    same = [ArticleVersion.__table__.c[name] == row[name] for name in ("article_id", "content_hash", "fetched_at")]
    kept = conn.scalar(select(ArticleVersion.id).where(*same))
    return int(kept) if kept is not None else _add_version(conn, {**row, "superseded_at": conn.scalar(later)})


def _add_version(conn: Connection, row: dict[str, Any]) -> int:
    return conn.execute(ADD_VERSION, row).scalar_one()


def _supersede(conn: Connection, version_id: int, moment: datetime) -> None:
    conn.execute(update(ArticleVersion).where(ArticleVersion.id == version_id).values(superseded_at=moment))


def _reading(record: ArticleRecord) -> dict[str, Any]:
    """How the bytes were read: what a better reader may mend in place, because no claim is touched by it."""
    return {
        "text_hash": text_key(record.text),
        "title": record.title,
        "published": record.published,
        "url": record.url,
        "locality": record.locality,
        "archive_path": record.archive_path,
        "text": record.text,
        "layers": dict(record.layers),
        "author": record.author,
        "blocks": [list(block) for block in record.blocks],
        "extractor_version": record.extractor_version,
        "corrections": record.corrections,
        "read_by": record.read_by,
    }


def _withdraw(conn: Connection, known: Known, plan: Plan, run_id: int | None, now: datetime) -> None:
    gone = [*plan.withdrawn, *(before for before, _ in plan.changed)]
    if gone:
        close = {"at": now, "by_run": run_id}
        conn.execute(CLOSE, [{"claim_id": known.claims[row.key][0], **close} for row in gone])


def _add_claims(
    conn: Connection, article_id: int, record: ArticleRecord, plan: Plan, run_id: int | None, now: datetime
) -> None:
    birth = {
        "article_id": article_id,
        "extractor_version": record.extractor_version,
        "first_seen": now,
        "first_run_id": run_id,
    }
    new = [*plan.added, *(after for _, after in plan.changed)]
    add_rows(conn, CLAIM, [{**row.columns(), **birth} for row in new])


def _open_ids(conn: Connection, article_id: int) -> dict[str, int]:
    return {row.key: row.id for row in conn.execute(OPEN_IDS, {"article": article_id})}
