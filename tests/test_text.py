"""One text for one meaning, and the way back to the stored text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import normalise, sentences

STYLES = {
    "Thanh Hoà, Uỷ ban, thuỷ lợi, khoẻ, xoè, HOÀ BÌNH": "Thanh Hòa, Ủy ban, thủy lợi, khỏe, xòe, HÒA BÌNH",
    "quý, quỷ, huỳnh, hoàn, khoản, toàn, Thuý An": "quý, quỷ, huỳnh, hoàn, khoản, toàn, Thúy An",
    "Ðắk Lắk, ðến nay": "Đắk Lắk, đến nay",
    "１．２４５ hồ sơ đạt ９８％": "1.245 hồ sơ đạt 98%",
    "tăng \u22121,5% \u2013 2%, Covid\u201119": "tăng -1,5% \u2013 2%, Covid-19",
    "1\u202f245\u00a0hồ\u2009sơ\tmới": "1 245 hồ sơ mới",
    "1.2\u200b45 hồ s\u00adơ\ufeff": "1.245 hồ sơ",
    "dòng một\r\ndòng hai\rdòng ba\u2028dòng bốn": "dòng một\ndòng hai\ndòng ba\ndòng bốn",
}

WORDS = st.sampled_from(
    [
        "hoà",
        "Thuỷ",
        "hòa",
        "1.245",
        "0,7%",
        "\u00a0",
        "\u200b",
        "\r\n",
        "\u00ad",
        "Ðông",
        "quý",
        "\u2212",
        "năm",
        " ",
        "tỷ",
        "５",
    ]
)


@pytest.mark.parametrize(("raw", "norm"), STYLES.items())
def test_every_spelling_becomes_one(raw: str, norm: str) -> None:
    assert normalise(raw).norm == norm


@pytest.mark.parametrize("raw", STYLES)
def test_composed_and_decomposed_text_are_one(raw: str) -> None:
    assert normalise(unicodedata.normalize("NFD", raw)).norm == normalise(raw).norm


@given(st.lists(WORDS), st.sampled_from(["NFC", "NFD"]), st.data())
def test_a_slice_leads_back_to_the_words_it_was_read_from(words: list[str], form: str, data: st.DataObject) -> None:
    words = [unicodedata.normalize(form, word) for word in words]
    text = normalise(" ".join(words))
    spans = [(len(" ".join(words[:n])) + (n > 0), word) for n, word in enumerate(words)]
    if not spans:
        return
    start, word = data.draw(st.sampled_from(spans))
    first, last = text.to_norm(start, start + len(word))
    assert text.norm[first:last] == normalise(word).norm
    raw_start, raw_end = text.to_raw(first, last)
    assert normalise(text.raw[raw_start:raw_end]).norm == text.norm[first:last]


@given(st.text(max_size=60))
def test_a_normal_text_stays_as_it_is(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text.norm).norm == text.norm
    assert text.to_raw(0, len(text.norm))[1] <= len(raw)


ONE_EACH = [
    "TP. Cam Ranh và TX. Ninh Hòa cùng về đích.",
    "Kết quả quý I.2024 cao hơn quý IV.2023 là 1.245,5 điểm.",
    "Chi tiết tại https://www.vidu.vn/tin-tuc.html của tỉnh.",
    "Theo https://vidu.vn/tin?id=12&trang=3 và www.vidu.vn/?q=a, xã đã về đích.",
    "Ông Ba (SN. 1980) nhận 5,2 tr. đồng hỗ trợ.",
    "1. Kết quả cải cách thể chế",
    "Chủ tịch xã nói: “Nhanh. Gọn.” trước giờ họp.",
    "PGS. TS. Bảy trình bày báo cáo.",
]
SEVERAL = {
    "Thu vượt. Chi giảm.": ["Thu vượt.", "Chi giảm."],
    "Các phòng, ban… Năm 2023 tốt hơn.": ["Các phòng, ban…", "Năm 2023 tốt hơn."],
    "Xem ở www.vidu.vn/tin? Xã chưa về đích?Vì sao?": ["Xem ở www.vidu.vn/tin?", "Xã chưa về đích?", "Vì sao?"],
    "Xã đã hoàn thành.Năm sau sẽ tiếp tục.": ["Xã đã hoàn thành.", "Năm sau sẽ tiếp tục."],
    "Tiêu đề ngắn\nĐoạn một. Đoạn hai.": ["Tiêu đề ngắn", "Đoạn một.", "Đoạn hai."],
    "- Cấp tỉnh: 98%\n- Cấp xã: 97%": ["- Cấp tỉnh: 98%", "- Cấp xã: 97%"],
    "  \n\n ": [],
}


@pytest.mark.parametrize("text", ONE_EACH)
def test_dots_that_end_no_sentence(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_block_in_the_middle_keeps_the_offsets_of_the_article() -> None:
    text = "Đầu bài.\nThu vượt. Chi giảm.\nCuối bài."
    assert [text[start:end] for start, end in sentences(text, 9, 28)] == ["Thu vượt.", "Chi giảm."]


@pytest.mark.parametrize("piece", ["a.", "1.", "TP.", "“", "…", "A. "])
def test_a_hostile_run_is_cut_without_losing_a_character(piece: str) -> None:
    text = piece * 15_000
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
