"""Whom a person means by `56@2025`, `56`, "Khánh Hòa" or "tỉnh Đồng Nai"; UnknownName when nobody goes by that."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Engine, select

from models.database import reading
from models.problems import UnknownName
from models.tables import Indicator, Locality, LocalityName, Source

WORDS = {
    "scope": ("all", "province", "district", "commune"),
    "status": ("actual", "estimate", "target"),
    "measure": ("level", "change", "growth", "multiple", "share_of_plan", "rank", "rating"),
}
"""What the slots of a claim may say."""


def find_localities(engine: Engine, given: str) -> Sequence[str]:
    """Ids of the unit with this id, else of those with this code of the statistical office, else of this name.

    Names are those of today and the dated ones, with or without the type, in any case.
    """
    with reading(engine) as conn:
        for column in (Locality.id, Locality.code):
            if ids := conn.scalars(select(Locality.id).where(column == given).order_by(Locality.id)).all():
                return ids
        names = _names(conn, Locality.id, Locality.name, Locality.short_name)
        names |= _names(conn, LocalityName.locality, LocalityName.name, LocalityName.short_name)
    return _called("locality", given, names)


def find_indicators(engine: Engine, given: str) -> Sequence[str]:
    """Codes of the indicator with this code, else of those with this Vietnamese or English name."""
    with reading(engine) as conn:
        if conn.scalar(select(Indicator.code).where(Indicator.code == given)) is not None:
            return [given]
        names = _names(conn, Indicator.code, Indicator.name_vi, Indicator.name_en)
    return _called("indicator", given, names)


def find_sources(engine: Engine, given: str) -> Sequence[str]:
    """Ids of the source with this id, else of those with this name."""
    with reading(engine) as conn:
        names = _names(conn, Source.id, Source.id, Source.name)
    return [given] if (given, given) in names else _called("source", given, names)


def check_word(slot: str, word: str) -> None:
    """UnknownName when the slot never says this word."""
    if word not in WORDS[slot]:
        raise UnknownName(f"no {slot} {word!r}; it is one of {', '.join(WORDS[slot])}")


def _names(conn: Connection, key: Any, *names: Any) -> set[tuple[str, str]]:
    return {(str(row[0]), str(name)) for row in conn.execute(select(key, *names)) for name in row[1:]}


def _called(what: str, given: str, names: Iterable[tuple[str, str]]) -> Sequence[str]:
    wanted = _folded(given)
    if found := sorted({key for key, name in names if _folded(name) == wanted}):
        return found
    close = get_close_matches(given, {word for pair in names for word in pair}, n=3)
    hint = f"; close to it: {', '.join(close)}" if close else ""
    raise UnknownName(f"no {what} {given!r} in the database{hint}")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
