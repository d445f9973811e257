"""A source is one YAML file, and a broken one says where it is mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors.places.gazetteer import locality
from flows.drafting.saved_pages import check_pages, folder_of
from flows.problems import SourceProblem, UnknownSource
from flows.reading import default_reader
from flows.settings import Settings
from flows.source_parts import Lists
from flows.sources import load_sources, read_source

GOOD = """
name: Báo Khánh Hòa
url: https://baokhanhhoa.vn
locality: "56"
list: {rss: [https://baokhanhhoa.vn/rss/chinh-tri.rss]}
article: '/20\\d{4}/[^/]+-[0-9a-f]{7}/?$'
page:
  - {title: h2, until: 2024-12-31}
  - {title: h1, body: "div.content-detail"}
"""


def write(folder: Path, text: str, name: str = "bao") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text)
    return path


def test_a_source_is_named_by_its_file(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, GOOD))
    assert (source.id, source.name, source.locality, source.polite.gap) == ("bao", "Báo Khánh Hòa", "56", 1.0)


def test_a_page_is_read_with_the_layout_of_its_day(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, GOOD))
    assert source.layout(date(2024, 12, 31)).selectors == {"title": "h2"}
    assert source.layout(date(2025, 1, 1)).selectors == {"title": "h1", "body": "div.content-detail"}


@pytest.mark.parametrize(
    ("listing", "paging", "third"),
    [
        ("https://bao.vn/tin/", "?page={n}", "https://bao.vn/tin/?page=3"),
        ("https://bao.vn/tin?muc=1", "?page={n}", "https://bao.vn/tin?muc=1&page=3"),
        ("https://bao.vn/tin/", "/page-{n}", "https://bao.vn/tin/page-3"),
        ("https://bao.vn/tin.html", "https://bao.vn/tin-p{n}.html", "https://bao.vn/tin-p3.html"),
    ],
)
def test_the_pages_behind_a_listing_have_addresses(listing: str, paging: str, third: str) -> None:
    assert Lists(pages=(listing,), paging=paging, depth=3).page(listing, 3) == third


def test_an_article_is_of_the_sources_domain_and_pattern(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, GOOD))
    links = {
        "https://baokhanhhoa.vn/chinh-tri/202404/hop-8274562/": True,
        "https://news.baokhanhhoa.vn/politics/202404/session-5a448d5": True,
        "https://baokhanhhoa.vn/chinh-tri/": False,
        "https://elsewhere.vn/chinh-tri/202404/hop-8274562/": False,
    }
    assert {link: source.is_article(link) for link in links} == links


def test_what_is_to_skip_is_no_article_though_its_address_fits(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, GOOD + "skip: '/(the-thao|giai-tri)/'\n"))
    paths = ("the-thao/202404/a-8274562", "kinh-te/202404/a-8274562", "the-thao/")
    sport, budget, list_ = (f"https://baokhanhhoa.vn/{path}" for path in paths)
    assert [(source.is_article(url), source.is_skipped(url)) for url in (sport, budget, list_)] == [
        (False, True),
        (True, False),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('locality: "56"|locality: 56', 'locality: a code is text: write it in quotes, as in "56"'),
        ("list: {rss|list: {feeds", "list.feeds: no such field"),
        ("list: {rss|list: {depth: 3, rss", "list: depth: further pages need an address"),
        ('list: {rss|list: {paging: "?p=", rss', "list.paging: no {n} for the number of the page"),
        ("https://baokhanhhoa.vn\n|baokhanhhoa.vn\n", "url: not a web address"),
        ('title: h1|title: "h1["', "page.1.title: no CSS selector"),
        ("article: '/20|article: '/(20", "article: no regular expression"),
        ("name: Báo Khánh Hòa|nane: Báo", "name: field required; nane: no such field"),
        ("name: Báo Khánh Hòa|name: [", "not YAML: line 4: expected"),
        (f"{GOOD}|just words", "a source is a mapping with name, url and list"),
    ],
)
def test_a_broken_source_names_its_file_and_its_field(tmp_path: Path, wrong: str, message: str) -> None:
    path = write(tmp_path, GOOD.replace(*wrong.split("|", 1)))
    with pytest.raises(SourceProblem) as told:
        read_source(path)
    assert str(told.value).startswith(f"{path}: ")
    assert message in str(told.value)


def test_the_other_sources_go_on(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "one")
    write(tmp_path, "[", "two")
    sources, problems = load_sources(tmp_path)
    assert ([s.id for s in sources], len(problems)) == (["one"], 1)


def test_a_source_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "one")
    with pytest.raises(UnknownSource, match=r"no source two in .*; there are: one"):
        load_sources(tmp_path, ["two"])


def test_the_sources_of_the_project_can_be_read_and_their_places_exist() -> None:
    sources, problems = load_sources(Settings(_env_file=None).sources_dir)
    assert (problems, len(sources) >= 3) == ([], True)
    assert [s.id for s in sources if s.locality is None or locality(s.locality) is None] == []


def test_the_saved_pages_of_the_project_are_read_as_their_facts_say() -> None:
    folder = Settings(_env_file=None).sources_dir
    checked = [
        one for s in load_sources(folder)[0] for one in check_pages(s, folder_of(folder, s.id), default_reader())
    ]
    assert [(one.what, one.detail) for one in checked if not one.ok] == []


@pytest.mark.parametrize(
    "name", ["Báo.yml", "..yml", "a b.yml", "adhoc.yml", "a%2fb.yml", "a\\b.yml", "BAO.yml", ".yml"]
)
def test_a_file_whose_name_is_no_id_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    (found, problems) = load_sources(tmp_path)
    told = f"{tmp_path / name}: its name is the source's id: a-z, 0-9, - and _, and not adhoc"
    assert (found, list(map(str, problems))) == ([], [told])
