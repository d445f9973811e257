"""Articles that a site takes down, and nights that are held to a date or a number; over HTTP on loopback."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from flows.archive import Archive
from flows.desk import Desk
from flows.export import rows_csv
from flows.nightly import night, plain_steps
from flows.replay import replay
from flows.report import Report, render
from flows.settings import Settings
from flows.web.visit import Limits
from models.database import reading
from models.points import COLUMNS, series
from tests.sites import HOST, Site, desk_for, rates, settings, site, stored

__all__ = ["settings", "site"]


def one_night(settings: Settings, *, days: float = 0, since: str | None = None, most: int | None = None) -> Report:
    """A night, so many days from now."""
    desk = desk_for(settings)
    real = desk.now
    desk.now = lambda: real() + timedelta(days=days)
    desk.limits = Limits((since and date.fromisoformat(since)) or None, most)
    return night(desk, plain_steps(desk))


def said(desk: Desk) -> list[tuple[object, ...]]:
    """All claims with their intervals."""
    with reading(desk.engine) as conn:
        names = "value_text, first_seen, withdrawn, title, published, archive_path"
        return [tuple(row) for row in conn.execute(text(f"SELECT {names} FROM claims ORDER BY first_seen, title"))]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_is_taken_down_withdraws_its_claims_and_keeps_its_bytes(
    site: Site, settings: Settings, status: int
) -> None:
    site.article("a", "1,5")
    site.article("b", "1,8")
    site.list_articles("a", "b")
    one_night(settings)
    site.take_down("a", status)
    report = one_night(settings)
    assert report.headline() == "1 of 1 sources: 0 new, 0 changed, 1 retracted, 0 figures added, 1 withdrawn"
    assert [(s.retracted, s.unchanged, s.failed) for s in report.sources] == [(1, 1, 0)]
    assert rates(stored(settings)) == ["2023 1.8 of 1 in Kết quả giải quyết hồ sơ b"]
    newest = Archive(settings.raw_dir).newest("bao", f"{HOST}/a.html")
    assert newest is not None
    assert (newest.status, newest.file, len(list(settings.raw_dir.rglob("*.html.gz")))) == (status, "", 2)
    with reading(stored(settings)) as conn:
        (message,) = conn.scalars(text("SELECT message FROM finding WHERE check_name = 'retracted'"))
    assert message == f"{HOST}/a.html: the site answers {status}: its claims are withdrawn"


def test_what_was_said_before_it_was_taken_down_is_still_known_as_of_then(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    ((_, first, withdrawn, *where),) = said(desk_for(settings))
    site.take_down("a")
    one_night(settings)
    ((_, again, gone, *still),) = said(desk_for(settings))
    assert (withdrawn, again, still) == (None, first, where)
    assert str(gone) > str(first)


def test_a_young_article_is_asked_again_when_no_list_names_it_any_more(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    site.list_articles()
    site.asked.clear()
    report = one_night(settings, days=2)
    assert [line for line in site.asked if "html" in line] == ["/a.html 304"]
    assert [(s.listed, s.unchanged) for s in report.sources] == [(0, 1)]
    site.take_down("a")
    assert one_night(settings, days=2.5).total("retracted") == 1


def test_an_old_article_is_not_asked_again(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    site.list_articles()
    site.take_down("a")
    site.asked.clear()
    report = one_night(settings, days=3.5)
    assert (site.asked, report.total("retracted")) == (["/robots.txt 404", "/tin/ 200"], 0)


def test_a_second_night_without_it_changes_nothing(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    site.take_down("a", 404)
    one_night(settings)
    kept = sorted(settings.raw_dir.rglob("*"))
    site.take_down("a", 410)
    report = one_night(settings)
    assert (report.total("retracted"), report.total("unchanged"), report.total("failed")) == (0, 1, 0)
    assert sorted(settings.raw_dir.rglob("*")) == kept


def test_an_article_that_comes_back_is_a_new_version_and_replay_gives_the_same_on_both_databases(
    site: Site, settings: Settings, fresh_url: str
) -> None:
    site.article("a", "1,5")
    site.article("b", "1,8")
    site.list_articles("a", "b")
    one_night(settings)
    site.take_down("a")
    site.take_down("b")
    one_night(settings)
    site.article("a", "1,5")
    report = one_night(settings)
    assert (report.total("changed"), report.total("added")) == (1, 1)
    here = desk_for(settings)
    before, points = said(here), rows_csv(series(here.engine), COLUMNS)
    assert [row[2] is None for row in before] == [False, False, True]
    replay(desk_for(settings))
    assert said(desk_for(settings)) == before
    shutil.rmtree(settings.data_dir / "db")
    assert replay(desk_for(settings)).total("retracted") == 2
    assert said(desk_for(settings)) == before
    other = settings.model_copy(update={"database_url": SecretStr(fresh_url)})
    assert replay(desk_for(other)).ok
    assert rows_csv(series(desk_for(other).engine), COLUMNS) == points
    assert [row[0] for row in said(desk_for(other))] == [row[0] for row in before]


def test_an_article_that_could_never_be_read_is_forgotten_when_it_is_taken_down(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.put("/b.html", f"<html><body><p>{'Only English words stand here, and they are many. ' * 9}</p></body></html>")
    site.list_articles("a", "b")
    assert one_night(settings).total("failed") == 1
    site.take_down("b")
    report = one_night(settings)
    site.list_articles("a")
    assert one_night(settings).total("failed") == 0
    assert report.total("retracted") == 1


def test_an_article_that_was_never_kept_and_is_not_there_has_failed(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a", "b")
    report = one_night(settings)
    assert (report.total("failed"), report.total("retracted")) == (1, 0)


SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>"


def dated(site: Site, **days: str) -> None:
    """Articles in a sitemap with their days."""
    rows = "".join(f"<url><loc>{HOST}/{n}.html</loc><lastmod>{day}</lastmod></url>" for n, day in days.items())
    site.put("/s.xml", SITEMAP.format(rows=rows))
    for number, name in enumerate(days):
        site.article(name, f"1,{number + 1}")
    site.source(list={"sitemaps": [f"{HOST}/s.xml"], "sitemap_days": 36500, "pages": [f"{HOST}/tin/"]})


def test_a_night_since_a_day_leaves_out_what_lists_date_before_and_says_so(site: Site, settings: Settings) -> None:
    dated(site, a="2024-04-18", b="2024-04-19", c="2024-04-20")
    site.article("d", "2,5")
    site.list_articles("d")
    report = one_night(settings, since="2024-04-19")
    assert report.headline() == "1 of 1 sources: 3 new, 0 changed, 1 left out, 3 figures added, 0 withdrawn"
    assert "1 new articles were left out: their lists date them" in render(report)
    assert one_night(settings).total("new") == 1


def test_a_night_of_at_most_two_new_articles_leaves_the_others_for_the_next(site: Site, settings: Settings) -> None:
    dated(site, a="2024-04-17", b="2024-04-18", c="2024-04-19", d="2024-04-20", e="2024-04-21")
    site.take_down("e")
    report = one_night(settings, most=2)
    assert [(s.new, s.waiting, s.failed, s.unchanged) for s in report.sources] == [(2, 2, 1, 0)]
    assert [line for line in site.asked if "html" in line] == ["/e.html 410", "/d.html 200", "/c.html 200"]
    report = one_night(settings, most=2)
    assert [(s.new, s.waiting, s.failed, s.unchanged) for s in report.sources] == [(2, 1, 0, 2)]
    report = one_night(settings, most=2)
    assert [(s.new, s.waiting, s.failed, s.unchanged) for s in report.sources] == [(0, 0, 1, 4)]
