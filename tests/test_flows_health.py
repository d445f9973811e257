"""Night after night: a site that falls silent, dies, blocks or is redesigned is named, a well one is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine
from werkzeug import Response

from flows.desk import open_desk
from flows.health import examine
from flows.nightly import night, plain_steps
from flows.replay import replay
from flows.report import Report, render
from flows.settings import Settings
from flows.sources import Source, read_source
from models.ledger import finish_run, last_nights, nights, record_source, start_run
from models.records import SourceCounts
from tests.sites import Site, desk_for, read_rates, settings, site, stored

__all__ = ["settings", "site"]
START = datetime(2026, 11, 1, 19, tzinfo=UTC)
FILE = "sources/bao.yml"
"""As a person in the tests' folder types it."""


def after(days: float) -> datetime:
    return START + timedelta(days=days)


def night_of(settings: Settings, days: float) -> Report:
    desk = desk_for(settings)
    desk.now = lambda: after(days)
    return night(desk, plain_steps(desk))


def health_of(settings: Settings) -> tuple[str, bool, str]:
    """Of the last night of the one source, as the ledger has it."""
    counts = last_nights(stored(settings))["bao"].counts
    return counts.health, counts.unwell, counts.note


def bring(site: Site, day: int, many: int = 6, **how: str) -> list[str]:
    """So many new articles of a day, the only ones that are listed; with `date` the tag of their date."""
    names = [f"n{day}a{number}" for number in range(many)]
    for name in names:
        site.article(name, f"1,{day}")
        if "date" in how:
            page = site.pages[f"/{name}.html"].get_data(as_text=True)
            site.put(f"/{name}.html", page.replace("<span class='date'>08:30, 12/01/2024</span>", how["date"]))
    site.list_articles(*names)
    return names


def test_a_source_that_lists_and_brings_nothing_new_is_silent_until_it_does(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    assert [night_of(settings, day).ok for day in (0, 3, 7)] == [True, True, True]
    report = night_of(settings, 9)
    line = f"silent: nothing new since 2026-11-01 (9 days), expected within 7 ({FILE}, expect.silent_days)"
    assert (report.ok, health_of(settings)) == (False, ("silent 9 d", True, line))
    assert f"To mend:\n  bao: {line}\n" in render(report)
    assert report.headline().endswith("; unwell: bao (silent 9 d)")
    site.article("b", "1,6")
    site.list_articles("a", "b")
    assert night_of(settings, 10).ok
    assert health_of(settings) == ("ok", False, "")
    site.source(expect={"silent_days": 0})
    assert night_of(settings, 100).ok


def test_what_is_left_out_by_the_nights_own_limits_is_no_silence(site: Site, settings: Settings) -> None:
    bring(site, 1, 2)
    for day in (0, 9):
        desk = desk_for(settings)
        desk.now, desk.limits = (lambda day=day: after(day)), type(desk.limits)(most=1)
        assert night(desk, plain_steps(desk)).ok
        bring(site, 2, 2)


def test_a_replay_is_no_night(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    night_of(settings, 0)
    desk = open_desk(settings)
    desk.now, desk.reader = (lambda: after(5)), read_rates
    replay(desk)
    assert [(n.started, n.counts.new) for n in nights(desk.engine, "bao")] == [(START, 1)]
    assert not night_of(settings, 9).ok


def test_a_source_that_fails_night_after_night_says_since_when(site: Site, settings: Settings) -> None:
    bring(site, 1, 1)
    night_of(settings, 0)
    site.pages["/tin/"] = Response("Bad gateway", 502)
    first = night_of(settings, 1)
    assert health_of(settings) == ("failed", True, "")
    night_of(settings, 1.2)  # by hand, the same day: still the same night
    assert health_of(settings)[0] == "failed"
    report = night_of(settings, 2)
    line = f"failed 2 nights in a row, last good night 2026-11-01 ({FILE})"
    assert (first.ok, report.ok, health_of(settings)) == (False, False, ("failed 2 nights", True, line))
    assert [text.partition(" (")[0] for text in report.mend] == [
        "bao: http://bao.example/tin/: answered 502 BAD GATEWAY",
        "bao: failed 2 nights in a row, last good night 2026-11-01",
    ]
    bring(site, 2, 1)
    assert night_of(settings, 3).ok


def test_a_source_that_never_answered_has_no_good_night(site: Site, settings: Settings) -> None:
    site.pages["/tin/"] = Response("Bad gateway", 502)
    for day in range(3):
        night_of(settings, day)
    assert health_of(settings)[2] == f"failed 3 nights in a row, no good night since 2026-11-01 ({FILE})"


def test_a_redesign_is_named_until_the_old_layout_gets_its_date(site: Site, settings: Settings) -> None:
    for day in range(1, 5):
        bring(site, day)
        assert night_of(settings, day).ok
    bring(site, 5, date="<i>hôm nay</i>")
    report = night_of(settings, 5)
    line = (
        "layout drift: published was read by selector in 100% of 24 articles, in 0 of the last 6 (none 6): "
        f"the site may have been redesigned ({FILE}, page.published)"
    )
    assert (report.ok, health_of(settings)) == (False, ("drift", True, line))
    site.list_articles("n5a1")
    assert not night_of(settings, 6).ok  # nothing new to read, nothing mended
    assert health_of(settings) == ("drift", True, line)
    bring(site, 7, date="<b class='ngay'>hôm nay</b>")
    night_of(settings, 7)
    assert health_of(settings)[0] == "drift"  # what drifted has not become the habit
    old = {"title": "h1", "body": "div.content", "published": "span.date", "until": "2026-11-05"}
    site.source(page=[old, {"title": "h1", "body": "div.content"}])
    bring(site, 8, date="<b class='ngay'>hôm nay</b>")
    assert night_of(settings, 8).ok
    assert health_of(settings) == ("ok", False, "")


def test_a_site_that_blocks_us_or_takes_everything_down_is_named(site: Site, settings: Settings) -> None:
    names = bring(site, 1, 9)
    for name in names[:6]:
        site.take_down(name, 403)
    report = night_of(settings, 0)
    line = f"6 of 9 articles asked for did not come, expected a share of at most 0.5 ({FILE}, expect.failed)"
    assert (report.ok, report.mend[0], health_of(settings)[0]) == (False, f"bao: {line}", "lost 6 of 9")
    names = bring(site, 2, 8)
    night_of(settings, 1)
    for name in names:
        site.take_down(name, 404)
    night_of(settings, 2)
    # the six that were blocked wait, and are asked for again
    assert health_of(settings)[2].startswith("14 of 17 articles asked for did not come (8 are taken down), expected")


def test_a_mild_finding_is_told_and_fails_nothing(site: Site, settings: Settings) -> None:
    site.source(expect={"articles": [1, 5], "dated": 0.9, "figures": 0.5})
    for name in bring(site, 1):
        page = site.pages[f"/{name}.html"].get_data(as_text=True)
        site.put(f"/{name}.html", page.replace("trễ hạn", "đúng hẹn").replace("12/01/2024", "hôm qua"))
    report = night_of(settings, 0)
    assert (report.ok, health_of(settings)[:2]) == (True, ("many listed, few dated, few figures", False))
    assert report.mend == [
        f"bao: 6 articles listed, expected 1 to 5 ({FILE}, expect.articles)",
        f"bao: 0 of 6 articles read have a date, expected a share of 0.9 ({FILE}, expect.dated and page.published)",
        f"bao: 0 of the last 6 articles read have a figure, expected a share of 0.5 ({FILE}, expect.figures)",
    ]


def source_of(folder: Path, **fields: object) -> Source:
    file = folder / "bao.yml"
    said = {"name": "Báo mẫu", "url": "http://bao.example", "list": {"pages": ["http://bao.example/tin/"]}}
    file.write_text(yaml.safe_dump(said | fields))
    return read_source(file)


def remember(engine: Engine, days: float, counts: SourceCounts, kind: Any = "nightly") -> int:
    """A run that did this, as the ledger keeps it."""
    run = start_run(engine, kind, after(days))
    record_source(engine, run, counts)
    finish_run(engine, run, "done", after(days))
    return run


def read_by(layers: dict[str, int], read: int, **more: Any) -> SourceCounts:
    return SourceCounts("bao", read=read, new=read, layers={"published": layers}, **more)


@pytest.mark.parametrize(
    ("history", "tonight", "drifted"),
    [
        ([({"selector": 20}, 20)], ({}, 6), ["0 of the last 6 (none 6)"]),
        ([({"selector": 20}, 20)], ({}, 5), []),  # with the 20 before
        ([({"selector": 20}, 20)], ({"selector": 3, "meta": 3}, 6), []),  # half is no drift
        ([({"selector": 19}, 19)], ({}, 9), []),  # too young for a habit
        ([({"selector": 17}, 20)], ({}, 9), []),  # was never a habit
        ([({}, 30)], ({"json-ld": 9}, 9), []),  # a date where none was
        ([({"meta": 28}, 30)], ({"json-ld": 5}, 6), ["0 of the last 6 (json-ld 5, none 1)"]),
        ([({"meta": 30}, 30), ({}, 3)], ({}, 3), ["0 of the last 6 (none 6)"]),  # two small nights prove it
        ([({"meta": 30}, 30), ({"meta": 3}, 3)], ({}, 1), []),  # one article of one is no drift
        ([({"meta": 30}, 30), ({}, 0), ({}, 7)], ({}, 0), ["0 of the last 7 (none 7)"]),
    ],
)
def test_what_counts_as_a_drift(
    history: Sequence[tuple[dict[str, int], int]],
    tonight: tuple[dict[str, int], int],
    drifted: list[str],
    fresh_db: Engine,
    tmp_path: Path,
) -> None:
    for day, (layers, read) in enumerate(history):
        remember(fresh_db, day, read_by(layers, read))
    remember(fresh_db, 8, read_by({"selector": 500}, 500), "replay")
    remember(fresh_db, 8, SourceCounts("bao", error="a run by hand"), "run")
    earlier = nights(fresh_db, "bao")
    symptoms = examine(source_of(tmp_path), read_by(*tonight), earlier, after(len(history)))
    assert [symptom.line.partition("articles, in ")[2].partition(": ")[0] for symptom in symptoms] == drifted


def test_a_habit_is_forgotten_after_a_month_and_its_own_run_is_not_asked(fresh_db: Engine, tmp_path: Path) -> None:
    remember(fresh_db, 0, read_by({"selector": 50}, 50))
    tonight = read_by({"meta": 9}, 9)
    run = remember(fresh_db, 29, tonight)
    earlier = nights(fresh_db, "bao", before=run)
    assert [n.started for n in earlier] == [START]
    assert [s.state for s in examine(source_of(tmp_path), tonight, earlier, after(29))] == ["drift"]
    assert examine(source_of(tmp_path), tonight, earlier, after(31)) == []
