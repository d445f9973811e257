"""What a territory adds up to: the units that went into it, period by period, or nothing at all."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models import load_catalogue, open_database, territory_series, writing
from tests.test_models_history import DOSSIERS, LINKS, MEASURED, NAMES, PLACES, REFORM, db, link, rows, told
from tests.test_models_load import LATE
from tests.test_models_series import article, load

__all__ = ["db"]

Y2023, Y2025, NINE_MONTHS = "2023-01-01/2023-12-31", "2025-01-01/2025-12-31", "2025-01-01/2025-09-30"
MONEY = replace(DOSSIERS, indicator="econ.grdp", unit="VND")


def sums(db: Engine, territory: str = "56@2025") -> list[tuple[Any, ...]]:
    found = territory_series(db, territory=territory)
    return [(row.indicator, row.time_period, row.value, row.bound, row.parts) for row in found]


def test_a_territory_is_made_of_the_units_that_went_into_it(db: Engine) -> None:
    parts = rows(db, "SELECT territory, part, part_name, whole_since FROM territory ORDER BY territory, part")
    reform = str(REFORM) if db.dialect.name == "sqlite" else REFORM
    assert [part for part in parts if part[0] != part[1] or part[3]] == [
        ("01", "28", "Tỉnh Hà Tây", None),
        ("01@2025", "01", "Thành phố Hà Nội", None),
        ("01@2025", "28", "Tỉnh Hà Tây", None),
        ("22333@2025", "22333@2025", "Phường Bắc Nha Trang", reform),
        ("22366@2025", "22339", "Phường Vĩnh Phước", reform),
        ("22366@2025", "22366@2025", "Phường Nha Trang", reform),
        ("56@2025", "56", "Tỉnh Khánh Hòa", None),
        ("56@2025", "58", "Tỉnh Ninh Thuận", None),
    ]


def test_units_that_went_into_each_other_come_to_an_end(db: Engine) -> None:
    with writing(db) as conn:
        load_catalogue(conn, PLACES, MEASURED, [*LINKS, link("56@2025", "continued", "56")])
    assert rows(db, "SELECT part FROM territory WHERE territory = '56' ORDER BY part") == [
        ("56",), ("56@2025",), ("58",)
    ]  # fmt: skip


def test_counts_and_money_of_the_parts_are_summed_and_rates_never(db: Engine) -> None:
    told(db, ("56", 1200, DOSSIERS), ("58", 345, DOSSIERS), ("56", "1.5", LATE), ("58", "2.5", LATE))
    told(db, ("56", 10**16 + 1, MONEY), ("58", 2 * 10**16, MONEY), confidence=0.8)
    whole = territory_series(db, territory="Khánh Hòa", indicator="dossier.received")
    assert [asdict(row) for row in whole if row.territory == "56@2025"] == [{
        "territory": "56@2025", "territory_name": "Tỉnh Khánh Hòa", "indicator": "dossier.received",
        "indicator_vi": "Hồ sơ", "indicator_en": "Dossiers", "scope": "all", "breakdown": "", "status": "actual",
        "freq": "A", "time_period": "2023", "period": Y2023, "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31), "value": Decimal(1545), "unit": "count", "bound": "eq", "parts": 2,
        "confidence": 0.9,
    }]  # fmt: skip
    assert sums(db)[1:] == [("econ.grdp", "2023", Decimal(30000000000000001), "eq", 2)]
    assert sums(db, "56") == [
        ("dossier.received", "2023", Decimal(1200), "eq", 1),
        ("econ.grdp", "2023", Decimal(10**16 + 1), "eq", 1),
    ]


@pytest.mark.parametrize(
    ("khanh_hoa", "ninh_thuan", "total"),
    [
        ({"value": Decimal("0.1")}, {"value": Decimal("0.2")}, ("0.3", "eq")),
        ({}, {"bound": "approx"}, ("18", "approx")),
        ({}, {"bound": "gt"}, None),
        ({}, {"unit": "thousand"}, None),
        ({}, {"scope": "province"}, None),
        ({}, {"status": "estimate"}, None),
        ({}, {"breakdown": (("origin", "online"),)}, None),
        ({}, {"period": "2023-01-01/2023-06-30"}, None),
        ({}, {"measure": "change"}, None),
        ({"measure": "growth"}, {"measure": "growth"}, None),
        ({}, {"value": Decimal(10) ** 17}, None),
    ],
)
def test_half_a_territory_is_no_figure(db: Engine, khanh_hoa: Any, ninh_thuan: Any, total: Any) -> None:
    nine = replace(DOSSIERS, value=Decimal(9), locality="56")
    load(db, (article("a"), replace(nine, **khanh_hoa)), (article("b"), replace(nine, locality="58", **ninh_thuan)))
    found = [(str(row.value), row.bound) for row in territory_series(db, territory="56@2025")]
    assert found == ([total] if total else [])


def test_a_point_that_is_missing_leaves_no_row(db: Engine) -> None:
    told(db, ("56", 9, DOSSIERS))
    assert (sums(db), sums(db, "58")) == ([], [])
    assert sums(db, "56") == [("dossier.received", "2023", Decimal(9), "eq", 1)]


def test_after_the_merger_the_figure_is_the_new_units_own(db: Engine) -> None:
    told(db, ("56", 9, DOSSIERS), ("58", 8, DOSSIERS), ("56@2025", 30, DOSSIERS), period=Y2025)
    told(db, ("56@2025", 20, DOSSIERS), period=NINE_MONTHS)
    assert sums(db) == [
        ("dossier.received", "2025-01-01/2025-09-30", Decimal(20), "eq", 1),
        ("dossier.received", "2025", Decimal(30), "eq", 1),
    ]


def test_parts_of_units_that_lived_on_count_until_they_merged(db: Engine) -> None:
    told(db, ("28", 3, DOSSIERS), ("01", 4, DOSSIERS), period="2007-01-01/2007-12-31")
    told(db, ("01", 9, DOSSIERS), period="2009-01-01/2009-12-31")
    early, late = ("dossier.received", "2007", Decimal(7), "eq", 2), ("dossier.received", "2009", Decimal(9), "eq", 1)
    assert sums(db, "01@2025") == sums(db, "01") == [early, late]


def test_before_a_divided_unit_came_in_the_parts_are_not_the_whole(db: Engine) -> None:
    told(db, ("22339", 3, DOSSIERS))
    told(db, ("22366@2025", 5, DOSSIERS), period=NINE_MONTHS)
    assert sums(db, "22366@2025") == [("dossier.received", "2025-01-01/2025-09-30", Decimal(5), "eq", 1)]


def test_before_a_part_went_elsewhere_the_territory_was_another(db: Engine) -> None:
    with writing(db) as conn:
        load_catalogue(conn, PLACES, MEASURED, [*LINKS, link("58", "divided", "01", date(2008, 8, 1))], NAMES)
    for year in (2007, 2009):
        told(db, ("56", 3, DOSSIERS), ("58", 4, DOSSIERS), ("01", 5, DOSSIERS), period=f"{year}-01-01/{year}-12-31")
    assert sums(db) == [("dossier.received", "2009", Decimal(7), "eq", 2)]
    assert sums(db, "01") == [("dossier.received", "2009", Decimal(5), "eq", 1)]


def test_a_district_does_not_divide_what_its_communes_make_whole(db: Engine) -> None:
    district = link("575", "divided", "22366@2025")
    with writing(db) as conn:
        load_catalogue(conn, PLACES, MEASURED, [link("22339", "merged", "22366@2025"), district], NAMES)
    told(db, ("22339", 3, DOSSIERS))
    assert sums(db, "22366@2025") == [("dossier.received", "2023", Decimal(3), "eq", 1)]
    assert rows(db, "SELECT series_break FROM locality_break WHERE locality = '22366@2025'") == [
        ("begins 2025-07-01: merged from Phường Vĩnh Phước (22339)",)
    ]


@pytest.mark.parametrize("asked", ["series WHERE locality = '56'", "territory_series WHERE territory = '56@2025'"])
def test_sqlite_finds_the_claims_of_one_place_by_index(tmp_path: Path, asked: str) -> None:
    plan = rows(
        open_database(f"sqlite:///{tmp_path}/solieu.db", create=True), f"EXPLAIN QUERY PLAN SELECT * FROM {asked}"
    )
    assert any(
        step[3].startswith("SEARCH o USING") and "INDEX ix_observation_locality_indicator (locality=?)" in step[3]
        for step in plan
    )
