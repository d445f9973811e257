"""A source is drafted from its address: what is written loads, tells articles from lists, and reads as one by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from werkzeug import Response

from extractors.facts import Reading
from flows.archive import Archive
from flows.drafting.add import Added, add_source
from flows.drafting.draft import source_id
from flows.gather import gather
from flows.problems import BadAnswer, BadWord, Forbidden, Problem, SurveyProblem, Unreachable
from flows.reading import Shelf, default_reader, extract_one
from flows.settings import Settings
from flows.source_parts import Layout, Manners
from flows.sources import Source, read_source
from flows.web.addresses import canonical
from flows.web.visit import Pauses, Visit, new_session
from tests.new_sites import FAMILIES, build
from tests.replicas import SOURCES, families, replicas
from tests.sites import HOST, Site, settings, site

__all__ = ["settings", "site"]


@pytest.fixture(autouse=True)
def _no_source_yet(site: Site) -> None:
    (site.sources / "bao.yml").unlink()


def add(site: Site, settings: Settings, **given: Any) -> Added:
    return add_source(settings, HOST, served_at=site.server.url_for("").rstrip("/"), **{"id": "moi", **given})


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


PATTERNS = {
    "a_yyyymm": r"^(?!.*/(tag)/).*/(19|20)\d{4}/[^/]+-[0-9a-f]{7}/?$",
    "a_strong": r"/(19|20)\d{4}/[^/]+-[0-9a-f]{7}/?$",
    "b_sapo": r"^(?!.*/(tac-gia)/).*/[^/]+-a?\d{4,}\.html$",
    "b_bars": r"^(?!.*/(tag)/).*/[^/]+-\d{4,}\.html$",
    "c_bgrid": r"/[^/]+-\d{4,}\.html$",
    "d_cmslink": r"/[^/]+-post\d{4,}\.html$",
    "e_quangninh": r"/[^/]+-\d{4,}\.html$",
    "e_bbg": r"/[^/]+-postid\d{4,}\.bbg$",
    "f_tables": r"^/diendan/\d+p\d+c\d+/[^/]+\.htm$",
    "f_viewer": r"/viewer\.aspx\?(.*&)?mabb=\d+",
    "g_tinbai": r"^/tin-bai/[^/]+/[^/]+/?$",
    "nukeviet": r"/[^/]+-\d{2,}\.html$",
    "sharepoint": r"/Pages/chi-tiet\.aspx\?(.*&)?ItemID=\d+",
    "liferay": r"^/web/guest/-/asset_publisher/x9Yb/content/[^/]+/?$",
    "portal_plain": r"/[^/]+---id\d{4,}/?$",
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_pattern_of_a_draft_fits_all_articles_and_no_list(family: str, site: Site, settings: Settings) -> None:
    articles, lists = build(site, family)
    source = read_source(add(site, settings).file)
    assert (source.article, source.enabled, source.expect.articles) == (PATTERNS[family], False, (2, 24))
    links = dict.fromkeys(articles, True) | dict.fromkeys(lists, False)
    assert {url: source.is_article(canonical(url)) for url in links} == links


def one_night(source: Source, folder: Path) -> list[tuple[Any, ...]]:
    """What a night would store of a source, without a database."""
    archive = Archive(folder)
    with new_session("test") as session:
        gather(Visit(source, session, Pauses()), archive)
    shelf, reader = Shelf([source], archive), default_reader()
    reads = [extract_one(entry, archive, shelf, reader) for entry in archive.entries(source.id)]
    assert [read.problem for read in reads if read.problem] == []
    return sorted((read.entry.url, *_said(read.reading)) for read in reads if read.reading)


def _said(reading: Reading) -> tuple[str, str, list[str]]:
    slots = ("locality", "indicator", "scope", "period", "status", "measure", "value", "unit", "quote")
    figures = [" ".join(str(getattr(one, slot)) for slot in slots) for one in reading.observations]
    return str(reading.article.title), str(reading.article.published_at), figures


def by_hand(family: str, draft: Source) -> Source:
    """The family's own source put to the draft's site, with the selectors of the replica where it has none."""
    facts = families()[family]
    own = SOURCES / f"{facts['source']}.yml" if "source" in facts else None
    selectors = next(page for page in replicas() if page.family == family).selectors
    article = read_source(own).article if own else draft.article
    return draft.model_copy(update={"article": article, "page": (Layout(**selectors),)})


@pytest.mark.parametrize(
    "family", ["a_yyyymm", "b_sapo", "c_bgrid", "d_cmslink", "e_bbg", "f_tables", "g_tinbai", "nukeviet", "sharepoint"]
)
def test_a_night_with_the_draft_reads_what_one_by_hand_does(
    family: str, site: Site, settings: Settings, tmp_path: Path
) -> None:
    build(site, family)
    draft = read_source(add(site, settings).file).model_copy(update={"polite": Manners(gap=0, attempts=1)})
    seen = one_night(draft, tmp_path / "draft")
    assert (len(seen), sum(len(figures) for *_, figures in seen) >= 30) == (8, True)
    assert seen == one_night(by_hand(family, draft), tmp_path / "by_hand")


def test_a_page_is_kept_with_what_is_read_on_it(site: Site, settings: Settings) -> None:
    build(site, "d_cmslink")
    added = add(site, settings)
    page = next(page for page in replicas() if page.family == "d_cmslink")
    facts = yaml.safe_load(added.page.read_text())
    assert files(site.sources)[0] == "moi.yml"
    assert added.page.parent == site.sources / "pages" / "moi"
    assert added.page.with_suffix(".html").read_bytes() == page.page
    assert (facts["title"], facts["published"]) == (page.title, f"{page.published.isoformat()}+07:00")
    assert facts["layers"]["published"] == "meta"


def test_facts_that_a_person_has_mended_outlive_a_new_draft(site: Site, settings: Settings) -> None:
    build(site, "d_cmslink")
    first = add(site, settings)
    first.page.write_text("mended")
    first.file.unlink()
    assert (add(site, settings).page, first.page.read_text()) == (first.page, "mended")


def test_feeds_and_dated_sitemaps_are_found_and_an_index_is_a_comment(site: Site, settings: Settings) -> None:
    articles, _ = build(site, "b_sapo")
    items = "".join(f"<item><title>Tin</title><link>{url}</link></item>" for url in articles[:3])
    site.put("/rss", f"<rss version='2.0'><channel><title>Tin</title>{items}</channel></rss>")
    dated = "".join(f"<url><loc>{url}</loc><lastmod>2026-11-20</lastmod></url>" for url in articles)
    site.put("/map.xml", f"<urlset>{dated}</urlset>")
    site.put("/all.xml", "<sitemapindex><sitemap><loc>http://bao.example/2019.xml</loc></sitemap></sitemapindex>")
    robots = f"User-agent: *\nSitemap: {HOST}/map.xml\nSitemap: {HOST}/all.xml\nSitemap: http://other.example/x.xml\n"
    site.put("/robots.txt", robots)
    added = add(site, settings)
    lists = read_source(added.file).lists
    assert (lists.rss, lists.sitemaps) == ((f"{HOST}/rss",), (f"{HOST}/map.xml",))
    assert lists.pages == (f"{HOST}/chinh-tri/", f"{HOST}/kinh-te/")
    assert f"# sitemaps: [{HOST}/all.xml]" in added.file.read_text()
    assert [asked for asked in site.asked if "home.rss" in asked] == ["/rss/home.rss 404"]


def test_where_javascript_fills_the_sections_the_front_page_is_the_list(site: Site, settings: Settings) -> None:
    build(site, "g_tinbai")
    for section in ("/chinh-tri", "/kinh-te"):
        site.put(section, "<html><body><div id='app'></div></body></html>")
    added = add(site, settings)
    assert read_source(added.file).lists.pages == (HOST,)
    assert added.mend[0] == f"{HOST}/chinh-tri: names no articles (does JavaScript fill it?), left out"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Báo Tây Ninh", 'locality: "80@2025"  # Tỉnh Tây Ninh'),
        ("Trang chủ - Cổng thông tin điện tử tỉnh Lâm Đồng", 'locality: "68@2025"  # Tỉnh Lâm Đồng'),
        (
            "Báo Bình Định",
            '# locality: "…"  # Tỉnh Bình Định (52) ended 2025-06-30 and is part of Tỉnh Gia Lai (52@2025): which?',
        ),
        ("Sở Nội vụ", '# locality: "…"  # which province? solieu localities NAME'),
    ],
)
def test_the_home_is_the_place_in_the_name_or_nobodys_guess(
    name: str, line: str, site: Site, settings: Settings
) -> None:
    build(site, "d_cmslink")
    home = site.pages["/"].get_data(as_text=True)
    site.put("/", re.sub("<title>.*</title>", f"<title>{name}</title>", home))
    assert line in add(site, settings).file.read_text().splitlines()


def test_a_locality_that_is_given_is_written(site: Site, settings: Settings) -> None:
    build(site, "d_cmslink")
    assert read_source(add(site, settings, locality="52").file).locality == "52"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.baokhanhhoa.vn/chinh-tri/", "baokhanhhoa"),
        ("https://baocantho.com.vn", "baocantho"),
        ("https://dongkhoi.baovinhlong.vn", "dongkhoi_baovinhlong"),
        ("https://khanhhoa.gov.vn:8443/vi", "khanhhoa"),
    ],
)
def test_a_source_is_called_as_its_site(url: str, name: str) -> None:
    assert source_id(url) == name


def test_what_is_there_is_not_overwritten(site: Site, settings: Settings) -> None:
    path = site.source("moi", locality="58")
    with pytest.raises(BadWord, match=f"{path}: is there already and is not overwritten; --id"):
        add(site, settings)
    assert (read_source(path).locality, site.asked) == ("58", [])


@pytest.mark.parametrize(
    ("url", "given", "message"),
    [
        ("baokhanhhoa.vn", {}, "baokhanhhoa.vn: not a web address"),
        ("https://", {}, "https://: not a web address"),
        ("https://bao vn", {}, "https://bao vn: not a web address"),
        (HOST, {"id": "Báo Mới"}, "Báo Mới: an id is made of a-z"),
        (HOST, {"locality": "999"}, "999: no locality has this code"),
    ],
)
def test_a_word_that_means_nothing_is_told_before_any_visit(
    url: str, given: dict[str, str], message: str, settings: Settings
) -> None:
    with pytest.raises(BadWord, match=re.escape(message)):
        add_source(settings, url, **given)


FRONT = "<html><body><a href='/mot-ngay-o-nha-trang-voi-bien-1234.html'>Một ngày ở Nha Trang với biển</a></body></html>"
ENGLISH = (
    "<html><body><h1>A day at the sea</h1><p>08:30, 12/01/2024</p><p>"
    + "The sea was calm. " * 40
    + "</p></body></html>"
)


@pytest.mark.parametrize(
    ("pages", "kind", "message"),
    [
        ({"/robots.txt": "User-agent: *\nDisallow: /"}, Forbidden, "bao.example: robots.txt does not allow it"),
        ({}, BadAnswer, "answered 404"),
        ({"/": "<html>Thông báo từ chối truy cập</html>"}, BadAnswer, "a block page, not the article"),
        ({"/": "<html><body><div id='app'></div></body></html>"}, SurveyProblem, "none of 0 links is a headline's"),
        ({"/": FRONT}, SurveyProblem, "no articles found: of 1 pages none is one: .* answered 404"),
        ({"/": FRONT, "/mot-ngay-o-nha-trang-voi-bien-1234.html": ENGLISH}, SurveyProblem, "not Vietnamese"),
    ],
)
def test_of_a_site_that_gives_no_articles_nothing_is_written(
    pages: dict[str, str], kind: type[Problem], message: str, site: Site, settings: Settings
) -> None:
    for path, body in pages.items():
        site.put(path, body)
    with pytest.raises(kind, match=message):
        add(site, settings)
    assert files(site.sources) == []


def test_a_site_that_leads_elsewhere_is_not_followed_into_a_source(site: Site, settings: Settings) -> None:
    site.pages["/"] = Response(status=302, headers={"Location": "http://other.invalid/"})
    with pytest.raises((Unreachable, Forbidden), match=r"other\.invalid"):
        add(site, settings)
    assert files(site.sources) == []
