"""What may both be true and what may not: pairs of claims, series with a slip in them, targets and what came."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.contradictions import Told, agree, disagreement, jumps, missed_targets

LATE = Told(
    family=1, article_id=1, key="k", point="p", locality="568", locality_name="Thành phố Nha Trang", tier="district",
    indicator="dossier.late_rate", scope="all", breakdown="", measure="level", status="actual", freq="A",
    time_period="2023", period_start=date(2023, 1, 1), period_end=date(2023, 12, 31), base="", value_text="0.7",
    printed="0,7", unit="percent", bound="eq", derived=False, better=None, quote="0,7%", source="bao", article="a",
    title=None, published=date(2024, 1, 2), url=None,
)  # fmt: skip
SLOTS = {name: getattr(LATE, name) for name in Told.__slots__}


def told(printed: str, **slots: Any) -> Told:
    """A claim of a number as it is printed."""
    value = printed.replace(".", "").replace(",", ".")
    return Told(**{**SLOTS, "printed": printed, "value_text": value, "quote": printed, **slots})


def year(number: int, printed: str, **slots: Any) -> Told:
    when = {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31), "time_period": str(number)}
    return told(printed, **when, **slots)


COUNT, MONEY = {"unit": "count"}, {"unit": "USD"}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (told("5,2"), told("5,23"), True),
        (told("5,2"), told("5,29"), True),
        (told("5,2"), told("5,32"), False),
        (told("99,86"), told("99,87"), True),
        (told("99,86"), told("99,88"), False),
        (told("8", **COUNT), told("9", **COUNT), False),
        (told("20.000", **COUNT), told("20.134", **COUNT), True),
        (told("20.000", **COUNT), told("28.000", **COUNT), False),
        (told("700", value_text="700000000", **MONEY), told("696,3", value_text="696300000", **MONEY), True),
        (told("700", value_text="700000000", **MONEY), told("650", value_text="650000000", **MONEY), False),
        (told("108.000", bound="gt", **COUNT), told("108.401", **COUNT), True),
        (told("108.000", bound="gt", **COUNT), told("107.400", **COUNT), False),
        (told("1.800", bound="approx", **COUNT), told("1.764", **COUNT), True),
        (told("1.800", bound="approx", **COUNT), told("2.764", **COUNT), False),
        (told("0,5", bound="lt"), told("0,7"), False),
        (told("7", **COUNT), told("7,5"), True),
        (told("khá", value_text="khá", unit="rating"), told("Khá", value_text="Khá", unit="rating"), True),
        (told("khá", value_text="khá", unit="rating"), told("Tốt", value_text="Tốt", unit="rating"), False),
    ],
)
def test_two_claims_agree_within_what_they_mean(one: Told, other: Told, both: bool) -> None:
    assert (agree(one, other), agree(other, one)) == (both, both)


def test_two_articles_disagree_and_copies_or_one_article_do_not() -> None:
    here, there = told("0,7"), told("0,9", family=2, article_id=2)
    message = "0.7 % and 0.9 % for the same point, 0.2 percentage points apart"
    assert disagreement([here, there]) == ("disagreement", message, (here, there))
    assert disagreement([here, told("0,9")]) is None
    assert disagreement([here, told("0,9", article_id=2)]) is None  # a copy that printed it wrong
    assert disagreement([here, there, told("0,7", family=2, article_id=2)]) is None  # the other says both


@pytest.mark.parametrize(
    ("values", "unit", "wrong"),
    [
        (["12.480", "13.010", "1.270", "13.900"], "count", ["1270"]),
        (["12.480", "13.010", "12.700.000"], "count", ["12700000"]),
        (["17", "17.450.000"], "VND", ["17450000"]),
        (["759", "12.480", "40.020"], "count", []),
        (["2", "31", "1"], "count", []),
        (["99,3", "9,93", "99,1"], "percent", ["9.93"]),
        (["12,3", "71,2", "80,5"], "percent", []),
        (["99,3", "9,93"], "percent", []),
        (["0,6213", "621,3", "0,6408"], "points", ["621.3"]),
    ],
)
def test_a_value_far_off_its_series_jumps_and_growth_does_not(values: list[str], unit: str, wrong: list[str]) -> None:
    series = [year(2020 + n, value, unit=unit) for n, value in enumerate(values)]
    assert [claims[0].value_text for _, _, claims in jumps(series)] == wrong


def test_a_jump_names_what_stands_beside_it() -> None:
    series = [year(2021, "12.480", **COUNT), year(2022, "1.170", **COUNT), year(2023, "13.010", **COUNT)]
    (found,) = jumps(series)
    assert found[:2] == ("jump", "1,170 (2022) beside 12,480 (2021) and 13,010 (2023)")
    months = [year(2023, "1.270", freq="M", **COUNT), *series]
    assert [check for check, _, _ in jumps(months)] == ["jump"]  # other frequencies are another series


@pytest.mark.parametrize(
    ("target", "came", "said"),
    [
        (told("0,5", bound="lt"), told("0,7", scope="district"),
         "target under 0.5 %, actual 0.7 % (district offices): missed by 0.2 percentage points"),
        (told("0,5", bound="lt"), told("0,3"), ""),
        (told("0,5", bound="lt"), told("0,7", scope="commune"), ""),
        (told("0,5", bound="lt"), told("0,7", bound="lt"), ""),
        (told("80", bound="ge"), told("80"), ""),
        (told("80", bound="ge"), told("78,5", status="estimate"),
         "target at least 80 %, estimate 78.5 %: missed by 1.5 percentage points"),
        (told("40"), told("39,33"), "target 40 %, actual 39.33 %: below it by 0.67 percentage points"),
        (told("40"), told("41"), "target 40 %, actual 41 %: above it by 1 percentage points"),
        (told("40"), told("39,33", time_period="2022"), ""),
        (told("40", better="more"), told("39,33"), "target 40 %, actual 39.33 %: missed by 0.67 percentage points"),
        (told("40", better="more"), told("40"), ""),
        (told("40", better="more"), told("41"), ""),
        (told("1", better="less"), told("1,2"), "target 1 %, actual 1.2 %: missed by 0.2 percentage points"),
        (told("1", better="less"), told("0,8"), ""),
        (told("3", bound="ge", better="less"), told("4"), ""),
        (told("40", bound="approx", better="more"), told("39"), ""),
        (told("40", bound="approx", better="more"), told("60"), ""),
        (told("40", bound="approx", better="more"), told("20"),
         "target about 40 %, actual 20 %: missed by 20 percentage points"),
        (told("40", bound="approx"), told("60"),
         "target about 40 %, actual 60 %: above it by 20 percentage points"),
    ],
)  # fmt: skip
def test_a_target_and_by_how_much_it_was_missed(target: Told, came: Told, said: str) -> None:
    aim = Told(**{**{name: getattr(target, name) for name in Told.__slots__}, "status": "target"})
    found = [message for _, message, _ in missed_targets([came, aim])]
    assert found == ([said] if said else [])


def test_the_nearest_scope_answers_first() -> None:
    aim = told("0,5", bound="lt", status="target")
    (found,) = missed_targets([aim, told("0,7", scope="district"), told("0,6")])
    assert found[1] == "target under 0.5 %, actual 0.6 %: missed by 0.1 percentage points"
