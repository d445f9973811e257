"""For a notebook: a DataFrame in one call, and questions about a place with all that belongs to it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

import models
from models import MissingLibrary, UnknownName, load_catalogue, writing
from models.points import COLUMNS
from tests.test_models_load import ARTICLE, GRADE, INDICATORS, LATE, PLACES, load

NEW = [
    {"id": "56@2025", "code": "56", "name": "Tỉnh Khánh Hòa", "short_name": "Khánh Hòa", "type": "Tỉnh",
     "tier": "province", "parent": "VN", "valid_from": date(2025, 7, 1)},
    {"id": "22652@2025", "code": "22652", "name": "Xã Diên Khánh", "short_name": "Diên Khánh", "type": "Xã",
     "tier": "commune", "parent": "56@2025", "valid_from": date(2025, 7, 1)},
]  # fmt: skip
LINKS = [
    {"old": "56", "new": "56@2025", "kind": "merged", "share": 1.0, "effective": date(2025, 7, 1), "decree": None},
    {
        "old": "575",
        "new": "22652@2025",
        "kind": "divided",
        "share": None,
        "effective": date(2025, 7, 1),
        "decree": None,
    },
]


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    """A rate of each of four units, and a grade."""
    with writing(fresh_db) as conn:
        load_catalogue(conn, [*PLACES, *NEW], INDICATORS, LINKS)
    units = ("56", "575", "56@2025", "22652@2025")
    load(fresh_db, ARTICLE, *(replace(LATE, locality=unit, value=Decimal("2.50")) for unit in units), GRADE)
    return fresh_db


@pytest.mark.parametrize(
    ("asked", "units"),
    [
        ({"locality": "56"}, ["56"]),
        ({"locality": "Khánh Hòa"}, ["56", "56@2025"]),
        ({"locality": ["575", "56"]}, ["56", "575"]),
        ({"locality": "56", "with_parts": True}, ["56", "575"]),
        ({"locality": "56@2025", "with_history": True}, ["56", "56@2025"]),
        ({"locality": "575", "with_history": True}, ["22652@2025", "575"]),
        ({"locality": "56", "with_history": True, "with_parts": True}, ["22652@2025", "56", "56@2025", "575"]),
        ({"locality": "VN", "with_parts": True}, ["22652@2025", "56", "56@2025", "575"]),
        ({"source": "baomau", "locality": "575"}, ["575"]),
        ({"indicator": ["Share late", "dossier.late_rate"], "locality": "575"}, ["575"]),
    ],
)
def test_a_place_with_what_lies_in_it_and_what_it_came_from(db: Engine, asked: Any, units: list[str]) -> None:
    assert [row.locality for row in models.series(db, measure="level", **asked)] == units


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"status": "targt"}, "no status 'targt'; it is one of actual, estimate, target"),
        ({"source": "baomao"}, "no source 'baomao' in the database; close to it: baomau"),
        ({"locality": ["56", "Khanh Hoa"]}, "no locality 'Khanh Hoa' in the database"),
    ],
)
def test_what_nobody_knows_is_said(db: Engine, asked: Any, told: str) -> None:
    with pytest.raises(UnknownName, match=told):
        models.series(db, **asked)


def test_a_url_gives_a_frame_with_types(db: Engine, fresh_url: str) -> None:
    frame = models.series(fresh_url, locality="575")
    assert list(frame.columns) == [*COLUMNS, "period_start", "period_end"]
    assert frame[["measure", "value_text", "period_start", "published"]].values.tolist() == [
        ["level", "2.5", pd.Timestamp(2023, 1, 1), pd.Timestamp(2024, 1, 15)],
        ["rating", "Khá", pd.Timestamp(2023, 1, 1), pd.Timestamp(2024, 1, 15)],
    ]
    assert frame["value"].sum() == 2.5
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["locality_valid_from"].isna().all()
    assert list(map(str, models.series(fresh_url, period="1999").dtypes)) == list(map(str, frame.dtypes))


def test_the_database_is_that_of_the_environment(db: Engine, fresh_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE_URL", fresh_url)
    assert len(models.series()) == 5


def test_without_pandas_it_is_said_what_to_install(fresh_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingLibrary, match=r"pandas is needed for this .* pip install 'solieu\[notebook\]'"):
        models.series(fresh_url)


def test_a_notebook_sees_every_name_of_the_room() -> None:
    names: dict[str, object] = {}
    exec("from models import *", names)
    assert {*dir(models)} == names.keys() - {"__builtins__"}
    assert names["series"] is models.series
    with pytest.raises(ImportError, match="cannot import name 'serie' from 'models'"):
        exec("from models import serie", names)
