"""Texts that nobody wrote: what is too much is told of, and work grows with length alone."""

from __future__ import annotations

from cProfile import Profile
from datetime import date

import pytest

from extractors.encoding import Unreadable
from extractors.facts import Article, Block, Reading
from extractors.page import read_page
from extractors.reader import read_article

SAID = "Năm 2023, tỷ lệ hồ sơ trễ hạn của tỉnh Khánh Hòa là 0,9%."
AGAIN = "Thu ngân sách năm 2023 của tỉnh Khánh Hòa đạt 18.500 tỷ đồng."


def read(*paragraphs: str) -> Reading:
    text = "\n".join(paragraphs)
    ends = [sum(map(len, paragraphs[: n + 1])) + n for n in range(len(paragraphs))]
    blocks = tuple(Block("paragraph", end - len(one), end) for one, end in zip(paragraphs, ends, strict=True))
    return read_article(Article(text, blocks, published=date(2024, 1, 15), locality="56"))


@pytest.mark.parametrize("crowd", ["5%, " * 201, "tỷ lệ hộ nghèo giảm còn 5%, " + "và tiếp tục giảm, " * 450])
def test_a_sentence_that_nobody_wrote_is_left_for_review_and_those_around_it_are_read(crowd: str) -> None:
    reading = read(SAID, f"Tỷ lệ hồ sơ trễ hạn của tỉnh là {crowd}và còn nữa.", AGAIN)
    assert [(one.indicator, one.printed) for one in reading.observations] == [
        ("dossier.late_rate", "0,9"),
        ("budget.revenue", "18.500"),
    ]
    assert {(one.text, one.why) for one in reading.uncatalogued} == {("5%", "crowded")}
    assert len(reading.uncatalogued) == crowd.count("5%")


def test_a_list_of_all_communes_in_one_sentence_is_read() -> None:
    reading = read(SAID, "Số hồ sơ trễ hạn: " + ", ".join(f"tổ {n} có {n} hồ sơ" for n in range(2, 100)))
    assert "crowded" not in {one.why for one in reading.uncatalogued}


def test_more_numbers_than_any_article_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.page.MOST_NUMBERS", 20)
    page = "<html><body><h1>Bảng số</h1>{}</body></html>"
    row = "<p>Năm nay, tỷ lệ hồ sơ trễ hạn của thành phố là 0,9%.</p>"
    assert read_page(page.format(row * 10).encode(), name="bang.html").blocks
    with pytest.raises(Unreadable, match=r"bang\.html: more than 20 numbers, no article"):
        read_page(page.format(row * 11).encode(), name="bang.html")


SHAPES = {
    "sentences": "Năm {n}, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 0,{n}%. ",
    "paragraphs": "Năm {n}, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 0,{n}%.\n",
    "one line without an end": "năm {n}, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 0,{n}%, ",
    "numbers of a list": "{n}. ",
    "percentages": "{n}% ",
    "ranges without an end": "từ {n} đến ",
    "moves": "giảm từ {n},6% xuống {n},5% so với cùng kỳ ",
    "number words": "một trăm linh hai ",
    "months": "tháng {n}/2023 - ",
    "places": "tỉnh Khánh Hòa, ",
    "brackets": "((5% ",
    "one digit after the other": "{n}",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_the_text_takes_twice_the_work(shape: str) -> None:
    unit = "".join(shape.format(n=n) for n in range(1, 10))
    read(SAID, unit, "Lúa mới cấy đạt 5 ha")  # its word lists are loaded before anything is counted
    once, twice = (work(unit * (letters // len(unit))) for letters in (9_000, 18_000))
    assert twice < 2.3 * once


def work(text: str) -> int:
    """How many calls reading a text takes, of functions in Python and of those it is made of."""
    with Profile() as calls:
        read(*text.split("\n"))
    return sum(entry.callcount for entry in calls.getstats())


def test_half_a_letter_is_no_letter() -> None:
    assert [one.printed for one in read(f"\ud83d {SAID}", "Lúa \udbdb mới cấy 5 ha").observations] == ["0,9"]
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "author": "Minh \\ud83d"}</script>'
    page = f"<html><head>{told}</head><body><h1>Tin</h1><p>{SAID}</p></body></html>"
    article = read_page(page.encode(), name="tin.html", facts={"title": "Tin \ud83d"})
    assert (article.title, article.author) == ("Tin \ufffd", "Minh \ufffd")
