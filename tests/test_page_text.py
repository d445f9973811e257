"""Plain text files: every line gets its kind, every block leads back to its characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import Article
from extractors.lines import split_lines
from extractors.page import read_page
from extractors.page_words import is_label, opens_with, words
from extractors.plain import read_plain

Rows = list[tuple[str, str]]


def read(text: str, **facts: str) -> Article:
    return read_page(text.encode(), name="bai.txt", facts=facts)


def rows(article: Article) -> Rows:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


PAPER = """\
TRANG CHỦ | GIỚI THIỆU | TIN TỨC | HỎI ĐÁP
CHÀO MỪNG 50 NĂM NGÀY THÀNH LẬP TỈNH

Huyện Diên Khánh nâng chất lượng bộ phận một cửa

Cập nhật ngày: 05/03/2024 - 08:15   |   Cỡ chữ A- A A+

Năm qua, huyện Diên Khánh giữ tỷ lệ hồ sơ trễ hạn ở mức thấp.

Năm qua, huyện Diên Khánh giữ tỷ lệ hồ sơ trễ hạn ở mức thấp.

Kết quả bước đầu

Cán bộ xã hướng dẫn người dân.
Cán bộ xã hướng dẫn người dân.

Năm 2023, bộ phận một cửa của huyện tiếp nhận 12.400 hồ sơ, trong đó trễ hạn 31 hồ sơ. Kết quả cụ thể:

- Trực tuyến: 9.300 hồ sơ;
- Trực tiếp: 3.100 hồ sơ.

Chia sẻ tại hội nghị, lãnh đạo huyện cho biết sẽ mở thêm 2 quầy tiếp nhận.

Hải Yến

Từ khóa: Diên Khánh, một cửa
Tin liên quan
- Cam Lâm: 15 xã dùng chữ ký số
Tổng lượt truy cập: 4.120.887
"""


def test_an_article_among_its_furniture() -> None:
    article = read(PAPER)
    assert (article.title, article.published, article.author) == (
        "Huyện Diên Khánh nâng chất lượng bộ phận một cửa",
        date(2024, 3, 5),
        "Hải Yến",
    )
    assert article.layers == {"title": "text", "published": "text", "author": "text"}
    lead = "Năm qua, huyện Diên Khánh giữ tỷ lệ hồ sơ trễ hạn ở mức thấp."
    assert [row for row in rows(article) if row[0] != "chrome"] == [
        ("title", "Huyện Diên Khánh nâng chất lượng bộ phận một cửa"),
        ("dateline", "Cập nhật ngày: 05/03/2024 - 08:15   |   Cỡ chữ A- A A+"),
        ("lead", lead),
        ("paragraph", lead),
        ("heading", "Kết quả bước đầu"),
        ("caption", "Cán bộ xã hướng dẫn người dân."),
        ("caption", "Cán bộ xã hướng dẫn người dân."),
        (
            "paragraph",
            "Năm 2023, bộ phận một cửa của huyện tiếp nhận 12.400 hồ sơ, trong đó trễ hạn 31 hồ sơ. Kết quả cụ thể:",
        ),
        ("item", "- Trực tuyến: 9.300 hồ sơ;"),
        ("item", "- Trực tiếp: 3.100 hồ sơ."),
        ("paragraph", "Chia sẻ tại hội nghị, lãnh đạo huyện cho biết sẽ mở thêm 2 quầy tiếp nhận."),
        ("byline", "Hải Yến"),
    ]


def old_style(text: str) -> str:
    return text.replace("hóa", "hoá").replace("khóa", "khoá")


@pytest.mark.parametrize(
    "change", [lambda t: unicodedata.normalize("NFD", t), old_style, lambda t: t.replace("\n", "\r\n")]
)
def test_spelling_and_line_ends_change_no_kind(change: Callable[[str], str]) -> None:
    changed = read(change(PAPER))
    assert changed.text == change(PAPER)
    assert [kind for kind, _ in rows(changed)] == [kind for kind, _ in rows(read(PAPER))]
    assert changed.published == date(2024, 3, 5)


def test_given_facts_win_over_the_text() -> None:
    article = read(PAPER, published="2024-03-06", title="Tên khác", url="https://a.example/1", locality="574")
    assert (article.published, article.title, article.url, article.locality) == (
        date(2024, 3, 6),
        "Tên khác",
        "https://a.example/1",
        "574",
    )
    assert {article.layers[slot] for slot in ("published", "title", "url", "locality")} == {"given"}


def test_a_date_that_cannot_be_read_is_none_and_an_issue() -> None:
    article = read(PAPER, published="hôm qua")
    assert article.published is None
    assert article.issues == ("published: no date could be read in bai.txt: 'hôm qua' is not a date",)
    assert "published" not in article.layers


def test_numbered_lines_are_headings_over_text_and_items_in_a_list() -> None:
    text = """Kết quả theo cấp trong tháng 5

1. Cấp tỉnh
Các sở tiếp nhận 1.200 hồ sơ và giải quyết đúng hạn gần như toàn bộ số này.
2. Cấp xã
Các xã tiếp nhận 5.400 hồ sơ, nhiều nhất là ở khu vực trung tâm của tỉnh.
Xếp hạng các huyện:
1. Huyện A: 91,2%
2. Huyện B: 90,8%
3. Huyện C: 88,4%
"""
    kinds = [kind for kind, _ in rows(read(text))]
    assert kinds == ["title", "heading", "paragraph", "heading", "paragraph", "paragraph", "item", "item", "item"]


def cells(article: Article) -> dict[tuple[int | None, int | None, int | None], str]:
    return {(b.table, b.row, b.column): article.text[b.start : b.end] for b in article.blocks if b.kind == "cell"}


def test_a_table_printed_one_cell_a_line() -> None:
    lines = ["Kết quả tiếp nhận hồ sơ tại các xã", "Bảng 1. Hồ sơ theo xã", "STT", "Đơn vị", "Tiếp nhận", "Trễ hạn"]
    lines += ["1", "Xã Vĩnh Hà", "1.204", "3", "2", "Xã Vĩnh Sơn", "987", "0", "Tổng cộng", "2.191", "3"]
    article = read("\n".join([*lines, "Trong tháng tới, huyện sẽ kiểm tra đột xuất tại hai xã nói trên."]))
    assert cells(article) == {
        **{(0, 0, c): text for c, text in enumerate(["STT", "Đơn vị", "Tiếp nhận", "Trễ hạn"])},
        **{(0, 1, c): text for c, text in enumerate(["1", "Xã Vĩnh Hà", "1.204", "3"])},
        **{(0, 2, c): text for c, text in enumerate(["2", "Xã Vĩnh Sơn", "987", "0"])},
        **{(0, 3, c): text for c, text in enumerate(["Tổng cộng", "2.191", "3"], start=1)},
    }
    assert ("heading", "Bảng 1. Hồ sơ theo xã") in rows(article)


def test_a_table_of_names_and_figures_without_numbering() -> None:
    lines = ["Hồ sơ ba xã", "Đơn vị", "Tiếp nhận", "Trễ hạn", "Xã A", "120", "1", "Xã B", "88", "0", "Xã C", "75", "2"]
    assert cells(read("\n".join(lines)))[0, 3, 2] == "2"


def test_a_table_printed_one_row_a_line() -> None:
    text = "Hồ sơ ba tháng gần đây\nTháng   Tiếp nhận   Trễ hạn\n10.2025   3.120   11\n11.2025   3.344   7\n"
    assert cells(read(text)) == {
        **{(0, 0, c): t for c, t in enumerate(["Tháng", "Tiếp nhận", "Trễ hạn"])},
        **{(0, 1, c): t for c, t in enumerate(["10.2025", "3.120", "11"])},
        **{(0, 2, c): t for c, t in enumerate(["11.2025", "3.344", "7"])},
    }


def test_units_and_missing_numbers_are_cells_though_they_hold_no_letter() -> None:
    lines = ["Số liệu chính của quý", "Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023", "Hộ nghèo", "%", "5,6", "4,1"]
    article = read("\n".join([*lines, "Thu ngân sách", "tỷ đồng", "-", "21.500", "Nguồn: Cục Thống kê"]))
    found = cells(article)
    assert (found[0, 1, 1], found[0, 2, 2], found[0, 2, 3]) == ("%", "-", "21.500")
    assert len(found) == 12


def test_a_table_drawn_with_bars_keeps_its_empty_cells() -> None:
    text = "Thu chi của tỉnh\n| Chỉ tiêu | 2022 | 2023 |\n|---|---|---|\n| Thu | 5 | 7 |\n| Chi |  | 6 |\n"
    assert cells(read(text)) == {
        **{(0, 0, c): t for c, t in enumerate(["Chỉ tiêu", "2022", "2023"])},
        **{(0, 1, c): t for c, t in enumerate(["Thu", "5", "7"])},
        (0, 2, 0): "Chi",
        (0, 2, 2): "6",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["Lịch tháng", "Năm", "Tháng", "12", "13", "14", "15"],
        ["Giá cả", "Chợ", "Mặt hàng", "Giá", "Chợ Vinh", "Gạo", "18.000", "Chợ Đô Lương", "Dầu", "46.000"],
        ["Lĩnh vực nóng", "Lĩnh vực", "Phụ trách", "Số hồ sơ", "Đất đai", "Ông A", "12", "Tư pháp", "Bà B", "7"],
        ["Một hàng", "Đơn vị", "Tiếp nhận", "Trễ hạn", "Xã A", "120", "1"],
        ["Thừa số", "Đơn vị", "Tiếp nhận", "Trễ hạn", "Xã A", "120", "1", "Xã B", "88", "0", "7"],
    ],
)
def test_lines_that_are_no_table_beyond_doubt_stay_lines(lines: list[str]) -> None:
    assert cells(read("\n".join(lines))) == {}


def test_rows_that_do_not_agree_are_no_table() -> None:
    lines = ["Số liệu chưa đầy đủ", "Đơn vị", "Tiếp nhận", "Xã A", "120", "1", "Xã B", "88", "Xã C", "75", "2"]
    assert cells(read("\n".join(lines))) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Trang trại nuôi bò ở huyện này tăng 5% so với năm trước.",
        "Nguồn vốn: 500 tỷ đồng từ ngân sách tỉnh.",
        "Bình luận về kết quả này, lãnh đạo sở cho rằng mức 85% là hợp lý.",
        "Hôm nay (4-1), tỉnh công bố tỷ lệ giải ngân đạt 91,5%.",
        "Video clip hướng dẫn nộp hồ sơ đã có 12.000 người xem.",
        "Tổng đài 1022 tiếp nhận 512 phản ánh trong quý.",
    ],
)
def test_a_sentence_that_opens_like_furniture_stays(sentence: str) -> None:
    text = f"Tin trong ngày của tỉnh\n\nĐoạn mở đầu nói về công việc chung của tỉnh.\n\n{sentence}\n\nĐoạn kết có 3 ý."
    assert ("paragraph", sentence) in rows(read(text))


def test_a_caption_glued_to_its_paragraph_is_parted() -> None:
    caption = "Du khách tham quan vườn hoa. Ảnh: Lê Vân/TTXVN"
    body = "Sáu tháng đầu năm, tỉnh đón 1,2 triệu lượt khách, tăng 8% so với cùng kỳ; doanh thu đạt 950 tỷ đồng. " * 2
    article = read(f"Du lịch tăng trưởng\n\nMùa hoa kéo khách trở lại.\n\n{caption}  {body}\n")
    assert rows(article)[2:] == [("caption", caption), ("paragraph", body.strip())]


@settings(deadline=None)
@given(st.text(alphabet="aăâ1.,;:%|- \t\n\r•ẢÔnh:", max_size=400))
def test_blocks_are_in_order_and_lead_back_to_the_text(text: str) -> None:
    blocks = read_plain(text).blocks
    lines = split_lines(text)
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert all(0 <= block.start < block.end <= len(text) for block in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))


def kinds(text: str, **facts: str) -> Rows:
    return [(kind, line[:40]) for kind, line in rows(read(text, **facts))]


PROSE = "Trong quý, các xã tiếp nhận hồ sơ qua mạng nhiều hơn hẳn so với trước, nhờ tổ công nghệ số đến từng nhà. " * 2


def test_a_date_in_the_first_sentence_is_taken_for_want_of_a_better_and_said_so() -> None:
    lead = "HDO - Sáng 5-4-2019, UBND tỉnh Hải Dương họp bàn về chuyển đổi số với các huyện."
    article = read(f"Họp bàn về chuyển đổi số\n{lead}\n{PROSE}\n")
    assert (article.published, article.published_at, article.layers["published"]) == (date(2019, 4, 5), None, "lead")
    assert article.issues == (
        "published: 2019-04-05 is the day of the event in the first sentence, no other date in bai.txt",
    )
    dated = read(f"Họp bàn về chuyển đổi số\n06/04/2019 07:00\n{lead}\n{PROSE}\n")
    assert (dated.published, dated.layers["published"], dated.issues) == (date(2019, 4, 6), "text", ())
    assert read(f"Họp bàn\n{lead}\n{PROSE}\n", published="hôm qua").published is None


def test_the_issue_of_the_paper_below_the_text_is_the_date() -> None:
    article = read(f"Chuyện làng nghề\n{PROSE}\n{PROSE}2\nHải Yến\n(Báo Hải Dương, số ra ngày 5-4-2019)\n")
    assert (article.published, article.locality, article.layers) == (
        date(2019, 4, 5),
        "30",
        {"title": "text", "author": "text", "locality": "text", "published": "text"},
    )


def test_dates_of_related_news_are_nobodys_date() -> None:
    text = f"Họp bàn về chuyển đổi số\n{PROSE}\n{PROSE}2\nTin liên quan\nCam Lâm mở hội\n04/07/2022 08:00\n"
    assert read(text).published is None


@pytest.mark.parametrize(
    ("masthead", "home"),
    [
        ("BÁO HẢI DƯƠNG ĐIỆN TỬ\nCơ quan của Đảng bộ tỉnh Hải Dương - Tiếng nói của nhân dân", "30"),
        ("CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN CAM LÂM - TỈNH KHÁNH HÒA", "570"),
        ("Trang thông tin điện tử\nỦy ban nhân dân thành phố Nha Trang", "568"),
        ("UBND XÃ VĨNH HIỆP - THÀNH PHỐ NHA TRANG", "22399"),
    ],
)
def test_a_masthead_is_no_title_and_tells_whose_page_it_is(masthead: str, home: str) -> None:
    article = read(f"{masthead}\n\nMột cửa chạy cả thứ bảy\n12/03/2024 08:05\n\n{PROSE}\n{PROSE}2\n")
    assert (article.title, article.locality) == ("Một cửa chạy cả thứ bảy", home)
    assert {kind for kind, _ in rows(article)[: len(masthead.splitlines())]} == {"chrome"}


@pytest.mark.parametrize(
    "title", ["BÁO ĐỘNG VỀ NỢ XẤU", "Báo cáo cải cách hành chính", "UBND tỉnh Hải Dương họp", "Báo Hải Dương"]
)
def test_a_title_that_opens_like_a_masthead_stays(title: str) -> None:
    assert read(f"{title} về 12 xã\n12/03/2024 08:05\n{PROSE}\n{PROSE}2").title == f"{title} về 12 xã"


def test_an_office_in_a_table_is_no_masthead() -> None:
    lines = ["Hồ sơ ba huyện", "Đơn vị", "Hồ sơ", "UBND huyện Cam Lâm", "120", "UBND huyện Vạn Ninh", "88"]
    assert not [
        text for kind, text in rows(read("\n".join([*lines, "UBND huyện Diên Khánh", "75"]))) if kind == "chrome"
    ]


@pytest.mark.parametrize(
    "bar",
    [
        "A- A A+   Nghe bài viết",
        "Chia sẻ   Lưu tin   Bình luận (3)",
        "In bài | Gửi cho bạn bè | 0 bình luận",
        "Lưu | 2 phút đọc | Facebook",
        "Trang chủ / Thời sự / Hoạt động của lãnh đạo",
        "T  T  T",
        "Lưu tin",
    ],
)
def test_buttons_are_furniture(bar: str) -> None:
    assert ("chrome", bar) in rows(read(f"Một cửa chạy cả thứ bảy\n{bar}\n{PROSE}\n{PROSE}2\n"))


@pytest.mark.parametrize(
    "foot",
    ["Tòa soạn: 0258.3822.491", "Bạn đọc phản ánh: 0258.3822.491", "Giấy phép số 12/GP-BTTTT", "[Đọc nhiều] Bão số 3"],
)
def test_the_name_above_the_foot_of_the_page_is_the_author(foot: str) -> None:
    article = read(f"Một cửa chạy cả thứ bảy\n{PROSE}\n{PROSE}2\nHải Yến (ghi)\n{foot}\n")
    assert (article.author, rows(article)[-1]) == ("Hải Yến (ghi)", ("chrome", foot))


@pytest.mark.parametrize(
    "sentence",
    [
        "Thời tiết xấu làm sản lượng giảm 12%.",
        "Theo dõi báo cáo của các xã, huyện thấy còn 12 hồ sơ trễ.",
        "Giấy phép số 12/GP-UBND cho khai thác 3.000 m3 cát.",
        "Đánh giá: 95% người dân hài lòng.",
    ],
)
def test_a_sentence_that_opens_like_the_foot_of_a_page_stays(sentence: str) -> None:
    assert ("paragraph", sentence) in rows(read(f"Tin trong ngày của tỉnh\n{PROSE}\n{PROSE}2\n{sentence}\n"))


@pytest.mark.parametrize(
    "caption",
    [
        "Phơi cá cơm ở xã Cam Bình.",
        "Người dân chờ làm thủ tục tại bộ phận một cửa.",
        "Du khách chèo thuyền trên đầm Thủy Triều. (Ảnh chụp ngày 2/9)",
        "Đường hoa về xã Vĩnh Hiệp. Ảnh: N.H",
        "Ngư dân kéo lưới (ảnh tư liệu).",
    ],
)
def test_a_scene_between_long_paragraphs_is_a_caption(caption: str) -> None:
    text = f"Mùa biển lặng\nBiển lặng, thuyền về đầy cá.\n{PROSE}\n{caption}\n{PROSE}2\n"
    assert ("caption", caption) in rows(read(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "Phơi cá cơm cho thu nhập 12 triệu đồng.",
        "Huyện giao từng xã tự rà soát.",
        "Theo đó, các xã tự rà soát.",
        "Sản lượng cá cơm tăng mạnh.",
        "Kết quả từng xã như sau:",
    ],
)
def test_a_short_sentence_that_tells_something_is_no_caption(sentence: str) -> None:
    text = f"Mùa biển lặng\nBiển lặng, thuyền về đầy cá.\n{PROSE}\n{sentence}\n{PROSE}2\n"
    assert ("paragraph", sentence) in rows(read(text))


def test_lettered_paragraphs_are_items() -> None:
    text = (
        f"Kế hoạch năm\n{PROSE}\nChỉ tiêu:\na) Hồ sơ qua mạng: 80%;\nb) Hồ sơ trễ: 1%;\nc) 100% xã có mạng.\n{PROSE}2"
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "lead", "paragraph", "item", "item", "item", "paragraph"]
    parted = f"Kế hoạch năm\n{PROSE}\na) Về hồ sơ\n{PROSE}2\nb) Về con người\n{PROSE}3"
    assert [kind for kind, _ in kinds(parted)][2:] == ["heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("name", ["chrome", "tail", "teaser", "foot", "banners", "captions", "table_captions"])
@pytest.mark.parametrize("written", ["{}", "* {}: 12", "({})", "12. {}"])
def test_a_word_of_a_list_opens_a_line_however_it_is_written(name: str, written: str) -> None:
    for word in words(name):
        forms = [written.format(unicodedata.normalize("NFC", one)) for one in (word, word.upper(), word.capitalize())]
        assert [opens_with(name, form) for form in forms] == [not written.startswith("12")] * 3
        assert [is_label(name, form) for form in forms] == [not written.startswith("12")] * 3
