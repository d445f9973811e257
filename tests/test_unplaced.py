"""A figure whose place is not one known unit waits, with the words for the place and the units they may mean."""

from __future__ import annotations

from datetime import date

from extractors.facts import Uncatalogued
from extractors.page import read_page
from extractors.reader import read_article

ABOVE = "Tỷ lệ hồ sơ giải quyết đúng hạn năm 2023 của các địa phương trong tỉnh được công bố sáng nay như sau."
BELOW = "Các địa phương có tỷ lệ thấp được yêu cầu báo cáo nguyên nhân và cách khắc phục trong tháng tới."


def waiting(text: str, published: date, locality: str | None = None, name: str = "bai.txt") -> list[Uncatalogued]:
    facts = {"published": published.isoformat(), "locality": locality, "url": None, "title": None}
    reading = read_article(read_page(text.encode(), name=name, facts=facts))
    return [left for left in reading.uncatalogued if left.why == "unplaced"]


def told(left: Uncatalogued) -> tuple[str, str, tuple[str, ...]]:
    return (left.text, left.place, left.candidates)


def test_a_name_of_ten_districts() -> None:
    (left,) = waiting("Năm 2023, tỷ lệ hồ sơ đúng hạn của huyện Châu Thành đạt 91,2%.", date(2024, 1, 10))
    assert (left.text, left.place, len(left.candidates)) == ("91,2%", "huyện Châu Thành", 10)


def test_a_place_that_is_in_no_list() -> None:
    text = "Năm 2023, tỷ lệ hồ sơ đúng hạn của xã Mường Tưởng Tượng đạt 91,2%."
    assert [told(left) for left in waiting(text, date(2024, 1, 10), "56")] == [("91,2%", "xã Mường Tưởng Tượng", ())]


def test_a_district_on_a_day_when_there_was_none() -> None:
    text = "Quý IV/2025, tỷ lệ hồ sơ đúng hạn của huyện Diên Khánh đạt 91,2%."
    assert [told(left) for left in waiting(text, date(2026, 1, 10), "56@2025")] == [
        ("91,2%", "huyện Diên Khánh", ("574",))
    ]


def test_a_year_before_the_commune_of_the_article_was_founded() -> None:
    text = "Phường Nha Trang (Khánh Hòa) họp. Năm 2024, thu ngân sách nhà nước trên địa bàn phường đạt 91,2 tỷ đồng."
    wards = ("22348", "22363", "22366", "22372", "22375", "568")
    assert [told(left) for left in waiting(text, date(2026, 1, 10), "22366@2025")] == [
        ("91,2 tỷ đồng", "phường", wards)
    ]


def test_rows_of_a_table_that_are_no_one_place() -> None:
    rows = {"Nha Trang": "98,1", "Ninh Hòa": "97,2", "Châu Thành": "93,4", "Mường Tưởng Tượng": "90,5"}
    lines = "".join(f"<tr><td>{place}</td><td>{rate}</td></tr>" for place, rate in rows.items())
    head = "<tr><th>Địa phương</th><th>Tỷ lệ đúng hạn (%)</th></tr>"
    page = f"<h1>Khánh Hòa: Kết quả năm 2023</h1><p>{ABOVE}</p><table>{head}{lines}</table><p>{BELOW}</p>"
    districts = ("708", "808", "821", "831", "847", "877", "892", "905", "933", "942")
    assert [(*told(left), left.unit) for left in waiting(page, date(2024, 1, 10), "56", "bai.html")] == [
        ("93,4", "Châu Thành", districts, "percent"),
        ("90,5", "Mường Tưởng Tượng", (), "percent"),
    ]
