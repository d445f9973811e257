"""The site: a page for each thing that is stored, links that lead to the words, and no file written in vain."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine

from flows.cli import main
from flows.nightly import night, plain_steps
from flows.pages.addresses import article_at, root_of, safe, series_at
from flows.pages.folder import MANIFEST, site_folder
from flows.pages.places import curve
from flows.pages.site import write_site
from flows.problems import Problem
from flows.settings import Settings
from models import FindingRecord, Mention, MissingLibrary, UncataloguedRecord, link_copies, load_article, writing
from models.ledger import finish_run, runs, start_run
from models.points import series
from models.records import Block, Evidence
from tests.points import ARTICLE, late
from tests.sites import Site, desk_for, settings, site, stored

__all__ = ["settings", "site"]

TEXT = "Hồ sơ trễ hạn\nNăm 2022 hồ sơ trễ hạn 2,08%, năm 2023 còn 0,9%; năm 2024 phấn đấu dưới 0,5%. Có 3 lớp học.\n"
EVIL = "\"><img src=x onerror=alert(1)><script>alert('x')</script>"
HERE = replace(ARTICLE, text=TEXT, title="Hồ sơ trễ hạn", archive_path="baomau/2024/01/nha-trang.html.gz")


def said(words: str) -> tuple[Mention, ...]:
    at = TEXT.index(words)
    return (Mention(at, at + len(words)),)


CLAIMS = (
    late(2022, "2.08", mentions=said("2,08%")),
    late(2023, "0.9", mentions=said("0,9%")),
    late(2023, "-1.18", unit="pp", measure="change", base="2022-01-01/2022-12-31", derived=True, mentions=said("0,9%")),
    late(2024, "0.5", status="target", bound="lt", mentions=said("dưới 0,5%")),
)
AT = TEXT.index("3 lớp")
LEFT = UncataloguedRecord(text="3 lớp", value=Decimal(3), unit="count", start=AT, end=AT + 5, label="lớp học")


@pytest.fixture(autouse=True)
def _drawn_by_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that draws is made in seconds, and is the same for every site: one test has the true one."""
    if "true_library" not in request.fixturenames:
        monkeypatch.setattr("flows.pages.site.vega_js", lambda: lambda: b"/* draws */")


@pytest.fixture
def true_library() -> None:
    """For a test that wants it."""


@pytest.fixture
def told(settings: Settings) -> Engine:
    """One article with three figures, what follows from two of them, one that is left, and a finding."""
    engine = stored(settings)
    night = start_run(engine, "nightly", HERE.fetched_at)
    finding = FindingRecord(check="jump", message="2,08 rồi 0,9", claims=(0, 1))
    with writing(engine) as conn:
        load_article(conn, HERE, CLAIMS, [LEFT], [finding], run_id=night, now=HERE.fetched_at)
    with writing(engine) as conn:
        link_copies(conn)
    finish_run(engine, night, "done", HERE.fetched_at, "all well")
    return engine


def build(engine: Engine, out: Path, language: str = "en") -> tuple[int, int, int]:
    """Write the site; how many files were written, deleted, left."""
    folder = write_site(engine, out, archive=out.parent / "raw", language=language).folder
    return folder.written, folder.deleted, folder.unchanged


def files_of(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "lxml")


def rows(page: BeautifulSoup, at: int = 0) -> list[list[str]]:
    """The body of a table of the page."""
    return [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in page.select("tbody")[at]("tr")]


def test_the_page_of_a_series_shows_every_claim_with_its_words(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / series_at("568", "dossier.late_rate"))
    assert [head.text for head in page("h2")] == ["level (%)", "change (percentage points)"]
    assert rows(page) == [
        ["2022", "2.08 %", "actual", "2,08%", "baomau", "2024-01-15"],
        ["2023", "0.9 %", "actual", "0,9%", "baomau", "2024-01-15"],
        ["2024", "<0.5 %", "target", "dưới 0,5%", "baomau", "2024-01-15"],
    ]
    assert rows(page, 1) == [
        ["2023", "-1.18 percentage points", "change, derived, on the year before", "0,9%", "baomau", "2024-01-15"]
    ]


def test_the_chart_is_of_the_same_points_and_leads_to_the_words(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    (figure,) = soup(tmp_path / "site" / series_at("568", "dossier.late_rate")).select("figure.chart script")
    chart = json.loads(figure.text)
    drawn = [(one["day"], one["value"], one["status"], one["bound"]) for one in chart["points"]]
    assert drawn == [
        ("2022-07-02", 2.08, "actual", ""),
        ("2023-07-02", 0.9, "actual", ""),
        ("2024-07-01", 0.5, "target", "<"),
    ]
    assert chart["breaks"] == [{"day": "2025-07-01", "name": "break of the series 01/07/2025"}]
    article, mark = chart["points"][1]["at"].split("#")
    words = soup(tmp_path / "site" / "series" / article).find(id=mark)
    assert words is not None
    assert words.text == "0,9%"


def test_a_csv_has_what_the_table_shows(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    lines = (tmp_path / "site" / series_at("568", "dossier.late_rate", "csv")).read_text("utf-8").splitlines()
    heads = lines[0].split(",")
    told_there = [
        [row.split(",")[heads.index(name)] for name in ("time_period", "status", "value")] for row in lines[1:]
    ]
    assert told_there == [
        ["2022", "actual", "2.08"],
        ["2023", "actual", "0.9"],
        ["2024", "target", "0.5"],
        ["2023", "actual", "-1.18"],
    ]


def test_the_page_of_an_article_is_that_of_what_is_stored(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / article_at("baomau", HERE.identity))
    body = page.select_one("div.text")
    assert body is not None
    assert [mark.text for mark in body.select("a.figure")] == ["2,08%", "0,9%", "dưới 0,5%", "3 lớp"]
    assert "2,08 rồi 0,9" in body.text
    links = [link["href"] for link in page.select("dl a")]
    assert links == ["https://baomau.example/nha-trang", "../../raw/baomau/2024/01/nha-trang.html.gz"]


def test_the_words_that_gave_a_slot_light_up_as_they_were_stored(told: Engine, tmp_path: Path) -> None:
    def words(text: str) -> tuple[int, int]:
        return TEXT.index(text), TEXT.index(text) + len(text)

    evidence = (Evidence("period", "explicit", *words("Năm 2022")), Evidence("scope", "default"))
    first = replace(CLAIMS[0], evidence=evidence, doubts=("weak name",))
    follows = replace(CLAIMS[2], follows=(0, 1))
    blocks = (Block("heading", *words("Hồ sơ trễ hạn")), Block("paragraph", 14, len(TEXT)))
    with writing(told) as conn:
        claims = [first, CLAIMS[1], follows, CLAIMS[3]]
        load_article(conn, replace(HERE, author="M.A", blocks=blocks), claims, now=HERE.fetched_at)
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / article_at("baomau", HERE.identity))
    assert [head.text for head in page.select("div.text h3")] == ["Hồ sơ trễ hạn"]
    assert [(lit.text, lit["data-gives"]) for lit in page.select("div.text [data-gives]")] == [("Năm 2022", "o1")]
    cards = [card.get_text(" ", strip=True) for card in page.select("article.card")]
    assert "period 2022 Năm 2022 said with the figure" in cards[0]
    assert cards[0].endswith("confidence 1; doubts: name of the indicator is weak in the text: 1")
    assert any("follows from 2.08 % , 0.9 %" in card for card in cards)
    assert "M.A" in page.select_one("dl").text  # type: ignore[union-attr]


def test_the_page_of_a_place_has_the_last_figures_beside_their_targets(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / "places" / "568.html")
    assert rows(page) == [
        ["Share of dossiers late", "-1.18 percentage points", "2023", "change", "", "", "", ""],
        ["Share of dossiers late", "0.9 %", "2023", "", "", "-1.18 percentage points", "<0.5 % (2024)", ""],
    ]
    assert [line["points"] for line in page.select("polyline")] == ["2,2 94,22"]
    assert any("succeeded by" in event.text for event in page.select("ul.plain li"))


def test_a_rank_stands_beside_its_level_and_else_by_itself(told: Engine, tmp_path: Path) -> None:
    rank = replace(late(2023, "3"), indicator="par.index", unit="rank", measure="rank")
    level = replace(late(2023, "80"), indicator="par.index")
    other = replace(HERE, identity="https://baomau.example/hang", content_hash="d4")
    with writing(told) as conn:
        load_article(conn, other, [rank, level, replace(rank, scope="district", value=Decimal(7))], now=HERE.fetched_at)
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / "places" / "568.html")
    assert [[row[1], row[3], row[7]] for row in rows(page) if row[0] != "Share of dossiers late"] == [
        ["80 %", "", "3 (2023)"],
        ["7", "rank, offices of the district", ""],
    ]


def test_the_page_of_an_indicator_compares_places_period_by_period(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / "indicators" / "dossier.late_rate.html")
    assert [(head.text, rows(page, at)[0][2]) for at, head in enumerate(page("h2"))] == [
        ("2024", "<0.5 %"),
        ("2023", "0.9 %"),
        ("2022", "2.08 %"),
    ]


def test_the_start_says_what_the_last_night_brought(told: Engine, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / "index.html")
    news = page.find(id="new")
    assert news is not None
    assert news.text == "New since the last night (2024-01-15): 3"
    assert sorted(row[4] for row in rows(page)) == ["0.9 %", "2.08 %", "<0.5 %"]
    finds = [entry["data-find"] for entry in page.select("[data-find]")]
    assert all("nha trang" in find or "dossier" in find for find in finds)
    assert "all well" in soup(tmp_path / "site" / "runs.html").text


def test_every_link_leads_somewhere(told: Engine, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(told, site)
    lost = []
    for file in site.rglob("*.html"):
        for tag in soup(file)(["a", "link", "script"]):
            address = str(tag.get("href") or tag.get("src") or "")
            if not address or address.startswith("https:") or "/raw/" in address:
                continue
            name, _, mark = unquote(address).partition("#")
            there = Path(os.path.normpath(file.parent / name)) if name else file
            if not there.is_file() or (mark and not soup(there).find(id=mark)):
                lost.append((file.name, address))
    assert lost == []


def test_the_library_that_draws_is_shipped_with_the_pages(told: Engine, true_library: None, tmp_path: Path) -> None:
    build(told, tmp_path / "site")
    (library,) = (tmp_path / "site").glob("vega-*.js")
    assert "window.vegaEmbed" in library.read_text("utf-8")


def test_without_what_draws_the_pages_have_their_tables(
    told: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingLibrary("altair is needed for this")

    monkeypatch.setattr("flows.pages.site.charts_js", missing)
    build(told, tmp_path / "site")
    page = soup(tmp_path / "site" / series_at("568", "dossier.late_rate"))
    assert page("figure") == []
    assert [row[1] for row in rows(page)] == ["2.08 %", "0.9 %", "<0.5 %"]


def test_a_second_time_nothing_is_written(told: Engine, tmp_path: Path) -> None:
    site = tmp_path / "site"
    written, _, _ = build(told, site)
    assert build(told, site) == (0, 0, written)


def test_an_edit_changes_its_pages_and_deletes_what_is_gone(told: Engine, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(told, site)
    grade = replace(late(2022, "0"), indicator="par.index", measure="rating", value="Khá", unit="rating")
    with writing(told) as conn:
        later = replace(HERE, content_hash="b2", fetched_at=HERE.fetched_at.replace(day=16))
        load_article(conn, later, [grade], now=later.fetched_at)
    before = {file: file.read_bytes() for file in site.rglob("*.*")}
    _, deleted, _ = build(told, site)
    gone = sorted(str(file.relative_to(site)) for file in before if not file.exists())
    assert gone == [
        "indicators/dossier.late_rate.html",
        "series/568--dossier.late_rate.csv",
        "series/568--dossier.late_rate.html",
    ]
    assert deleted == 3
    assert (site / series_at("568", "par.index")).is_file()
    build(told, tmp_path / "anew")
    assert files_of(site) == files_of(tmp_path / "anew")


def test_another_article_leaves_the_pages_that_it_says_nothing_of(told: Engine, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(told, site)
    before = files_of(site)
    other = replace(HERE, identity="https://baomau.example/khac", content_hash="d4")
    with writing(told) as conn:
        load_article(conn, other, [replace(late(2021, "3"), locality="56", mentions=said("3"))], now=HERE.fetched_at)
    build(told, site)
    after = files_of(site)
    changed = sorted(name for name in after if after[name] != before.get(name))
    assert changed == [
        article_at("baomau", other.identity),
        "index.html",
        "indicators/dossier.late_rate.html",
        "places/56.html",
        "series/56--dossier.late_rate.csv",
        "series/56--dossier.late_rate.html",
        MANIFEST,
    ]
    build(told, tmp_path / "anew")
    assert after == files_of(tmp_path / "anew")


def test_another_program_makes_every_page_anew(told: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    build(told, site)
    monkeypatch.setattr("flows.pages.site.program", lambda: "another")
    written, _, _ = build(told, site)
    assert written == len(list(site.rglob("*.html")))


def test_a_page_that_was_cut_off_is_made_again(told: Engine, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(told, site)
    before = files_of(site)
    (site / "index.html").write_text("<!doctype html>")
    (site / series_at("568", "dossier.late_rate", "csv")).unlink()
    build(told, site)
    assert files_of(site) == before


def test_no_text_of_an_article_is_alive_on_any_page(told: Engine, tmp_path: Path) -> None:
    evil = replace(
        HERE, identity=f"https://baomau.example/{EVIL}", title=EVIL, text=f"{EVIL} 7% {EVIL}", content_hash="c3"
    )
    at = evil.text.index("7%")
    claim = replace(late(2021, "7"), group=EVIL, mentions=(Mention(0, at + 2),))
    with writing(told) as conn:
        load_article(conn, evil, [claim], now=evil.fetched_at)
    build(told, tmp_path / "site")
    for file in (tmp_path / "site").rglob("*.html"):
        page = soup(file)
        assert page("img") == []
        scripts = page("script")
        assert all(tag.get("src") or tag["type"] == "application/json" for tag in scripts), file
        assert not any(name.startswith("on") for tag in page(True) for name in tag.attrs)
        (policy,) = [str(tag["content"]) for tag in page.select("meta[http-equiv=Content-Security-Policy]")]
        assert policy.split("; ")[:3] == ["default-src 'none'", "style-src 'self'", "script-src 'self'"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Problem, match="holds files that are no report"), site_folder(tmp_path):
        pass
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def _interrupted(root: Path) -> None:
    with site_folder(root) as site:
        site.put("c.html", "c")
        raise KeyboardInterrupt


def test_a_failure_leaves_the_files_of_before_and_they_stay_ours(tmp_path: Path) -> None:
    with site_folder(tmp_path / "site") as site:
        site.put("a.html", "a")
        site.put("b.html", "b")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(tmp_path / "site")
    assert sorted(file.name for file in (tmp_path / "site").iterdir()) == ["a.html", "b.html", "c.html", MANIFEST]
    with site_folder(tmp_path / "site") as site:
        site.put("a.html", "a")
    assert sorted(file.name for file in (tmp_path / "site").iterdir()) == ["a.html", MANIFEST]


def test_a_manifest_cannot_name_files_outside(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    site = tmp_path / "site"
    site.mkdir()
    (site / MANIFEST).write_text(json.dumps(["../letter.txt", str(tmp_path / "letter.txt")]))
    with site_folder(site):
        pass
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("id", ["con", "NUL.x", "a/b", "../..", "Báo", "A", "x" * 99, "", ".", "a b", "a:b"])
def test_names_are_safe_on_every_file_system(id: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*-?[0-9a-f]{16}|[0-9a-f]{16}", safe(id))
    assert safe(id) == safe(id) != safe(id + "'")


def test_plain_ids_keep_their_names() -> None:
    assert series_at("56@2025", "dossier.late_rate") == "series/56@2025--dossier.late_rate.html"
    assert (root_of("index.html"), root_of("series/a.html")) == ("./", "../")


def test_a_sparkline_is_high_where_the_value_is() -> None:
    assert curve([Decimal(1), Decimal(3), Decimal(2)]) == "2,22 48,2 94,12"
    assert curve([Decimal(1)]) == ""


def test_the_command_says_where_the_pages_are(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as done:
        main(["report", "--out", str(tmp_path / "r"), "--lang", "en"])
    assert done.value.code == 0
    assert capsys.readouterr().out.startswith((tmp_path / "r" / "index.html").as_uri())
    with pytest.raises(SystemExit) as failed:
        main(["report", "--out", str(settings.data_dir)])
    assert failed.value.code == 2
    assert "holds files that are no report" in capsys.readouterr().err


def pages_of(settings: Settings) -> Settings:
    return settings.model_copy(update={"report": "en"})


def test_a_night_brings_the_pages_up_to_date_and_they_tell_of_it(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    desk = desk_for(pages_of(settings))
    assert night(desk, plain_steps(desk)).ok
    page = soup(settings.report_dir / "index.html")
    assert [row[:3] + row[4:] for row in rows(page)] == [
        ["Thành phố Nha Trang (568)", "Share of dossiers late", "2023", "1.5 %"]
    ]
    assert "run 1: nightly" in soup(settings.report_dir / "runs.html").text


def test_pages_that_cannot_be_written_are_told_and_the_night_is_stored(site: Site, settings: Settings) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    settings.report_dir.mkdir()
    (settings.report_dir / "letter.txt").write_text("mine")
    desk = desk_for(pages_of(settings))
    report = night(desk, plain_steps(desk))
    (line,) = report.mend
    assert line.startswith(f"the report was not written: {settings.report_dir}: holds files that are no report;")
    assert [run.state for run in runs(stored(settings))] == ["done"]
    assert [row.value for row in series(stored(settings))] == [Decimal("1.5")]


def test_a_night_may_do_without_pages(site: Site, settings: Settings) -> None:
    desk = desk_for(settings)
    night(desk, plain_steps(desk))
    assert not settings.report_dir.exists()
