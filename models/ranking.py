"""Keep the places of claims (table `ranked_claim`) as the views `ranking` and `newest_claim` say, for what has changed.

    rank(conn, {point, …})      # last in the transaction that loaded, linked or withdrew something about these points
    rank_all(conn)              # when the rule's threshold has moved

What the rule says about a point depends on the claims about it alone, with their articles' days and origins. A claim
that is alone comes first whatever the rule says, and most are: the view is asked for the others only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    MetaData,
    Row,
    Table,
    bindparam,
    delete,
    false,
    insert,
    literal,
    null,
    select,
    text,
    true,
    update,
)

from models.tables import Observation, Parameter, RankedClaim, table_of

T = TypeVar("T")
AT_ONCE = 256
"""Points or claims a query."""
RANKS, CLAIM = table_of(RankedClaim), table_of(Observation)
COLUMNS = ("claim_id", "place", "claims", "sources", "different_values", "lost_by")
RANKING = Table("ranking", MetaData(), *(Column(name) for name in ("point", *COLUMNS)))
NEWEST = Table("newest_claim", MetaData(), *(Column(name) for name in ("claim_id", "locality", "indicator")))
SOME: BindParameter[Any] = bindparam("some", expanding=True)
CLAIMS = (
    select(CLAIM.c.id, CLAIM.c.point, CLAIM.c.locality, CLAIM.c.indicator, CLAIM.c.withdrawn, RANKS.c.claim_id)
    .join(RANKS, RANKS.c.claim_id == CLAIM.c.id, isouter=True)
    .where(CLAIM.c.point.in_(SOME))
)
FORGET = delete(RANKS).where(RANKS.c.claim_id.in_(SOME))
TOLD = select(*(RANKING.c[name] for name in COLUMNS), false())
RANK = insert(RANKS).from_select([*COLUMNS, "newest"], TOLD.where(RANKING.c.point.in_(SOME)))
SHOWN = CLAIM.c.confidence >= select(Parameter.number).where(Parameter.name == "published_threshold").scalar_subquery()
FIRST = select(CLAIM.c.id, *(literal(1, literal_execute=True) for _ in COLUMNS[1:-1]), null(), false())
RANK_FIRST = insert(RANKS).from_select([*COLUMNS, "newest"], FIRST.where(CLAIM.c.id.in_(SOME), SHOWN))
SERIES_CLAIMS = select(CLAIM.c.id).where(
    CLAIM.c.locality == bindparam("of_locality"), CLAIM.c.indicator == bindparam("of_indicator")
)
NEWEST_OF_SERIES = select(NEWEST.c.claim_id).where(
    NEWEST.c.locality == bindparam("of_locality"), NEWEST.c.indicator == bindparam("of_indicator")
)
MARK = (
    update(RANKS)
    .where(RANKS.c.claim_id.in_(SERIES_CLAIMS), RANKS.c.newest != RANKS.c.claim_id.in_(NEWEST_OF_SERIES))
    .values(newest=~RANKS.c.newest)
)


def rank(conn: Connection, points: Collection[str]) -> None:
    """Give the claims about these points their places."""
    if not points:
        return
    _alone(conn)
    claims = [row for some in _some(points) for row in conn.execute(CLAIMS, {"some": some})]
    standing: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for claim in claims:
        if claim.withdrawn is None:
            standing[claim.point].append(claim)
    for statement, those in (
        (FORGET, [claim.id for claim in claims if claim.claim_id is not None]),
        (RANK_FIRST, [only[0].id for only in standing.values() if len(only) == 1]),
        (RANK, [point for point, several in standing.items() if len(several) > 1]),
    ):
        for some in _some(those):
            conn.execute(statement, {"some": some})
    series = sorted({(claim.locality, claim.indicator) for claim in claims})
    conn.execute(MARK, [{"of_locality": locality, "of_indicator": indicator} for locality, indicator in series])


def rank_all(conn: Connection) -> None:
    """The same for every point of the database."""
    _alone(conn)
    conn.execute(delete(RANKS))
    conn.execute(insert(RANKS).from_select([*COLUMNS, "newest"], TOLD))
    conn.execute(update(RANKS).where(RANKS.c.claim_id.in_(select(NEWEST.c.claim_id))).values(newest=true()))


def _alone(conn: Connection) -> None:
    """Of two that rank the claims about a point at once neither would see the other's."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu ranking'))"))


def _some(those: Collection[T]) -> Iterator[list[T]]:
    """Lists of few lengths, the last one filled up with what it has: a database plans a statement of the same length
    once."""
    ordered = sorted(those)  # type: ignore[type-var]
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        yield some + some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some))
