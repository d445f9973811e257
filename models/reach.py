"""Which units a question is about: `56@2025`, what lies in it, what it came from and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import InstrumentedAttribute

from models.database import reading
from models.names import find_localities
from models.tables import Locality, LocalityLink

Names = str | Sequence[str]
"""A name or a code, or several."""


def find_each(find: Callable[[Engine, str], Sequence[str]], engine: Engine, given: Names) -> list[str]:
    """What every name means, each once, in order; UnknownName if one means nothing."""
    return sorted({code for name in ([given] if isinstance(given, str) else given) for code in find(engine, name)})


def reach(engine: Engine, given: Names, *, parts: bool = False, history: bool = False) -> list[str]:
    """The units of these names; with their predecessors and successors (`history`), and the units below (`parts`)."""
    units = find_each(find_localities, engine, given)
    if history:
        before = _walk(engine, units, LocalityLink.new, LocalityLink.old)
        units = sorted(before | _walk(engine, units, LocalityLink.old, LocalityLink.new))
    return sorted(_walk(engine, units, Locality.parent, Locality.id)) if parts else units


def _walk(
    engine: Engine,
    units: Iterable[str],
    here: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    there: InstrumentedAttribute[str],
) -> set[str]:
    """The units, and those that rows lead to from one that was reached, as often as it takes."""
    reached = select(Locality.id.label("unit")).where(Locality.id.in_(units)).cte("reached", recursive=True)
    reached = reached.union(select(there).join(reached, here == reached.c.unit))
    with reading(engine) as conn:
        return set(conn.scalars(select(reached.c.unit)))
