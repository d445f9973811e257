"""An .xlsx of a table: numbers are numbers, days are days, and no text runs as a formula."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from flows.export import is_formula
from flows.problems import BadWord
from flows.sheet import Cell, Sheet
from models.extras import bring

MOST_ROWS = 1_048_575
"""Of a worksheet, below its head."""
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML has no way to write."""
WIDEST = 60


def sheet_xlsx(table: Sheet) -> bytes:
    """The workbook's bytes; BadWord when a worksheet has too few rows for it."""
    if len(table.rows) > MOST_ROWS:
        raise BadWord(f"{len(table.rows)} rows: a worksheet holds {MOST_ROWS}; ask for fewer, or for csv or parquet")
    openpyxl = bring("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("solieu")
    page.freeze_panes = "A2"
    for number, width in enumerate(_widths(table), start=1):
        page.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    page.append([_bold(_xlsx_cell(page, head)) for head in table.heads])
    for row in table.rows:
        page.append([_xlsx_cell(page, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(page: Any, value: Cell) -> Any:
    """Text is marked as text, so that `=1+1` is shown and not counted, also after a person has edited the cell."""
    cell = bring("openpyxl.cell").WriteOnlyCell(page)
    if not isinstance(value, str):
        cell.value = value
        return cell
    cell.value = UNFIT.sub(" ", value)
    cell.data_type = "s"
    cell.quotePrefix = is_formula(value)
    return cell


def _bold(cell: Any) -> Any:
    cell.font = bring("openpyxl.styles").Font(bold=True)
    return cell


def _widths(table: Sheet) -> list[int]:
    columns = zip(table.heads, *(table.rows[:100]), strict=True)
    return [min(WIDEST, 2 + max(len(str("" if cell is None else cell)) for cell in column)) for column in columns]
