"""Every numeral is classified before it is read; tests/spec/numerals.yml tells the classes."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import decimals_of, read_number, read_spelled
from extractors.numerals import find_numerals

SPEC: list[list[Any]] = yaml.safe_load((Path(__file__).parent / "spec" / "numerals.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", SPEC, ids=lambda row: row[0])
def test_class_and_value(row: list[Any]) -> None:
    marked, kind, value, second = [*row, None, None][:4]
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = [numeral for numeral in find_numerals(text) if numeral.start < end and start < numeral.end]
    assert [(n.start, n.end, n.kind, n.value, n.second) for n in found] == [
        (start, end, kind, Decimal(value) if value else None, Decimal(second) if second else None)
    ]


def vietnamese(value: Decimal) -> str:
    """1245.5 as newspapers print it: 1.245,5."""
    whole, _, part = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + ("," + part if part else "")


@given(st.decimals(min_value=0, max_value=10**12, places=3) | st.integers(0, 10**12).map(Decimal))
def test_what_is_printed_is_read_again(value: Decimal) -> None:
    printed = vietnamese(value)
    assert read_number(printed) == value
    assert decimals_of(printed) == len(printed.partition(",")[2])


@pytest.mark.parametrize(
    "text", ["1.24", "12.34", "1.2.3", "1.2345", "0.125", "1,2,3", "12.345.6", "1.245.5", "..", ""]
)
def test_what_the_separators_do_not_allow_is_refused(text: str) -> None:
    assert read_number(text) is None


def test_a_unit_behind_makes_a_dot_decimal_and_a_noun_makes_a_comma_a_thousand() -> None:
    assert [read_number("8.35", measured=True), read_number("98.125", measured=True)] == [
        Decimal("8.35"),
        Decimal(98125),
    ]
    assert [read_number("1,245", whole=True), read_number("1,245")] == [Decimal(1245), Decimal("1.245")]


@pytest.mark.parametrize(
    ("text", "value"),
    {
        "một": 1, "ba": 3, "mười": 10, "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "hai mươi mốt": 21,
        "ba mươi tư": 34, "chín mươi chín": 99, "một trăm": 100, "hai trăm ba mươi sáu": 236,
        "năm mươi": 50, "năm trăm": 500, "một trăm linh năm": 105, "ba trăm năm mươi lăm": 355,
    }.items(),
)  # fmt: skip
def test_spelled_numbers(text: str, value: int) -> None:
    assert read_spelled(text) == value


@pytest.mark.parametrize(
    "text", ["năm", "tỷ", "cửa", "một cửa", "", "mươi", "mười năm", "hai ba bốn năm", "linh năm", "trăm năm"]
)
def test_words_that_are_no_numbers(text: str) -> None:
    assert read_spelled(text) is None


@given(st.text(alphabet="0123456789.,/-: %ngàytháămhồsơ\n", max_size=60))
def test_spans_never_overlap_and_hold_what_they_say(text: str) -> None:
    found = find_numerals(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    assert all(text[numeral.start : numeral.end] == numeral.text for numeral in found)
