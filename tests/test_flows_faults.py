"""What networks and sites do wrong, all in one night and in several orders: nothing uncaught, no wrong row."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from flows.nightly import night, plain_steps
from flows.report import SourceReport
from flows.settings import Settings
from tests.certificates import certificate, server_context
from tests.faulty import RESET, STALL, Faulty, answer, moved
from tests.sites import desk_for, rates, settings, stored

__all__ = ["settings"]

WORDS = "Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo của văn phòng."
PAGE = (
    "<html><head><meta charset='utf-8'><title>Hồ sơ</title></head><body><h1>Kết quả giải quyết hồ sơ</h1>"
    f"<span class='date'>08:30, 12/01/2024</span><div class='content'><p>{WORDS}</p></div></body></html>"
).encode()
LIST = b"<html><body><a href='/bai.html'>bai</a></body></html>"
HTML = "Content-Type: text/html; charset=utf-8"


ROBOTS = answer("404 Not Found")
GOOD_LIST = answer("200 OK", LIST, HTML)
GOOD = answer("200 OK", PAGE, HTML)
CUT = "no answer (the compressed body is cut off)"
BOMB = gzip.compress(b"<html>" + b"0" * 4_000_000)

ARTICLE_FAULTS: dict[str, tuple[bytes, str]] = {
    "closed": (b"", "no answer (Remote end closed connection without response)"),
    "garbage": (b"\x00\xff\x00 not http\r\n\r\n", "no answer (?ÿ? not http"),
    "half_a_header": (b"HTTP/1.1 200 OK\r\nContent-Le", "empty file"),
    "silent": (STALL, "no answer (Read timed out."),
    "silent_in_the_body": (answer("200 OK", PAGE[:80], HTML, length=len(PAGE)) + STALL, "no answer (Read timed out.)"),
    "reset_in_the_body": (
        answer("200 OK", PAGE[:80], HTML, length=len(PAGE)) + RESET,
        "no answer ([Errno 104] Connection reset by peer)",
    ),
    "shorter_than_said": (
        answer("200 OK", PAGE[:80], HTML, length=len(PAGE)),
        "no answer (IncompleteRead(80 bytes read, 239 more expected))",
    ),
    "cut_gzip": (answer("200 OK", gzip.compress(PAGE)[:60], HTML, "Content-Encoding: gzip"), CUT),
    "cut_gzip_in_the_checksum": (answer("200 OK", gzip.compress(PAGE)[:-1], HTML, "Content-Encoding: gzip"), CUT),
    "cut_deflate": (answer("200 OK", zlib.compress(PAGE)[:60], HTML, "Content-Encoding: deflate"), CUT),
    "brotli": (
        answer("200 OK", b"\x0b\x02\x80abcdef\x03", HTML, "Content-Encoding: br"),
        "answered in the coding 'br', asked for gzip and deflate",
    ),
    "no_gzip": (answer("200 OK", PAGE, HTML, "Content-Encoding: gzip"), "no answer (incorrect header check)"),
    "bomb": (answer("200 OK", BOMB, HTML, "Content-Encoding: gzip"), "more than 100000 bytes"),
    "too_large": (answer("200 OK", b"<html>" + b"0" * 200_000, HTML), "more than 100000 bytes"),
    "bad_chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "no answer (IncompleteRead(0 "),
    "bomb_in_a_redirect": (
        answer("302 Found", BOMB, "Location: /nowhere.html", "Content-Encoding: gzip"),
        "/nowhere.html: answered 404 Not Found",
    ),
    "loop": (moved("/bai.html"), "more than 5 redirects"),
    "to_loopback": (moved("http://127.0.0.1:1/"), "127.0.0.1 is a private address"),
    "to_loopback_6": (moved("http://[::1]/"), "::1 is a private address"),
    "to_metadata": (moved("http://169.254.169.254/latest/meta-data/"), "169.254.169.254 is a private address"),
    "to_private": (moved("http://10.0.0.1/"), "10.0.0.1 is a private address"),
    "to_file": (moved("file:///etc/passwd"), "only http and https are visited"),
    "to_broken": (moved("http://[::bad/"), "no answer (Invalid IPv6 URL)"),
    "to_nothing": (answer("302 Found"), "answered 302 Found"),
    "401": (answer("401 Unauthorized"), "answered 401 Unauthorized"),
    "403": (answer("403 Forbidden"), "answered 403 Forbidden"),
    "404": (answer("404 Not Found"), "answered 404 Not Found"),
    "410": (answer("410 Gone"), "answered 410 Gone"),
    "429_an_age": (answer("429 Too Many Requests", b"", "Retry-After: 1000000000"), "answered 429 Too Many Requests"),
    "429_nonsense": (answer("429 Too Many Requests", b"", "Retry-After: soon"), "answered 429 Too Many Requests"),
    "500": (answer("500 Oops"), "answered 500 Oops"),
    "503": (answer("503 Unavailable"), "answered 503 Unavailable"),
    "999": (answer("999 No"), "answered 999 No"),
    "block_page": (answer("200 OK", "<html>Thông báo từ chối truy cập</html>".encode(), HTML), "a block page"),
    "reload_page": (
        answer("200 OK", b"<html><script>document.cookie='a';location.reload()</script></html>", HTML),
        "a block page",
    ),
    "empty": (answer("200 OK", b"", HTML), "empty file"),
    "picture": (answer("200 OK", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "Content-Type: image/png"), "a PNG image"),
    "pdf": (answer("200 OK", b"%PDF-1.7 ...", HTML), "a PDF document"),
    "english": (
        answer("200 OK", b"<html><body><p>" + b"The province has no news for us today. " * 9 + b"</p>", HTML),
        "not Vietnamese",
    ),
}
LIST_FAULTS: dict[str, tuple[bytes, bytes, str]] = {
    "robots_401": (answer("401 Unauthorized"), GOOD_LIST, "robots.txt does not allow it"),
    "robots_403": (answer("403 Forbidden"), GOOD_LIST, "robots.txt does not allow it"),
    "robots_500": (answer("500 Oops"), GOOD_LIST, "robots.txt does not allow it"),
    "robots_silent": (STALL, GOOD_LIST, "/robots.txt: no answer (Read timed out."),
    "robots_no": (answer("200 OK", b"User-agent: *\nDisallow: /"), GOOD_LIST, "robots.txt does not allow it"),
    "robots_huge": (
        answer("200 OK", b"User-agent: *\nDisallow: /\n" + b"#" * 5_000_000),
        GOOD_LIST,
        "robots.txt does not allow it",
    ),
    "list_gone": (ROBOTS, answer("404 Not Found"), "/tin/: answered 404 Not Found"),
    "list_empty": (ROBOTS, answer("200 OK", b"<html></html>", HTML), "no links 'a[href]'"),
    "list_silent": (ROBOTS, STALL, "/tin/: no answer (Read timed out."),
    "list_blocked": (
        ROBOTS,
        answer("200 OK", "<html>Thông báo từ chối truy cập</html>".encode(), HTML),
        "/tin/: a block page",
    ),
}


PATHS: dict[str, dict[str, bytes]] = {
    "good": {"/tin/": GOOD_LIST, "/bai.html": GOOD},
    "bad_certificate": {"/tin/": GOOD_LIST, "/bai.html": GOOD},
    **{name: {"/tin/": GOOD_LIST, "/bai.html": said} for name, (said, _) in ARTICLE_FAULTS.items()},
    **{name: {"/robots.txt": r, "/tin/": said, "/bai.html": GOOD} for name, (r, said, _) in LIST_FAULTS.items()},
}
"""Source → what it says at each path; elsewhere it answers 404."""
TOLD = {name: words for name, (*_, words) in (ARTICLE_FAULTS | LIST_FAULTS).items()} | {
    "bad_certificate": "self-signed certificate",
}
"""Source → what a person reads of it in the morning."""


@pytest.fixture
def sources(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A source for each fault, each at a host of its own, and the good one among them."""
    settings.sources_dir.mkdir()
    tls = {"bad_certificate": server_context(certificate(tmp_path, "127.0.0.1"))}
    servers = {name: Faulty(said, tls.get(name)) for name, said in PATHS.items()}
    for name, server in servers.items():
        host = f"{server.url.partition(':')[0]}://bao-{name}.example".replace("_", "-")
        said = {
            "name": name,
            "url": host,
            "served_at": server.url,
            "locality": "56",
            "list": {"pages": [f"{host}/tin/"]},
            "article": r"\.html$",
            "page": {"title": "h1", "body": "div.content", "published": "span.date"},
            "polite": {"gap": 0, "attempts": 1, "timeout": 1.5, "max_seconds": 9, "max_bytes": 100_000},
        }
        (settings.sources_dir / f"{name}.yml").write_text(yaml.safe_dump(said))
    yield
    for server in servers.values():
        server.close()


@pytest.mark.usefixtures("sources")
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_night_of_faults_keeps_what_is_good_and_names_the_rest(order: int, settings: Settings) -> None:
    desk = desk_for(settings)
    desk.sources = tuple(random.Random(order).sample(desk.sources, len(desk.sources)))
    report = night(desk, plain_steps(desk))
    lines = {line.id: line for line in report.sources}
    good = lines.pop("good")
    assert (report.problems, good.new, good.failed, good.mend) == ([], 1, 0, [])
    assert {name: first_of(line) for name, line in lines.items()} == TOLD
    assert {name for name, line in lines.items() if line.new or not line.error} == set()
    assert rates(stored(settings)) == ["2023 1.5 of 1 in Kết quả giải quyết hồ sơ"]


def first_of(line: SourceReport) -> str:
    """The words expected of a source where its first thing to mend has them, or what it says instead."""
    return TOLD[line.id] if TOLD[line.id] in line.mend[0] else line.mend[0]
