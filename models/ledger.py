"""Our own record of runs: what was done for every source, whether or not an orchestrator was there to see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, RowMapping, Select, case, func, insert, select, update

from models.catalogue import ensure_source
from models.database import reading, writing
from models.records import SourceCounts
from models.tables import Run, RunSource, table_of

Kind = Literal["nightly", "backfill", "run", "replay", "corrections"]
State = Literal["running", "done", "problems", "failed", "killed"]
"""`problems`: finished, and at least one source or file failed. `failed`: did not finish, and could still say so.
`killed`: did not finish, and another run found that out."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with what it did for each source, in the order of their ids."""

    id: int
    kind: str
    started: datetime
    ended: datetime | None
    state: str
    note: str
    sources: tuple[SourceCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Night:
    """What a nightly run did for one source."""

    started: datetime
    counts: SourceCounts


_COUNTS = [field.name for field in fields(SourceCounts) if field.name != "source"]
_NIGHTS: Select[Any] = (
    select(Run.started, *table_of(RunSource).c)
    .join(RunSource, RunSource.run_id == Run.id)
    .where(Run.kind == "nightly")
    .order_by(Run.id.desc())
)


def start_run(engine: Engine, kind: Kind, now: datetime) -> int:
    """Write a running run; its id."""
    with writing(engine) as conn:
        made = insert(Run).values(kind=kind, started=now, state="running", note="")
        return conn.execute(made.returning(Run.id)).scalar_one()


def record_source(engine: Engine, run_id: int, counts: SourceCounts) -> None:
    """Write, or write again, what the run did for a source."""
    row = {name: getattr(counts, name) for name in _COUNTS} | {"source_id": counts.source}
    here = (RunSource.run_id == run_id, RunSource.source_id == counts.source)
    with writing(engine) as conn:
        ensure_source(conn, counts.source)
        if conn.execute(update(RunSource).where(*here).values(row)).rowcount == 0:
            conn.execute(insert(RunSource).values(run_id=run_id, **row))


def finish_run(engine: Engine, run_id: int, state: State, now: datetime | None, note: str = "") -> None:
    """Close a run; nobody knows when a killed one ended."""
    with writing(engine) as conn:
        conn.execute(update(Run).where(Run.id == run_id).values(state=state, ended=now, note=note))


def unfinished(engine: Engine) -> list[int]:
    """Ids of the runs that nobody has closed: at work, or killed."""
    with reading(engine) as conn:
        return list(conn.scalars(select(Run.id).where(Run.state == "running").order_by(Run.id)))


def runs(engine: Engine, limit: int = 20) -> list[RunRow]:
    """The last runs, the newest first."""
    newest = select(table_of(Run)).order_by(Run.started.desc(), Run.id.desc()).limit(limit)
    with reading(engine) as conn:
        rows = conn.execute(newest).all()
        parts = select(table_of(RunSource)).where(RunSource.run_id.in_([row.id for row in rows]))
        done = conn.execute(parts.order_by(RunSource.source_id)).mappings().all()
    return [RunRow(**row._mapping, sources=_counts(row.id, done)) for row in rows]


def nights(engine: Engine, source: str, *, before: int | None = None, limit: int = 400) -> list[Night]:
    """The last nights that visited a source, the newest first; of those `before` a run, the earlier ones."""
    query = _NIGHTS.where(RunSource.source_id == source).limit(limit)
    with reading(engine) as conn:
        rows = conn.execute(query if before is None else query.where(Run.id < before)).mappings().all()
    return [_night(row) for row in rows]


def last_nights(engine: Engine) -> dict[str, Night]:
    """The last night of each source."""
    last = select(func.max(RunSource.run_id).label("run_id"), RunSource.source_id).join(Run, Run.id == RunSource.run_id)
    newest = last.where(Run.kind == "nightly").group_by(RunSource.source_id).subquery()
    here = (RunSource.run_id == newest.c.run_id) & (RunSource.source_id == newest.c.source_id)
    with reading(engine) as conn:
        return {row["source_id"]: _night(row) for row in conn.execute(_NIGHTS.join(newest, here)).mappings()}


def _night(row: RowMapping) -> Night:
    return Night(row["started"], _count(row))


@dataclass(frozen=True, slots=True)
class Visited:
    """When nights visited a source: the first, the last, and the last that went well."""

    first: datetime
    last: datetime
    good: datetime | None


def visited(engine: Engine) -> dict[str, Visited]:
    """When nights visited each source. A night that was killed wrote nothing of any: see `last_broken`."""
    good = func.max(case((RunSource.error.is_(None), Run.started)))
    query = select(RunSource.source_id, func.min(Run.started), func.max(Run.started), good)
    mine = query.join(Run, RunSource.run_id == Run.id).where(Run.kind == "nightly").group_by(RunSource.source_id)
    with reading(engine) as conn:
        return {source: Visited(*moments) for source, *moments in conn.execute(mine)}


def last_broken(engine: Engine) -> datetime | None:
    """When the last night began that did not come to its end."""
    closed = ("done", "problems")
    query = select(func.max(Run.started)).where(Run.kind == "nightly", Run.state.not_in(closed))
    with reading(engine) as conn:
        return conn.scalar(query)


def _counts(run_id: int, rows: Sequence[RowMapping]) -> tuple[SourceCounts, ...]:
    return tuple(_count(row) for row in rows if row["run_id"] == run_id)


def _count(row: RowMapping) -> SourceCounts:
    return SourceCounts(row["source_id"], **{name: row[name] for name in _COUNTS})
