"""Several processes store what one does; an article that is too much for one is told of, and the others are stored."""

from __future__ import annotations

import os
import re
import signal

import pytest
from pydantic import SecretStr

from benchmarks.articles import fill
from extractors.facts import Article, Reading
from extractors.reader import read_article
from flows.archive import Archive
from flows.desk import desk_with
from flows.replay import replay
from flows.settings import Settings
from flows.workers import Workers
from tests.sites import settings
from tests.test_flows_nightly import csv_of

__all__ = ["settings"]


@pytest.fixture
def kept(settings: Settings) -> Settings:
    """Eight articles lie in the archive."""
    fill(Archive(settings.raw_dir), 8)
    return settings


def test_two_processes_store_what_one_does_on_both_databases(kept: Settings, fresh_url: str) -> None:
    several = kept.model_copy(update={"database_url": SecretStr(fresh_url), "batch_size": 3})
    assert replay(desk_with(kept, [])).ok
    report = replay(desk_with(several, []), workers=2)
    assert (report.ok, report.total("new"), report.total("copies")) == (True, 8, 0)
    assert csv_of(several) == csv_of(kept)
    assert replay(desk_with(several, []), workers=2).total("unchanged") == 8


def demanding(article: Article) -> Reading:
    """One article is stuck in a pattern, where no signal is heard, one needs a gigabyte, one is killed."""
    which = (article.url or "").rpartition("?")[2]
    if which == "1":
        re.match(r"(a+)+$", "a" * 64 + "b")
    if which == "2":
        bytearray(2**30)
    if which == "3":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_article(article)


def test_an_article_that_is_too_much_is_told_of_and_the_others_are_stored(kept: Settings) -> None:
    desk = desk_with(kept, [])
    desk.reader = demanding
    with Workers(desk, 1, seconds=5, megabytes=500) as workers:
        loaded = [one for batch in workers.store(desk.archive.entries("khanhhoa")[:5]) for one in batch]
    told = [one.problem.removeprefix(f"{one.entry.url}: not read: ") if one.problem else "" for one in loaded]
    assert told[:3] == ["", "it takes more than 5 s", "it takes more than 500 MB"]
    assert told[3].startswith("its reader ended (")
    assert told[4] == ""
