"""What a page says of where it was first, and what only looks like it."""

from __future__ import annotations

import pytest

from extractors.page import read_page

OWN = "https://congtinh.example.vn/tin/ho-so-12345.html"
FIRST = "https://www.baomau.vn/phong-su/202301/ho-so-truc-tuyen-8274562/"
WORDS = (
    "Trong năm qua, các cơ quan của tỉnh đã tiếp nhận nhiều hồ sơ trực tuyến và giải quyết đúng hạn phần lớn số hồ sơ "
    "ấy; người dân được hướng dẫn nộp hồ sơ tại nhà, được trả kết quả qua bưu điện và hỏi ý kiến về thái độ phục vụ."
)


def origin_of_text(text: str, url: str | None = OWN) -> str | None:
    page = f"Hồ sơ trực tuyến của tỉnh\n\n08:30, 06/01/2023\n\n{text}\n"
    return read_page(page.encode(), name="bai.txt", facts={"url": url}).origin


def origin_of_html(head: str = "", foot: str = "", url: str | None = OWN) -> str | None:
    body = f"<h1>Hồ sơ trực tuyến</h1><div class='content-detail'><p>{WORDS}</p><p>{WORDS}</p>{foot}</div>"
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_page(page.encode(), name="bai.html", facts={"url": url}).origin


@pytest.mark.parametrize(
    "line",
    [
        f"Theo {FIRST}",
        f"Nguồn: {FIRST}.",
        f"(Nguồn: Báo Mẫu - {FIRST})",
        f"Trích nguồn: Cổng thông tin điện tử tỉnh Mẫu ({FIRST})",
        f"Theo Báo Mẫu {FIRST.removeprefix('https://')}",
    ],
)
def test_a_line_below_or_above_the_text_states_the_article_it_repeats(line: str) -> None:
    for text in (f"{WORDS}\n\n{line}\n\nLiên kết web", f"{line}\n\n{WORDS}"):
        assert str(origin_of_text(text)).removeprefix("https://") == FIRST.removeprefix("https://")


def test_the_bracket_that_closes_the_text_states_it_too() -> None:
    assert origin_of_text(f"{WORDS} (Theo {FIRST})") == FIRST


@pytest.mark.parametrize("line", ["Theo baomau.vn", "(Nguồn: www.baomau.vn)", "Nguồn: https://baomau.vn/chinh-tri/"])
def test_a_host_or_a_section_is_no_article_but_says_who_was_first(line: str) -> None:
    assert origin_of_text(f"{WORDS}\n\n{line}") == "baomau.vn"


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}\n\nXem thêm: {FIRST}",
        f"{WORDS}\n\nTheo số liệu mà văn phòng đã công bố tại {FIRST}",
        f"{WORDS}\n\nTheo Thông báo đăng tại {FIRST}",
        f"{WORDS}\n\nNguồn: {FIRST}\n\n{WORDS}",
        f"{WORDS}\n\nTheo https://thuvienphapluat.vn/van-ban/quyet-dinh-556677.aspx",
        f"{WORDS}\n\nNguồn: {OWN}",
        f"{WORDS}\n\nNguồn: congtinh.example.vn",
        f"{WORDS}\n\nNguồn: Thu Hà",
        f"{WORDS}\n\nTheo https://bao℀.vn/bai-12345.html",
    ],
)
def test_a_teaser_a_document_a_figures_source_and_the_page_itself_are_no_origin(text: str) -> None:
    assert origin_of_text(text) is None


def test_a_file_of_figures_is_no_article() -> None:
    assert origin_of_text(f"{WORDS}\n\nTheo https://baomau.vn/tep/bang-so-lieu-2023-8274562.pdf") == "baomau.vn"


def test_an_article_put_together_from_several_repeats_none_of_them() -> None:
    assert origin_of_text(f"{WORDS}\n\nTheo {FIRST}\n\nTheo https://baokhac.vn/tin/bai-778899.html") is None


@pytest.mark.parametrize(
    "foot",
    [
        f"<p>Theo <a href='{FIRST}'>Báo Mẫu</a></p>",
        f"<p><em>Nguồn:</em> <a href='{FIRST}'>https://www.baomau.vn/phong-su/…</a></p>",
        f"<p>Theo Báo Mẫu (<a href='{FIRST}'>bài gốc</a>)</p>",
    ],
)
def test_the_address_may_stand_behind_the_words(foot: str) -> None:
    assert origin_of_html(foot=foot) == FIRST


def test_a_canonical_link_to_another_domain_states_it() -> None:
    head = f"<link rel='canonical' href='{FIRST}'>"
    assert origin_of_html(head) == FIRST
    assert origin_of_html(f"<meta property='og:url' content='{FIRST}'>") == FIRST
    assert origin_of_html(head, url="https://m.baomau.vn/ho-so-8274562.html") is None
    assert origin_of_html(head, url=None) is None
    assert origin_of_html("<link rel='canonical' href='https://baomau.vn/'>") is None
    assert origin_of_html("<link rel='canonical' href='https://[baomau.vn/bai-12345.html'>") is None
    assert origin_of_html("<link rel='canonical' href='/tin/ho-so-12345.html'>") is None


def test_what_the_words_say_counts_more_than_a_canonical_link() -> None:
    other = "<link rel='canonical' href='https://baokhac.vn/tin/bai-778899.html'>"
    assert origin_of_html(other, foot=f"<p>Theo {FIRST}</p>") == FIRST
    assert origin_of_html(other, foot="<p>Theo baomau.vn</p>") == "https://baokhac.vn/tin/bai-778899.html"
