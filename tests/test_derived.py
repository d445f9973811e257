"""What follows from an article's numbers without being printed, and what does not follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.facts import Observation
from tests.test_reader import read

Told = tuple[str, str, str, Decimal | str, str, tuple[str, ...]]


def derived(text: str, locality: str = "573") -> list[Told]:
    """Each derived value: scope, indicator, period, value, unit, and the words it follows from."""
    said = read(text, locality=locality).observations
    return [
        (o.scope, o.indicator, o.period, o.value, o.unit, tuple(said[n].quote for n in o.follows))
        for o in said
        if o.derived
    ]


def test_a_level_and_its_changes_give_the_levels_before() -> None:
    text = (
        "Năm 2023, tỷ lệ hồ sơ trễ hạn của UBND huyện là 1,52%, giảm 0,3% so với năm 2022 và giảm 11,18% so với 2021."
    )
    level = ("1,52%", "giảm 11,18%")
    assert derived(text) == [
        ("district", "dossier.late_rate", "2021-01-01/2021-12-31", Decimal("12.70"), "percent", level)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, Chỉ số CCHC của tỉnh đạt 86,25%, tăng 2,2% so với năm 2022.",
        "Năm 2023, Chỉ số CCHC của tỉnh đạt gần 86%, tăng 2% so với năm 2022.",
        "Năm 2023, Chỉ số CCHC của tỉnh đạt 86,25%, tăng hơn 2,25% so với năm 2022.",
        "Năm 2023, tỷ lệ hồ sơ trễ hạn của tỉnh là 1,52%, tăng 4,06% so với năm 2022.",
        "Năm 2023, Chỉ số CCHC của tỉnh đạt 86,25%, tăng 2,15% so với năm 2022 (năm 2022 đạt 84,10%).",
        "Phấn đấu năm 2025, Chỉ số CCHC của tỉnh đạt 90,25%, tăng 2,15% so với năm 2024.",
        "Năm 2023, thu ngân sách của tỉnh đạt 17.450 tỷ đồng, tăng 6,5% so với năm 2022.",
    ],
    ids=["another place", "rounded", "bound", "impossible", "printed", "target", "growth"],
)
def test_what_is_not_exact_not_possible_or_printed_is_not_derived(text: str) -> None:
    assert derived(text, locality="56") == []


def test_the_one_count_that_prints_as_the_rate() -> None:
    text = "Năm 2023, UBND huyện tiếp nhận {} hồ sơ, tỷ lệ hồ sơ trực tuyến đạt {}."
    (found,) = derived(text.format("6.704", "97,12%"))
    assert found == (
        *("district", "online.dossiers", "2023-01-01/2023-12-31", Decimal(6511), "count"),
        ("6.704 hồ sơ", "97,12%"),
    )
    assert derived(text.format("6.704", "97%")) == []
    assert derived(text.format("gần 6.704", "97,12%")) == []


def test_a_unit_that_was_not_yet_there_has_no_value_before() -> None:
    text = (
        "9 tháng đầu năm 2025, tỷ lệ hồ sơ trực tuyến của tỉnh Khánh Hòa đạt 81,2%, tăng 9,5% so với cùng kỳ năm 2024."
    )
    assert [o.value for o in read(text, locality="56@2025").observations if o.derived] == []


def test_a_derived_value_is_as_sure_as_both_and_leads_to_both() -> None:
    text = "Năm 2023, Chỉ số CCHC của tỉnh đạt 86,25%, tăng 2,15% so với năm 2022."
    said: tuple[Observation, ...] = read(text).observations
    level, change, before = said
    assert (before.value, before.base, before.measure, before.printed) == (Decimal("84.10"), None, "level", "")
    assert before.confidence == round(level.confidence * change.confidence, 3)
    assert [text[a:b] for a, b in [(before.start, before.end), *before.mentions]] == ["tăng 2,15%", "86,25%"]
