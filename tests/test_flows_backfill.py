"""Past days: lists read as far back as is asked for, and the days that nights have missed; over HTTP on loopback."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from flows.backfill import find_missed
from flows.desk import run_of
from flows.discover import CHILDREN
from flows.nightly import night, plain_steps
from flows.problems import AlreadyRunning
from flows.report import Report, SourceReport
from flows.settings import Settings
from flows.web.visit import Limits
from models import SourceCounts, finish_run, record_source, runs, start_run
from tests.sites import HOST, Site, desk_for, rates, settings, site, stored

__all__ = ["settings", "site"]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def backfill(settings: Settings, first: str, last: str | None = None, most: int | None = None) -> Report:
    desk = desk_for(settings)
    desk.now = lambda: NOW
    until = date.fromisoformat(last) if last else None
    desk.limits = Limits(date.fromisoformat(first), most, until, deep=True)
    return night(desk, plain_steps(desk), "backfill")


def line(report: Report) -> SourceReport:
    (only,) = report.sources
    return only


def april(site: Site, *pages: str, paging: str | None = "?page={n}", day: str = "{n}/04/2024") -> None:
    """Listing pages of articles called n18, n17, …, of the 18th, the 17th, …"""
    for number, names in enumerate(pages, 1):
        links = "".join(f"<a href='/n{name}.html'>tin {name}</a>" for name in names.split())
        site.put("/tin/" if number == 1 else f"/tin/?page={number}", f"<a href='/'>Trang nhất</a>{links}", etag=False)
        for name in names.split():
            site.article(f"n{name}", "1,5", day=day.format(n=name))
    lists = {"pages": [f"{HOST}/tin/"]} | ({"paging": paging} if paging else {})
    site.source(list=lists, expect={"articles": [1, 2]})


def asked(site: Site) -> list[str]:
    """Articles and pages of the list in the order in which they were asked for; then forgotten."""
    names = [path.partition(" ")[0].lstrip("/").removesuffix(".html").removeprefix("tin/?") for path in site.asked]
    site.asked.clear()
    return [name for name in names if name != "robots.txt"]


def test_listings_are_read_back_to_the_first_day_and_newer_pages_are_passed_over(
    site: Site, settings: Settings
) -> None:
    april(site, "28 27", "26 25", "24 23", "22 21", "20 19", "18 17")
    report = backfill(settings, "2024-04-22", "2024-04-24")
    assert asked(site) == [
        *("tin/", "n27"),
        *("page=2", "n25"),
        *("page=3", "n23", "n24"),
        *("page=4", "n21", "n22"),
        *("page=5", "n19", "n20"),
    ]
    got = line(report)
    assert (got.listed, got.again, got.new, got.unchanged, got.waiting) == (6, 2, 8, 0, 0)
    assert (report.ok, report.mend, report.kind) == (True, [], "backfill")
    assert runs(stored(settings))[0].kind == "backfill"


def test_a_second_backfill_asks_for_lists_alone(site: Site, settings: Settings) -> None:
    april(site, "28 27", "26 25", "24 23", "22 21")
    backfill(settings, "2024-04-24", "2024-04-26")
    before, _ = rates(stored(settings)), asked(site)
    report = backfill(settings, "2024-04-24", "2024-04-26")
    assert asked(site) == ["tin/", "page=2", "page=3", "page=4"]
    assert (line(report).new, line(report).unchanged, rates(stored(settings))) == (0, line(report).listed, before)


def test_a_capped_backfill_goes_on_when_it_is_run_again(site: Site, settings: Settings) -> None:
    april(site, "28 27 26", "25 24 23", "22 21 20")
    runs_of_two = [line(backfill(settings, "2024-04-23", most=2)) for _ in range(6)]
    assert [got.new for got in runs_of_two] == [2, 2, 2, 2, 1, 0]
    assert [got.waiting for got in runs_of_two] == [1, 2, 2, 1, 0, 0]
    assert runs_of_two[0].mend == [f"bao: {HOST}/tin/: left off at page 2, for --max is reached: run it again to go on"]
    assert runs_of_two[5].mend == []


def test_pages_whose_articles_tell_no_day_are_read_as_deep_as_on_a_night(site: Site, settings: Settings) -> None:
    april(site, "8 7", "6 5", day="hôm qua")
    got = line(backfill(settings, "2024-04-01"))
    assert (got.new, [word for word in asked(site) if "page" in word]) == (2, [])
    assert [told.partition(": ")[2] for told in got.mend] == [
        f"{HOST}/tin/: page 1 has no article that tells its day: no more pages are read",
        "its lists tell no day: whether they reach back to 2024-04-01 is not known: "
        "list.sitemaps or list.paging in sources/bao.yml",
    ]


def test_a_source_without_paging_says_how_far_its_lists_reach(site: Site, settings: Settings) -> None:
    april(site, "28 27", paging=None)
    report = backfill(settings, "2024-04-01")
    assert (report.ok, line(report).new) == (True, 2)
    told = "its lists reach back to 2024-04-27; 2024-04-01 is not reachable"
    assert report.mend == [f"bao: {told}: list.sitemaps or list.paging in sources/bao.yml"]


def test_sitemaps_are_read_with_all_children_and_what_is_dated_outside_is_left(site: Site, settings: Settings) -> None:
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    months = range(1, CHILDREN + 4)
    index = "".join(f"<sitemap><loc>{HOST}/s{n}.xml</loc><lastmod>2024-05-{n:02}</lastmod></sitemap>" for n in months)
    old = f"<sitemap><loc>{HOST}/s0.xml</loc><lastmod>2024-03-01</lastmod></sitemap>"
    site.put("/s.xml", f"<sitemapindex {space}>{index}{old}</sitemapindex>")
    for n in months:
        rows = f"<url><loc>{HOST}/a{n}.html</loc><lastmod>2024-04-{n:02}</lastmod></url>"
        site.put(f"/s{n}.xml", f"<urlset {space}>{rows}</urlset>")
        site.article(f"a{n}", "1,5")
    site.source(list={"sitemaps": [f"{HOST}/s.xml"]})
    report = backfill(settings, "2024-04-02", "2024-04-14")
    assert (line(report).new, line(report).left_out, report.mend) == (13, 2, [])
    assert "/s0.xml 200" not in site.asked


def kept(db: Engine, day: int, kind: str = "nightly", state: str = "done", **sources: str | None) -> None:
    """A run of 02:00 in Vietnam, with what failed in each source."""
    moment = datetime(2026, 11, day - 1, 19, 0, tzinfo=UTC)
    run = start_run(db, kind, moment)  # type: ignore[arg-type]
    for source, error in sources.items():
        record_source(db, run, SourceCounts(source=source, error=error))
    if state != "running":
        finish_run(db, run, state, moment, "")  # type: ignore[arg-type]


def missed(db: Engine, day: int = 22) -> list[str]:
    return [str(one) for one in find_missed(db, ["bao", "tin"], datetime(2026, 11, day, 3, 0, tzinfo=UTC))]


def test_nothing_is_missed_after_good_nights_or_before_the_first(fresh_db: Engine) -> None:
    assert missed(fresh_db) == []
    kept(fresh_db, 21, bao=None, tin=None)
    assert missed(fresh_db) == []
    kept(fresh_db, 22, bao=None, tin=None)
    kept(fresh_db, 22, "replay", "failed")
    assert missed(fresh_db) == []


def test_days_since_the_last_good_night_are_missed(fresh_db: Engine) -> None:
    kept(fresh_db, 17, bao="no answer", tin=None)
    kept(fresh_db, 18, bao=None, tin=None)
    kept(fresh_db, 19, state="problems", bao="no answer", tin=None)
    kept(fresh_db, 20, "backfill", bao=None)
    kept(fresh_db, 21, state="problems", bao="no answer", tin=None)
    assert missed(fresh_db) == ["bao: missed 2026-11-19 to 2026-11-22"]
    assert find_missed(fresh_db, ["bao"], NOW)[0].since == date(2026, 11, 18)
    assert missed(fresh_db, day=24) == ["bao: missed 2026-11-19 to 2026-11-24", "tin: missed 2026-11-22 to 2026-11-24"]


@pytest.mark.parametrize("state", ["killed", "failed", "running"])
def test_a_night_that_did_not_end_was_missed_by_all(fresh_db: Engine, state: str) -> None:
    kept(fresh_db, 21, bao=None, tin="no answer")
    kept(fresh_db, 22, state=state)
    assert missed(fresh_db) == ["bao: missed 2026-11-22 to 2026-11-22", "tin: missed 2026-11-21 to 2026-11-22"]
    kept(fresh_db, 22, bao=None)
    assert missed(fresh_db) == ["tin: missed 2026-11-21 to 2026-11-22"]


def test_a_run_may_wait_for_another_and_no_longer_than_it_says(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    desk, clock, slept = desk_for(settings), [0.0], list[float]()
    other = ExitStack()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds
        if len(slept) == 30:
            other.close()

    desk.pauses.clock, desk.pauses.sleep, desk.wait = lambda: clock[0], sleep, 2
    other.enter_context(run_of(desk_for(settings), "replay"))
    with pytest.raises(AlreadyRunning, match="another run is running"):
        night(desk, plain_steps(desk))
    assert sum(slept) == 120
    desk.wait = 10
    assert night(desk, plain_steps(desk)).ok
    assert sum(slept) == 150
