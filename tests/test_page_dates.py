"""Publication dates: day first in every dress, and None rather than a guess."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.datelines import VIETNAM, Stamp, read_dateline, read_event_day, read_stamp

DATELINES = [
    ("15:23, 19/04/2024", "2024-04-19 15:23:00"),
    ("Cập nhật ngày: 13/04/2024 - 19:42", "2024-04-13 19:42:00"),
    ("Thứ sáu, 19/04/2024, 15:23 (GMT+7)", "2024-04-19 15:23:00"),
    ("  06/01/2023 08:30 \u00a0\u00a0 |\u00a0\u00a0Lượt xem 104", "2023-01-06 08:30:00"),
    ("Thứ sáu: 15:00 ngày 09/02/2024", "2024-02-09 15:00:00"),
    ("Ngày 11/11/2022-09:13:00 AM", "2022-11-11 09:13:00"),
    ("Ngày 02/12/2024-12:05:00 AM", "2024-12-02 00:05:00"),
    ("Ngày 12/03/2023-12:30:00 PM", "2023-03-12 12:30:00"),
    ("12/10/2023 | 15:27 - 486 lượt xem", "2023-10-12 15:27:00"),
    ("Thứ Sáu, ngày 14/01/2022 - 07:45", "2022-01-14 07:45:00"),
    ("Ngày đăng: 03/05/2022 2:05:00 CH", "2022-05-03 14:05:00"),
    ("| 11-06-2021 | 08:24:49", "2021-06-11 08:24:49"),
    ("• 17/10/2024 11:26 • Lê Tâm • Thời sự", "2024-10-17 11:26:00"),
    ("Chuyển đổi số    Thu Vân    09:42, 11/07/2023", "2023-07-11 09:42:00"),
    ("20.01.2026 - 08:40   |   Chia sẻ 12", "2026-01-20 08:40:00"),
    ("Thứ Hai, 12 tháng 3, 2023 08h05", "2023-03-12 08:05:00"),
]


@pytest.mark.parametrize(("line", "moment"), DATELINES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_dateline_is_read(line: str, moment: str, form: Literal["NFC", "NFD"]) -> None:
    stamp = read_dateline(unicodedata.normalize(form, line))
    assert stamp is not None
    assert stamp.moment == datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    assert stamp.day == stamp.moment.date()


def test_a_place_and_a_day_close_a_release() -> None:
    assert read_dateline("Nha Trang, ngày 12 tháng 3 năm 2023") == Stamp(date(2023, 3, 12))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "line",
    [
        "(Báo Hải Dương, số ra ngày 5-4-2019)",
        "Báo Hải Dương số 6.120, ra ngày 5-4-2019",
        "Số 6120 (ra ngày 5/4/2019)",
        "Số ra thứ sáu, ngày 5/4/2019.",
        "Đăng ngày 5-4-2019",
        "Bài đăng Báo Hải Dương số ra ngày 05.04.2019",
        "Theo Báo Hải Dương, số ra ngày 5/4/2019",
        "(Tạp chí Dân số và Phát triển, phát hành ngày 5 tháng 4 năm 2019)",
        "(Báo Hải Dương, ngày 5/4/2019)",
    ],
)
def test_the_issue_an_article_was_printed_in(line: str, form: Literal["NFC", "NFD"]) -> None:
    assert read_dateline(unicodedata.normalize(form, line)) == Stamp(date(2019, 4, 5))


@pytest.mark.parametrize(
    "lead",
    [
        "HDO - Sáng 5-4-2019, HĐND tỉnh khai mạc kỳ họp.",
        "(HD) - Ngày 5/4/2019, HĐND tỉnh khai mạc kỳ họp.",
        "(Baohaiduong.vn) - Chiều ngày 5 tháng 4 năm 2019, tại Nhà văn hóa huyện, 12 đội tranh tài.",
        "Hôm nay (5/4/2019), tỉnh mở cổng dịch vụ công mới.",
        "Sáng nay, ngày 5.4.2019, tỉnh mở cổng dịch vụ công mới.",
        "Hải Dương - Thứ Sáu, ngày 5/4/2019, tỉnh mở cổng dịch vụ công mới.",
    ],
)
def test_the_day_of_the_event_opens_the_first_sentence(lead: str) -> None:
    assert read_event_day(lead) == read_event_day(unicodedata.normalize("NFD", lead)) == Stamp(date(2019, 4, 5))


@pytest.mark.parametrize(
    "lead",
    [
        "Sáng 5-4, HĐND tỉnh khai mạc kỳ họp.",
        "Từ ngày 5/4/2019, tỉnh thu phí mới.",
        "Đến ngày 5/4/2019, tỉnh thu 3.000 tỷ đồng.",
        "HDO - Tính đến ngày 5/4/2019, tỉnh thu 3.000 tỷ đồng.",
        "Ngày 5/4/2019 đến 7/4/2019, tỉnh mở hội chợ.",
        "HĐND tỉnh họp ngày 5/4/2019 đã thông qua 12 nghị quyết.",
        "Ngày 31/02/2019, tỉnh họp.",
        "",
    ],
)
def test_a_first_sentence_that_says_no_day_of_its_own(lead: str) -> None:
    assert read_event_day(lead) is None


def test_a_text_that_counts_beyond_its_first_day_was_written_later() -> None:
    lead = "Ngày 5/4/2019, Chính phủ ban hành một nghị định về hộ tịch."
    assert read_event_day(lead, ["Tính đến hết ngày 1/4/2019, tỉnh có 3 xã làm thử."]) == Stamp(date(2019, 4, 5))
    assert read_event_day(lead, ["Tính đến ngày 30/9/2020, tỉnh đã cấp 4.000 giấy khai sinh."]) is None


@pytest.mark.parametrize(
    "line",
    [
        "Theo Báo Hải Dương số ra ngày 5/4/2019, tỉnh có 5 xã về đích.",
        "Báo cáo số 12 ngày 5/4/2019",
        "Quyết định số 12 ra ngày 5/4/2019",
        "Số liệu tính đến ngày 30/9/2023",
        "từ ngày 1/7 đến 30/9/2025",
        "Kế hoạch số 112/KH-UBND ngày 10/01/2022",
        "10.2025   3.120   11   97,1",
        "Sáng 19/4/2024, lúc 8:30, UBND tỉnh họp về chuyển đổi số.",
        "Tỷ lệ trễ hạn 1,94%",
        "31/02/2024",
        "19/04/24",
        "12:75, 19/04/2024",
        "2 giờ trước",
        "",
    ],
)
def test_a_mention_of_a_day_is_no_dateline(line: str) -> None:
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-04-19T15:23:00+07:00", "2024-04-19T15:23:00"),
        ("2024-04-19T18:30:00Z", "2024-04-20T01:30:00"),
        ("2024-04-19 15:23", "2024-04-19T15:23:00"),
        ("2024-04-13ICT19:42:00", "2024-04-13T19:42:00"),
        ("2024-04-13+0719:42:00", "2024-04-13T19:42:00"),
    ],
)
def test_iso_and_the_malformed_stamps_of_nukeviet(text: str, moment: str) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.moment == datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("text", ["2/9/2024 3:00:00 PM", "2024-13-01", "hôm qua", "1713513600", "2024-04-19T25:00:00"])
def test_what_could_mean_two_days_or_none_is_none(text: str) -> None:
    assert read_stamp(text) is None


DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
SHAPES = ["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "Ngày {d}/{m}/{y}", "08:30, {d}/{m}/{y}"]
SHAPES += ["Thứ ba, {d}/{m}/{y} - 08:30", "Cập nhật: {d}/{m}/{y} 08:30 | Lượt xem 7", "{d} tháng {m} năm {y}"]
SHAPES += ["Chủ Nhật, ngày {d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{y}-{m:02}-{d:02}T08:30:00+07:00"]


@settings(deadline=None)
@given(DAYS, st.sampled_from(SHAPES))
def test_day_and_month_never_change_places(day: date, shape: str) -> None:
    stamp = read_stamp(shape.format(d=day.day, m=day.month, y=day.year))
    assert stamp is not None
    assert stamp.day == day


@settings(deadline=None)
@given(st.text(alphabet="0123456789/-:., ngàythứGMTAP|", max_size=200))
def test_no_line_breaks_the_reader(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is None or stamp.day.year in range(1990, 2100)


PRINTED = [
    "{h:02}:{n:02}, {d:02}/{m:02}/{y}",
    "Cập nhật ngày: {d:02}/{m:02}/{y} - {h:02}:{n:02}",
    "Thứ sáu: {h}:{n:02} ngày {d:02}/{m:02}/{y}",
    "| {d:02}-{m:02}-{y} | {h:02}:{n:02}:49",
    "Ngày {d:02}/{m:02}/{y}-{h:02}:{n:02}:00 AM",
    "Thứ sáu, {d:02}/{m:02}/{y}, {h:02}:{n:02} (GMT+7)",
    "{d:02}/{m:02}/{y} {h:02}:{n:02} \u00a0\u00a0 |\u00a0\u00a0Lượt xem 104",
    "{d}/{m}/{y} {h}:{n:02}",
    "{d:02}.{m:02}.{y} {h:02}:{n:02}",
    "{h}h{n:02}, ngày {d}/{m}/{y}",
    "Thứ Hai, ngày {d} tháng {m} năm {y} {h:02}:{n:02}",
    "Ngày đăng: {d}-{m}-{y} {h:02}:{n:02}",
    "Xuất bản: {d:02}/{m:02}/{y} | {h:02}:{n:02}",
    "Đăng lúc {h:02}:{n:02} ngày {d:02}/{m:02}/{y}",
    "{y}-{m:02}-{d:02}T{h:02}:{n:02}:00+07:00",
    "{y}-{m:02}-{d:02} {h:02}:{n:02}:00",
]


@pytest.mark.parametrize("shape", PRINTED)
def test_every_day_of_every_month_keeps_its_place_to_the_minute(shape: str) -> None:
    moments = [datetime(2024, month, day, 9, 5) for month in range(1, 13) for day in range(1, 13)]
    read = [read_stamp(shape.format(d=t.day, m=t.month, y=t.year, h=t.hour, n=t.minute)) for t in moments]
    assert [stamp and stamp.moment and stamp.moment.replace(second=0, tzinfo=None) for stamp in read] == moments
