"""Rows for other programs: CSV that no spreadsheet runs, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from flows.commands.show import number


def rows_csv(rows: Iterable[object], columns: Sequence[str]) -> str:
    """CSV with a header, exact numbers, dates in ISO 8601; the same bytes for the same rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(getattr(row, name)) for name in columns] for row in rows)
    return out.getvalue()


def rows_json(rows: Iterable[object], columns: Sequence[str]) -> str:
    """A JSON array, one row a line."""
    lines = (json.dumps(_plain(row, columns), ensure_ascii=False) for row in rows)
    return "[" + ",\n ".join(lines) + "]\n"


def _plain(row: object, columns: Sequence[str]) -> dict[str, Any]:
    return {name: _plain_value(getattr(row, name)) for name in columns}


def _plain_value(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return value if isinstance(value, int | float | str | None) else str(value)


def _cell(value: object) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, Decimal):
        from models.types import plain

        return plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value).replace("\r", " ")  # csv does not quote a lone one
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()
