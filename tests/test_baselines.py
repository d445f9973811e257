"""The comparison with other readers: what they are given, and how all are scored."""

from __future__ import annotations

import pytest

from benchmarks.baselines.__main__ import main
from benchmarks.baselines.numbers import find_numbers
from benchmarks.baselines.readers import find_quantities, swap_separators
from benchmarks.baselines.score import LEVELS, Score, compare

LATE = {"locality": "568", "indicator": "dossier.late_rate", "period": "2023", "value": 0.7, "unit": "percent"}


def test_separators_become_english() -> None:
    assert swap_separators("1.245 hồ sơ, 0,7%. Năm 2023") == "1,245 hồ sơ, 0.7%. Năm 2023"


def test_quantulum_reads_values_and_units() -> None:
    found = list(find_quantities("Nha Trang tiếp nhận 1.245 hồ sơ, trễ hạn 0,7%, từ 60 - 65%"))
    assert found == [
        {"value": 1245, "unit": "count"},
        {"value": 0.7, "unit": "percent"},
        {"value": 60, "unit": "percent"},
    ]


def test_quantulum_takes_no_classifier_of_english() -> None:
    assert list(find_quantities("đổ 12 pound xuống 20 C")) == [
        {"value": 12, "unit": "pound-mass"},
        {"value": 20, "unit": "coulomb"},
    ]


def test_the_simple_reader_knows_signs_scales_and_ranks() -> None:
    found = [(n.value, n.unit, n.measure) for n in find_numbers("giảm 0,27%, hơn 120 triệu đồng, thứ 6/8, số 15/QĐ")]
    assert found == [(-0.27, "percent", "change"), (120e6, "VND", "level"), (6, "rank", "rank")]


def test_each_level_asks_for_more() -> None:
    wanted = [LATE, {**LATE, "value": 99.3}, {**LATE, "value": 12, "unit": "count", "optional": True}]
    seen = [LATE, LATE, {**LATE, "value": 99.3, "locality": "VN"}, {**LATE, "value": 12}, {**LATE, "value": 5}]
    scores = {level: compare(wanted, seen, slots) for level, slots in LEVELS.items()}
    assert scores == {"value": Score(2, 2, 3), "value+unit": Score(2, 2, 3), "full tuple": Score(1, 2, 3)}
    assert scores["full tuple"].f1 == pytest.approx(0.4)


def test_an_alternative_period_is_right_and_nothing_is_met_twice() -> None:
    wanted = [{**LATE, "period": "2022", "period_alt": ["2023"]}]
    assert compare(wanted, [LATE, {**LATE, "base": "2021"}], LEVELS["full tuple"]) == Score(1, 1, 2)
    assert Score(1, 1, 2) + Score(0, 1, 0) == Score(1, 2, 2)


def test_a_folder_without_annotations_is_named(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{tmp_path}: no annotated articles, expected ID.yaml beside ID.txt\n"
