"""A series as a pandas DataFrame, for notebooks: needs `pip install 'solieu[notebook]'`.

import models
models.series(locality="Nha Trang", indicator="dossier.late_rate")
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, overload

from sqlalchemy import Engine

from models.database import DEFAULT_URL, open_database
from models.extras import bring
from models.periods import read_period
from models.points import COLUMNS, SeriesRow
from models.points import series as rows_of

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("value", "out_of")
DAYS = ("locality_valid_from", "locality_valid_to", "published", "period_start", "period_end")
WORDS = (
    *("locality", "locality_name", "series_break", "indicator", "indicator_vi", "indicator_en", "scope", "breakdown"),
    *("measure", "status", "freq", "unit", "bound", "among", "source"),
)


@overload
def series(database: Engine, **filters: Any) -> list[SeriesRow]: ...
@overload
def series(database: str | None = None, **filters: Any) -> pd.DataFrame: ...
def series(database: Engine | str | None = None, **filters: Any) -> list[SeriesRow] | pd.DataFrame:
    """Points with the filters of `models.points.series`: for a notebook as a DataFrame, for a program as rows.

    A program has an Engine. A notebook names a URL; without one it is SOLIEU_DATABASE_URL, else `data/db/solieu.db`
    below the working directory.
    """
    if isinstance(database, Engine):
        return rows_of(database, **filters)
    bring("pandas")  # says what to install before the database is asked
    url = database or os.environ.get("SOLIEU_DATABASE_URL") or DEFAULT_URL
    return frame(rows_of(open_database(url, create=False), **filters))


def frame(rows: Iterable[SeriesRow]) -> pd.DataFrame:
    """Points with columns that have types: numbers as float64 (exact in `value_text`), days, categories.

    `period_start` and `period_end` are the first and the last day of the period.
    """
    pandas = bring("pandas")
    found = [(*astuple(row), *read_period(row.period)) for row in rows]
    made = pandas.DataFrame(found, columns=[*COLUMNS, "period_start", "period_end"])
    kinds = dict.fromkeys(NUMBERS, "float64") | dict.fromkeys(DAYS, "datetime64[us]") | dict.fromkeys(WORDS, "category")
    kinds |= dict.fromkeys(("time_period", "period", "base", "value_text", "correction", "title", "url"), "string")
    kinds |= {"claims": "int64", "sources": "int64", "different_values": "int64", "derived": "bool"}
    return made.astype(kinds)
