"""Articles that do not add up: what is found, and that nothing is mended."""

from __future__ import annotations

import pytest

from tests.test_reader import read

RECEIVED = "Quý II/2024, UBND huyện Vạn Ninh tiếp nhận 1.245 hồ sơ; có 3 hồ sơ trễ hạn, tỷ lệ trễ hạn {}."


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each finding as its check, its message and the words it is about."""
    reading = read(text, locality="573")
    return [
        (f.check, f.message, tuple(reading.observations[n].quote for n in f.observations)) for f in reading.findings
    ]


def test_a_rate_that_its_counts_do_not_give() -> None:
    message = "dossier.late 3 of 1245 is 0.24 %, printed is dossier.late_rate 0.72 %"
    assert told(RECEIVED.format("0,72%")) == [("rate_vs_counts", message, ("3 hồ sơ", "1.245 hồ sơ", "0,72%"))]
    assert [str(o.value) for o in read(RECEIVED.format("0,72%"), locality="573").observations] == ["1245", "3", "0.72"]


@pytest.mark.parametrize("printed", ["0,24%", "0,2%"])
def test_a_rate_rounded_to_what_is_printed_agrees(printed: str) -> None:
    assert told(RECEIVED.format(printed)) == []


def test_on_time_and_late_make_a_hundred() -> None:
    text = "Năm 2023, tỷ lệ hồ sơ giải quyết đúng hạn của tỉnh đạt {}, trễ hạn 0,8%."
    message = "dossier.late_rate and dossier.on_time_rate make 99.3 %, not 100 %"
    assert told(text.format("98,5%")) == [("complement", message, ("0,8%", "98,5%"))]
    assert told(text.format("99,2%")) == []


def test_a_change_against_the_two_levels() -> None:
    text = "Chỉ số CCHC của tỉnh năm 2023 đạt 86,5%, tăng {} so với năm 2022. Năm 2022, Chỉ số CCHC của tỉnh đạt 84,3%."
    (found,) = told(text.format("3,2%"))
    assert found[0] == "change_vs_levels"
    assert told(text.format("2,2%")) == []
