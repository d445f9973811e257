"""Keep the places of claims (table `ranked_claim`) as the views `ranking` and `newest_claim` say, for what has changed.

    rank(conn, {point, …})      # last in the transaction that loaded, linked or withdrew something about these points
    rank_all(conn)              # when the rule's threshold has moved

What the rule says about a point depends on the claims about it alone, with their articles' days and origins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    MetaData,
    Table,
    bindparam,
    delete,
    false,
    insert,
    select,
    text,
    update,
)

from models.tables import Observation, RankedClaim, table_of

AT_ONCE = 200
"""Points a query."""
RANKS = table_of(RankedClaim)
COLUMNS = ("claim_id", "place", "claims", "sources", "different_values", "lost_by")
RANKING = Table("ranking", MetaData(), *(Column(name) for name in ("point", *COLUMNS)))
NEWEST = Table("newest_claim", MetaData(), *(Column(name) for name in ("claim_id", "locality", "indicator")))
POINTS: BindParameter[str] = bindparam("points", expanding=True)
FORGET = delete(RANKS).where(RANKS.c.claim_id.in_(select(Observation.id).where(Observation.point.in_(POINTS))))
TOLD = select(*(RANKING.c[name] for name in COLUMNS), false())
RANK = insert(RANKS).from_select([*COLUMNS, "newest"], TOLD.where(RANKING.c.point.in_(POINTS)))
SERIES = select(Observation.locality, Observation.indicator).where(Observation.point.in_(POINTS)).distinct()
SERIES_CLAIMS = select(Observation.id).where(
    Observation.locality == bindparam("of_locality"), Observation.indicator == bindparam("of_indicator")
)
NEWEST_OF_SERIES = select(NEWEST.c.claim_id).where(
    NEWEST.c.locality == bindparam("of_locality"), NEWEST.c.indicator == bindparam("of_indicator")
)
AGED = (
    update(RANKS)
    .where(RANKS.c.newest, RANKS.c.claim_id.in_(SERIES_CLAIMS), RANKS.c.claim_id.not_in(NEWEST_OF_SERIES))
    .values(newest=False)
)
FRESH = update(RANKS).where(~RANKS.c.newest, RANKS.c.claim_id.in_(NEWEST_OF_SERIES)).values(newest=True)


def rank(conn: Connection, points: Collection[str]) -> None:
    """Give the claims about these points their places."""
    if not points:
        return
    _alone(conn)
    series: set[tuple[str, str]] = set()
    for some in _some(points):
        conn.execute(FORGET, {"points": some})
        conn.execute(RANK, {"points": some})
        series |= {(row.locality, row.indicator) for row in conn.execute(SERIES, {"points": some})}
    pairs = [{"of_locality": locality, "of_indicator": indicator} for locality, indicator in sorted(series)]
    conn.execute(AGED, pairs)
    conn.execute(FRESH, pairs)


def rank_all(conn: Connection) -> None:
    """The same for every point of the database."""
    _alone(conn)
    conn.execute(delete(RANKS))
    conn.execute(insert(RANKS).from_select([*COLUMNS, "newest"], TOLD))
    conn.execute(update(RANKS).where(RANKS.c.claim_id.in_(select(NEWEST.c.claim_id))).values(newest=True))


def _alone(conn: Connection) -> None:
    """Of two that rank the claims about a point at once neither would see the other's."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('solieu ranking'))"))


def _some(points: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(points)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
