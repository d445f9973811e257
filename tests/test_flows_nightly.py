"""The night without Prefect, over real HTTP on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr
from sqlalchemy import select

from flows.desk import run_of
from flows.export import rows_csv
from flows.nightly import night, plain_steps, run_nightly
from flows.problems import AlreadyRunning
from flows.replay import replay
from flows.report import Report, render
from flows.settings import Settings
from models.database import reading
from models.ledger import runs, start_run
from models.points import COLUMNS, series
from models.tables import Finding, table_of
from tests.sites import Site, desk_for, rates, settings, site, stored

__all__ = ["settings", "site"]


def one_night(settings: Settings) -> Report:
    desk = desk_for(settings)
    return night(desk, plain_steps(desk))


def csv_of(settings: Settings) -> str:
    return rows_csv(series(stored(settings)), COLUMNS)


def test_a_night_stores_what_the_articles_say(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    report = one_night(settings)
    assert report.headline() == "1 of 1 sources: 1 new, 0 changed, 1 figures added, 0 withdrawn"
    assert rates(stored(settings)) == ["2023 1.5 of 1 in Kết quả giải quyết hồ sơ a"]


def test_a_second_night_adds_nothing_and_asks_only_whether_it_changed(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    kept = sorted(settings.raw_dir.rglob("*"))
    site.asked.clear()
    report = one_night(settings)
    assert "0 new, 0 changed: the database already held all of it." in render(report)
    assert site.asked == ["/robots.txt 404", "/tin/ 200", "/a.html 304"]
    assert sorted(settings.raw_dir.rglob("*")) == kept


def test_a_changed_article_is_a_new_version_and_its_old_claim_is_withdrawn(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    site.article("a", "1,8")
    report = one_night(settings)
    assert report.headline() == "1 of 1 sources: 0 new, 1 changed, 1 figures added, 1 withdrawn"
    assert rates(stored(settings)) == ["2023 1.8 of 1 in Kết quả giải quyết hồ sơ a"]


def test_an_article_that_returns_to_its_first_words_is_kept_a_third_time(site: Site, settings: Settings) -> None:
    site.list_articles("a")
    for rate in ("1,5", "1,8", "1,5"):
        site.article("a", rate)
        one_night(settings)
    before = csv_of(settings)
    assert len(list(settings.raw_dir.rglob("*.html.gz"))) == 3
    shutil.rmtree(settings.data_dir / "db")
    replay(desk_for(settings))
    assert csv_of(settings) == before
    assert rates(stored(settings)) == ["2023 1.5 of 1 in Kết quả giải quyết hồ sơ a"]


def test_a_dead_source_does_not_stop_the_others_and_is_named(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    dead = "http://127.0.0.1:9"
    site.source("chet", url="http://chet.example", served_at=dead, list={"pages": ["http://chet.example/"]})
    report = one_night(settings)
    assert report.headline() == "1 of 2 sources: 1 new, 0 changed, 1 figures added, 0 withdrawn; failed: chet"
    assert "  chet: http://chet.example/robots.txt: no answer ([Errno 111] Connection refused)" in render(report)
    (row, *_) = runs(stored(settings))
    assert (row.kind, row.state, [s.source for s in row.sources]) == ("nightly", "problems", ["bao", "chet"])


def test_a_broken_yaml_is_named_with_its_field_and_the_others_go_on(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    broken = site.source("hong", locality=56)
    report = one_night(settings)
    assert (report.ok, report.total("new")) == (False, 1)
    assert report.problems == [f'{broken}: locality: a code is text: write it in quotes, as in "56"']


def test_robots_txt_is_obeyed(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.article("b", "1,6")
    site.list_articles("a", "b")
    site.put("/robots.txt", "User-agent: solieu\nDisallow: /b.html\n")
    report = one_night(settings)
    assert "  bao: http://bao.example/b.html: robots.txt does not allow it" in render(report)
    assert [line for line in site.asked if "b.html" in line] == []
    assert rates(stored(settings)) == ["2023 1.5 of 1 in Kết quả giải quyết hồ sơ a"]


def test_an_empty_list_is_told_with_what_was_expected(site: Site, settings: Settings) -> None:
    file = site.source(expect={"articles": [3, 200]})
    report = one_night(settings)
    assert not report.ok
    shown = file.relative_to(Path.cwd())
    assert f"  bao: 0 articles listed, expected 3 to 200 ({shown}, expect.articles)" in render(report)


def test_an_article_in_english_is_told_and_the_others_are_stored(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    story = "The council of the town said that the share of late files in the year was 2 percent. " * 9
    site.put("/b.html", f"<html><head><title>News</title></head><body><h1>News</h1><p>{story}</p></body></html>")
    site.list_articles("a", "b")
    report = one_night(settings)
    assert (report.ok, report.total("new"), report.total("failed")) == (True, 1, 1)
    assert "  bao: http://bao.example/b.html: not Vietnamese" in render(report)


def test_a_source_of_which_nothing_can_be_read_has_failed_each_night(site: Site, settings: Settings) -> None:
    site.put("/a.html", f"<html><body><p>{'Only English words stand here, and they are many. ' * 9}</p></body></html>")
    site.list_articles("a")
    for _ in range(2):
        report = one_night(settings)
        (line,) = report.sources
        assert (line.listed, line.failed, line.unchanged) == (1, 1, 0)
        assert line.error == "none of 1 articles could be read"
        assert report.headline().startswith("0 of 1 sources: 0 new, 0 changed, 1 not read")
        assert "already held" not in render(report)
    assert not replay(desk_for(settings)).ok


def test_what_is_doubtful_about_a_page_is_a_finding(site: Site, settings: Settings) -> None:
    site.article("a", "1,5", day="hôm qua")
    site.list_articles("a")
    one_night(settings)
    with reading(stored(settings)) as conn:
        found = {
            row.message.partition(": ")[0]
            for row in conn.execute(select(table_of(Finding)))
            if row.check_name == "page"
        }
    assert found == {"published"}


def test_what_an_interrupted_night_left_in_the_archive_is_loaded_by_the_next(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    desk = desk_for(settings)
    desk.gather("bao")
    assert rates(desk.engine) == []
    report = one_night(settings)
    assert (report.total("new"), report.total("fetched")) == (1, 0)


def test_two_nights_at_once_the_second_leaves_with_a_note(site: Site, settings: Settings) -> None:
    with run_of(desk_for(settings), "nightly"), pytest.raises(AlreadyRunning, match="another run is running"):
        one_night(settings)
    notes = [(run.state, run.note.partition(" (")[0]) for run in runs(stored(settings))]
    assert notes == [("done", "left alone: another run is running"), ("done", "")]


class Dying:
    """Prefect whose server is there at first, and not when the night is over."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work

    def with_options(self, name: str) -> Dying:
        return self

    def __call__(self, return_state: bool) -> None:
        self.work()


def test_a_prefect_server_that_goes_away_costs_nothing(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise ConnectionError("http://me:geheim@prefect:4200 refused\nand much more")

    site.article("a", "1,5")
    site.list_articles("a")
    monkeypatch.setattr("flows.nightly.as_nightly", Dying)
    monkeypatch.setattr("flows.nightly.prefect_steps", plain_steps)
    monkeypatch.setattr("flows.nightly.create_table_artifact", gone)
    told: list[str] = []
    report = run_nightly(desk_for(settings), told.append)
    assert report.headline() == "1 of 1 sources: 1 new, 0 changed, 1 figures added, 0 withdrawn"
    assert told == [
        "Prefect went away (http://***@prefect:4200 refused): the night is done, and Prefect does not show it"
    ]
    assert [run.state for run in runs(stored(settings))] == ["done"]


def test_a_run_that_was_killed_is_closed_by_the_next(site: Site, settings: Settings) -> None:
    desk = desk_for(settings)
    killed = start_run(desk.engine, "nightly", desk.now())
    desk.lock(f"run-{killed}").touch()
    elsewhere = start_run(desk.engine, "run", desk.now())
    with run_of(desk, "run"):
        one_night(settings)
        states = {run.id: (run.state, run.ended is None) for run in runs(desk.engine)}
    assert states == {
        killed: ("killed", True),
        elsewhere: ("running", True),
        3: ("running", True),
        4: ("problems", False),
    }
    assert list(desk.lock("x").parent.glob("run-*")) == []


def test_replay_gives_the_same_series_on_both_databases(
    site: Site, settings: Settings, fresh_url: str, tmp_path: Path
) -> None:
    for name, rate in (("a", "1,5"), ("b", "1,6"), ("c", "1,7")):
        site.article(name, rate, day=f"1{len(name)}/02/2024")
    site.list_articles("c", "a", "b")
    one_night(settings)
    site.article("b", "2,5")
    one_night(settings)
    before = csv_of(settings)
    other = settings.model_copy(update={"database_url": SecretStr(fresh_url)})
    site.server.stop()
    shutil.rmtree(tmp_path / "sources")
    (tmp_path / "sources").mkdir()
    report = replay(desk_for(other))
    assert (report.ok, report.total("new"), csv_of(other)) == (True, 3, before)
    assert replay(desk_for(other)).total("added") == 0
    site.server.start()


def test_a_broken_sidecar_fails_its_source_and_no_other(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(settings)
    (sidecar,) = settings.raw_dir.rglob("a-html-*.json")
    sidecar.write_text("{")
    report = replay(desk_for(settings))
    assert [(s.id, s.error and s.error.partition(": ")[2][:28]) for s in report.sources] == [
        ("bao", "not a sidecar of the archive")
    ]
    assert not one_night(settings).ok


def test_the_deployment_file_names_the_flow_and_the_hour_that_serve_keeps() -> None:
    (said,) = yaml.safe_load((Path(__file__).parents[1] / "prefect.yaml").read_text())["deployments"]
    file, _, name = said["entrypoint"].partition(":")
    assert getattr(import_module(file.removesuffix(".py").replace("/", ".")), name).name == "nightly"
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert said["schedules"] == [{"cron": defaults["schedule_cron"], "timezone": defaults["schedule_timezone"]}]
