"""The map beside an indicator's table: whose dots it has, how large they are, and that none hides another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from flows.pages.maps import classes
from flows.pages.projection import apart, sheet_of
from flows.pages.site import write_site
from flows.settings import Settings
from models import Claim
from tests.points import ARTICLE, late, store
from tests.sites import settings, stored

__all__ = ["settings"]


@pytest.fixture(autouse=True)
def _drawn_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that draws charts takes seconds to make, and no map needs it."""
    monkeypatch.setattr("flows.pages.site.vega_js", lambda: lambda: b"/* draws */")


def maps_of(settings: Settings, out: Path, *claims: Claim, indicator: str = "dossier.late_rate") -> list[Tag]:
    """The maps of an indicator's page, the newest period's first."""
    store(settings, replace(ARTICLE, title="Hồ sơ trễ hạn"), *claims)
    write_site(stored(settings), out, archive=None, language="en")
    page = BeautifulSoup((out / "indicators" / f"{indicator}.html").read_text("utf-8"), "lxml")
    return page.select("figure.map")


def at(locality: str, value: str, year: int = 2023, **slots: object) -> Claim:
    return replace(late(year, value), locality=locality, **slots)  # type: ignore[arg-type]


def dots(drawn: Tag) -> list[tuple[str, str]]:
    """Each dot's class and what it tells, the lowest first."""
    return [(str(dot["class"][0]), dot.text) for dot in drawn.select("a circle")]


def texts(drawn: Tag, what: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in drawn.select(what)]


def test_places_of_a_period_are_dots_that_lead_to_their_series(settings: Settings, tmp_path: Path) -> None:
    (drawn,) = maps_of(settings, tmp_path / "s", at("568", "0.9"), at("574", "2.5"), at("572", "1.2"))
    assert dots(drawn) == [
        ("shade5", "Huyện Diên Khánh (574): 2.5 %"),
        ("shade3", "Thị xã Ninh Hòa (572): 1.2 %"),
        ("shade1", "Thành phố Nha Trang (568): 0.9 %"),
    ]
    links = drawn.select("a")
    assert links[2]["href"] == "../series/568--dossier.late_rate.html"
    assert [link["aria-label"] for link in links] == [told for _, told in dots(drawn)]
    radii = [float(str(dot["r"])) for dot in drawn.select("a circle")]
    assert radii == sorted(radii, reverse=True)
    assert texts(drawn, "li") == ["2.5 % 1", "1.2 % 1", "0.9 % 1"]
    assert texts(drawn, "figcaption > p")[0] == "Map: districts, Tỉnh Khánh Hòa, actual"
    assert {"Nha Trang", "Ninh Hòa", "Diên Khánh"} <= set(texts(drawn, "text:not(.bearing)"))
    assert {"Khánh Vĩnh", "Cam Ranh"} <= set(texts(drawn, "text.bearing"))
    assert not drawn.select("[style]")


def test_only_what_can_be_set_side_by_side_shares_a_map(settings: Settings, tmp_path: Path) -> None:
    district, province = at("568", "0.9"), at("56", "3")
    target, offices = at("574", "1", status="target"), at("572", "2", scope="district")
    assert maps_of(settings, tmp_path / "s", district, province, target, offices) == []


def test_a_place_without_coordinates_is_told_of(settings: Settings, tmp_path: Path) -> None:
    (drawn,) = maps_of(settings, tmp_path / "s", at("678", "1", 2019), at("672", "2", 2019), at("681", "3", 2019))
    assert [told for _, told in dots(drawn)] == ["Thành phố Đà Lạt (672): 2 %", "Huyện Đức Trọng (678): 1 %"]
    assert "1 of 3 places have no coordinates." in texts(drawn, "p.hint")


def test_where_a_period_has_only_ranks_the_first_is_the_largest(settings: Settings, tmp_path: Path) -> None:
    rank = {"indicator": "par.index", "measure": "rank", "unit": "rank"}
    claims = [at("56", "7", **rank), at("58", "31", **rank), at("568", "1", **rank), at("672", "2", **rank)]
    (drawn,) = maps_of(settings, tmp_path / "s", *claims, indicator="par.index")
    assert dots(drawn) == [("shade5", "Tỉnh Khánh Hòa (56): 7"), ("shade1", "Tỉnh Ninh Thuận (58): 31")]


def test_each_period_has_its_own_map(settings: Settings, tmp_path: Path) -> None:
    claims = [at("56", "3", 2022), at("58", "4", 2022), at("56", "5"), at("58", "4"), at("60", "1", 2021)]
    newest, before = maps_of(settings, tmp_path / "s", *claims)
    assert [dots(one)[0][1] for one in (newest, before)] == ["Tỉnh Khánh Hòa (56): 5 %", "Tỉnh Ninh Thuận (58): 4 %"]


def test_islands_far_off_do_not_make_a_speck_of_the_mainland(settings: Settings, tmp_path: Path) -> None:
    quarter = {"period": "2025-10-01/2025-12-31"}
    places = ("22366@2025", "22402@2025", "22736@2025")
    (drawn,) = maps_of(settings, tmp_path / "s", *(at(place, "1", **quarter) for place in places))
    assert "On the border, and further away than drawn: Đặc khu Trường Sa." in texts(drawn, "p.hint")
    spots = [float(str(dot["cx"])) for dot in drawn.select("a circle")]
    assert spots[2] == 348.0
    assert abs(spots[0] - spots[1]) > 20


def test_dots_of_one_point_stand_beside_each_other_in_the_same_way_every_time() -> None:
    spots = apart([(100.0, 100.0)] * 12, 9)
    assert spots[0] == (100.0, 100.0)
    assert all((a - c) ** 2 + (b - d) ** 2 >= 81 for (a, b), (c, d) in pairwise(sorted(spots)))
    assert max(abs(x - 100) + abs(y - 100) for x, y in spots) < 45
    assert apart([(100.0, 100.0)] * 12, 9) == spots
    assert len(set(apart([(100.0, 100.0)] * 200, 9))) > 20


def test_a_map_is_true_to_shape_in_its_middle() -> None:
    sheet = sheet_of([(21.0, 105.0), (21.0, 106.0)], 0.5)
    (west, _), (east, _) = sheet.at(21.0, 105.0), sheet.at(21.0, 106.0)
    (_, top), (_, low) = sheet.at(21.5, 105.5), sheet.at(20.5, 105.5)
    assert (round(east - west), round(low - top)) == (258, 276)
    km, long = sheet.bar
    assert (km, round(long / (low - top) * 111.2)) == (20, 20)


def test_classes_have_as_many_values_each_as_can_be() -> None:
    numbers = [Decimal(one) for one in (1, 2, 3, 4, 5, 6, 900)]
    assert list(classes(numbers).values()) == [1, 1, 2, 3, 3, 4, 5]
    assert classes(numbers[:2]) == {Decimal(1): 1, Decimal(2): 5}
    assert classes(numbers[:2], first_is_most=True) == {Decimal(2): 1, Decimal(1): 5}
    assert classes(numbers[:1]) == {Decimal(1): 1}
