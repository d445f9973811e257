"""One paragraph of ours at a time, and the whole rows that it gives."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import Article, Block, Observation, Reading
from extractors.figures import read_figure
from extractors.reader import read_article

REPORT = (
    "Quý I/2024, UBND thành phố Nha Trang tiếp nhận 12.480 hồ sơ, tăng 6,5% so với cùng kỳ. Trong đó, tỷ lệ giải quyết "
    "đúng hạn đạt 99,2%, tỷ lệ trễ hạn 0,8%; của UBND cấp xã lần lượt là 99,7% và 0,3%. Số hóa hồ sơ đạt gần 58%, "
    "phấn đấu cả năm đạt tối thiểu 75%. Tỷ lệ hộ nghèo giảm từ 2,4% xuống còn 1,9%."
)
Row = tuple[str, str, str, str, str, str, Decimal | str, str, str]


def read(text: str, published: date | None = date(2024, 7, 15), locality: str = "56") -> Reading:
    """One paragraph of a paper of Khánh Hòa."""
    block = Block("paragraph", 0, len(text))
    return read_article(Article(text=text, blocks=(block,), published=published, locality=locality))


def row(o: Observation) -> Row:
    """What a point of the series is: whose, what, when, how firm, how much, and in which words."""
    return o.locality, o.scope, o.indicator, o.period, o.status, o.measure, o.value, o.unit, o.quote


def rows(text: str) -> list[Row]:
    return [row(o) for o in read(text).observations]


def test_a_report_gives_every_figure_with_its_office_period_and_status() -> None:
    q1, before, year = "2024-01-01/2024-03-31", "2023-01-01/2023-03-31", "2024-01-01/2024-12-31"
    on_time, late, digitised = "dossier.on_time_rate", "dossier.late_rate", "dossier.digitised_rate"
    assert rows(REPORT) == [
        ("568", "district", "dossier.received", q1, "actual", "level", Decimal(12480), "count", "12.480 hồ sơ"),
        ("568", "district", "dossier.received", q1, "actual", "growth", Decimal("6.5"), "percent", "tăng 6,5%"),
        ("568", "district", on_time, q1, "actual", "level", Decimal("99.2"), "percent", "99,2%"),
        ("568", "district", late, q1, "actual", "level", Decimal("0.8"), "percent", "0,8%"),
        ("568", "commune", on_time, q1, "actual", "level", Decimal("99.7"), "percent", "99,7%"),
        ("568", "commune", late, q1, "actual", "level", Decimal("0.3"), "percent", "0,3%"),
        ("568", "all", digitised, q1, "actual", "level", Decimal(58), "percent", "gần 58%"),
        ("568", "all", digitised, year, "target", "level", Decimal(75), "percent", "tối thiểu 75%"),
        ("568", "all", "social.poverty_rate", before, "actual", "level", Decimal("2.4"), "percent", "từ 2,4%"),
        ("568", "all", "social.poverty_rate", q1, "actual", "level", Decimal("1.9"), "percent", "1,9%"),
    ]


def test_two_changes_of_one_level_keep_the_years_they_are_measured_against() -> None:
    text = "Năm 2023, Chỉ số CCHC của tỉnh đạt 86,2%, giảm 0,4% so với năm 2022 và tăng 3,15% so với năm 2020."
    assert [(o.measure, o.value, o.unit, o.base) for o in read(text).observations if not o.derived] == [
        ("level", Decimal("86.2"), "percent", None),
        ("change", Decimal("-0.4"), "pp", "2022-01-01/2022-12-31"),
        ("change", Decimal("3.15"), "pp", "2020-01-01/2020-12-31"),
    ]


def test_a_rank_keeps_how_many_were_ranked() -> None:
    text = "Chỉ số PAPI năm 2023 của tỉnh đạt 42,35 điểm, xếp hạng Khá, đứng thứ 18/63 tỉnh, thành phố."
    assert [(o.measure, o.value, o.unit, o.out_of) for o in read(text).observations] == [
        ("level", Decimal("42.35"), "points", None),
        ("rating", "Khá", "rating", None),
        ("rank", Decimal(18), "rank", Decimal(63)),
    ]


def test_a_level_behind_so_voi_is_of_the_time_that_follows_it() -> None:
    text = "Về PAPI, năm 2023 tỉnh đạt 42,35 điểm, nhích lên so với mức 41,08 điểm của năm 2022."
    assert [(o.period, o.measure, o.value) for o in read(text).observations] == [
        ("2023-01-01/2023-12-31", "level", Decimal("42.35")),
        ("2022-01-01/2022-12-31", "level", Decimal("41.08")),
    ]


def test_one_direction_may_speak_for_two_comparisons() -> None:
    text = "Tháng 6/2024, CPI tăng 0,44% so với tháng trước và 4,3% so với tháng 6/2023."
    assert [(o.measure, o.value, o.base) for o in read(text).observations] == [
        ("growth", Decimal("0.44"), "2024-05-01/2024-05-31"),
        ("growth", Decimal("4.3"), "2023-06-01/2023-06-30"),
    ]


def test_neighbours_have_their_own_scores_and_ranks() -> None:
    text = "PCI năm 2023 của Khánh Hòa đạt 68,2 điểm; Đồng Tháp 69,66 điểm (hạng 5), Bến Tre 69,2 điểm (hạng 6)."
    assert [(o.locality, o.measure, o.value) for o in read(text).observations] == [
        ("56", "level", Decimal("68.2")),
        ("87", "level", Decimal("69.66")),
        ("87", "rank", Decimal(5)),
        ("83", "level", Decimal("69.2")),
        ("83", "rank", Decimal(6)),
    ]


def test_in_a_district_the_provinces_aims_are_the_provinces() -> None:
    text = "Hộ nghèo huyện Vạn Ninh còn 2,1%. Năm 2025, tỉnh phấn đấu tỷ lệ hộ nghèo còn dưới 1%."
    found = read(text, locality="571").observations
    assert [(o.locality, o.status, o.value, o.bound) for o in found] == [
        ("571", "actual", Decimal("2.1"), "eq"),
        ("56", "target", Decimal(1), "lt"),
    ]


def test_the_numbers_of_a_falling_list_are_ranks() -> None:
    lines = [
        "Chỉ số CCHC năm 2023 các huyện:",
        "1. Huyện Diên Khánh: 91,4%",
        "2. Huyện Vạn Ninh: 90,1%",
        "3. Huyện Khánh Vĩnh: 88%",
    ]
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    kinds = ["paragraph", "item", "item", "item"]
    blocks = tuple(Block(kind, at, at + len(line)) for kind, at, line in zip(kinds, starts, lines, strict=True))
    article = Article(text="\n".join(lines), blocks=blocks, published=date(2024, 1, 15), locality="56")
    ranks = [o for o in read_article(article).observations if o.measure == "rank"]
    assert [(o.locality, o.value, o.out_of) for o in ranks] == [
        ("574", Decimal(1), Decimal(3)),
        ("571", Decimal(2), Decimal(3)),
        ("573", Decimal(3), Decimal(3)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, ba đơn vị trên 90% tỷ lệ hồ sơ đúng hạn được khen.",
        "Năm 2023, dẫn đầu về tỷ lệ hồ sơ trực tuyến là Phù Lưu Tế (88,2%).",
        "Tỷ lệ hồ sơ trực tuyến cao hơn mức chung của tỉnh 9 điểm phần trăm.",
        "Đơn vị nào có từ 10% hồ sơ trễ hạn trở lên thì không được xếp loại Tốt.",
        "Công ty A đạt doanh thu xuất khẩu 5 triệu USD, tăng 12%.",
        "Hiện còn 35% hồ sơ chưa được số hóa.",
        "Gói thầu số 3 mới giải ngân 12% vốn.",
        "Liên hệ 0258 3822 222, Quyết định số 1085/QĐ-UBND ngày 12/3/2024.",
    ],
)
def test_what_is_no_observation(text: str) -> None:
    assert rows(text) == []


def test_a_span_that_cannot_be_dated_is_not_given_the_period_of_the_passage() -> None:
    text = "Quý I/2024, tỉnh tiếp nhận 5.100 hồ sơ. Trong 5 tuần, tỉnh tiếp nhận 900 hồ sơ."
    assert [(o.period, o.value) for o in read(text).observations] == [("2024-01-01/2024-03-31", Decimal(5100))]


def test_a_figure_of_no_known_indicator_is_kept_for_review() -> None:
    reading = read("Toàn tỉnh hiện có 1.250 xe ô tô điện.")
    assert [(u.text, u.value, u.unit) for u in reading.uncatalogued] == [("1.250 xe", Decimal(1250), "count")]
    assert reading.observations == ()


def test_the_same_figure_twice_is_one_row_with_two_mentions() -> None:
    text = "Năm 2023, tỷ lệ hộ nghèo của tỉnh là 2,1%. Kết quả tỷ lệ hộ nghèo 2,1% vượt kế hoạch."
    (only,) = read(text).observations
    assert [text[start:end] for start, end in [(only.start, only.end), *only.mentions]] == ["2,1%", "2,1%"]


def test_without_a_day_of_publication_nothing_is_dated_by_it() -> None:
    text = "Quý I, tỉnh tiếp nhận 5.100 hồ sơ. Năm 2023, tỉnh tiếp nhận 21.000 hồ sơ."
    assert [(o.period, o.value) for o in read(text, published=None).observations] == [
        ("2023-01-01/2023-12-31", Decimal(21000))
    ]


SPELLINGS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "old tone marks": lambda text: text.replace("hóa", "hoá"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "carriage returns": lambda text: text.replace(". ", ".\r\n"),
    "zero width": lambda text: text.replace(" hồ sơ", "\u200b hồ sơ"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_text_in_any_spelling_gives_the_same_rows(spelling: str) -> None:
    text = SPELLINGS[spelling](REPORT)
    reading = read(text)
    assert [row(o)[:-1] for o in reading.observations] == [row(o)[:-1] for o in read(REPORT).observations]
    assert [o.quote for o in reading.observations] == [text[o.start : o.end] for o in reading.observations]


@given(st.lists(st.sampled_from(REPORT.split(". ")), min_size=1, max_size=4), st.sampled_from(sorted(SPELLINGS)))
@settings(deadline=None, max_examples=40)
def test_every_value_can_be_read_again_from_the_words_it_points_at(parts: list[str], spelling: str) -> None:
    text = SPELLINGS[spelling](". ".join(parts))
    for o in read(text).observations:
        again = read_figure(unicodedata.normalize("NFC", text[o.start : o.end].replace("\u00a0", " ")))
        assert abs(Decimal(o.value)) == again


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_at_all_is_read_without_a_failure(text: str) -> None:
    reading = read(f"{text} Năm 2023, tỷ lệ hộ nghèo của tỉnh là 2,1%. {text}")
    assert all(reading.article.text[o.start : o.end] == o.quote for o in reading.observations)
