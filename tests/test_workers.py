"""Several processes store what one does; an article that is too much for one is told of, and the others are stored."""

from __future__ import annotations

import os
import re

import pytest
from pydantic import SecretStr

from benchmarks.articles import fill
from extractors.facts import Article, Reading
from extractors.reader import read_article
from flows.archive import Archive
from flows.desk import desk_with
from flows.load import Loaded
from flows.reading import Reader
from flows.replay import replay
from flows.settings import Settings
from flows.workers import Workers
from tests.sites import settings
from tests.test_flows_nightly import csv_of

__all__ = ["settings"]


@pytest.fixture
def kept(settings: Settings) -> Settings:
    """Twenty articles lie in the archive."""
    fill(Archive(settings.raw_dir), 20)
    return settings


def test_two_processes_store_what_one_does_on_both_databases(kept: Settings, fresh_url: str) -> None:
    several = kept.model_copy(update={"database_url": SecretStr(fresh_url), "batch_size": 3})
    assert replay(desk_with(kept, [])).ok
    report = replay(desk_with(several, []), workers=2)
    assert (report.ok, report.total("new"), report.total("copies")) == (True, 20, 0)
    assert csv_of(several) == csv_of(kept)
    assert replay(desk_with(several, []), workers=2).total("unchanged") == 20


def stuck(article: Article) -> Reading:
    """In the middle of a pattern, where no signal is heard."""
    if (article.url or "").endswith("?1"):
        re.match(r"(a+)+$", "a" * 64 + "b")
    return read_article(article)


def greedy(article: Article) -> Reading:
    bytearray(2**30)
    return read_article(article)


def killed(article: Article) -> Reading:
    os.kill(os.getpid(), 9)
    return read_article(article)


def problems(settings: Settings, reader: Reader, **limits: int) -> list[str]:
    """What is told of the first three articles."""
    desk = desk_with(settings, [])
    desk.reader = reader
    with Workers(desk, 1, **limits) as workers:
        loaded: list[Loaded] = [one for batch in workers.store(desk.archive.entries("khanhhoa")[:3]) for one in batch]
    return [one.problem.removeprefix(f"{one.entry.url}: ") if one.problem else "stored" for one in loaded]


def test_an_article_that_takes_too_long_is_put_an_end_to(kept: Settings) -> None:
    assert problems(kept, stuck, seconds=5) == ["stored", "not read: it takes more than 5 s", "stored"]


def test_an_article_that_takes_too_much_room_is_refused(kept: Settings) -> None:
    assert problems(kept, greedy, megabytes=500) == ["not read: it takes more than 500 MB"] * 3
    assert problems(kept, greedy, megabytes=2000) == ["stored"] * 3


def test_a_process_that_ends_is_replaced(kept: Settings) -> None:
    assert [told[:30] for told in problems(kept, killed)] == ["not read: its reader ended (Ab"] * 3
