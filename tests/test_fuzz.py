"""Words of the language in any order, and anything else, are read or refused; `make fuzz` looks longer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.facts import Article, Block
from tests.fuzz.pieces import check_article, check_page, pieces
from tests.test_statements import SPEC

TEXTS = st.lists(st.sampled_from(pieces()) | st.text(max_size=6), min_size=1, max_size=60).map(" ".join)

SENTENCES = sorted({case["text"] for spec in SPEC.values() for cases in spec.values() for case in cases})
SIGNS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from("();:,.%- ")), max_size=8)


NEW_DIGIT = "\U0001e5f1"
"""A digit of Unicode 16, which the patterns know and this Python does not."""


def check_text(text: str) -> None:
    check_article(Article(text, (Block("paragraph", 0, len(text)),), published=date(2024, 7, 15), locality="56"))


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_any_words_in_any_order_are_read(text: str) -> None:
    check_text(text)


@given(st.sampled_from(SENTENCES), SIGNS)
@example("Năm 2024, giải ngân (đến ngày 30/6/2024 (đạt 71,2% kế hoạch)).", [])
@settings(deadline=None, max_examples=100)
def test_a_sentence_with_signs_anywhere_is_read(text: str, signs: list[tuple[int, str]]) -> None:
    for at, sign in signs:
        text = text[:at] + sign + text[at:]
    check_text(text)


@pytest.mark.parametrize("digit", [NEW_DIGIT, "\u0663", "\u00b2"])
def test_digits_of_other_scripts_are_no_fault(digit: str) -> None:
    told = "Thứ tư, 03/04/2024 15:13 GMT+7\n1. Hồ sơ đúng hạn: 93%\nNăm 2023, xếp thứ 3/63; quý 3 đạt 3.333 tỷ đồng."
    text = told.replace("3", digit)
    check_text(text)
    table = (
        f"<table><tr><td colspan={digit}>{digit}</td></tr><tr><td>Xã {digit}</td><td>{digit},{digit}</td></tr></table>"
    )
    check_page(f"<html lang=vi><body><h1>Tin {digit}</h1><p>{text}</p>{table}</body></html>".encode())
    check_page(text.encode())


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_a_page_of_them_is_read_or_refused(text: str) -> None:
    check_page(f"<html lang=vi><body><h1>Tin trong tỉnh</h1><div>{text}</div></body></html>".encode())


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=40)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_page(data)
