"""Sentences that state no indicator: with figures (nothing.yml), and with numbers that are none (decoys.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.facts import Observation
from extractors.figures import find_figures
from extractors.page import Unreadable, read_page
from extractors.reader import read_article

SPEC_FOLDER = Path(__file__).parent / "spec"
YEAR = "Năm 2023 còn nhiều việc phải làm. "


def sentences(name: str) -> list[str]:
    """All sentences of a spec file, whatever their group."""
    groups: dict[str, list[str]] = yaml.safe_load((SPEC_FOLDER / name).read_text(encoding="utf-8"))
    return [text for group in groups.values() for text in group]


def observations(text: str) -> tuple[Observation, ...]:
    """What a paper of Khánh Hòa states in the middle of 2024; a page of nothing but counters and phones is refused."""
    facts = {"published": "2024-07-15", "locality": "56"}
    try:
        return read_article(read_page(text.encode(), name="case.txt", facts=facts)).observations
    except Unreadable:
        return ()


@pytest.mark.parametrize("text", [*sentences("nothing.yml"), *sentences("decoys.yml")])
def test_no_indicator_is_read(text: str) -> None:
    assert observations(text) == ()


@pytest.mark.parametrize("text", [*sentences("nothing.yml"), *sentences("decoys.yml")])
def test_nor_where_the_year_is_known(text: str) -> None:
    """An index or a rate without a period is none, so a sentence alone proves little."""
    assert observations(YEAR + text) == ()


SPOKEN = [
    ("Trong bối cảnh kinh tế thế giới khó khăn, GRDP 6 tháng đầu năm tăng 8,1%.", ["econ.grdp"]),
    ("Dù kinh tế thế giới tăng 2,6%, GRDP 6 tháng đầu năm của tỉnh tăng 8%.", ["econ.grdp"]),
    ("6 tháng đầu năm, kim ngạch xuất khẩu sang Trung Quốc đạt 210 triệu USD.", ["trade.exports"]),
    ("6 tháng đầu năm, vốn FDI của Nhật Bản vào tỉnh đạt 120 triệu USD.", ["invest.fdi_registered"]),
    ("Năm 2023, khách quốc tế đến Khánh Hòa qua sân bay Cam Ranh đạt 1,9 triệu lượt.", ["tourism.visitors"]),
    ("Các khu, điểm du lịch trong tỉnh 6 tháng đầu năm đón 1,5 triệu lượt khách.", ["tourism.visitors"]),
    ("Nhờ các nhà máy thủy điện, năm 2023 chỉ số sản xuất công nghiệp toàn tỉnh tăng 12%.", ["econ.iip"]),
    ("Nhà hàng, khách sạn kín chỗ, năm 2023 toàn tỉnh đón 5,2 triệu lượt khách.", ["tourism.visitors"]),
    ("Ông Hùng cho biết, năm 2023 tỷ lệ hộ nghèo của tỉnh còn 2,1%.", ["social.poverty_rate"]),
    ("Ông Hải trăn trở khi năm 2023 tỷ lệ hộ nghèo của xã Sơn Thái còn 30%.", ["social.poverty_rate"]),
    ("Bà Rịa - Vũng Tàu có tỷ lệ hộ nghèo 0,5% năm 2023.", ["social.poverty_rate"]),
    ("Giúp hộ nghèo tiếp cận vốn vay, năm 2023 tỷ lệ hộ nghèo của tỉnh còn 2,1%.", ["social.poverty_rate"]),
    ("Nâng cao thu nhập của người lao động, năm 2023 tạo việc làm cho 12.000 người.", ["social.jobs_created"]),
    ("Lấy sự hài lòng của du khách làm thước đo, năm 2023 tỉnh đón 5 triệu lượt khách.", ["tourism.visitors"]),
    ("Năm 2023, trên 98% hồ sơ được giải quyết đúng hạn theo quy định.", ["dossier.on_time_rate"]),
    ("6 tháng đầu năm, vốn đầu tư công giải ngân mới được 35% kế hoạch.", ["invest.public_disbursed_rate"]),
    (
        "Nếu tính cả vốn kéo dài, năm 2023 tỷ lệ giải ngân vốn đầu tư công đạt trên 41%.",
        ["invest.public_disbursed_rate"],
    ),
    ("Đến nay, toàn tỉnh có 1.264.390 người, trong đó nữ chiếm hơn một nửa.", ["social.population"]),
]


@pytest.mark.parametrize(("text", "indicators"), SPOKEN)
def test_what_comes_close_is_still_read(text: str, indicators: list[str]) -> None:
    assert [observation.indicator for observation in observations(text)] == indicators


@pytest.mark.parametrize("text", sentences("nothing.yml"))
def test_there_was_a_figure_to_leave(text: str) -> None:
    assert find_figures(text)


def test_an_indicator_would_have_been_read() -> None:
    assert [o.indicator for o in observations("Tỷ lệ hộ nghèo của tỉnh còn 2,1%.")] == ["social.poverty_rate"]
    assert [o.indicator for o in observations(YEAR + "Chỉ số DTI của tỉnh đạt 0,71 điểm.")] == ["index.dti"]
