"""The site in a browser: from the start to the words, by pointer and by keyboard, on a phone, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from flows.pages.addresses import RUNS, START, article_at, indicator_at, place_at, series_at
from flows.pages.site import write_site
from flows.settings import Settings
from models import Claim, FindingRecord, Mention, SourceRecord, link_copies, load_article, open_database, writing
from models.catalogue import load_sources
from models.ledger import finish_run, record_source, start_run
from models.records import SourceCounts
from tests.browser import Window, barriers, chromium
from tests.points import late
from tests.sites import settings
from tests.test_cli import solieu
from tests.test_site import CLAIMS, EVIL, HERE, LEFT

__all__ = ["settings"]

INDEX = "Chỉ số cải cách hành chính năm 2023: Nha Trang 9,5%, Diên Khánh 88,1%, tỉnh Khánh Hòa 100%."
PROVINCE = replace(HERE, identity="https://baomau.example/chi-so", content_hash="b2", text=INDEX, title="Chỉ số")
HOSTILE = replace(
    HERE,
    source="xau",
    identity=f"https://xau.example/{EVIL}",
    url=f"javascript:{EVIL}",
    content_hash="c3",
    title=EVIL,
    text=f"{EVIL} 7% {EVIL}",
)
PAGES = {
    "start": START,
    "runs": RUNS,
    "place": place_at("568"),
    "indicator": indicator_at("par.index"),
    "series": series_at("568", "dossier.late_rate"),
    "article": article_at(HERE.source, HERE.identity),
}


def index(locality: str, value: str, words: str) -> Claim:
    at = INDEX.index(words)
    said = replace(late(2023, value), locality=locality, indicator="par.index", printed=words)
    return replace(said, mentions=(Mention(at, at + len(words)),))


INDICES = [index("568", "9.5", "9,5%"), index("574", "88.1", "88,1%"), index("56", "100", "100%")]
QUOTE = (Mention(0, HOSTILE.text.index("7%") + 2),)
THREAT = replace(late(2021, "7"), indicator="par.index", group=EVIL, printed=EVIL, mentions=QUOTE)
THREATS = [THREAT, replace(THREAT, value=EVIL, unit="rating", measure="rating")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Path:
    """The site of two articles, and of one that is hostile wherever a page shows something of it."""
    here = tmp_path_factory.mktemp("browsed")
    engine = open_database(f"sqlite:///{copyfile(filled_file, here / 'solieu.db')}", create=False)
    night = start_run(engine, "nightly", HERE.fetched_at)
    with writing(engine) as conn:
        load_sources(conn, [SourceRecord(id="baomau", name="Báo mẫu"), SourceRecord(id="xau", name=EVIL)])
        finding = FindingRecord(check="jump", message="2,08 rồi 0,9", claims=(0, 1))
        load_article(conn, HERE, CLAIMS, [LEFT], [finding], run_id=night, now=HERE.fetched_at)
        load_article(conn, PROVINCE, INDICES, run_id=night, now=HERE.fetched_at)
        load_article(conn, HOSTILE, THREATS, [], [replace(finding, message=EVIL)], run_id=night, now=HERE.fetched_at)
        link_copies(conn)
    record_source(engine, night, SourceCounts("xau", listed=1, new=1, health=EVIL, note=EVIL))
    finish_run(engine, night, "problems", HERE.fetched_at, EVIL)
    write_site(engine, here / "site", archive=None, language="en")
    engine.dispose()
    return here / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the module, closed before other modules run; of the whole suite one worker has them all."""
    with chromium() as started:
        yield started


@pytest.fixture
def window(browser: Browser, folder: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows on the site."""
    opened: list[Window] = []

    def new(root: Path = folder, **how: object) -> Window:
        opened.append(Window(browser, root, **how))  # type: ignore[arg-type]
        return opened[-1]

    yield new
    for one in opened:
        one.page.close()


def column(page: Page, at: int) -> Locator:
    """A column of the page's first table."""
    return page.locator("table").first.locator(f"tbody tr > :nth-child({at})")


def follow_to_series(page: Page) -> None:
    """From the start by way of the place."""
    page.get_by_role("link", name="Thành phố Nha Trang (568)").click()
    expect(page).to_have_title("Thành phố Nha Trang · solieu")
    page.get_by_role("link", name="Share of dossiers late").last.click()
    expect(page).to_have_title("Share of dossiers late, Thành phố Nha Trang · solieu")


def test_from_the_start_to_the_words_of_a_point(window: Callable[..., Window]) -> None:
    page = window().open(START)
    follow_to_series(page)
    page.locator(".mark-symbol.role-mark path").nth(1).click()
    chosen = page.locator("a.figure[aria-current]")
    expect(chosen).to_have_text("0,9%")
    expect(chosen).to_be_in_viewport()
    expect(page.locator("#panel .head").first).to_have_text("0,9% actual")
    expect(page.locator("#panel")).to_contain_text("Thành phố Nha Trang (568)")


def test_a_search_without_accents_finds_what_has_them(window: Callable[..., Window]) -> None:
    page = window().open(START)
    groups = page.locator("#places > details:visible > summary")
    assert len(groups.all_inner_texts()) == 4
    page.get_by_role("searchbox").press_sequentially("khanh hoa")
    assert groups.all_inner_texts() == ["Tỉnh Khánh Hòa (56) 1"]
    assert page.locator("#places").get_by_role("link").all_inner_texts() == [
        "Tỉnh Khánh Hòa (56)",
        "Public administration reform index",
    ]


def test_no_page_complains_and_none_asks_for_anything_outside(window: Callable[..., Window], folder: Path) -> None:
    one = window()
    for file in sorted(folder.rglob("*.html")):
        one.draw(str(file.relative_to(folder)))
    assert (one.complaints, one.outside) == ([], [])


def test_what_is_hostile_stays_text(window: Callable[..., Window]) -> None:
    one = window()
    page = one.open(article_at(HOSTILE.source, HOSTILE.identity))
    expect(page.locator("h1")).to_have_text(EVIL)
    page.locator("a.figure").first.click()
    expect(page.locator("#panel")).to_contain_text(EVIL)
    assert page.locator("img").count() == 0
    for other in (START, RUNS, PAGES["indicator"], series_at("568", "par.index")):
        expect(one.open(other).locator("body")).to_contain_text(EVIL)
        assert page.locator("img").count() == 0
    assert one.complaints == []


def test_a_figure_is_read_by_keyboard(window: Callable[..., Window]) -> None:
    page = window().open(PAGES["article"])
    figure, panel = page.locator("a.figure").first, page.locator("#panel")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the article")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(figure).to_be_focused()
    expect(panel).to_contain_text("2.08 %")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(figure).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel).to_contain_text("0.9 %")
    page.get_by_role("button", name="close").press("Enter")
    expect(page.locator("a.figure").nth(1)).to_be_focused()


def test_a_table_is_sorted_by_a_click(window: Callable[..., Window]) -> None:
    page = window().open(PAGES["indicator"])
    value = page.get_by_role("button", name="value").first
    value.click()
    expect(column(page, 3)).to_have_text(["9.5 %", "88.1 %", "100 %"])
    value.click()
    expect(column(page, 3)).to_have_text(["100 %", "88.1 %", "9.5 %"])
    expect(page.locator("th[aria-sort=descending]")).to_have_text("value")


def test_without_a_script_there_are_texts_tables_and_cards(window: Callable[..., Window]) -> None:
    page = window(javascript=False).open(START)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    follow_to_series(page)
    expect(column(page, 2)).to_have_text(["2.08 %", "0.9 %", "<0.5 %"])
    page.get_by_role("link", name="0,9%").first.click()
    page.locator("a.figure:target").click()
    expect(page.locator(".card:target .head")).to_have_text("0,9% actual")


@pytest.mark.parametrize("kind", PAGES)
def test_a_phone_shows_a_page_in_its_width(window: Callable[..., Window], kind: str) -> None:
    page = window(width=390).draw(PAGES[kind])
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_has_a_barrier(window: Callable[..., Window], kind: str) -> None:
    page = window().draw(PAGES[kind])
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if kind == "article":
        page.locator("a.figure").first.click()
    assert barriers(page) == []


def test_the_page_of_a_file_works_by_itself(
    window: Callable[..., Window], settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bài.txt").write_text(
        f"Diên Khánh\nNăm 2023, tỷ lệ hồ sơ trễ hạn của huyện Diên Khánh là 1,25% {EVIL}.\n"
    )
    assert solieu("extract", "bài.txt", "--locality", "56", "--published", "2024-07-15", "--format", "html") == 0
    (tmp_path / "bài.html").write_text(capsys.readouterr().out)
    one = window(tmp_path)
    page = one.open("bài.html")
    page.get_by_role("link", name="1,25%").first.click()
    expect(page.locator("#panel")).to_contain_text("Huyện Diên Khánh (574)")
    assert page.locator(".text .gives").all_inner_texts() == ["Năm 2023", "trễ hạn", "huyện Diên Khánh", "là"]
    assert barriers(page) == []
    assert (one.complaints, len(one.asked), one.outside) == ([], 1, [])
