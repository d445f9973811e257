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
    message = "dossier.late 3 of 1,245 is 0.24 %, printed is dossier.late_rate 0.72 %"
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


@pytest.mark.parametrize(
    ("on_time", "late", "excess"), [("1.242", "3", ""), ("1.230", "3", ""), ("1.242", "9", "1,251")]
)
def test_on_time_and_late_are_no_more_than_what_came_in(on_time: str, late: str, excess: str) -> None:
    text = f"Quý II/2024, UBND huyện tiếp nhận 1.245 hồ sơ, trong đó đúng hạn {on_time} hồ sơ, trễ hạn {late} hồ sơ."
    message = f"dossier.late {late} and dossier.on_time 1,242 make {excess}, more than dossier.received 1,245"
    quotes = ("9 hồ sơ", "1.242 hồ sơ", "1.245 hồ sơ")
    assert told(text) == ([("parts_vs_whole", message, quotes)] if excess else [])


def test_a_part_that_is_more_than_its_whole() -> None:
    text = "Quý II/2024, UBND huyện tiếp nhận {} hồ sơ, trong đó 1.320 hồ sơ trực tuyến."
    message = "online.dossiers 1,320 is more than dossier.received 1,245"
    assert told(text.format("1.245")) == [("parts_vs_whole", message, ("1.320 hồ sơ", "1.245 hồ sơ"))]
    assert told(text.format("1.345")) == []


def test_the_parts_of_a_breakdown_make_the_whole() -> None:
    text = (
        "Hiện nay, cấp huyện có {} thủ tục hành chính, trong đó có 79 thủ tục hành chính toàn trình, 114 thủ tục hành "
        "chính một phần và 8 thủ tục hành chính cung cấp thông tin."
    )
    assert told(text.format(201)) == []
    assert [message for _, message, _ in told(text.format(210))] == [
        "the parts of procedures.in_force make 201, printed is 210"
    ]


def test_what_cannot_be() -> None:
    rise = "Năm 2023, tỷ lệ hồ sơ trễ hạn của tỉnh là 1,52%, tăng 4,06% so với năm 2022."
    message = "dossier.late_rate 1.52 less 4.06 is -2.54, outside of 0 to 100"
    assert told(rise) == [("out_of_bounds", message, ("1,52%", "tăng 4,06%"))]
    assert told(rise.replace("tăng", "giảm")) == []
    place = "Năm 2023, Chỉ số CCHC của tỉnh xếp thứ {}/63 tỉnh, thành phố."
    assert [message for _, message, _ in told(place.format(64))] == ["par.index: place 64 of 63"]
    assert told(place.format(63)) == []


def test_amounts_in_billions_agree_within_what_billions_print() -> None:
    text = (
        "Năm 2023, thu ngân sách của tỉnh đạt 17,4 nghìn tỷ đồng, tăng {} so với năm 2022. Năm 2022, thu ngân sách của "
        "tỉnh đạt 16,2 nghìn tỷ đồng."
    )
    assert told(text.format("1.230 tỷ đồng")) == []
    assert [check for check, _, _ in told(text.format("2.230 tỷ đồng"))] == ["change_vs_levels"]
