"""What every table stands on: how things are named, which column type a Python type becomes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from models.types import ExactNumber, UtcTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), Decimal: ExactNumber(), datetime: UtcTime()}


def table_of(model: type[Base]) -> Table:
    """The table of a mapped class, for statements that want rows rather than objects."""
    assert isinstance(model.__table__, Table)
    return model.__table__
