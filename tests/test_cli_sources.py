"""What an operator is told of the sources: how their last night was, and whether they still answer as expected."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from shutil import rmtree

import pytest
from werkzeug import Response

from flows.desk import open_desk
from flows.drafting.saved_pages import check_pages
from flows.nightly import night, plain_steps
from flows.reading import default_reader
from flows.settings import Settings
from flows.sources import load_sources
from models.ledger import record_source, start_run
from models.records import SourceCounts
from tests.new_sites import build
from tests.sites import Site, settings, site
from tests.test_cli import solieu

__all__ = ["settings", "site"]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_source_is_listed_with_its_last_night(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site.source()
    site.source("tat", enabled=False)
    site.article("a1", "1,5")
    site.list_articles("a1")
    rmtree(settings.data_dir)
    assert solieu("sources") == 0
    out, err = capsys.readouterr()
    assert err.startswith("no night is known: ")
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "id name locality lists last night new failed health",
        "bao Báo mẫu 56 1 never seen",
        "tat Báo mẫu 56 1 disabled",
    ]
    desk = open_desk(settings)
    assert night(desk, plain_steps(desk)).ok
    assert solieu("sources") == 0
    _, row, _ = lines(capsys)
    assert row.startswith("bao Báo mẫu 56 1 20")
    assert row.endswith(" 1 0 ok")


def test_a_source_that_is_not_well_is_named_with_its_reason_and_ends_with_1(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    engine, now = open_desk(settings).engine, datetime.now(UTC)
    night = start_run(engine, "nightly", now - timedelta(days=8))
    silent = SourceCounts("bao", listed=4, health="silent 9 d", unwell=True, note="silent: so long")
    record_source(engine, night, silent)
    assert solieu("sources") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1].endswith(" 0       0  not visited 8 d")
    why = "no night has visited it for 8 days, expected within 7 (sources/bao.yml, expect.silent_days)"
    assert err == f"solieu: bao: {why}\n"
    site.source(expect={"silent_days": 9})
    assert solieu("sources", "--format", "json") == 1
    out, err = capsys.readouterr()
    (row,) = json.loads(out)
    assert [row[name] for name in ("id", "url", "enabled", "pages", "listed", "new", "health", "unwell", "why")] == [
        "bao", "http://bao.example", True, 1, 4, 0, "silent 9 d", True, "silent: so long"
    ]  # fmt: skip
    assert err == "solieu: bao: silent: so long\n"
    site.source(enabled=False)
    assert solieu("sources", "--format", "csv") == 0


def test_a_database_that_cannot_be_read_is_no_clean_bill_of_health(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE_URL", "postgresql://app:geheim@127.0.0.1:1/solieu")
    assert solieu("sources") == 1
    assert capsys.readouterr().err.startswith("solieu: postgresql+psycopg://app:***@127.0.0.1:1/solieu: connection")


def test_a_trial_visit_says_which_layer_told_what_and_keeps_nothing(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site.source()
    site.article("a1", "1,5")
    site.list_articles("a1")
    assert solieu("sources", "check") == 0
    heads, robots, lists, article = lines(capsys)
    assert (heads, robots) == ("source what found", "bao ok robots.txt lets us in")
    assert lists.startswith("bao ok lists 1 articles, 1 to 5000 expected (")
    assert article.startswith("bao ok http://bao.example/a1.html title: selector; published: selector; lead: ")
    assert article.endswith("1 figures; about 568")
    assert not settings.raw_dir.exists()


def test_what_is_to_be_mended_is_named(site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    site.source()
    site.list_articles("a1")
    assert solieu("sources", "check", "bao") == 1
    assert lines(capsys)[-1] == "bao MEND http://bao.example/a1.html http://bao.example/a1.html: answered 404 NOT FOUND"
    site.pages["/robots.txt"] = Response("User-agent: *\nDisallow: /")
    assert solieu("sources", "check", "bao") == 1
    assert "bao MEND robots.txt keeps us out" in lines(capsys)
    assert solieu("sources", "check", "khac") == 2
    assert "no source khac" in capsys.readouterr().err


def test_what_is_skipped_is_not_asked_for_and_is_counted(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site.source(skip="^/b")
    site.article("a1", "1,5")
    site.list_articles("a1", "b1", "b2")
    assert solieu("sources", "check", "bao") == 0
    lists = lines(capsys)[2]
    assert lists.startswith("bao ok lists 1 articles, ")
    assert lists.endswith("; 2 left out (sources/bao.yml, skip)")
    assert site.asked == ["/robots.txt 404", "/tin/ 200", "/a1.html 200"]


def test_a_source_is_drafted_and_its_saved_page_tells_when_it_is_read_otherwise(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    build(site, "d_cmslink")
    mirror = site.server.url_for("").rstrip("/")
    assert solieu("sources", "add", "http://bao.example", "--served-at", mirror) == 2
    assert f"{site.sources / 'bao.yml'}: is there already" in capsys.readouterr().err
    assert solieu("sources", "add", "http://bao.example", "--id", "moi", "--served-at", mirror) == 0
    told = lines(capsys)
    assert "article /[^/]+-post\\d{4,}\\.html$ as /giai-ngan" in " ".join(told)
    assert told[-2].startswith(f"written: {site.sources / 'moi.yml'}, and to read beside it ")
    assert solieu("sources", "check", "moi", "--pages") == 0
    (page,) = (site.sources / "pages" / "moi").glob("*.yml")
    facts = page.read_text()
    page.write_text(facts.replace("captions: 1", "captions: 2"))
    capsys.readouterr()
    site.server.clear()
    assert solieu("sources", "check", "--pages") == 1
    assert lines(capsys)[-1].endswith("captions: 1 read, 2 expected")


def test_a_saved_page_that_cannot_be_compared_is_named(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site.source()
    folder = site.sources / "pages" / "bao"
    assert solieu("sources", "check", "--pages") == 0
    assert solieu("sources", "check", "bao", "--pages") == 1
    assert lines(capsys)[-1] == f"bao MEND {folder} no saved pages: NAME.html, and its facts in NAME.yml"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text("title: Một")
    (folder / "b.yml").write_text("{url: 'http://bao.example/b', fetched: 2026-11-22, title: Hai}")
    (folder / "c.yml").write_text("title: [")
    (source,), _ = load_sources(site.sources)
    said = [
        (one.ok, one.detail.removeprefix(f"{folder}/")[:30]) for one in check_pages(source, folder, default_reader())
    ]
    assert said == [
        (False, "a.yml: the facts of a saved pa"),
        (False, "b.html: cannot be read (No suc"),
        (False, "c.yml: not YAML: while parsing"),
    ]
