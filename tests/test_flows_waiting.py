"""Articles that wait: what a list named is brought, on a later night if not on the first; over HTTP on loopback."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug import Response

from flows.listing import Link
from flows.nightly import night, plain_steps
from flows.report import Report, SourceReport, render
from flows.settings import Settings
from flows.waiting import NIGHTS, Waiting, in_turn
from flows.web.visit import Limits
from tests.sites import HOST, Site, desk_for, settings, site

__all__ = ["settings", "site"]
START = datetime(2026, 11, 15, 19, 0, tzinfo=UTC)
LIKELY = "Quý III, tỷ lệ hồ sơ trễ hạn của huyện còn 0,7%"
UNLIKELY = "Đội bóng đá phường giành cúp mùa xuân"


def a_night(settings: Settings, number: int, most: int | None = None) -> Report:
    desk = desk_for(settings)
    desk.now = lambda: START + timedelta(days=number)
    desk.limits = Limits(most=most)
    return night(desk, plain_steps(desk))


def line(report: Report) -> SourceReport:
    (only,) = report.sources
    return only


def list_titles(site: Site, **titles: str) -> None:
    links = "".join(f"<a href='/{name}.html'>{title}</a>" for name, title in titles.items())
    site.put("/tin/", f"<html><body><a href='/'>Trang nhất</a>{links}</body></html>", etag=False)
    for name in titles:
        if f"/{name}.html" not in site.pages:
            site.article(name, "1,5")


def asked(site: Site) -> str:
    """Names of the articles that were asked for, in order; then forgotten."""
    names = "".join(path.removeprefix("/").partition(".html")[0] for path in site.asked if ".html" in path)
    site.asked.clear()
    return names


def waiting(settings: Settings) -> list[str]:
    rows = json.loads((settings.raw_dir / "bao" / "waiting.json").read_text("utf-8"))
    return [row["link"]["url"].removeprefix(f"{HOST}/").removesuffix(".html") for row in rows]


def test_the_likely_come_first_and_without_a_cap_all_come(site: Site, settings: Settings) -> None:
    list_titles(site, a=UNLIKELY, b="Chuyện bên đường", c=LIKELY)
    assert (line(a_night(settings, 0)).new, asked(site)) == (3, "cba")


def test_what_a_capped_night_leaves_comes_on_the_next_though_no_list_names_it(site: Site, settings: Settings) -> None:
    list_titles(site, a=UNLIKELY, b=UNLIKELY, c=LIKELY)
    report = a_night(settings, 0, most=1)
    assert (line(report).new, line(report).waiting, waiting(settings)) == (1, 2, ["a", "b"])
    assert "2 articles are waiting: the next nights bring them" in render(report)
    list_titles(site)
    report = a_night(settings, 9)
    got = line(report)
    assert (got.listed, got.new, got.waiting, got.unchanged, waiting(settings)) == (0, 2, 0, 0, [])


def test_a_source_may_say_how_many_come_a_night(site: Site, settings: Settings) -> None:
    site.source(polite={"gap": 0, "attempts": 1, "new_a_night": 2})
    list_titles(site, a="", b="", c="")
    assert [line(a_night(settings, number)).new for number in range(3)] == [2, 1, 0]


def test_an_unlikely_article_waits_but_is_brought(site: Site, settings: Settings) -> None:
    """Every night lists more likely ones than it may bring; two old ones that nobody lists come all the same."""
    list_titles(site, x=UNLIKELY, y=UNLIKELY, a0=LIKELY, b0=LIKELY)
    a_night(settings, 0, most=2)
    seen = [asked(site)]
    for number in (1, 2):
        list_titles(site, **{f"{name}{number}": LIKELY for name in "abc"})
        a_night(settings, number, most=2)
        seen.append(asked(site)[:3])
    assert seen == ["a0b0", "xa1", "yb1"]


@pytest.mark.parametrize(("most", "nights"), [(1, 7), (4, 7), (5, 7), (6, 4), (10, 4)])
def test_of_every_five_places_one_goes_to_the_longest_waiting(most: int, nights: int) -> None:
    """Seven unlikely ones wait while a hundred likely ones come each night."""
    old = [Waiting(Link(f"{HOST}/{n}", title=UNLIKELY), START + timedelta(minutes=n)) for n in range(7)]
    came: list[Waiting] = []
    for number in range(1, nights + 1):
        now = START + timedelta(days=number)
        new = [Waiting(Link(f"{HOST}/{number}-{n}", title=LIKELY), now) for n in range(100)]
        brought: list[Waiting] = []
        for one in in_turn([*old, *new], now, lambda brought=brought: len(brought)):  # type: ignore[misc]
            if len(brought) < most:
                brought.append(one)
        came += [one for one in brought if one in old]
        old = [one for one in old if one not in brought]
    assert (old, came == sorted(came, key=lambda one: one.first)) == ([], True)


def test_an_article_that_fails_is_asked_again_until_it_comes(site: Site, settings: Settings) -> None:
    list_titles(site, a="", b="")
    site.pages["/a.html"] = Response("", 503)
    assert line(a_night(settings, 0)).waiting == 1
    list_titles(site, b="")
    assert (line(a_night(settings, 1)).waiting, waiting(settings)) == (1, ["a"])
    site.article("a", "1,5")
    got = line(a_night(settings, 2))
    assert (got.new, got.waiting, waiting(settings)) == (1, 0, [])


def test_an_article_that_fails_for_a_week_is_given_up_by_name(site: Site, settings: Settings) -> None:
    list_titles(site, a="", b="")
    site.pages["/a.html"] = Response("", 503)
    a_night(settings, 0)
    list_titles(site, b="")
    lines = [line(a_night(settings, number)) for number in range(NIGHTS + 1)]
    assert [got.waiting for got in lines] == [1] * (NIGHTS - 1) + [0, 0]
    told = f"bao: {HOST}/a.html: given up: it failed on {NIGHTS} nights since 2026-11-16"
    assert [told in got.mend for got in lines] == [False] * (NIGHTS - 1) + [True, False]


def test_an_article_that_is_still_listed_is_never_given_up(site: Site, settings: Settings) -> None:
    list_titles(site, a="")
    site.pages["/a.html"] = Response("", 503)
    for number in range(NIGHTS + 2):
        assert line(a_night(settings, number)).waiting == 1
    site.article("a", "1,5")
    assert line(a_night(settings, NIGHTS + 2)).new == 1


def test_many_failures_of_one_night_count_once(site: Site, settings: Settings) -> None:
    list_titles(site, a="")
    site.pages["/a.html"] = Response("", 503)
    a_night(settings, 0)
    list_titles(site, b="")
    for _ in range(NIGHTS):
        assert line(a_night(settings, 0)).waiting == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_was_taken_down_while_it_waited_waits_no_more(
    site: Site, settings: Settings, status: int
) -> None:
    list_titles(site, a=LIKELY, b="")
    a_night(settings, 0, most=1)
    list_titles(site, a=LIKELY)
    site.take_down("b", status)
    got = line(a_night(settings, 1))
    assert (got.failed, got.waiting, waiting(settings)) == (1, 0, [])


def test_what_was_not_tried_on_a_silent_site_comes_on_the_next_night(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.problems import Unreachable

    def no_answer(url: str, *_: object) -> None:
        raise Unreachable(f"{url}: no answer")

    list_titles(site, **dict.fromkeys("abcdefghi", ""))
    with monkeypatch.context() as silent:
        silent.setattr("flows.gather.fetch", no_answer)
        assert line(a_night(settings, 0)).waiting == 9
    list_titles(site)
    assert (line(a_night(settings, 1)).new, waiting(settings)) == (9, [])


def test_a_night_that_is_killed_loses_nothing(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    list_titles(site, a="", b="", c="")
    with monkeypatch.context() as power:
        power.setattr("flows.gather._keep", killed)
        with pytest.raises(Killed):
            a_night(settings, 0)
    assert waiting(settings) == ["a", "b", "c"]
    list_titles(site)
    assert line(a_night(settings, 1)).new == 3


def test_what_the_days_of_a_night_leave_out_is_not_remembered(site: Site, settings: Settings) -> None:
    item = "<item><title>{n}</title><link>{host}/{n}.html</link><pubDate>{day}</pubDate></item>"
    days = {"a": "Thu, 18 Apr 2024 03:00:00 +0000", "b": "Fri, 19 Apr 2024 03:00:00 +0000"}
    rows = "".join(item.format(n=name, host=HOST, day=day) for name, day in days.items())
    site.put("/rss", f"<rss version='2.0'><channel><title>Tin</title>{rows}</channel></rss>", etag=False)
    site.source(list={"rss": [f"{HOST}/rss"]})
    site.article("b", "1,5")
    desk = desk_for(settings)
    desk.limits = Limits(START.date().replace(2024, 4, 19))
    got = line(night(desk, plain_steps(desk)))
    assert (got.new, got.left_out, got.waiting, waiting(settings)) == (1, 1, 0, [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "the file: Invalid JSON"),
        ('[{"link": {"url": "x"}}]', "0.first: Field required"),
        ('[{"link": {"url": "x"}, "first": "2026-11-15"}]', "0.first: Input should have timezone info"),
    ],
)
def test_a_broken_file_fails_its_source_and_is_named(site: Site, settings: Settings, text: str, why: str) -> None:
    list_titles(site, a="")
    a_night(settings, 0)
    file = settings.raw_dir / "bao" / "waiting.json"
    file.write_text(text)
    error = line(a_night(settings, 1)).error or ""
    assert error.startswith(f"{file}: not a list of articles that wait ({why}")
    assert error.endswith("mend it, or delete the file, and what no list names any more is not brought)")


def test_titles_of_any_letters_wait(site: Site, settings: Settings) -> None:
    desk = desk_for(settings)
    list_titles(site, a=LIKELY, b="Cầu 'Bến “Cũ”' \\ &#1234567; &amp;lt;")
    a_night(settings, 0, most=1)
    assert waiting(settings) == ["b"]
    assert "Cầu 'Bến “Cũ”'" in (desk.archive.waiting("bao") or b"").decode()
