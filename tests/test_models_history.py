"""Places have a history: what became of a unit, where its series break, what it was called."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import (
    Claim,
    HistoryRow,
    LoadProblem,
    UnknownName,
    latest,
    load_catalogue,
    locality_history,
    reading,
    series,
    territory_series,
    writing,
)
from tests.test_models_load import INDICATORS, LATE
from tests.test_models_series import article, load

LAST, REFORM = date(2025, 6, 30), date(2025, 7, 1)


def unit(place: str, kind: str, name: str, tier: str = "province", **more: Any) -> dict[str, Any]:
    names = {"name": f"{kind} {name}", "short_name": name, "type": kind}
    return {"id": place, "code": place.partition("@")[0], "tier": tier, "parent": "VN", **names, **more}


def link(old: str, kind: str, new: str, effective: date = REFORM, **more: Any) -> dict[str, Any]:
    return {"old": old, "new": new, "kind": kind, "effective": effective, **more}


PLACES = [
    {"id": "VN", "code": "VN", "name": "Việt Nam", "type": "Quốc gia", "tier": "country"},
    unit("28", "Tỉnh", "Hà Tây", valid_to=date(2008, 7, 31)),
    unit("01", "Thành phố", "Hà Nội", valid_to=LAST),
    unit("01@2025", "Thành phố", "Hà Nội", valid_from=REFORM),
    unit("56", "Tỉnh", "Khánh Hòa", valid_to=LAST),
    unit("58", "Tỉnh", "Ninh Thuận", valid_to=LAST, latitude=11.56, longitude=108.99),
    unit("56@2025", "Tỉnh", "Khánh Hòa", valid_from=REFORM, decree="202/2025/QH15"),
    unit("75@2025", "Thành phố", "Đồng Nai", valid_from=REFORM),
    unit("575", "Huyện", "Diên Khánh", "district", parent="56", valid_to=LAST),
    unit("22336", "Phường", "Vĩnh Hải", "commune", parent="56", valid_to=LAST),
    unit("22339", "Phường", "Vĩnh Phước", "commune", parent="56", valid_to=LAST),
    unit("22366@2025", "Phường", "Nha Trang", "commune", parent="56@2025", valid_from=REFORM),
    unit("22333@2025", "Phường", "Bắc Nha Trang", "commune", parent="56@2025", valid_from=REFORM),
]
LINKS = [
    link("28", "merged", "01", date(2008, 8, 1), share=1.0, decree="15/2008/QH12"),
    link("01", "continued", "01@2025", share=1.0),
    link("56", "merged", "56@2025", share=1.0, decree="202/2025/QH15"),
    link("58", "merged", "56@2025", share=1.0, decree="202/2025/QH15"),
    link("22336", "divided", "22366@2025"),
    link("22336", "divided", "22333@2025", share=0.25),
    link("22339", "merged", "22366@2025"),
]
NAMES = [
    {"locality": "75@2025", "name": "Tỉnh Đồng Nai", "short_name": "Đồng Nai", "type": "Tỉnh",
     "valid_to": date(2026, 4, 29)},
    {"locality": "75@2025", "name": "Thành phố Đồng Nai", "short_name": "Đồng Nai", "type": "Thành phố",
     "valid_from": date(2026, 4, 30), "decree": "30/2026/QH16"},
]  # fmt: skip
MEASURED = [
    *INDICATORS,
    {"code": "dossier.received", "name_vi": "Hồ sơ", "name_en": "Dossiers", "unit": "count", "additive": True},
    {"code": "econ.grdp", "name_vi": "GRDP", "name_en": "GRDP", "unit": "VND", "additive": True},
]
DOSSIERS = replace(LATE, indicator="dossier.received", unit="count", mentions=())


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    """A database that knows what became of a few places."""
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, MEASURED, LINKS, NAMES)
    return fresh_db


def told(db: Engine, *said: tuple[str, Any, Claim], **slots: Any) -> None:
    """Each article says one figure of one place."""
    for number, (place, value, claim) in enumerate(said):
        figure = replace(claim, locality=place, value=Decimal(value), **slots)
        load(db, (article(f"{place} {number} {sorted(map(str, slots.values()))}"), figure))


def rows(db: Engine, query: str) -> list[tuple[Any, ...]]:
    with reading(db) as conn:
        return [tuple(row) for row in conn.execute(text(query))]


def test_a_series_says_where_it_ends_and_begins(db: Engine) -> None:
    assert {place: said for place, said in rows(db, "SELECT * FROM locality_break") if said} == {
        "28": "ends 2008-07-31: merged into Thành phố Hà Nội (01)",
        "01": "ends 2025-06-30: continued by Thành phố Hà Nội (01@2025)",
        "01@2025": "begins 2025-07-01: continues Thành phố Hà Nội (01)",
        "56": "ends 2025-06-30: merged into Tỉnh Khánh Hòa (56@2025)",
        "58": "ends 2025-06-30: merged into Tỉnh Khánh Hòa (56@2025)",
        "56@2025": "begins 2025-07-01: merged from 2 units",
        "575": "ends 2025-06-30",
        "22336": "ends 2025-06-30: divided among 2 units",
        "22339": "ends 2025-06-30: merged into Phường Nha Trang (22366@2025)",
        "22366@2025": "begins 2025-07-01: merged from 2 units",
        "22333@2025": "begins 2025-07-01: divided from Phường Vĩnh Hải (22336)",
    }


def test_a_unit_that_began_and_ended_says_both(db: Engine) -> None:
    short_lived = [{**one, "valid_from": date(2008, 8, 1)} if one["id"] == "01" else one for one in PLACES]
    with writing(db) as conn:
        load_catalogue(conn, short_lived, MEASURED, LINKS[:1], NAMES)
    assert rows(db, "SELECT series_break FROM locality_break WHERE locality = '01'") == [
        ("begins 2008-08-01: merged from Tỉnh Hà Tây (28); ends 2025-06-30",)
    ]


def test_points_carry_the_break_of_their_place(db: Engine) -> None:
    told(db, ("56", 9, LATE), ("VN", 7, LATE))
    merged = "ends 2025-06-30: merged into Tỉnh Khánh Hòa (56@2025)"
    breaks = [(row.locality_valid_from, row.locality_valid_to, row.series_break) for row in series(db)]
    assert breaks == [(None, LAST, merged), (None, None, "")]
    assert [(row.locality_valid_to, row.series_break) for row in latest(db)] == [(LAST, merged), (None, "")]


def test_the_history_of_a_unit_is_told_event_by_event(db: Engine) -> None:
    khanh_hoa = HistoryRow(
        locality="56@2025", code="56", name="Tỉnh Khánh Hòa", type="Tỉnh", tier="province",
        province_name="Tỉnh Khánh Hòa", valid_from=REFORM, valid_to=None, event="preceded by", event_date=REFORM,
        kind="merged", other="56", other_name="Tỉnh Khánh Hòa", share=1.0, decree="202/2025/QH15",
    )  # fmt: skip
    assert locality_history(db, "56@2025") == [khanh_hoa, replace(khanh_hoa, other="58", other_name="Tỉnh Ninh Thuận")]
    assert [(r.locality, r.event_date, r.event, r.kind, r.other) for r in locality_history(db, "Hà Nội")] == [
        ("01", date(2008, 8, 1), "preceded by", "merged", "28"),
        ("01", REFORM, "succeeded by", "continued", "01@2025"),
        ("01@2025", REFORM, "preceded by", "continued", "01"),
    ]
    (named,) = locality_history(db, "tỉnh đồng nai")
    assert asdict(named) == {
        "locality": "75@2025", "code": "75", "name": "Thành phố Đồng Nai", "type": "Thành phố", "tier": "province",
        "province_name": "Thành phố Đồng Nai", "valid_from": REFORM, "valid_to": None, "event": "named",
        "event_date": date(2026, 4, 30), "kind": None, "other": None, "other_name": "Thành phố Đồng Nai",
        "share": None, "decree": "30/2026/QH16",
    }  # fmt: skip
    assert locality_history(db, "575") == []


def test_series_are_found_by_id_code_and_every_name(db: Engine) -> None:
    told(db, ("56", 1, LATE), ("56@2025", 2, LATE), ("75@2025", 3, LATE))
    asked = ("56", "56@2025", "75", "Khánh Hòa", "Tỉnh Đồng Nai", "thành phố đồng nai")
    found = [[row.locality for row in series(db, locality=name)] for name in asked]
    assert found == [["56"], ["56@2025"], ["75@2025"], ["56", "56@2025"], ["75@2025"], ["75@2025"]]
    with pytest.raises(UnknownName, match="no locality 'Hà Bắc' in the database"):
        territory_series(db, territory="Hà Bắc")


def test_links_and_names_that_are_no_longer_given_are_deleted(db: Engine) -> None:
    told(db, ("56", 9, DOSSIERS), ("58", 8, DOSSIERS))
    half = [one for one in LINKS if one["old"] != "58"]
    with writing(db) as conn:
        assert load_catalogue(conn, PLACES, MEASURED, LINKS, NAMES) == 0
        assert load_catalogue(conn, PLACES[:-1], MEASURED, half[:4], [{**NAMES[1], "decree": None}]) == 5
    assert rows(db, "SELECT old, new FROM locality_link ORDER BY old") == [
        ("01", "01@2025"), ("22336", "22366@2025"), ("28", "01"), ("56", "56@2025")
    ]  # fmt: skip
    assert rows(db, "SELECT name, decree FROM locality_name") == [("Thành phố Đồng Nai", None)]
    assert [(row.value, row.parts) for row in territory_series(db, territory="56@2025")] == [(Decimal(9), 1)]
    assert len(rows(db, "SELECT id FROM locality")) == len(PLACES)


@pytest.mark.parametrize(
    ("links", "names", "message"),
    [
        ([link("56", "merged", "99")], [], "the link from 56 to 99: 99 is not in the catalogue"),
        ([link("99", "merged", "56")], [], "the link from 99 to 56: 99 is not in the catalogue"),
        ([link("56", "eaten", "58")], [], "the link from 56 to 58 is 'eaten', none of continued, merged, divided"),
        ([LINKS[0], LINKS[0]], [], "locality_link 28 01 comes twice in the catalogue"),
        ([], [{**NAMES[0], "locality": "99"}], "the name Tỉnh Đồng Nai: 99 is not in the catalogue"),
    ],
)
def test_a_history_of_unknown_units_is_refused(db: Engine, links: Any, names: Any, message: str) -> None:
    with writing(db) as conn, pytest.raises(LoadProblem, match=message):
        load_catalogue(conn, PLACES, MEASURED, links, names)
