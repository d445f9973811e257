"""What loading an article would do, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models.catalogue import CODES, unknown
from models.problems import LoadProblem
from models.records import ArticleRecord, Claim, Mention
from models.rows import ClaimRow, row_from, row_of
from models.tables import Article, ArticleVersion, Indicator, Locality, Observation, table_of

# made once: what a statement is made of costs more than to ask it
ARTICLE = select(Article.id).where(Article.source_id == bindparam("source"), Article.identity == bindparam("identity"))
LOCKED = ARTICLE.with_for_update(key_share=True)
CURRENT = select(table_of(ArticleVersion)).where(
    ArticleVersion.article_id == bindparam("article"), ArticleVersion.superseded_at.is_(None)
)
OPEN_CLAIMS = select(table_of(Observation)).where(
    Observation.article_id == bindparam("article"), Observation.withdrawn.is_(None)
)
KNOWN_PLACES = select(Locality.id).where(Locality.id.in_(CODES))
KNOWN_INDICATORS = select(Indicator.code).where(Indicator.code.in_(CODES))


@dataclass(frozen=True, slots=True)
class Said:
    """A claim's row with every place that says it; `positions` are its places in the list handed in."""

    row: ClaimRow
    mentions: frozenset[Mention]
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows that would be added, changed (before, after) and withdrawn; `unchanged` counts the rest.

    `state`: `new` article, `changed` (another version, or another reading of the same bytes), `unchanged`,
    or `older` when a later version is already loaded: the version is then kept, its claims are not.
    """

    state: str
    added: tuple[ClaimRow, ...] = ()
    changed: tuple[tuple[ClaimRow, ClaimRow], ...] = ()
    withdrawn: tuple[ClaimRow, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of an article: its id, its current version, its open claims by key."""

    article_id: int | None
    version: Row[Any] | None
    claims: dict[str, tuple[int, ClaimRow]]

    @property
    def ids(self) -> dict[str, int]:
        """Row ids of the open claims by key."""
        return {key: row_id for key, (row_id, _) in self.claims.items()}

    def has_later(self, record: ArticleRecord) -> bool:
        """A version that came after this one is loaded; of two that came together the greater hash is the later."""
        if self.version is None or self.version.content_hash == record.content_hash:
            return False
        return _order(self.version) > (record.fetched_at, record.content_hash)

    def has_bytes(self, record: ArticleRecord) -> bool:
        """The current version holds these very bytes."""
        return self.version is not None and self.version.content_hash == record.content_hash


def plan_article(conn: Connection, record: ArticleRecord, claims: Sequence[Claim]) -> Plan:
    """What `load_article` would do with the same arguments; writes nothing."""
    said, known = gather(record, claims), find_known(conn, record)
    plan = compare(known, record, said)
    check_codes(conn, record, plan.added)
    return plan


def gather(record: ArticleRecord, claims: Sequence[Claim]) -> dict[str, Said]:
    """Rows by key; the same claim made twice is one row with all its mentions, as sure as the surer of the two."""
    said: dict[str, Said] = {}
    for position, claim in enumerate(claims):
        row, mentions = row_of(claim), frozenset(claim.mentions)
        if (before := said.get(row.key)) is not None:
            row = max(before.row, row, key=lambda one: one.confidence)
            mentions |= before.mentions
        said[row.key] = Said(row, mentions, (*(before.positions if before else ()), position))
    _check_text(record)
    _check_mentions(record, said)
    return said


def find_known(conn: Connection, record: ArticleRecord, *, lock: bool = False) -> Known:
    """The article as it is stored; `lock` keeps other writers of it out until the transaction ends."""
    which = {"source": record.source, "identity": record.identity}
    article_id = conn.scalar(LOCKED if lock else ARTICLE, which)
    if article_id is None:
        return Known(None, None, {})
    mine = {"article": article_id}
    claims = {row.key: (row.id, row_from(row)) for row in conn.execute(OPEN_CLAIMS, mine)}
    return Known(article_id, conn.execute(CURRENT, mine).one_or_none(), claims)


def compare(known: Known, record: ArticleRecord, said: dict[str, Said]) -> Plan:
    """Stored claims against the article's claims."""
    if known.has_later(record):
        return Plan("older")
    stored = {key: row for key, (_, row) in known.claims.items()}
    plan = Plan(
        state="unchanged",
        added=tuple(one.row for key, one in said.items() if key not in stored),
        changed=tuple((stored[key], one.row) for key, one in said.items() if key in stored and stored[key] != one.row),
        withdrawn=tuple(row for key, row in stored.items() if key not in said),
        unchanged=sum(stored.get(key) == one.row for key, one in said.items()),
    )
    return replace(plan, state=_state(known, record, plan))


def check_codes(conn: Connection, record: ArticleRecord, rows: Sequence[ClaimRow]) -> None:
    """LoadProblem when a new row names a place or an indicator that the database does not know."""
    for what, known, codes in (
        ("locality", KNOWN_PLACES, {row.locality for row in rows}),
        ("indicator", KNOWN_INDICATORS, {row.indicator for row in rows}),
    ):
        if missing := unknown(conn, known, codes):
            names = ", ".join(sorted(missing))
            raise LoadProblem(f"{record.identity}: {what} {names} is not in the database's catalogue")


def _state(known: Known, record: ArticleRecord, plan: Plan) -> str:
    if known.version is None:
        return "new"
    if not known.has_bytes(record) or plan.added or plan.changed or plan.withdrawn:
        return "changed"
    return "unchanged"


def _order(version: Row[Any]) -> tuple[datetime, str]:
    return version.fetched_at, version.content_hash


def _check_text(record: ArticleRecord) -> None:
    """Neither database can be trusted with NUL or half a surrogate pair, and PostgreSQL refuses them."""
    for part in (record.identity, record.title or "", record.text):
        if "\0" in part or any("\ud800" <= letter <= "\udfff" for letter in set(part)):
            raise LoadProblem(f"{record.identity}: the text holds characters that no database stores (NUL, surrogates)")


def _check_mentions(record: ArticleRecord, said: dict[str, Said]) -> None:
    for one in said.values():
        for mention in one.mentions:
            if not 0 <= mention.start < mention.end <= len(record.text):
                raise LoadProblem(
                    f"{record.identity}: {one.row.indicator} is said to stand at {mention.start}–{mention.end}, "
                    f"outside the text of {len(record.text)} characters"
                )
