"""Every figure of an article is accounted for: its class, what became of it, and the words that say so."""

from __future__ import annotations

from extractors.explain import account_for
from flows.commands.show import account_lines
from tests.test_statements import read

TEXT = (
    "Theo Quyết định số 12/QĐ-UBND, quý I/2024 huyện Diên Khánh mở 3 lớp tập huấn; tỷ lệ hồ sơ trễ hạn còn 1,25%, "
    "phấn đấu cả năm dưới 0,5%. Cán bộ để trên 10% hồ sơ trễ hạn thì không được xếp loại."
)


def test_what_became_of_every_figure() -> None:
    found = [
        (TEXT[told.start : told.end], told.kind, told.verdict, told.why, told.label) for told in account_for(read(TEXT))
    ]
    assert found == [
        ("12/QĐ-UBND", "document", "none", "", ""),
        ("I/2024", "quarter", "none", "", ""),
        ("3 lớp tập huấn", "count", "left", "unnamed", "lớp tập huấn"),
        ("1,25%", "percent", "taken", "", ""),
        ("dưới 0,5%", "percent", "taken", "", ""),
        ("trên 10%", "percent", "left", "aside", "hồ sơ trễ hạn"),
    ]


def test_each_slot_is_shown_with_the_words_that_gave_it() -> None:
    reading = read(TEXT)
    lines = list(account_lines(reading, account_for(reading)))
    first = next(n for n, line in enumerate(lines) if "'1,25%'" in line)
    assert [line.split(maxsplit=3) for line in lines[first + 1 : first + 7]] == [
        ["locality", "574", "explicit", "'huyện Diên Khánh'"],
        ["scope", "all", "default"],
        ["indicator", "dossier.late_rate", "explicit", "'trễ hạn'"],
        ["period", "2024-01-01/2024-03-31", "explicit", "'quý I/2024'"],
        ["status", "actual", "default"],
        ["measure", "level", "explicit", "'còn'"],
    ]


def test_words_that_gave_a_slot_are_the_articles_own() -> None:
    reading = read(TEXT)
    spans = [e for o in reading.observations for e in o.evidence if e.start is not None]
    assert {TEXT[e.start : e.end] for e in spans} == {
        *("huyện Diên Khánh", "trễ hạn", "quý I/2024", "cả năm", "còn", "phấn đấu", "dưới 0,5%"),
    }
