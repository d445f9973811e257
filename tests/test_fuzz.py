"""Words of the language in any order, and anything else, are read or refused; `make fuzz` looks longer."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import Article, Block
from tests.fuzz.pieces import check_article, check_page, pieces

TEXTS = st.lists(st.sampled_from(pieces()) | st.text(max_size=6), min_size=1, max_size=60).map(" ".join)


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_any_words_in_any_order_are_read(text: str) -> None:
    check_article(Article(text, (Block("paragraph", 0, len(text)),), published=date(2024, 7, 15), locality="56"))


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_a_page_of_them_is_read_or_refused(text: str) -> None:
    check_page(f"<html lang=vi><body><h1>Tin trong tỉnh</h1><div>{text}</div></body></html>".encode())


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=40)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_page(data)
