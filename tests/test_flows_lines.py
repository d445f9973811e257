"""Which points make a line, what a movement is against, and what codes are called."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

import pytest
import yaml

from extractors.indicators import catalogue
from flows.labels import CODES, Labels
from flows.lines import against, sparkline, trends
from models.names import WORDS
from models.points import COLUMNS, SeriesRow
from tests.test_flows_show import point

LANGUAGES = {"vi", "en"}


@pytest.mark.parametrize(
    ("period", "base", "told"),
    [
        ("2023-01-01/2023-12-31", "", ""),
        ("2023-01-01/2023-12-31", "2022-01-01/2022-12-31", "year_before"),
        ("2024-02-01/2024-02-29", "2023-02-01/2023-02-28", "year_before"),
        ("2024-01-01/2024-10-31", "2023-01-01/2023-10-31", "year_before"),
        ("2024-02-29", "2023-02-28", "year_before"),
        ("2024-01-01/2024-01-31", "2023-12-01/2023-12-31", "period_before"),
        ("2024-04-01/2024-06-30", "2024-01-01/2024-03-31", "period_before"),
        ("2023-01-01/2023-12-31", "2020-01-01/2020-12-31", "2020-01-01/2020-12-31"),
        ("2024-01-01/2024-10-31", "2023-01-01/2023-09-30", "2023-01-01/2023-09-30"),
    ],
)
def test_what_a_movement_is_against(period: str, base: str, told: str) -> None:
    assert against(period, base) == told


def seen(year: int, value: str, **slots: object) -> SeriesRow:
    period = f"{year}-01-01/{year}-12-31"
    return point(period=period, freq="A", value=Decimal(value), **{"status": "actual", **slots})


def test_a_curve_is_of_what_was_seen_in_the_order_of_time() -> None:
    rows = [seen(2023, "9"), seen(2021, "1"), seen(2022, "8", status="estimate"), seen(2022, "5")]
    assert sparkline(rows) == "▁▄█"
    assert sparkline(rows[:2]) == ""
    assert sparkline([seen(year, "7") for year in (2021, 2022, 2023)]) == "▅▅▅"
    target = seen(2024, "0", status="target")
    assert trends([*rows, target]) == {rows[-1]: "▁▄█"}


def test_every_word_of_a_point_has_a_name() -> None:
    names = yaml.safe_load(files("flows").joinpath("labels.yml").read_text("utf-8"))
    said = {
        **WORDS,
        "unit": {"times", "pp", "EUR", *(one.unit for one in catalogue().indicators.values())},
        "head": COLUMNS,
    }
    for slot, words in said.items():
        assert [word for word in words if set(names[slot].get(word, ())) != LANGUAGES] == []


def test_a_point_in_words() -> None:
    slots = {"scope": "district", "status": "target", "measure": "level", "unit": "xyz", "bound": "lt"}
    row = point(indicator="a", indicator_vi="Tỷ lệ", **slots)
    named = Labels("vi").row(row)
    assert (named.indicator, named.scope, named.status, named.measure, named.unit, named.bound) == (
        *("Tỷ lệ", "cấp huyện", "mục tiêu", "giá trị", "xyz", "dưới"),
    )
    assert CODES.row(row) == row
