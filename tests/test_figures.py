"""A sentence and its figures (tests/spec/figures.yml); sentences with numbers and no figure (decoys.yml)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.figures import Figure, find_figures, read_figure
from tests.test_numerals import vietnamese

SPEC_FOLDER = Path(__file__).parent / "spec"
SPEC: list[dict[str, Any]] = yaml.safe_load((SPEC_FOLDER / "figures.yml").read_text(encoding="utf-8"))
DECOYS: dict[str, list[str]] = yaml.safe_load((SPEC_FOLDER / "decoys.yml").read_text(encoding="utf-8"))


def told(text: str, figure: Figure) -> str:
    """A figure in the words of the spec file."""
    parts = [f"{text[figure.bound_start : figure.end]} = {figure.value:f} {figure.unit} {figure.bound} {figure.kind}"]
    parts += [f"of {figure.out_of:f}"] if figure.out_of is not None else []
    parts += [f"per {figure.per}"] if figure.per else []
    parts += [f"[{figure.noun}]"] if figure.noun else []
    return " ".join(parts)


@pytest.mark.parametrize("case", SPEC, ids=lambda case: case["text"])
def test_figures_of_a_sentence(case: dict[str, Any]) -> None:
    assert [told(case["text"], figure) for figure in find_figures(case["text"])] == case["figures"]


@pytest.mark.parametrize("text", [text for group in DECOYS.values() for text in group])
def test_decoys_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize("case", SPEC, ids=lambda case: case["text"])
def test_reading_the_words_of_a_figure_again_gives_its_value(case: dict[str, Any]) -> None:
    text = case["text"]
    assert all(read_figure(text[figure.start : figure.end]) == figure.value for figure in find_figures(text))


@given(
    st.decimals(min_value=0, max_value=10**6, places=2) | st.integers(0, 10**9).map(Decimal),
    st.sampled_from([("%", 1), (" tỷ đồng", 10**9), (" triệu USD", 10**6), (" điểm", 1), (" nghìn lượt khách", 1000)]),
    st.sampled_from(
        [("", "eq"), ("gần ", "approx"), ("hơn ", "gt"), ("dưới ", "lt"), ("tối thiểu ", "ge"), ("không quá ", "le")]
    ),
)
def test_any_number_with_any_unit_and_bound(value: Decimal, unit: tuple[str, int], bound: tuple[str, str]) -> None:
    printed = vietnamese(value)
    text = f"Kết quả đạt {bound[0]}{printed}{unit[0]} trong kỳ."
    found = [(figure.value, figure.bound, figure.printed) for figure in find_figures(text)]
    assert found == [(value * unit[1], bound[1], printed)]


def test_all_traps_in_one_sentence() -> None:
    text = (
        "Theo Quyết định số 766/QĐ-TTg, quý I.2024, cơ chế một cửa ở 8/8 huyện nhận 1.245 hồ sơ mức độ 3, 4; "
        "tỷ lệ trễ hạn 0,7%, xếp thứ 9/63; lượt xem: 1.207"
    )
    assert [told(text, figure) for figure in find_figures(text)] == [
        "8/8 huyện = 8 count eq fraction of 8 [huyện]",
        "1.245 hồ sơ = 1245 count eq count [hồ sơ]",
        "0,7% = 0.7 percent eq percent",
        "xếp thứ 9/63 = 9 rank eq rank of 63",
    ]


def test_words_without_a_figure_are_an_error() -> None:
    with pytest.raises(ValueError, match="no figure in 'tỷ lệ'"):
        read_figure("tỷ lệ")
