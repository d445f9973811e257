"""Lists of a site: sitemaps and their indexes, pages behind a listing page, the days that lists give."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import requests
from werkzeug import Response

from flows.discover import CHILDREN, discover
from flows.listing import Link, Listing
from flows.problems import ListingProblem
from flows.sources import read_source
from flows.web.visit import Limits, Pauses, Visit, new_session
from tests.sites import HOST, Site, settings, site

__all__ = ["settings", "site"]
NOW = datetime(2024, 4, 20, 2, 0, tzinfo=UTC)
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with new_session("solieu test") as made:
        yield made


def visit(site: Site, session: requests.Session, since: date | None = None, **lists: object) -> Visit:
    source = read_source(site.source(list=lists))
    return Visit(source, session, Pauses(), lambda: NOW, limits=Limits(since))


def found(site: Site, session: requests.Session, since: date | None = None, **lists: object) -> Listing:
    return discover(visit(site, session, since, **lists))


def names(listing: Listing) -> list[str]:
    return [link.removeprefix(f"{HOST}/").removesuffix(".html") for link in listing.links]


def sitemap(kind: str = "urlset", **days: str) -> str:
    """A sitemap of name=day, '' for none."""
    item = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    end = {"urlset": ".html", "sitemapindex": ".xml"}[kind]
    dated = {name: f"<lastmod>{day}</lastmod>" if day else "" for name, day in days.items()}
    rows = "".join(f"<{item}><loc>{HOST}/{name}{end}</loc>{day}</{item}>" for name, day in dated.items())
    return f"<?xml version='1.0' encoding='UTF-8'?><{kind} {SPACE}>{rows}</{kind}>"


def test_a_sitemap_lists_what_is_recent_or_has_no_date_the_newest_first(site: Site, session: requests.Session) -> None:
    site.put("/s.xml", sitemap(old="2023-04-19", a="2024-04-01", b="2024-04-18T20:10:00Z", c=""))
    listing = found(site, session, sitemaps=[f"{HOST}/s.xml"])
    assert names(listing) == ["b", "a", "c"]
    assert list(listing.days.values()) == [date(2024, 4, 19), date(2024, 4, 1)]


def test_since_is_asked_of_the_articles_and_a_sitemap_then_lists_all(site: Site, session: requests.Session) -> None:
    site.put("/s.xml", sitemap(old="2023-04-19", older="2020-01-01"))
    assert names(found(site, session, date(2023, 1, 1), sitemaps=[f"{HOST}/s.xml"])) == ["old", "older"]


def test_an_index_is_followed_one_level_and_only_where_it_changed(site: Site, session: requests.Session) -> None:
    index = sitemap("sitemapindex", s1="2024-04-19", s2="2023-12-31", s3="", s4="2024-04-20")
    site.put("/s.xml", index)
    site.put("/s1.xml", sitemap(a="2024-04-19"))
    site.put("/s3.xml", sitemap("sitemapindex", s5=""))
    site.put("/s4.xml", sitemap(b="2024-04-20"))
    listing = found(site, session, sitemaps=[f"{HOST}/s.xml"])
    assert names(listing) == ["b", "a"]
    assert [note.partition(" (")[0] for note in listing.notes] == [
        f"{HOST}/s3.xml: an index within an index is not followed"
    ]
    assert [line for line in site.asked if ".xml" in line] == [f"/{s}.xml 200" for s in ("s", "s4", "s1", "s3")]


def test_a_child_that_is_broken_is_told_and_the_others_are_read(site: Site, session: requests.Session) -> None:
    site.put("/s.xml", sitemap("sitemapindex", s1="", s2=""))
    site.put("/s1.xml", "<html>no</html>")
    site.put("/s2.xml", sitemap(a=""))
    listing = found(site, session, sitemaps=[f"{HOST}/s.xml"])
    assert (names(listing), len(listing.problems)) == (["a"], 1)
    assert listing.problems[0].startswith(f"{HOST}/s1.xml: not an XML sitemap (")


def test_a_long_index_is_cut_and_that_is_told(site: Site, session: requests.Session) -> None:
    site.put("/s.xml", sitemap("sitemapindex", **{f"s{number}": "" for number in range(20)}))
    for number in range(20):
        site.put(f"/s{number}.xml", sitemap(**{f"a{number}": ""}))
    listing = found(site, session, sitemaps=[f"{HOST}/s.xml"])
    assert len(listing.links) == CHILDREN
    assert listing.notes[0].startswith(f"{HOST}/s.xml: 20 sitemaps, {CHILDREN} are read")


def test_a_zipped_sitemap_is_read_up_to_the_cap(site: Site, session: requests.Session) -> None:
    site.pages["/s.xml.gz"] = Response(gzip.compress(sitemap(a="").encode()), content_type="application/gzip")
    assert names(found(site, session, sitemaps=[f"{HOST}/s.xml.gz"])) == ["a"]
    site.pages["/s.xml.gz"] = Response(gzip.compress(b" " * 9 * 2**20 + sitemap(a="").encode()))
    with pytest.raises(ListingProblem, match=r"unpacks to more than 8388608 bytes \(.*polite\.max_bytes"):
        found(site, session, sitemaps=[f"{HOST}/s.xml.gz"])


@pytest.mark.parametrize("body", ["", "<html><body>Trang không tồn tại</body></html>", "\x1f not gzip"])
def test_what_is_no_sitemap_is_told_with_where_to_mend_it(site: Site, session: requests.Session, body: str) -> None:
    site.put("/s.xml", body)
    with pytest.raises(ListingProblem, match=r"s\.xml: not an XML sitemap \(.*bao\.yml, list\.sitemaps\)"):
        found(site, session, sitemaps=[f"{HOST}/s.xml"])


@pytest.mark.parametrize("place", ["&e11;", "&file;"])
def test_a_sitemap_that_declares_entities_is_refused(site: Site, session: requests.Session, place: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE urlset [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{levels}]>'
    rows = f"<url><loc>{HOST}/{place}.html</loc></url>"
    site.put("/s.xml", f"<?xml version='1.0'?>{bomb}<urlset {SPACE}>{rows}</urlset>")
    with pytest.raises(ListingProblem, match="not an XML sitemap"):
        found(site, session, sitemaps=[f"{HOST}/s.xml"])


def test_a_bare_ampersand_in_a_sitemap_is_forgiven(site: Site, session: requests.Session) -> None:
    rows = f"<url><loc>{HOST}/b.html?x=1&id=2</loc></url><url><loc>{HOST}/a.html</loc></url>"
    site.put("/s.xml", f"<urlset {SPACE}>{rows}</urlset>")
    assert "a" in names(found(site, session, sitemaps=[f"{HOST}/s.xml"]))


def pages(site: Site, *texts: str) -> None:
    for number, text in enumerate(texts, 1):
        links = "".join(f"<a href='/{name}.html'>{name}</a>" for name in text.split())
        site.put("/tin/" if number == 1 else f"/tin/?page={number}", f"<a href='/'>Trang nhất</a>{links}", etag=False)


@pytest.mark.parametrize(
    ("depth", "texts", "links", "asked"),
    [
        (1, ("a b", "c"), "abc"[:2], 1),
        (3, ("a b", "b c", "d", "e"), "abcd", 3),
        (9, ("a b", "b a", "c"), "ab", 2),
        (9, ("a", "b"), "ab", 2),
    ],
    ids=["the first page alone", "as deep as is said", "until nothing is new", "until there is no page"],
)
def test_listings_are_paged(
    site: Site, session: requests.Session, depth: int, texts: tuple[str, ...], links: str, asked: int
) -> None:
    pages(site, *texts)
    listing = found(site, session, pages=[f"{HOST}/tin/"], paging="?page={n}", depth=depth)
    assert (names(listing), listing.problems) == (list(links), ())
    assert len([line for line in site.asked if line.startswith("/tin/") and line.endswith("200")]) == asked


def test_a_page_behind_the_first_that_fails_is_told_and_the_first_counts(site: Site, session: requests.Session) -> None:
    pages(site, "a")
    site.pages["/tin/?page=2"] = Response("", 500)
    listing = found(site, session, pages=[f"{HOST}/tin/"], paging="?page={n}", depth=2)
    assert (names(listing), len(listing.problems)) == (["a"], 1)


RSS = """<rss version="2.0"><channel><title>Tin</title>
<item><link>{host}/a.html</link><pubDate>Thu, 18 Apr 2024 20:10:00 +0000</pubDate></item>
<item><link>{host}/b.html</link><pubDate>hôm qua</pubDate></item></channel></rss>"""


def test_a_feed_gives_the_day_in_vietnam(site: Site, session: requests.Session) -> None:
    site.put("/rss", RSS.format(host=HOST), etag=False)
    listing = found(site, session, rss=[f"{HOST}/rss"])
    assert (names(listing), listing.days) == (["a", "b"], {f"{HOST}/a.html": date(2024, 4, 19)})


def test_lists_say_what_their_articles_are_about(site: Site, session: requests.Session) -> None:
    rows = "<item><title>Quý I, thu &lt;b&gt;ngân sách&lt;/b&gt; vượt 9%</title><link>{host}/a.html</link>"
    lead = "<description><![CDATA[<img src='x.jpg'/>Theo   báo cáo của Cục Thuế]]></description></item>"
    site.put("/rss", f"<rss version='2.0'><channel>{rows.format(host=HOST)}{lead}</channel></rss>", etag=False)
    news = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    named = f"<url><loc>{HOST}/b.html</loc><n:news><n:title>Đội nhà vô địch</n:title></n:news></url>"
    site.put("/s.xml", f"<urlset {SPACE} {news}>{named}</urlset>")
    pictures = "<a href='/c.html'><img alt='Ảnh minh họa'></a><a href='/c.html'>Hồ sơ trễ hạn  giảm</a>"
    more = "<a href='/a.html'>Quý I</a><a href='/c.html'>Xem thêm</a><a href='/d.html'><img alt='Bến cũ'></a>"
    site.put("/tin/", f"<html><body>{pictures}{more}</body></html>", etag=False)
    listing = found(site, session, rss=[f"{HOST}/rss"], sitemaps=[f"{HOST}/s.xml"], pages=[f"{HOST}/tin/"])
    assert listing.found == (
        Link(f"{HOST}/a.html", None, "Quý I, thu ngân sách vượt 9%", "Theo báo cáo của Cục Thuế"),
        Link(f"{HOST}/b.html", None, "Đội nhà vô địch"),
        Link(f"{HOST}/c.html", None, "Hồ sơ trễ hạn giảm"),
        Link(f"{HOST}/d.html", None, "Bến cũ"),
    )
