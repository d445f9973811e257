"""Fetch one page as a polite guest: robots.txt, pauses, caps, and no way into a private network."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import yaml
from protego import Protego
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util import Retry

from flows.addresses import canonical, check_public, moved
from flows.problems import BadAnswer, FetchProblem, Forbidden, TooLarge, Unreachable
from flows.visit import ROBOT, Visit

HOPS = 5
LONGEST_WAIT = 120.0
"""Seconds; a site that asks for more in Retry-After is left for the next run."""
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

    Raises a FetchProblem. A passing fault (429, 5xx, no answer) is tried again `polite.attempts` times in all,
    as late as Retry-After asks.
    """
    last: FetchProblem | None = None
    for attempt in range(visit.source.polite.attempts):
        if last is not None:
            visit.pauses.sleep(_pause(last, attempt))
        try:
            return _follow(url, visit, _conditions(known or {}))
        except (Unreachable, BadAnswer) as problem:
            if isinstance(problem, BadAnswer) and problem.status not in PASSING:
                raise
            last = problem
    assert last is not None
    raise last


def allowed(url: str, visit: Visit) -> bool:
    """Whether robots.txt lets us in (RFC 9309): an answer 401, 403, 429 or 5xx closes the site, other 4xx open it."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in visit.rules:
        visit.rules[origin] = Protego.parse(_robots(f"{origin}/robots.txt", visit))
    return bool(visit.rules[origin].can_fetch(url, ROBOT))


def _robots(url: str, visit: Visit) -> str:
    try:
        page = _follow(url, visit, {}, robots=True)
    except BadAnswer as problem:
        shut = problem.status in (401, 403, 429) or problem.status >= 500
        return "User-agent: *\nDisallow: /" if shut else ""
    return page.body.decode("utf-8", "replace") if page else ""


def _follow(url: str, visit: Visit, headers: dict[str, str], robots: bool = False) -> Page | None:
    """Follow redirects hop by hop, each hop held to the same rules as the first."""
    here = url
    for _ in range(HOPS + 1):
        if not robots and not allowed(here, visit):
            raise Forbidden(f"{here}: robots.txt does not allow it")
        answer = _ask(here, visit, headers)
        if isinstance(answer, Page) or answer is None:
            return answer and _page_of(url, answer, robots)
        here = answer
    raise BadAnswer(f"{url}: more than {HOPS} redirects", 302)


def _ask(url: str, visit: Visit, headers: dict[str, str]) -> Page | str | None:
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
                return _read(url, response, visit)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:  # ValueError: Location: http://[
            raise Unreachable(f"{url}: no answer ({_reason(error)})") from None


def _read(url: str, response: requests.Response, visit: Visit) -> Page | str | None:
    if response.status_code == 304:
        return None
    if response.is_redirect:
        source = visit.source
        target = urljoin(response.url, response.headers["location"])
        return canonical(moved(target, source.served_at, source.url) if source.served_at else target)
    if response.status_code != 200:
        after = _retry_after(response.headers.get("retry-after"))
        said = f"{response.status_code} {_printable(response.reason)}"
        raise BadAnswer(f"{url}: answered {said}", response.status_code, after)
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return Page(url, url, 200, headers, _body(url, response, visit), visit.now())


def _body(url: str, response: requests.Response, visit: Visit) -> bytes:
    """The body as it comes, counted after decompression so that a bomb stops at the cap."""
    polite, clock = visit.source.polite, visit.pauses.clock
    body, started = bytearray(), clock()
    for piece in response.iter_content(65536):
        body += piece
        if len(body) > polite.max_bytes:
            raise TooLarge(f"{url}: more than {polite.max_bytes} bytes ({visit.source.file}, polite.max_bytes)")
        if clock() - started > polite.max_seconds:
            raise TooLarge(f"{url}: took more than {polite.max_seconds:g} s ({visit.source.file}, polite.max_seconds)")
    return bytes(body)


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
    return list(yaml.safe_load(files("flows").joinpath("block_pages.yml").read_text("utf-8")))


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[name]: value for name, value in known.items() if name in names}


def _pause(problem: FetchProblem, attempt: int) -> float:
    asked = problem.retry_after if isinstance(problem, BadAnswer) else None
    if asked is not None and asked > LONGEST_WAIT:
        raise problem
    return float(2**attempt if asked is None else asked)


def _retry_after(value: str | None) -> float | None:
    try:
        return None if value is None else Retry().parse_retry_after(value)
    except InvalidHeader:
        return None


def _reason(error: BaseException) -> str:
    """The innermost reason: "[Errno 111] Connection refused", without pools and memory addresses."""
    for inner in (getattr(error, "reason", None), *error.args):
        if isinstance(inner, BaseException):
            return _reason(inner)
    return _printable(str(error).rpartition(": ")[2]) or type(error).__name__


def _printable(said: str | None) -> str:
    """What a server says, fit for a line and for PostgreSQL, which has no NUL."""
    return "".join(c if c.isprintable() else "?" for c in said or "")[:120]
