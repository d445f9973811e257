"""The page of the runs: who is ill, since when, where it is mended, and what comes beside what is expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine

from flows.pages.frame import Words
from flows.pages.running import NOBODY, Known, runs_page
from flows.pages.site import site_of
from flows.settings import Settings
from flows.sources import read_source
from models import FindingRecord, UncataloguedRecord, load_article, writing
from models.ledger import finish_run, record_source, start_run
from models.records import SourceCounts
from tests.points import ARTICLE, late
from tests.sites import Site, settings, site, stored

__all__ = ["settings", "site"]
START = datetime(2026, 11, 1, 19, tzinfo=UTC)
SILENT = "silent: nothing new since 2026-11-01 (9 days), expected within 7 (sources/bao.yml, expect.silent_days)"


@pytest.fixture(autouse=True)
def _drawn_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that draws charts takes seconds to make, and no run needs it."""
    monkeypatch.setattr("flows.pages.site.vega_js", lambda: lambda: b"/* draws */")


@pytest.fixture
def nights(settings: Settings) -> Callable[..., Engine]:
    """Nights of the ledger, a day apart, each with what it did for its sources."""

    def of(*visits: list[SourceCounts]) -> Engine:
        engine = stored(settings)
        for day, counts in enumerate(visits):
            run = start_run(engine, "nightly", START + timedelta(days=day))
            for one in counts:
                record_source(engine, run, one)
            finish_run(engine, run, "done", START + timedelta(days=day, hours=1), "\n".join(c.note for c in counts))
        return engine

    return of


def bao(listed: int, health: str = "ok", note: str = "", **counts: object) -> SourceCounts:
    return SourceCounts("bao", listed=listed, health=health, note=note, **counts)  # type: ignore[arg-type]


def written(settings: Settings, out: Path, language: str = "en") -> BeautifulSoup:
    site_of(stored(settings), settings, out, language)
    return BeautifulSoup((out / "runs.html").read_text("utf-8"), "lxml")


def cells(page: BeautifulSoup) -> list[list[str]]:
    """The rows of the table of sources."""
    table = page.select("section[aria-labelledby=sources] tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table]


def mend(page: BeautifulSoup) -> list[str]:
    return [one.get_text(" ", strip=True) for one in page.select("section[aria-labelledby=mend] p")]


def test_a_source_that_is_ill_stands_on_top_with_what_to_mend(
    nights: Callable[..., Engine], settings: Settings, site: Site, tmp_path: Path
) -> None:
    ill = bao(4, "silent 9 d", SILENT, unwell=True, waiting=3)
    nights([bao(5), SourceCounts("xa", health="ok")], [bao(4, "silent 8 d", unwell=True)], [ill])
    page = written(settings, tmp_path / "s")
    assert mend(page) == [
        f"bao: silent 9 d (since 2026-11-02) {SILENT} Once it is mended, try it: solieu sources check bao"
    ]
    assert cells(page) == [
        ["bao", "2026-11-03", "4", "1–5000", "", "0", "0", "3", "silent 9 d"],
        ["xa", "2026-11-01", "0", "", "", "0", "0", "0", "ok"],
    ]
    assert [head.text[:14] for head in page("h2")][2:] == ["run 3: nightly", "run 2: nightly", "run 1: nightly"]


def test_where_all_is_well_the_page_says_so(nights: Callable[..., Engine], settings: Settings, tmp_path: Path) -> None:
    nights([bao(5)], [bao(7)])
    page = written(settings, tmp_path / "s", "vi")
    assert mend(page) == ["Không nguồn nào có vấn đề."]
    assert [line["points"] for line in page.select("polyline")] == ["2,22 94,2"]


def test_a_source_that_cannot_be_read_is_to_be_mended(
    nights: Callable[..., Engine], settings: Settings, site: Site, tmp_path: Path
) -> None:
    nights([bao(5)])
    file = site.source(expcet={"articles": [3, 9]})
    assert mend(written(settings, tmp_path / "s")) == [f"{file}: expcet: no such field"]


def test_what_is_grave_comes_before_what_is_not_and_an_error_is_told(nights: Callable[..., Engine]) -> None:
    few = SourceCounts("an", health="few dated", note="1 of 9 articles read have a date")
    failed = bao(0, "failed", error="http://bao.example/tin/: answered 502", unwell=True)
    page = runs_page(nights([few, bao(3)], [few, failed]), NOBODY, Words("en"))
    assert [(one.id, str(one.since), one.why) for one in page.mend] == [
        ("bao", "2026-11-02", "http://bao.example/tin/: answered 502"),
        ("an", "2026-11-01", "1 of 9 articles read have a date"),
    ]


def test_a_source_that_nights_pass_by_is_told_and_one_that_is_off_is_not(
    nights: Callable[..., Engine], site: Site
) -> None:
    source = read_source(site.source(expect={"silent_days": 2, "articles": [3, 9]}))
    engine = nights([bao(5)], [], [], [], [SourceCounts("xa", health="ok")])
    found = {"bao": source}
    (line,) = runs_page(engine, Known(found, found.get), Words("en")).mend
    assert (line.health, line.unwell, line.expected) == ("not visited 4 d", True, "3–9")
    assert line.why.startswith("no night has visited it for 4 days, expected within 2 (")
    found["bao"] = source.model_copy(update={"enabled": False})
    assert runs_page(engine, Known(found, found.get), Words("en")).mend == []


def test_a_source_that_was_taken_out_of_the_folder_has_nothing_to_mend(
    nights: Callable[..., Engine], site: Site
) -> None:
    engine = nights([bao(0, "failed", error="answered 502", unwell=True)], [SourceCounts("xa", health="ok")])
    copy = {"bao": read_source(site.source(expect={"articles": [3, 9]}))}
    page = runs_page(engine, Known({}, copy.get), Words("en"))
    assert page.mend == []
    assert [(one.id, one.health, one.expected) for one in page.sources] == [("bao", "failed", "3–9"), ("xa", "ok", "")]


def test_what_waits_and_what_no_longer_fits_is_on_the_page(
    nights: Callable[..., Engine], settings: Settings, tmp_path: Path
) -> None:
    text = "Có 3 lớp, 4 lớp."
    left = [UncataloguedRecord(text="3 lớp", value=late(2022, n).value, unit="count", start=3, end=8) for n in "34"]  # type: ignore[arg-type]
    unfit = FindingRecord(check="correction_unfit", message="'0,9%': no claim is read from these words: <b>x</b>")

    article = replace(ARTICLE, text=text, corrections="d1")
    with writing(nights([bao(5)])) as conn:
        load_article(conn, article, [late(2022, "3", confidence=0.1)], left, [unfit], now=START)
    page = written(settings, tmp_path / "s")
    section = page.select_one("section[aria-labelledby=mend]")
    assert section is not None
    assert [one.text for one in section("li")] == ["no indicator of the catalogue fits: 2"]
    assert mend(page)[1].startswith("correction that fits nothing: '0,9%': no claim is read from these words: <b>x</b>")


def test_before_the_first_run_the_page_says_so(settings: Settings, tmp_path: Path) -> None:
    stored(settings)
    page = written(settings, tmp_path / "s")
    assert [one.text for one in page.select("main p")] == ["No run yet."]
