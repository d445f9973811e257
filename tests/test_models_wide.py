"""A year in a row, a column an indicator; the columns are those of the catalogue as it is stored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, inspect, text

from models import load_catalogue, open_database, reading, writing
from models.dictionary import meanings
from models.wide import HEADS
from tests.test_models_load import INDICATORS, LATE, PLACES
from tests.test_models_views import COUNT, NUMBER, load, rows

INDEX = replace(LATE, indicator="par.index", mentions=(), value=Decimal("86.43"))
RATE = replace(LATE, mentions=())
COLUMNS = "locality, scope, status, year, dossier_late, dossier_late_rate, par_index"


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, [*INDICATORS, COUNT])
    return fresh_db


def test_a_year_has_the_levels_of_its_indicators_side_by_side(db: Engine) -> None:
    said = {"scope": RATE.scope, "locality": RATE.locality, "period": RATE.period}
    load(
        db,
        RATE,
        replace(INDEX, **said),
        replace(NUMBER, value=Decimal(17), **said),
        replace(RATE, status="target", value=Decimal("0.5")),
        replace(RATE, period="2022-01-01/2022-12-31", value=Decimal("1.94")),
    )
    assert rows(db, f"SELECT {COLUMNS} FROM wide ORDER BY status, year") == [
        (RATE.locality, RATE.scope, "actual", "2022", None, "1.94", None),
        (RATE.locality, RATE.scope, "actual", "2023", "17", "1.25", "86.43"),
        (RATE.locality, RATE.scope, "target", "2023", None, "0.5", None),
    ]


def test_bounds_parts_of_a_year_breakdowns_changes_and_other_units_are_not_in_it(db: Engine) -> None:
    load(
        db,
        replace(RATE, bound="lt"),
        replace(RATE, period="2023-01-01/2023-03-31"),
        replace(RATE, breakdown=(("origin", "online"),)),
        replace(RATE, measure="change", unit="pp", base="2022-01-01/2022-12-31"),
        replace(INDEX, unit="points"),
    )
    assert rows(db, "SELECT * FROM wide") == []


def test_a_new_indicator_is_a_new_column_with_its_words(db: Engine) -> None:
    more = {**COUNT, "code": "econ.fdi", "name_vi": 'Vốn FDI: "thực" 100%', "name_en": "FDI", "unit": "USD"}
    with writing(db) as conn:
        load_catalogue(conn, PLACES, [*INDICATORS, COUNT, more])
    with reading(db) as conn:
        columns = [column["name"] for column in inspect(conn).get_columns("wide")]
    assert columns == [*HEADS, "dossier_late", "dossier_late_rate", "econ_fdi", "par_index"]
    told = meanings(db)["wide"]
    assert (list(told), told["econ_fdi"]) == (["", *columns], 'Vốn FDI: "thực" 100% · FDI, in USD')
    if db.dialect.name == "postgresql":
        said = rows(db, "SELECT col_description('wide'::regclass, 9), obj_description('wide'::regclass)")
        assert said == [(told["econ_fdi"], told[""])]


def test_sqlite_finds_a_place_by_index() -> None:
    engine = open_database("sqlite://", create=True)
    with reading(engine) as conn:
        plan = conn.execute(text("EXPLAIN QUERY PLAN SELECT * FROM wide WHERE locality = '568'")).all()
    assert "SEARCH o USING INDEX ix_observation_locality_indicator (locality=?)" in [step[3] for step in plan]
