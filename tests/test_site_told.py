"""Sentences of the database and of the ledger, in the language of the page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from flows.pages.frame import Words
from flows.pages.told import break_words, health_words
from flows.settings import Settings
from models.database import reading
from models.tables import SeriesBreak
from tests.sites import settings, stored

__all__ = ["settings"]
ENGLISH = re.compile(r"\b(begins|ends|continue[sd]|merged|divided|part|units)\b")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("ends 2025-06-30: divided among 4 units", "đến hết 2025-06-30: chia về 4 đơn vị"),
        ("begins 2025-07-01: merged from 2 units", "từ 2025-07-01: sáp nhập từ 2 đơn vị"),
        ("begins 2025-07-01: continues Xã Minh Tân (00919)", "từ 2025-07-01: tiếp nối Xã Minh Tân (00919)"),
        (
            "begins 2014-04-01: divided from Huyện Từ Liêm (019@..2014); ends 2025-06-30: divided among 9 units",
            "từ 2014-04-01: tách ra từ Huyện Từ Liêm (019@..2014); đến hết 2025-06-30: chia về 9 đơn vị",
        ),
        ("ends 2008-07-31", "đến hết 2008-07-31"),
        ("was moved", "was moved"),
        ("", ""),
    ],
)
def test_a_break_is_told_in_vietnamese(told: str, said: str) -> None:
    assert break_words(told, Words("vi")) == said
    assert break_words(told, Words("en")) == told


def test_every_break_that_the_database_tells_is_known(settings: Settings) -> None:
    with reading(stored(settings)) as conn:
        told = list(conn.scalars(select(SeriesBreak.words)))
    assert len(told) > 10_000
    assert [one for one in told if ENGLISH.search(break_words(one, Words("vi")))] == []
    assert [one for one in told if break_words(one, Words("en")) != one] == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("ok", "tốt"),
        ("failed 4 nights, few dated", "lỗi 4 đêm liền, ít bài có ngày đăng"),
        ("lost 12 of 15", "mất 12 trong 15 bài"),
        ("something {0} new", "something {0} new"),
        ("", ""),
    ],
)
def test_how_a_source_is_is_told_in_vietnamese(told: str, said: str) -> None:
    assert health_words(told, Words("vi")) == said
    assert health_words(told, Words("en")) == told
