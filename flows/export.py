"""Rows for other programs: CSV that no spreadsheet runs, JSON, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flows.commands.show import number
from flows.sheet import Sheet, sheet
from models.extras import bring
from models.points import SeriesRow


def rows_csv(rows: Iterable[object], columns: Sequence[str]) -> str:
    """CSV with a header, exact numbers, dates in ISO 8601; the same bytes for the same rows."""
    return sheet_csv(sheet(rows, columns))


def rows_json(rows: Iterable[object], columns: Sequence[str]) -> str:
    """A JSON array, one row a line."""
    return sheet_json(sheet(rows, columns))


def sheet_csv(table: Sheet, decimal: str = ".") -> str:
    """With a decimal comma, semicolons part the columns, as spreadsheets of such countries expect."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter="," if decimal == "." else ";")
    writer.writerow(_cell(head, decimal) for head in table.heads)
    writer.writerows([_cell(value, decimal) for value in row] for row in table.rows)
    return out.getvalue()


def sheet_json(table: Sheet) -> str:
    """A JSON array, one row a line; the keys are the heads."""
    lines = ({head: _plain_value(value) for head, value in zip(table.heads, row, strict=True)} for row in table.rows)
    return "[" + ",\n ".join(json.dumps(line, ensure_ascii=False) for line in lines) + "]\n"


def rows_parquet(rows: Iterable[SeriesRow]) -> bytes:
    """A row a point, with the columns and types of `models.series`."""
    bring("pyarrow")
    from models.frame import frame

    return bytes(frame(rows).to_parquet(engine="pyarrow", index=False))


def sheet_parquet(table: Sheet) -> bytes:
    """Columns of numbers are float64."""
    bring("pyarrow")
    made = bring("pandas").DataFrame(table.rows, columns=table.heads)
    for at, head in enumerate(table.heads):
        if any(isinstance(row[at], Decimal) for row in table.rows):
            made[head] = made[head].astype("float64")
    return bytes(made.to_parquet(engine="pyarrow", index=False))


def _plain_value(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return value if isinstance(value, int | float | str | None) else str(value)


def _cell(value: object, decimal: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, Decimal):
        from models.types import plain

        return plain(value).replace(".", decimal)
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value).replace("\r", " ")  # csv does not quote a lone one
    if decimal != "." and _is_number(text):
        return text.replace(".", decimal)  # the exact value beside the number
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run it; a number with its sign is none."""
    return text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text)


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()
