"""Corrections of a reading: which claims their words mean, what follows from them, what is told."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractors.facts import Article, Block, Finding, Reading
from extractors.reader import read_article
from flows.corrections.correcting import Corrected, correct
from flows.corrections.parts import OnArticle, Replace, Withdraw

WORDS = """Năm 2023, thành phố Nha Trang tiếp nhận 1.250 hồ sơ, trong đó trễ hạn 9 hồ sơ, \
tỷ lệ hồ sơ trễ hạn là 0,24%. Năm 2022, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang \
là 1,94%; tỷ lệ hồ sơ đúng hạn đạt 98,06%."""
WHY = "wrong (2026-11-20)"


def read(words: str) -> Reading:
    return read_article(
        Article(words, (Block("paragraph", 0, len(words)),), published=date(2024, 1, 12), locality="56")
    )


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(WORDS)


def withdraw(quote: str, **more: Any) -> Withdraw:
    return Withdraw.model_validate(
        {"withdraw": {"article": "a", "quote": quote, **more}, "reason": "wrong", "date": date(2026, 11, 20)}
    )


def replace(quote: str, slots: dict[str, Any], **more: Any) -> Replace:
    words = {"article": "a", "quote": quote, **more}
    return Replace.model_validate({"replace": words, "with": slots, "reason": "wrong", "date": date(2026, 11, 20)})


def rows(reading: Reading) -> list[str]:
    return [f"{o.indicator} {o.period[:4]} {o.value} {o.unit} {o.confidence:g}" for o in reading.observations]


def told(made: Corrected) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(f.check, f.message, f.observations) for f in made.reading.findings]


def test_without_corrections_a_reading_stays_as_it_is(reading: Reading) -> None:
    assert correct(reading, []).reading is reading


def test_a_claim_that_is_withdrawn_leaves_the_others_and_what_is_found_about_them(reading: Reading) -> None:
    made = correct(reading, [withdraw("1.250 hồ sơ"), withdraw("98,06%")])
    assert rows(made.reading) == rows(reading)[1:4]
    assert told(made) == [
        ("correction", f"'1.250 hồ sơ': withdrawn: dossier.received of 568 in 2023, 1250 count: {WHY}", ()),
        ("correction", f"'98,06%': withdrawn: dossier.on_time_rate of 568 in 2022, 98.06 percent: {WHY}", ()),
    ]


def test_findings_lead_to_the_claims_that_are_left(reading: Reading) -> None:
    doubt = "dossier.late 9 of 1,250 is 0.72 %, printed is dossier.late_rate 0.24 %"
    assert [(f.message, f.observations) for f in reading.findings] == [(doubt, (1, 0, 2))]
    page = Finding("page", "read as TCVN3")
    found = dataclasses.replace(reading, findings=(page, *reading.findings))
    left = correct(found, [withdraw("1,94%")])
    assert told(left)[:2] == [("page", "read as TCVN3", ()), ("rate_vs_counts", doubt, (1, 0, 2))]
    mended = correct(found, [withdraw("1,94%"), replace("9 hồ sơ", {"value": "3"})])
    assert [f.observations for f in mended.reading.findings] == [(), (), (1,)]
    assert mended.notes == {1: f"value 9 → 3: {WHY}"}


def test_what_follows_from_a_claim_goes_with_it() -> None:
    words = "Năm 2022, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,94%, giảm 0,27% so với năm 2021."
    found = read(words)
    assert [(o.value, o.derived) for o in found.observations][-1] == (Decimal("2.21"), True)
    gone = "dossier.late_rate of 568 in 2021, 2.21 percent, derived"
    level = correct(found, [replace("1,94%", {"value": "1.49"})])
    assert [str(o.value) for o in level.reading.observations] == ["1.49", "-0.27"]
    assert told(level)[-1][1].endswith(f"value 1.94 → 1.49: {WHY}; withdrawn, for it follows from it: {gone}")
    change = correct(found, [withdraw("0,27%")])
    assert [str(o.value) for o in change.reading.observations] == ["1.94"]
    assert told(change)[-1][1].endswith(f"in 2022 change, -0.27 pp, {gone}: {WHY}")
    assert len(correct(found, [replace("1,94%", {"value": "1.940"})]).reading.observations) == 3
    alone = correct(found, [withdraw("1,94%", period="2021")])
    assert [str(o.value) for o in alone.reading.observations] == ["1.94", "-0.27"]


def test_every_slot_can_be_replaced(reading: Reading) -> None:
    slots = {
        "value": "Tốt", "unit": "rating", "indicator": "par.index", "locality": "56", "scope": "province",
        "period": "2023-Q4", "status": "estimate", "measure": "rating", "bound": "approx",
        "breakdown": {"service": "toàn trình"}, "out_of": "63", "among": "tỉnh",
    }  # fmt: skip
    made = correct(reading, [replace("0,24%", slots)])
    o = made.reading.observations[2]
    assert (o.value, o.unit, o.indicator, o.locality, o.scope) == ("Tốt", "rating", "par.index", "56", "province")
    assert (o.period, o.status, o.measure, o.bound) == ("2023-10-01/2023-12-31", "estimate", "rating", "approx")
    assert (o.breakdown, o.out_of, o.group) == ((("service", "toàn trình"),), Decimal(63), "tỉnh")
    assert (o.printed, o.quote, o.confidence) == ("0,24", "0,24%", 1.0)
    assert made.notes[2].startswith("value 0.24 → Tốt, unit percent → rating, indicator dossier.late_rate → par.index,")
    assert "period 2023 → 2023-Q4" in made.notes[2]
    assert "among none → tỉnh" in made.notes[2]


def test_what_was_read_rightly_can_be_confirmed(reading: Reading) -> None:
    made = correct(reading, [replace("0,24%", {"value": "0.24"})])
    assert rows(made.reading)[2] == "dossier.late_rate 2023 0.24 percent 1"
    assert made.notes == {2: f"as it was read: {WHY}"}


def test_a_level_has_no_base() -> None:
    found = read("Năm 2022, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang giảm 0,27% so với năm 2021.")
    made = correct(found, [replace("0,27%", {"measure": "level", "unit": "percent", "value": "0.27"})])
    (o,) = made.reading.observations
    assert (o.measure, o.base, o.value) == ("level", None, Decimal("0.27"))
    assert "base 2021 → none" in made.notes[0]


def test_corrections_are_made_one_after_another(reading: Reading) -> None:
    made = correct(
        reading,
        [
            replace("0,24%", {"period": "2022"}, period="2023"),
            replace("0,24%", {"value": "0.3"}, period="2022"),
            withdraw("0,24%", indicator="dossier.late_rate"),
            withdraw("0,24%"),
        ],
    )
    assert rows(made.reading) == [*rows(reading)[:2], *rows(reading)[3:]]
    assert made.reading.findings[-1].message == f"'0,24%': no claim is read from these words: {WHY}"


TWICE = "Năm 2023, tỷ lệ hồ sơ trễ hạn của Nha Trang là 0,9%. Năm 2023, tỷ lệ hồ sơ trễ hạn của Cam Ranh là 0,9%."


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        (withdraw("4%"), "the article does not have these words"),
        (withdraw("0,24"), ""),
        (withdraw("0,24 %"), "the article does not have these words"),
        (withdraw("tỷ lệ  hồ sơ\ntrễ hạn là 0,24%."), ""),
        (withdraw("Năm 2023"), "no claim is read from these words"),
        (withdraw("0,24%", at=WORDS.index("0,24%")), ""),
        (withdraw("0,24%", at=3), "no such claim is read from these words (at 102: dossier.late_rate of 568 in 2023"),
        (withdraw("0,24%", locality="56"), "no such claim is read from these words (at "),
        (replace("9 hồ sơ, tỷ lệ hồ sơ trễ hạn là 0,24%", {"value": "1"}), "several claims are read from these words"),
        (replace("9 hồ sơ, tỷ lệ hồ sơ trễ hạn là 0,24%", {"value": "1"}, indicator="dossier.late"), ""),
        (replace("0,24%", {"value": "Tốt"}), "Tốt in percent: ratings have words and the unit rating"),
        (
            replace("0,24%", {"indicator": "dossier.late"}),
            "dossier.late is in count, and this in percent: say the unit",
        ),
    ],
)
def test_words_mean_what_was_read_from_them(reading: Reading, correction: OnArticle, why: str) -> None:
    finding = correct(reading, [correction]).reading.findings[-1]
    assert finding.check == ("correction_unfit" if why else "correction")
    assert why in finding.message


def test_words_that_stand_twice_need_to_be_told_apart() -> None:
    found = read(TWICE)
    assert [o.locality for o in found.observations] == ["568", "569"]
    assert "several claims are read from these words" in correct(found, [withdraw("0,9%")]).reading.findings[-1].message
    for apart in ({"at": TWICE.rindex("0,9%")}, {"locality": "569"}):
        assert [o.locality for o in correct(found, [withdraw("0,9%", **apart)]).reading.observations] == ["568"]
