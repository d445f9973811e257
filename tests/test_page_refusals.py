"""What is no article is refused with one line that names the file and the reason."""

from __future__ import annotations

import pytest

from extractors.page import NotVietnamese, Unreadable, read_page

VIETNAMESE = "Tỷ lệ hồ sơ giải quyết đúng hạn của tỉnh trong năm 2023 đạt 98,5%, được người dân đánh giá cao. "
ENGLISH = "The province received a record number of online applications last year, officials said on Monday. " * 3
FRENCH = "La région a été très développée, à côté des élèves étrangers près de l'été où ça s'achève déjà. " * 3

REFUSED = [
    (b"", "tin.html: empty file"),
    (b" \n\t", "tin.html: empty file"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "tin.html: a PNG image, not a page or a text"),
    (b"%PDF-1.7\n1 0 obj", "tin.html: a PDF document, not a page or a text"),
    (b"PK\x03\x04word/document.xml", "tin.html: a ZIP or Office file, not a page or a text"),
    (b"ab\x00cd" * 9, "tin.html: binary data, not a page or a text"),
    (b"<?xml version='1.0'?><rss><channel/></rss>", "tin.html: a feed or a sitemap, not an article"),
    (b'{"title": "Tin"}', "tin.html: JSON data, not an article"),
    (b"<html><body><script>var a = 1</script></body></html>", "tin.html: no text found on the page"),
    (b"12 34\n56", "tin.html: no text to read"),
    (b"a " * (5 * 1024 * 1024), "tin.html: 10.0 MiB, more than the 8 MiB of a page"),
    (("<html><body>" + "<div>" * 9000 + VIETNAMESE).encode(), "tin.html: tags nested deeper than 600, no article page"),
    (("<html><body>" + "<p>a</p>" * 40000).encode(), "tin.html: more than 60000 tags, no article page"),
    (b"1\n" * 40000, "tin.html: more than 30000 lines, no article"),
    ((VIETNAMESE * 12000).encode(), "tin.html: more than 1000000 characters, no article"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_file_without_an_article_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_page(data, name="tin.html")
    assert str(refusal.value) == message


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, f"<html><body><h1>News</h1><p>{ENGLISH}</p></body></html>"])
def test_another_language_is_refused(text: str) -> None:
    with pytest.raises(NotVietnamese, match=r"^tin\.html: not Vietnamese"):
        read_page(text.encode(), name="tin.html")


def test_letters_that_lost_their_encoding_are_refused() -> None:
    with pytest.raises(NotVietnamese):
        read_page((VIETNAMESE * 3).encode().decode("cp1252", "replace").encode(), name="tin.txt")


def test_a_few_words_pass_unjudged() -> None:
    assert read_page(b"Nha Trang: 98,5%", name="tin.txt").text == "Nha Trang: 98,5%"


def test_a_cut_file_is_read_and_told() -> None:
    article = read_page((VIETNAMESE * 3).encode() + "ệ".encode()[:2], name="tin.txt")
    assert article.text == VIETNAMESE * 3 + "\ufffd"
    assert article.issues[0] == "encoding: 1 characters could not be read as utf-8"
