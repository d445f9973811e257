"""Column types that read the same from SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

CODE: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared byte by byte on both, so that order never depends on a server's locale."""


def plain(number: Decimal) -> str:
    """The exact number without exponent or trailing zeros: `1.50` → `1.5`, `1E+3` → `1000`, `-0` → `0`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class _SqliteNumeric(UserDefinedType[str]):
    """NUMERIC affinity: text that spells a number is kept as INTEGER or REAL, so SQL can sort and add it."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "NUMERIC"


class ExactNumber(TypeDecorator[Decimal]):
    """A Decimal. PostgreSQL keeps every digit; SQLite 15 significant ones, and whole numbers up to 19.

    A column that may hold more has its exact text beside it (`observation.value_text`).
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_SqliteNumeric() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        # repr of a float is the shortest text that reads back to it: 15 digits survive unchanged
        return value if value is None else Decimal(plain(Decimal(str(value))))


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored in UTC; a datetime without a zone is refused because it could mean two moments."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
