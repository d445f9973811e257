"""Fetch one page as a polite guest: robots.txt, pauses, caps, and no way into a private network."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import yaml
from urllib3.exceptions import HTTPError

from flows.problems import BadAnswer, FetchProblem, Forbidden, TooLarge, TooSlow, Unreachable
from flows.web.addresses import canonical, check_public, domain, moved
from flows.web.bodies import CODINGS, Full, UnknownCoding, read_body
from flows.web.robots import MOST_BYTES, read_rules, text_for, text_of
from flows.web.visit import LONGEST_WAIT, Visit

HOPS = 5
PASSING = frozenset({429, 500, 502, 503, 504})
"""Answers worth another attempt."""
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)  # warns of odd headers with a traceback
KEPT_HEADERS = ("content-type", "etag", "last-modified", "date", "content-language")


@dataclass(frozen=True)
class Page:
    """An answer with status 200, as it came, `body` without the transfer's compression."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime


def fetch(url: str, visit: Visit, known: Mapping[str, str] | None = None) -> Page | None:
    """The page at a canonical address, or None when the site says that it is as in `known` (kept headers).

    Raises a FetchProblem, which is GivenUp, without a request, once the visit's patience is over. A passing fault
    (429, 5xx, no answer) is tried again, `polite.attempts` times in all, not before Retry-After allows.
    """
    visit.patience.check()
    try:
        page = _insist(url, visit, _conditions(known or {}))
    except FetchProblem as problem:
        visit.patience.lost(problem)
        raise
    visit.patience.answered()
    return page


def _insist(url: str, visit: Visit, conditions: dict[str, str]) -> Page | None:
    for attempt in range(1, visit.source.polite.attempts):
        try:
            return _follow(url, visit, conditions)
        except (Unreachable, BadAnswer) as problem:
            if not _is_passing(problem):
                raise
            if not (isinstance(problem, BadAnswer) and problem.retry_after is not None):
                visit.pauses.back_off(attempt)
    return _follow(url, visit, conditions)


def _is_passing(problem: Unreachable | BadAnswer) -> bool:
    """Whether it may be over soon; a site that names its time is waited for by its pauses, if it is not too long."""
    if isinstance(problem, Unreachable):
        return True
    return problem.status in PASSING and (problem.retry_after or 0) <= LONGEST_WAIT


def allowed(url: str, visit: Visit) -> bool:
    """Whether robots.txt lets us in. Raises FetchProblem when there is no answer about it."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    rules = visit.rules.get(origin)
    if rules is None or rules.until <= visit.now():
        rules = visit.rules[origin] = read_rules(_robots(f"{origin}/robots.txt", visit), visit.now())
    return rules.allow(url)


def _robots(url: str, visit: Visit) -> str:
    try:
        page = _follow(url, visit, {}, robots=True)
    except BadAnswer as problem:
        return text_for(problem.status)
    return text_of(page.body) if page else ""


def _follow(url: str, visit: Visit, headers: dict[str, str], robots: bool = False) -> Page | None:
    """Follow redirects hop by hop, each hop held to the same rules as the first."""
    here = url
    for _ in range(HOPS + 1):
        if not robots and not allowed(here, visit):
            raise Forbidden(f"{here}: robots.txt does not allow it")
        answer = _ask(here, visit, headers, robots)
        if isinstance(answer, Page) or answer is None:
            return answer and _page_of(url, answer, robots)
        here = answer
    raise BadAnswer(f"{url}: more than {HOPS} redirects", 302)


def _ask(url: str, visit: Visit, headers: dict[str, str], robots: bool) -> Page | str | None:
    """One request: a page, the address of a redirect, or None for "not modified"."""
    source = visit.source
    real = moved(url, source.url, source.served_at) if source.served_at else url
    if real == url:
        check_public(url)
    parts = urlsplit(url)
    with visit.pauses.turn(url, visit.gap(f"{parts.scheme}://{parts.netloc}")):
        try:
            with visit.session.get(
                real, headers=headers, stream=True, allow_redirects=False, timeout=source.polite.timeout
            ) as response:
                return _read(url, response, visit, robots)
        except Forbidden as problem:  # of the connection, which knows no address of a page
            raise Forbidden(f"{url}: {problem}") from None
        except requests.exceptions.SSLError as error:
            where = f"; {source.file}, polite.tls or polite.ca" if domain(url) == domain(source.url) else ""
            raise Unreachable(f"{url}: no answer ({_reason(error)}{where})") from None
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:  # ValueError: Location: http://[
            raise Unreachable(f"{url}: no answer ({_reason(error)})") from None


def _read(url: str, response: requests.Response, visit: Visit, robots: bool) -> Page | str | None:
    if response.status_code == 304:
        return None
    if response.is_redirect:
        source = visit.source
        target = urljoin(response.url, response.headers["location"])
        return canonical(moved(target, source.served_at, source.url) if source.served_at else target)
    if response.status_code != 200:
        after = _retry_after(response.headers.get("retry-after"), visit.now())
        visit.pauses.hold(url, after or 0)
        said = f"{response.status_code} {_printable(response.reason)}"
        raise BadAnswer(f"{url}: answered {said}", response.status_code, after)
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return Page(url, url, 200, headers, _body(url, response, visit, robots), visit.now())


def _body(url: str, response: requests.Response, visit: Visit, robots: bool) -> bytes:
    """The body within the source's bytes and seconds; of a robots.txt its beginning, if it is too long."""
    polite, file, clock = visit.source.polite, visit.source.file, visit.pauses.clock
    started = clock()

    def look_at_the_clock() -> None:
        if clock() - started > polite.max_seconds:
            raise TooSlow(f"{url}: took more than {polite.max_seconds:g} s ({file}, polite.max_seconds)")

    try:
        return read_body(response, MOST_BYTES if robots else polite.max_bytes, look_at_the_clock)
    except Full as full:
        if robots:
            return bytes(full.body)
        raise TooLarge(f"{url}: more than {polite.max_bytes} bytes ({file}, polite.max_bytes)") from None
    except UnknownCoding as coding:
        asked = " and ".join(CODINGS)
        raise BadAnswer(f"{url}: answered in the coding {_printable(str(coding))!r}, asked for {asked}", 200) from None


def _page_of(url: str, page: Page, robots: bool) -> Page:
    if not robots and (marker := block_marker(page.body)):
        raise BadAnswer(f"{url}: a block page, not the article (it says {marker!r})", 200)
    return Page(url, page.final_url, page.status, page.headers, page.body, page.fetched_at)


def block_marker(body: bytes) -> str | None:
    """The words that give a page away as a guard's, not the article's."""
    text = body.decode("utf-8", "replace").casefold()
    for kind in _block_words():
        for marker in kind["markers"] if len(body) <= kind["max_bytes"] else ():
            if marker.casefold() in text:
                return str(marker)
    return None


@cache
def _block_words() -> list[dict[str, Any]]:
    return list(yaml.safe_load(files("flows.web").joinpath("block_pages.yml").read_text("utf-8")))


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[name]: value for name, value in known.items() if name in names}


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of "120" or of a date; None for what is neither."""
    said = (value or "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _reason(error: BaseException) -> str:
    """The innermost reason: "[Errno 111] Connection refused", without pools and memory addresses."""
    for inner in (getattr(error, "reason", None), *error.args):
        if isinstance(inner, BaseException):
            return _reason(inner)
    return _printable(str(error).rpartition(": ")[2]) or type(error).__name__


def _printable(said: str | None) -> str:
    """What a server says, fit for a line and for PostgreSQL, which has no NUL."""
    return "".join(c if c.isprintable() else "?" for c in said or "")[:120]
