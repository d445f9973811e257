"""Several processes store what one does; an article that is too much for one is told of, and the others are stored."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.articles import fill
from extractors.facts import Article, Reading
from extractors.reader import read_article
from flows import nightly
from flows.adhoc import run_files, try_files
from flows.archive import Archive
from flows.desk import Desk, desk_with
from flows.limits import PATIENCE, Limited
from flows.replay import replay
from flows.settings import Settings
from flows.workers import processes
from models.problems import DatabaseProblem
from tests.sites import Site, desk_for, rates, read_rates, settings, site, stored, without_prefect
from tests.test_cli import solieu
from tests.test_flows_nightly import csv_of

__all__ = ["settings", "site", "without_prefect"]


@pytest.fixture
def kept(settings: Settings) -> Settings:
    """Eight articles lie in the archive."""
    fill(Archive(settings.raw_dir), 8)
    return settings


def with_processes(desk: Desk, count: int) -> Desk:
    desk.hands = processes(count)
    return desk


def test_two_processes_store_what_one_does_on_both_databases(kept: Settings, fresh_url: str) -> None:
    several = kept.model_copy(update={"database_url": SecretStr(fresh_url), "batch_size": 3})
    assert replay(desk_with(kept, [])).ok
    report = replay(with_processes(desk_with(several, []), 2))
    assert (report.ok, report.total("new"), report.total("copies")) == (True, 8, 0)
    assert csv_of(several) == csv_of(kept)
    assert replay(with_processes(desk_with(several, []), 2)).total("unchanged") == 8


def test_a_backfill_with_two_processes_stores_what_a_replay_with_one_does(
    site: Site, settings: Settings, without_prefect: None, tmp_path: Path
) -> None:
    for name, rate in (("a", "1,5"), ("b", "1,6"), ("c", "1,7")):
        site.article(name, rate)
    site.list_articles("a", "b", "c")
    assert solieu("backfill", "--source", "bao", "--from", "2024-01-01", "--workers", "2") == 0
    other = settings.model_copy(update={"database_url": SecretStr(f"sqlite:///{tmp_path}/other.db")})
    assert replay(desk_with(other, [])).total("new") == 3
    assert csv_of(settings) == csv_of(other)


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
    with processes(1, seconds=2, megabytes=500)(desk) as store:
        loaded = [one for batch in store(desk.archive.entries("khanhhoa")[:5]) for one in batch]
    told = [one.problem.removeprefix(f"{one.entry.url}: not read: ") if one.problem else "" for one in loaded]
    assert [told[0], in_time(told[1], 2), told[2]] == ["", "it takes too long", "it takes more than 500 MB"]
    assert told[3].startswith("its reader ended (")
    assert told[4] == ""


def in_time(said: str, seconds: int) -> str:
    """On a machine with much to do the clock may run out before the processor's time does."""
    return re.sub(rf"it takes more than ({seconds}|{seconds * PATIENCE}) s", "it takes too long", said)


def stuck_at_9(article: Article) -> Reading:
    """An article with a rate of 9 % is never read to its end."""
    if "là 9%" in article.text:
        re.match(r"(a+)+$", "a" * 64 + "b")
    return read_rates(article)


def test_a_night_tells_of_an_article_that_takes_too_long_and_so_does_the_next(site: Site, settings: Settings) -> None:
    for name, rate in (("a", "1,5"), ("b", "9"), ("c", "1,7")):
        site.article(name, rate)
    site.list_articles("a", "b", "c")
    for new in (2, 0):
        desk = desk_for(settings)
        desk.reader, desk.hands = stuck_at_9, processes(1, seconds=1)
        report = nightly.night(desk, nightly.plain_steps(desk))
        assert (report.ok, report.total("new"), report.total("failed")) == (True, new, 1)
        assert [in_time(said, 1) for said in report.mend] == [
            "bao: http://bao.example/b.html: not read: it takes too long"
        ]
    assert [row.partition(" of ")[0] for row in rates(stored(settings))] == ["2023 1.5"]


def test_a_night_without_news_starts_no_process(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limited, "hand_out", None)
    desk = with_processes(desk_for(settings), 1)
    assert nightly.night(desk, nightly.plain_steps(desk)).total("read") == 0


def test_a_process_that_reads_loads_nothing_that_only_gathers() -> None:
    code = """
import sys
from flows.workers import PAGE, warm_up
warm_up(PAGE)
print([name for name in ("flows.gather", "feedparser", "bs4", "soupsieve", "trafilatura") if name in sys.modules])
"""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout == "[]\n", done.stderr


def test_a_database_that_is_gone_ends_the_run_as_in_one_process(kept: Settings) -> None:
    desk = with_processes(desk_with(kept, []), 1)
    moved = kept.model_copy(update={"data_dir": kept.data_dir / "nowhere"})
    desk.settings = moved
    with pytest.raises(DatabaseProblem, match=r"nowhere/db/solieu\.db does not exist yet"):
        replay(desk)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three files, the second of which takes longer than its second."""
    monkeypatch.setitem(Limited.__init__.__kwdefaults__ or {}, "seconds", 1)
    monkeypatch.setattr("flows.extraction.default_reader", lambda *_: stuck_at_9)
    made = []
    for name, rate in (("a", "1,5"), ("b", "9"), ("c", "1,7")):
        words = f"Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là {rate}%, theo báo cáo của văn phòng."
        made.append(tmp_path / f"{name}.txt")
        made[-1].write_text(f"Kết quả giải quyết hồ sơ {name}\n{words}\n", "utf-8")
    return made


def test_extract_tells_of_a_file_that_takes_too_long_and_reads_the_others(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("extract", *files, "--format", "json") == 1
    told = capsys.readouterr()
    assert in_time(told.err, 1) == f"solieu: {files[1]}: not read: it takes too long\n"
    assert [str(file) in told.out for file in files] == [True, False, True]


def test_run_stores_the_files_beside_one_that_takes_too_long(settings: Settings, files: list[Path]) -> None:
    (settings.data_dir.parent / "sources").mkdir(exist_ok=True)
    desk = desk_for(settings)
    desk.reader = stuck_at_9
    for outcomes in (try_files(desk, files, {}), run_files(desk, files, {})):
        told = [in_time(str(one.problem or (one.plan and one.plan.state)), 1) for one in outcomes]
        assert told == ["new", f"{files[1]}: not read: it takes too long", "new"]
    assert [row.partition(" of ")[0] for row in rates(stored(settings))] == ["2023 1.5"]
