"""Places as articles write them, against two lists of units; sentences are in tests/spec/places.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.places.article import ArticlePlaces
from extractors.places.finding import PlaceMention, find_places
from extractors.places.gazetteer import ancestors, new_province
from extractors.places.units import counterpart
from extractors.text import normalise

SPEC = Path(__file__).parent / "spec"
PLACES: list[dict[str, Any]] = yaml.safe_load((SPEC / "places.yml").read_text(encoding="utf-8"))
PROVINCES: dict[str, Any] = yaml.safe_load((SPEC / "provinces.yml").read_text(encoding="utf-8"))
BEFORE, AFTER = date(2023, 10, 12), date(2025, 10, 12)


def meanings(case: dict[str, Any]) -> list[str]:
    text = normalise(case["text"]).norm
    article = ArticlePlaces(case.get("title"), text, case.get("published", BEFORE), case.get("home"))
    return [meaning(article, mention, case.get("day")) for mention in article.find(text)]


def meaning(article: ArticlePlaces, mention: PlaceMention, on: date | None) -> str:
    if mention.kind in ("group", "region"):
        return mention.kind
    return article.resolve(mention, on) or "?"


def name_of(case: dict[str, Any]) -> str:
    return f"{case.get('title', '')} {case['text']}"[:60]


@pytest.mark.parametrize("case", PLACES, ids=name_of)
def test_sentence(case: dict[str, Any]) -> None:
    assert meanings(case) == case["expect"]


@pytest.mark.parametrize("case", [case for case in PLACES if "own" in case], ids=name_of)
def test_own_place(case: dict[str, Any]) -> None:
    text = normalise(case["text"]).norm
    article = ArticlePlaces(case.get("title"), text, case.get("published", BEFORE), case.get("home"))
    assert article.own == case["own"]


@pytest.mark.parametrize(("code", "name"), PROVINCES["old"].items())
def test_old_province(code: str, name: str) -> None:
    day = date(2024, 6, 30)
    assert meanings({"text": f"Theo Cục Thống kê {name}, CPI tăng 0,2%.", "day": day}) == [code]
    assert ArticlePlaces(f"{name}: CPI tăng 0,2%", "Giá gạo tăng.", day).own == code


@pytest.mark.parametrize(("code", "name"), PROVINCES["new"].items())
def test_new_province(code: str, name: str) -> None:
    assert meanings({"text": f"Theo Thuế {name}, thu tăng 2%.", "day": AFTER, "published": AFTER}) == [code]
    assert ArticlePlaces(f"{name}: Thu tăng 2%", "Thu nội địa tăng.", AFTER).own == code


@pytest.mark.parametrize(("code", "names"), PROVINCES["swapped"].items())
def test_a_code_that_changed_hands(code: str, names: list[str]) -> None:
    before, after = names
    heir = new_province(code)
    assert meanings({"text": f"Tỉnh {before} họp.", "day": BEFORE}) == [code]
    assert meanings({"text": f"Tỉnh {after} họp.", "day": AFTER, "published": AFTER}) == [f"{code}@2025"]
    assert counterpart(code, AFTER) is None
    assert heir == f"{code}@2025"


@pytest.mark.parametrize(
    ("home", "code", "name"),
    [(home, code, name) for home, units in PROVINCES["districts"].items() for code, name in units.items()],
)
def test_district(home: str, code: str, name: str) -> None:
    assert meanings({"text": f"UBND {name} trả 12 kết quả.", "home": home}) == [code]
    article = ArticlePlaces(f"{name} giao ban", "Hội nghị diễn ra sáng nay.", BEFORE, home)
    assert (article.own, ancestors(code)) == (code, (home, "VN"))


def test_own_place_follows_the_list_of_the_day() -> None:
    article = ArticlePlaces("Tây Ninh: Kinh tế năm 2025", "Toàn tỉnh thu 12.000 tỷ đồng.", AFTER)
    assert [article.own, article.own_at(AFTER), article.own_at(BEFORE)] == ["80@2025", "80@2025", "72"]


def test_an_abolished_district_has_no_heir() -> None:
    article = ArticlePlaces("Nha Trang giao ban", "Thành phố họp.", BEFORE)
    assert [article.own, article.own_at(BEFORE), article.own_at(AFTER)] == ["568", "568", None]


def test_the_list_of_all_districts_is_the_provinces_article() -> None:
    body = (
        "UBND tỉnh Khánh Hòa công bố kết quả. TP. Nha Trang 86%, thành phố Cam Ranh 85%, thị xã Ninh Hòa 84%, "
        "huyện Cam Lâm 83%, huyện Vạn Ninh 82%, huyện Diên Khánh 81%. Huyện Cam Lâm tiến bộ, huyện Vạn Ninh tụt hạng."
    )
    assert ArticlePlaces("Xếp hạng cải cách hành chính: Nha Trang đứng đầu", body, BEFORE).own == "56"


def test_a_heading_says_whose_article_it_is() -> None:
    body = "UBND tỉnh Khánh Hòa họp. Nha Trang dẫn đầu. Tỉnh giao chỉ tiêu."
    assert ArticlePlaces("Khánh Hòa: Nha Trang dẫn đầu", body, BEFORE).own == "56"
    assert ArticlePlaces("Khánh Hòa có Nha Trang dẫn đầu", body, BEFORE).own == "568"


def test_the_paper_of_a_merged_province_writes_about_the_new_one() -> None:
    assert ArticlePlaces("Giao ban tháng 9", "Hội nghị diễn ra sáng nay.", AFTER, home="58").own == "56@2025"


def test_an_article_without_a_day_is_read_by_the_older_list() -> None:
    article = ArticlePlaces("Tây Ninh giao ban", "Tỉnh có 94 xã.", None)
    assert [article.own, article.own_at(AFTER)] == ["72", "80@2025"]


@settings(deadline=None)
@given(st.text(alphabet="Nha TrngHuế.,()-TPxã 1V\n’huyệtỉ", max_size=120))
def test_places_never_overlap(text: str) -> None:
    found = find_places(normalise(text).norm)
    bounds = [bound for place in found for bound in (place.start, place.end)]
    assert bounds == sorted(bounds)


def test_an_article_about_no_place() -> None:
    assert ArticlePlaces("Giá vàng giảm", "Giá vàng tại Hà Nội giảm 1%.", BEFORE).own is None
    assert ArticlePlaces("Giá vàng giảm", "Giá vàng giảm 1%.", BEFORE, home="56").own == "56"


def test_the_figures_of_the_statistics_office_are_the_countrys() -> None:
    assert ArticlePlaces("CPI tháng 6", "Theo Tổng cục Thống kê, CPI tăng 0,1%.", BEFORE).own == "VN"


def test_this_district_is_the_one_named_last() -> None:
    article = ArticlePlaces("Khánh Hòa giao ban", "Huyện Cam Lâm họp. Huyện trễ hạn 2 hồ sơ.", BEFORE)
    first, back = article.find("Huyện Cam Lâm họp. Huyện trễ hạn 2 hồ sơ.")
    assert [article.resolve(back), article.resolve(back, before=[first])] == [None, "570"]


def test_a_name_once_typed_counts_when_bare() -> None:
    body = "Xã Vĩnh Hiệp (Nha Trang) về đích. Vĩnh Hiệp có 2.100 hộ."
    article = ArticlePlaces("Chuyện ở Vĩnh Hiệp", body, BEFORE)
    assert [article.own, [article.resolve(place) for place in article.find(body)]] == ["22399", ["22399", "22399"]]


def test_a_cell_of_a_table_is_a_place_of_any_tier() -> None:
    article = ArticlePlaces("Thị xã Bình Long: Kết quả", "Bảng 1", BEFORE)
    cell = article.find("2. Hưng Chiến", cell=True)
    assert [article.resolve(place) for place in cell] == ["25320"]
    assert article.find("2. Hưng Chiến") == []


def test_a_mention_is_a_slice_of_the_text() -> None:
    text = "Ngày 12/4, UBND huyện Cam Lâm (Khánh Hòa) và toàn tỉnh báo cáo cả nước."
    found = find_places(text)
    assert [place.surface for place in found] == [text[place.start : place.end] for place in found]
    assert [place.surface for place in found] == ["huyện Cam Lâm (Khánh Hòa)", "toàn tỉnh", "cả nước"]
