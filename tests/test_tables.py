"""Tables in articles: whole rows are compared, and what cannot be told is left out."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

from extractors.facts import Observation
from extractors.figures import read_figure
from extractors.page import read_page
from extractors.reader import read_article

Row = tuple[object, ...]

NINE_MONTHS = "Cục Thống kê tỉnh Nghệ An vừa công bố tình hình kinh tế - xã hội 9 tháng đầu năm 2024 của tỉnh."
LAST = "Thời gian tới, các ngành sẽ tiếp tục tháo gỡ khó khăn để giữ nhịp phát triển chung của toàn địa bàn."


def cells(*rows: str) -> str:
    """Rows written with bars, printed one cell a line as a page without its table tags gives them."""
    return "\n".join(cell.strip() for row in rows for cell in row.split("|"))


def read(
    table: str, *, lead: str = NINE_MONTHS, title: str = "Nghệ An: Số liệu mới", published: str = "2024-10-02"
) -> list[Observation]:
    page = f"{title}\n\n{lead}\n\n{table}\n\n{LAST}\n"
    if table.startswith("<"):
        page = f"<html><body><h1>{title}</h1><div class='content-detail'><p>{lead}</p>{table}<p>{LAST}</p></div></body>"
    facts = {"published": published, "title": title, "locality": "40"}
    article = read_page(page.encode(), name="bai", facts=facts)
    observations = read_article(article).observations
    assert [article.text[o.start : o.end] for o in observations] == [o.quote for o in observations]
    return list(observations)


def levels(observations: list[Observation]) -> list[Row]:
    return [(o.locality, o.scope, o.indicator, o.period, o.value) for o in observations if o.measure == "level"]


def of_own(observations: list[Observation]) -> list[Row]:
    """Everything but the locality, which is the article's own."""
    assert {o.locality for o in observations} <= {"40"}
    return [
        (o.indicator, dict(o.breakdown), o.period, o.status, o.measure, o.base, o.value, o.unit) for o in observations
    ]


YEAR, NINE = "2024-01-01/2024-12-31", "2024-01-01/2024-09-30"
NINE_BEFORE = "2023-01-01/2023-09-30"


def test_rows_of_indicators_with_plan_result_share_and_growth() -> None:
    found = read(
        cells(
            "Một số chỉ tiêu chủ yếu",
            "Chỉ tiêu | ĐVT | Kế hoạch năm 2024 | Thực hiện | So với KH (%) | So với cùng kỳ (%)",
            "Tổng thu ngân sách nhà nước | tỷ đồng | 15.900 | 13.250 | 83,3 | 7,9",
            "Kim ngạch xuất khẩu | triệu USD | 2.800 | 2.150 | 76,8 | -1,4",
            "Kim ngạch xuất khẩu gạo | triệu USD | 80 | 61 | 76,3 | 3,2",
            "Sản lượng lúa | tấn | 980.000 | 965.000 | 98,5 | 1,1",
            "Nguồn: Cục Thống kê",
        )
    )
    assert of_own(found) == [
        ("budget.revenue", {}, YEAR, "target", "level", None, 15_900_000_000_000, "VND"),
        ("budget.revenue", {}, NINE, "actual", "level", None, 13_250_000_000_000, "VND"),
        ("budget.revenue", {}, NINE, "actual", "share_of_plan", None, Decimal("83.3"), "percent"),
        ("budget.revenue", {}, NINE, "actual", "growth", NINE_BEFORE, Decimal("7.9"), "percent"),
        ("trade.exports", {}, YEAR, "target", "level", None, 2_800_000_000, "USD"),
        ("trade.exports", {}, NINE, "actual", "level", None, 2_150_000_000, "USD"),
        ("trade.exports", {}, NINE, "actual", "share_of_plan", None, Decimal("76.8"), "percent"),
        ("trade.exports", {}, NINE, "actual", "growth", NINE_BEFORE, Decimal("-1.4"), "percent"),
    ]
    assert not any(o.derived for o in found)


def test_what_is_printed_of_100_is_a_derived_growth() -> None:
    found = read(
        cells(
            "Chỉ tiêu | ĐVT | Thực hiện | So với cùng kỳ (%)",
            "Thu ngân sách nhà nước | tỷ đồng | 13.250 | 107,9",
            "Kim ngạch nhập khẩu | triệu USD | 1.150 | 98,6",
        )
    )
    growth = [(o.indicator, o.value, o.quote, o.derived) for o in found if o.measure == "growth"]
    assert growth == [
        ("budget.revenue", Decimal("7.9"), "107,9", True),
        ("trade.imports", Decimal("-1.4"), "98,6", True),
    ]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("So với cùng kỳ (%)", "107,9", "12,4"),
        ("So với cùng kỳ", "7,9", "12,4"),
        ("Tăng trưởng (%)", "107,9", "112,4"),
        ("Tăng, giảm", "60", "1.800"),
    ],
)
def test_a_movement_that_may_be_read_two_ways_is_left_out(head: str, first: str, second: str) -> None:
    table = cells(
        f"Chỉ tiêu | ĐVT | Thực hiện | {head}",
        f"Thu ngân sách nhà nước | tỷ đồng | 13.250 | {first}",
        f"Kim ngạch xuất khẩu | triệu USD | 2.150 | {second}",
    )
    assert [(o.indicator, o.measure) for o in read(table)] == [("budget.revenue", "level"), ("trade.exports", "level")]


def test_an_estimate_beside_the_same_period_a_year_before() -> None:
    found = read(
        cells(
            "Chỉ tiêu | Đơn vị | Cùng kỳ năm trước | Ước thực hiện 9 tháng | Tăng, giảm (%)",
            "Thu nội địa | tỷ đồng | 11.000 | 12.100 | 10",
            "Khách quốc tế | nghìn lượt | 60 | 89,5 | 49,2",
            "Chỉ số sản xuất công nghiệp (IIP) | % | 104,2 | 108,5 | 8,5",
        )
    )
    inner, abroad = {"source": "nội địa"}, {"origin": "international"}
    assert of_own(found) == [
        ("budget.revenue", inner, NINE_BEFORE, "actual", "level", None, 11_000_000_000_000, "VND"),
        ("budget.revenue", inner, NINE, "estimate", "level", None, 12_100_000_000_000, "VND"),
        ("budget.revenue", inner, NINE, "estimate", "growth", NINE_BEFORE, 10, "percent"),
        ("tourism.visitors", abroad, NINE_BEFORE, "actual", "level", None, 60_000, "persons"),
        ("tourism.visitors", abroad, NINE, "estimate", "level", None, 89_500, "persons"),
        ("tourism.visitors", abroad, NINE, "estimate", "growth", NINE_BEFORE, Decimal("49.2"), "percent"),
        ("econ.iip", {}, NINE, "estimate", "growth", NINE_BEFORE, Decimal("8.5"), "percent"),
    ]


def test_columns_of_years_even_when_only_the_number_of_the_year_is_printed() -> None:
    found = read(
        cells(
            "Chỉ tiêu | 2022 | 2023",
            "Tỷ lệ hộ nghèo (%) | 5,64 | 4,13",
            "Tỷ lệ bao phủ BHYT (%) | 92,1 | 93,05",
        )
    )
    assert levels(found) == [
        ("40", "all", "social.poverty_rate", "2022-01-01/2022-12-31", Decimal("5.64")),
        ("40", "all", "social.poverty_rate", "2023-01-01/2023-12-31", Decimal("4.13")),
        ("40", "all", "social.health_insurance_rate", "2022-01-01/2022-12-31", Decimal("92.1")),
        ("40", "all", "social.health_insurance_rate", "2023-01-01/2023-12-31", Decimal("93.05")),
    ]


def test_targets_of_the_year_ahead_with_their_bounds() -> None:
    table = cells(
        "Chỉ tiêu | ĐVT | Ước năm 2024 | Kế hoạch năm 2025",
        "Tốc độ tăng trưởng GRDP | % | 9,01 | 9,5 - 10",
        "Tỷ lệ hộ nghèo | % | 3,4 | ≤ 2,5",
        "GRDP bình quân đầu người | triệu đồng | 63 | trên 70",
    )
    found = read(table, lead="HĐND tỉnh Nghệ An vừa giao các chỉ tiêu của năm 2025.", published="2024-12-15")
    assert [(o.indicator, o.period[:4], o.status, o.measure, o.bound, o.value) for o in found] == [
        ("econ.grdp", "2024", "estimate", "growth", "eq", Decimal("9.01")),
        ("econ.grdp", "2025", "target", "growth", "ge", Decimal("9.5")),
        ("social.poverty_rate", "2024", "estimate", "level", "eq", Decimal("3.4")),
        ("social.poverty_rate", "2025", "target", "level", "le", Decimal("2.5")),
        ("econ.grdp_per_capita", "2024", "estimate", "level", "eq", 63_000_000),
        ("econ.grdp_per_capita", "2025", "target", "level", "gt", 70_000_000),
    ]


def test_scores_of_two_months_with_rank_and_grade() -> None:
    found = read(
        cells(
            "Hạng | Xã, phường | Điểm tháng 8 | Điểm tháng 9 | Xếp loại",
            "1 | Phường Thành Vinh | 91,9 | 93,1 | Tốt",
            "2 | Xã Nam Đàn | 91,1 | 90,4 | Khá",
            "3 | Xã Đô Lương | 88,5 | 88,8 | Khá",
        ),
        lead="Đây là kết quả Bộ chỉ số phục vụ người dân, doanh nghiệp của các xã, phường thuộc tỉnh Nghệ An:",
        published="2025-10-03",
    )
    assert {o.indicator for o in found} == {"index.service766"}
    august, september = "2025-08-01/2025-08-31", "2025-09-01/2025-09-30"
    assert [(o.locality, o.period, o.measure, o.value) for o in found if o.locality == "17935@2025"] == [
        ("17935@2025", september, "rank", 2),
        ("17935@2025", august, "level", Decimal("91.1")),
        ("17935@2025", september, "level", Decimal("90.4")),
        ("17935@2025", september, "rating", "Khá"),
    ]
    assert len(found) == 12


def test_points_behind_an_index_in_percent_are_not_the_index() -> None:
    found = read(
        cells(
            "STT | Tên đơn vị | Tổng điểm | Chỉ số (%) | Xếp hạng",
            "1 | Thành phố Vinh | 68,3 | 91,07 | 1",
            "2 | Huyện Nam Đàn | 66,1 | 88,14 | 2",
        ),
        lead="UBND tỉnh Nghệ An công bố Chỉ số cải cách hành chính năm 2023 của các huyện, thành phố.",
    )
    assert [(o.locality, o.indicator, o.measure, o.value) for o in found] == [
        ("412", "par.index", "level", Decimal("91.07")),
        ("412", "par.index", "rank", 1),
        ("430", "par.index", "level", Decimal("88.14")),
        ("430", "par.index", "rank", 2),
    ]


def test_two_lines_of_head_over_one_cell_a_line() -> None:
    found = read(
        cells(
            "STT | Đơn vị | Quý I/2023 | Quý I/2024 | Tiếp nhận | Trễ hạn | Tiếp nhận | Trễ hạn",
            "1 | Huyện Nam Đàn | 1.204 | 12 | 1.310 | 4",
            "2 | Huyện Đô Lương | 987 | 3 | 1.002 | 0",
            "Tổng cộng | 2.191 | 15 | 2.312 | 4",
        )
    )
    before, now = "2023-01-01/2023-03-31", "2024-01-01/2024-03-31"
    expected = [
        (place, "all", indicator, period, value)
        for place, numbers in (("430", (1204, 12, 1310, 4)), ("427", (987, 3, 1002, 0)), ("40", (2191, 15, 2312, 4)))
        for (indicator, period), value in zip(
            [(name, time) for time in (before, now) for name in ("dossier.received", "dossier.late")],
            numbers,
            strict=True,
        )
    ]
    assert levels(found) == expected


def test_two_lines_of_head_in_html() -> None:
    found = read(
        "<table><tr><td rowspan=2>TT</td><td rowspan=2>Chỉ tiêu</td><td rowspan=2>ĐVT</td>"
        "<td colspan=2>9 tháng năm 2024</td><td rowspan=2>% so cùng kỳ</td></tr>"
        "<tr><td>Kế hoạch</td><td>Thực hiện</td></tr>"
        "<tr><td>I</td><td>Kinh tế</td><td></td><td></td><td></td><td></td></tr>"
        "<tr><td>1</td><td>Thu ngân sách nhà nước</td><td>Tỷ đồng</td>"
        "<td>12.000</td><td>13.250</td><td>Tăng 7,9%</td></tr>"
        "<tr><td>2</td><td>Khách du lịch</td><td>Lượt khách</td>"
        "<td>8.000.000</td><td>7.510.000</td><td>Giảm 1,5%</td></tr>"
        "</table>"
    )
    assert of_own(found) == [
        ("budget.revenue", {}, NINE, "target", "level", None, 12_000_000_000_000, "VND"),
        ("budget.revenue", {}, NINE, "actual", "level", None, 13_250_000_000_000, "VND"),
        ("budget.revenue", {}, NINE, "actual", "growth", NINE_BEFORE, Decimal("7.9"), "percent"),
        ("tourism.visitors", {}, NINE, "target", "level", None, 8_000_000, "persons"),
        ("tourism.visitors", {}, NINE, "actual", "level", None, 7_510_000, "persons"),
        ("tourism.visitors", {}, NINE, "actual", "growth", NINE_BEFORE, Decimal("-1.5"), "percent"),
    ]


def test_the_unit_and_the_indicator_stand_above_the_table() -> None:
    found = read(
        cells(
            "Bảng 2. Thu ngân sách theo địa phương",
            "Đơn vị tính: tỷ đồng",
            "Địa phương | Dự toán năm | Thực hiện 9 tháng | Đạt (%)",
            "Thành phố Vinh | 3.200 | 2.880 | 90",
            "Huyện Diễn Châu | 620 | 540 | 87,1",
            "Tổng số | 3.820 | 3.420 | 89,5",
        )
    )
    assert [(o.locality, o.period, o.status, o.measure, o.value) for o in found] == [
        row
        for place, plan, done, share in (
            ("412", 3200, 2880, "90"),
            ("425", 620, 540, "87.1"),
            ("40", 3820, 3420, "89.5"),
        )
        for row in (
            (place, YEAR, "target", "level", plan * 10**9),
            (place, NINE, "actual", "level", done * 10**9),
            (place, NINE, "actual", "share_of_plan", Decimal(share)),
        )
    ]


def test_rates_beside_their_counts_and_units_on_lines_of_their_own() -> None:
    found = read(
        cells(
            "Đơn vị | Đúng hạn | (hồ sơ) | Tỷ lệ | (%) | Trễ hạn | (hồ sơ) | Tỷ lệ | (%)",
            "Huyện Nam Đàn | 990 | 99 | 10 | 1",
            "Huyện Đô Lương | 1.900 | 95 | 100 | 5",
        )
    )
    indicators = ("dossier.on_time", "dossier.on_time_rate", "dossier.late", "dossier.late_rate")
    assert levels(found) == [
        *(("430", "all", code, NINE, value) for code, value in zip(indicators, (990, 99, 10, 1), strict=True)),
        *(("427", "all", code, NINE, value) for code, value in zip(indicators, (1900, 95, 100, 5), strict=True)),
    ]


def test_rows_of_tiers_of_offices_and_departments() -> None:
    found = read(
        cells(
            "Đơn vị | Tiếp nhận | Trễ hạn",
            "Sở Y tế | 980 | 0",
            "Cấp tỉnh | 100.000 | 990",
            "Cấp xã | 300.000 | 19",
            "Toàn tỉnh | 400.000 | 1.009",
        )
    )
    assert levels(found) == [
        ("40", "province", "dossier.received", NINE, 100_000),
        ("40", "province", "dossier.late", NINE, 990),
        ("40", "commune", "dossier.received", NINE, 300_000),
        ("40", "commune", "dossier.late", NINE, 19),
        ("40", "all", "dossier.received", NINE, 400_000),
        ("40", "all", "dossier.late", NINE, 1_009),
    ]


def test_rows_of_years_with_score_and_rank() -> None:
    found = read(
        cells("Năm | Điểm số | Xếp hạng", "2021 | 64,74 | 30", "2022 | 66,60 | 23"),
        lead="Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) của Nghệ An qua các năm:",
        published="2023-04-20",
    )
    assert [(o.indicator, o.period[:4], o.measure, o.value) for o in found] == [
        ("index.pci", "2021", "level", Decimal("64.74")),
        ("index.pci", "2021", "rank", 30),
        ("index.pci", "2022", "level", Decimal("66.60")),
        ("index.pci", "2022", "rank", 23),
    ]


def test_a_price_index_moves_and_its_parts_are_nobodys() -> None:
    found = read(
        cells(
            "Nhóm hàng | So với tháng trước (%) | So với cùng kỳ (%)",
            "Chỉ số giá tiêu dùng chung | 100,31 | 103,2",
            "Hàng ăn và dịch vụ ăn uống | 100,5 | 104,4",
            "Giao thông | 98,9 | 97,2",
        ),
        lead="Giá cả tháng 9 năm 2024 tại tỉnh Nghệ An nhìn chung ổn định.",
    )
    september = "2024-09-01/2024-09-30"
    assert of_own(found) == [
        ("econ.cpi", {}, september, "actual", "growth", "2024-08-01/2024-08-31", Decimal("0.31"), "percent"),
        ("econ.cpi", {}, september, "actual", "growth", "2023-09-01/2023-09-30", Decimal("3.2"), "percent"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Đơn vị | Doanh thu (tỷ đồng) | Lợi nhuận", "Công ty A | 1.000 | 99", "Công ty B | 2.000 | 95"),
        ("Mặt hàng | Đơn vị | Giá (đồng)", "Gạo tẻ | kg | 18.000", "Dầu ăn | lít | 46.500"),
        ("Hạng | Đội | Trận | Điểm", "1 | Nam Định | 26 | 53", "2 | Bình Định | 26 | 47"),
        (
            "Đơn vị | Tiếp nhận | Trễ hạn",
            "Huyện Nam Đàn | 1.000",
            "Huyện Đô Lương | 2.000 | 100",
            "Huyện Yên Thành | 3",
        ),
        ("Đơn vị | Điểm tự chấm | Điểm thẩm định", "Huyện Nam Đàn | 90 | 88,5", "Huyện Đô Lương | 92 | 90,1"),
        ("Chỉ tiêu | Thực hiện", "Thu ngân sách nhà nước | 13.250", "Kim ngạch xuất khẩu | 2.150"),
        ("Năm | Đơn vị | 12", "13 | 14", "15 | 16"),
    ],
)
def test_tables_of_other_things_state_nothing(rows: tuple[str, ...]) -> None:
    assert read(cells(*rows)) == []


def test_a_part_is_not_the_whole_whether_named_so_or_said_second() -> None:
    table = cells(
        "Chỉ tiêu | ĐVT | Thực hiện",
        "Kim ngạch xuất khẩu gạo | triệu USD | 61",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng | tỷ đồng | 76.300",
        "Doanh thu dịch vụ tiêu dùng | tỷ đồng | 9.100",
    )
    assert levels(read(table)) == [("40", "all", "econ.retail_sales", NINE, 76_300_000_000_000)]


def test_every_cell_can_be_read_again_from_its_quote() -> None:
    table = cells(
        "Chỉ tiêu | ĐVT | Thực hiện | Tăng, giảm so với cùng kỳ (%)",
        "Thu ngân sách nhà nước | tỷ đồng | 13.250 | +7,9",
        "Kim ngạch nhập khẩu | triệu USD | 1.150,5 | -2,3",
    )
    factors = {"VND": 10**9, "USD": 10**6, "percent": 1}
    found = read(table)
    assert len(found) == 4
    assert [abs(Decimal(o.value)) for o in found] == [read_figure(o.quote) * factors[o.unit] for o in found]


def test_composed_and_decomposed_letters_give_the_same_rows() -> None:
    table = cells("Đơn vị | Tiếp nhận | Trễ hạn", "Huyện Nam Đàn | 1.000 | 4", "Huyện Đô Lương | 2.000 | 9")
    assert len(read(table)) == 4
    assert levels(read(unicodedata.normalize("NFD", table))) == levels(read(table))


def test_columns_that_only_other_words_tell_apart_are_left_out() -> None:
    """Dossiers early and those of the day are together on time; those late among the pending are not resolved."""
    found = read(
        "<table><tr><th rowspan=2>Địa phương</th><th colspan=2>Tiếp nhận</th><th colspan=4>Đã giải quyết</th>"
        "<th colspan=2>Đang giải quyết</th></tr>"
        "<tr><th>Tổng số</th><th>Trực tuyến</th><th>Tổng số</th><th>Trước hạn</th><th>Đúng hạn</th><th>Quá hạn</th>"
        "<th>Trong hạn</th><th>Quá hạn</th></tr>"
        "<tr><td>TP. Vinh</td><td>12.340</td><td>9.100</td><td>11.900</td><td>8.100</td><td>3.750</td><td>50</td>"
        "<td>430</td><td>10</td></tr></table>",
        title="Nghệ An: Kết quả giải quyết thủ tục hành chính",
        lead="UBND tỉnh Nghệ An vừa công bố kết quả giải quyết hồ sơ thủ tục hành chính 9 tháng năm 2024 như sau:",
    )
    assert levels(found) == [
        ("412", "all", "dossier.received", NINE, 12_340),
        ("412", "all", "online.dossiers", NINE, 9_100),
        ("412", "all", "dossier.resolved", NINE, 11_900),
        ("412", "all", "dossier.late", NINE, 50),
    ]
