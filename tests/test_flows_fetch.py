"""Manners on the network: what is asked, what is refused, how long is waited."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
import requests
from werkzeug import Response

from flows.discover import discover
from flows.problems import BadAnswer, FetchProblem, Forbidden, GivenUp, ListingProblem, TooLarge, TooSlow
from flows.sources import read_source
from flows.web.addresses import absolute, canonical, domain
from flows.web.fetch import allowed, fetch
from flows.web.robots import MOST_BYTES
from flows.web.visit import Pauses, Visit, new_session
from tests.sites import HOST, Site, settings, site

__all__ = ["settings", "site"]


class Clock:
    """Time that passes only when someone sleeps."""

    def __init__(self) -> None:
        self.now, self.naps = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.naps.append(seconds)

    def moment(self) -> datetime:
        return datetime(2024, 1, 31, 2, tzinfo=UTC) + timedelta(seconds=self.now)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with new_session("solieu test") as made:
        yield made


def visit(site: Site, clock: Clock, session: requests.Session, **fields: object) -> Visit:
    source = read_source(site.source(**fields))  # type: ignore[arg-type]
    return Visit(source, session, Pauses(lambda: clock.now, clock.sleep, Random(1)), clock.moment)


def test_a_page_comes_with_its_bytes_and_its_canonical_address(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    url = site.article("a", "1,5")
    page = fetch(url, visit(site, clock, session))
    assert page is not None
    assert (page.url, page.status, page.headers["content-type"]) == (url, 200, "text/html; charset=utf-8")
    assert page.body == site.pages["/a.html"].get_data()


def test_known_bytes_are_not_sent_again(site: Site, clock: Clock, session: requests.Session) -> None:
    url, guest = site.article("a", "1,5"), visit(site, clock, session)
    first = fetch(url, guest)
    assert first is not None
    assert fetch(url, guest, first.headers) is None


@pytest.mark.parametrize(
    ("status", "rules", "open_"),
    [
        (404, "", True),
        (410, "", True),
        (401, "", False),
        (403, "", False),
        (500, "", False),
        (200, "User-agent: *\nDisallow: /\n", False),
        (200, "User-agent: *\nDisallow: /x\n", True),
        (200, "User-agent: other\nDisallow: /\n", True),
    ],
)
def test_robots_txt_opens_or_closes_a_site(
    site: Site, clock: Clock, session: requests.Session, status: int, rules: str, open_: bool
) -> None:
    url = site.article("a", "1,5")
    site.pages["/robots.txt"] = Response(rules, status)
    guest = visit(site, clock, session)
    if open_:
        assert fetch(url, guest) is not None
    else:
        with pytest.raises(Forbidden, match=r"a\.html: robots\.txt does not allow it"):
            fetch(url, guest)
    assert ("/a.html 200" in site.asked) is open_


def test_robots_txt_is_asked_again_after_a_day(site: Site, clock: Clock, session: requests.Session) -> None:
    url, guest = site.article("a", "1,5"), visit(site, clock, session)
    fetch(url, guest)
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    clock.now = 24 * 3600 - 1
    assert fetch(url, guest) is not None
    clock.now = 24 * 3600
    with pytest.raises(Forbidden):
        fetch(url, guest)
    assert [line for line in site.asked if "robots" in line] == ["/robots.txt 404", "/robots.txt 200"]


def test_of_a_long_robots_txt_the_first_half_megabyte_counts_and_no_half_line(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    rules = "User-agent: *\nDisallow: /b\n"
    filling = "#" * (MOST_BYTES - len(rules) - len("\nDisallow: /"))
    site.put("/robots.txt", f"{rules}{filling}\nDisallow: /c\n{rules.replace('/b', '/a')}")
    guest = visit(site, clock, session)
    assert [allowed(f"{HOST}/{name}.html", guest) for name in "abc"] == [True, False, True]


def test_a_robots_txt_that_cannot_be_read_closes_the_site(site: Site, clock: Clock, session: requests.Session) -> None:
    site.pages["/robots.txt"] = Response(b"\x0b\x02\x80abc\x03", headers={"Content-Encoding": "br"})
    assert not allowed(f"{HOST}/a.html", visit(site, clock, session))


def test_five_redirects_lead_to_a_robots_txt(site: Site, clock: Clock, session: requests.Session) -> None:
    site.put("/r5", "User-agent: *\nDisallow: /b\n")
    for here, there in zip(["robots.txt", "r1", "r2", "r3", "r4"], ["r1", "r2", "r3", "r4", "r5"], strict=True):
        site.pages[f"/{here}"] = Response("", 301, headers={"Location": f"/{there}"})
    guest = visit(site, clock, session)
    assert [allowed(f"{HOST}/{name}.html", guest) for name in "ab"] == [True, False]


def test_between_two_requests_the_gap_of_the_source_or_of_robots_txt(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3\n")
    guest = visit(site, clock, session, polite={"gap": 2})
    for name in ("a", "b"):
        fetch(site.article(name, "1,5"), guest)
    assert clock.naps == [2.0, 3.0]


def test_a_passing_fault_is_tried_again_as_late_as_the_site_asks(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    site.pages["/a.html"] = Response("later", 503, headers={"Retry-After": "7"})
    guest = visit(site, clock, session, polite={"gap": 0, "attempts": 3})
    with pytest.raises(BadAnswer, match="answered 503"):
        fetch(f"{HOST}/a.html", guest)
    assert clock.naps == [7.0, 7.0]
    assert site.asked.count("/a.html 503") == 3


def test_without_a_word_of_the_site_each_attempt_waits_longer_and_never_the_same(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    site.pages["/a.html"] = Response("later", 503)
    with pytest.raises(BadAnswer, match="answered 503"):
        fetch(f"{HOST}/a.html", visit(site, clock, session, polite={"gap": 0, "attempts": 4}))
    luck = Random(1)
    assert clock.naps == [1 + luck.random(), 2 * (1 + luck.random()), 4 * (1 + luck.random())]


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ("Wed, 31 Jan 2024 02:01:40 GMT", [100.0]),
        ("Wednesday, 31-Jan-24 02:01:40 GMT", [100.0]),
        ("Wed, 31 Jan 2024 09:01:40 +0700", [100.0]),
        ("Wed, 31 Jan 2024 01:00:00 GMT", []),
        ("120", [120.0]),
        ("soon", [1 + Random(1).random()]),
        ("-5", [1 + Random(1).random()]),
        ("Wed, 31 Jan 2024 02:00:00 -99999999999999999999", [1 + Random(1).random()]),
    ],
)
def test_retry_after_is_seconds_or_a_date(
    site: Site, clock: Clock, session: requests.Session, asked: str, waited: list[float]
) -> None:
    site.pages["/a.html"] = Response("later", 503, headers={"Retry-After": asked})
    with pytest.raises(BadAnswer, match="answered 503"):
        fetch(f"{HOST}/a.html", visit(site, clock, session, polite={"gap": 0, "attempts": 2}))
    assert clock.naps == waited


def test_a_site_that_asks_to_wait_is_waited_for_by_every_source_of_its_domain(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    site.pages["/a.html"] = Response("later", 503, headers={"Retry-After": "60"})
    first = visit(site, clock, session, polite={"gap": 0, "attempts": 1})
    with pytest.raises(BadAnswer, match="answered 503"):
        fetch(f"{HOST}/a.html", first)
    fetch(site.article("b", "1,5"), Visit(first.source, session, first.pauses, clock.moment))
    assert clock.naps == [60.0]


@pytest.mark.parametrize("asked", ["1000000000", "9" * 5000, "Thu, 01 Feb 2024 02:00:00 GMT"])
def test_a_site_that_asks_for_a_day_is_left_alone_by_every_source_of_its_domain(
    site: Site, clock: Clock, session: requests.Session, asked: str
) -> None:
    site.pages["/a.html"] = Response("later", 429, headers={"Retry-After": asked})
    first = visit(site, clock, session, polite={"gap": 0, "attempts": 3})
    with pytest.raises(BadAnswer, match="answered 429"):
        fetch(f"{HOST}/a.html", first)
    with pytest.raises(GivenUp, match=r"^bao\.example asks to be left alone for (\d+|inf) s \(Retry-After\)$"):
        fetch(site.article("b", "1,5"), Visit(first.source, session, first.pauses, clock.moment))
    assert (clock.naps, site.asked) == ([], ["/robots.txt 404", "/a.html 429"])


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("http://127.0.0.1:9/", r"127\.0\.0\.1 is a private address"),
        ("http://[::1]/", "is a private address"),
        ("http://169.254.169.254/latest", "is a private address"),
        ("file:///etc/passwd", "only http and https are visited"),
        ("/a.html", "more than 5 redirects"),
    ],
)
def test_a_redirect_to_where_nobody_should_go_is_refused(
    site: Site, clock: Clock, session: requests.Session, target: str, message: str
) -> None:
    site.pages["/a.html"] = Response("", 302, headers={"Location": target})
    with pytest.raises(FetchProblem, match=message):
        fetch(f"{HOST}/a.html", visit(site, clock, session))


def test_a_redirect_within_the_site_is_followed(site: Site, clock: Clock, session: requests.Session) -> None:
    moved = site.article("b", "1,5")
    site.pages["/a.html"] = Response("", 301, headers={"Location": "/b.html"})
    page = fetch(f"{HOST}/a.html", visit(site, clock, session))
    assert page is not None
    assert (page.url, page.final_url) == (f"{HOST}/a.html", moved)


def test_a_page_larger_than_the_cap_is_refused_also_when_it_came_small(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    bomb = gzip.compress(b"0" * 3_000_000)
    site.pages["/a.html"] = Response(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(TooLarge, match=r"more than 100000 bytes \(.*bao\.yml, polite\.max_bytes\)"):
        fetch(f"{HOST}/a.html", visit(site, clock, session, polite={"gap": 0, "max_bytes": 100_000}))


def test_a_page_that_takes_too_long_is_left(site: Site, session: requests.Session) -> None:
    url, pauses = site.article("a", "1,5"), Pauses(count(step=61).__next__, lambda _: None)
    with pytest.raises(TooSlow, match=r"a\.html: took more than 60 s \(.*bao\.yml, polite\.max_seconds\)"):
        fetch(url, Visit(read_source(site.source()), session, pauses))


@pytest.mark.parametrize(
    "body",
    [
        "<html><title>Thông báo từ chối truy cập</title></html>",
        "<script>document.cookie='a=1';location.reload()</script>",
    ],
)
def test_a_block_page_is_no_article(site: Site, clock: Clock, session: requests.Session, body: str) -> None:
    site.put("/a.html", body)
    with pytest.raises(BadAnswer, match="a block page, not the article"):
        fetch(f"{HOST}/a.html", visit(site, clock, session))


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin</title>
<item><title>Một</title><link>{host}/a.html?utm_source=rss</link></item>
<item><title>Hai</title><link>https://elsewhere.example/b.html</link></item></channel></rss>"""


def test_lists_give_articles_once_and_only_the_sources_own(site: Site, clock: Clock, session: requests.Session) -> None:
    site.put("/rss", RSS.format(host=HOST), etag=False)
    site.put("/tin/", "<a href='../a.html#top'>1</a><a href='/b.html'>2</a><a href='mailto:x'>3</a>", etag=False)
    guest = visit(site, clock, session, list={"rss": [f"{HOST}/rss"], "pages": [f"{HOST}/tin/"]})
    assert discover(guest).links == (f"{HOST}/a.html", f"{HOST}/b.html")


def test_one_broken_list_is_told_and_all_broken_is_a_failure(
    site: Site, clock: Clock, session: requests.Session
) -> None:
    site.list_articles("a")
    site.put("/rss", "<html>no feed</html>")
    lists = {"rss": [f"{HOST}/rss"], "pages": [f"{HOST}/tin/"]}
    found = discover(visit(site, clock, session, list=lists))
    assert found.links == (f"{HOST}/a.html",)
    assert found.problems[0].startswith(f"{HOST}/rss: not an RSS or Atom feed")
    with pytest.raises(ListingProblem, match="not an RSS or Atom feed"):
        discover(visit(site, clock, session, list={"rss": [f"{HOST}/rss"]}))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Bao.vn:443/tin/slug-a1.html?utm_source=x&fbclid=1#top", "https://bao.vn/tin/slug-a1.html"),
        ("http://bao.vn/viewer.aspx?macm=39&mabb=222823", "http://bao.vn/viewer.aspx?mabb=222823&macm=39"),
    ],
)
def test_one_spelling_a_page(given: str, kept: str) -> None:
    assert canonical(given) == kept
    assert canonical(kept) == kept


def test_links_that_are_no_pages_are_left_out() -> None:
    links = ("mailto:a@b.vn", "javascript:void(0)", "http://[broken", "ftp://bao.vn/a")
    assert [absolute(link, "https://bao.vn/") for link in links] == [None] * 4


def test_the_domain_that_is_asked_politely_is_the_registrable_one() -> None:
    assert domain("https://news.baokhanhhoa.vn/x") == "baokhanhhoa.vn"
    assert domain("http://127.0.0.1:80/") == "127.0.0.1"
