"""The parts of a source's YAML: its lists, the layouts of its pages, manners, what a normal day brings."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from flows.web.trust import Tls


def _css(selector: str) -> str:
    import soupsieve  # here: a process that reads pages is given sources that were looked through

    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"no CSS selector: {str(error).splitlines()[0]}") from None
    return selector


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return text


def _web(url: str) -> str:
    if not re.match(r"https?://[^/\s]+", url):
        raise ValueError("not a web address: it begins with http:// or https://")
    return url


def _numbered(paging: str) -> str:
    if "{n}" not in paging:
        raise ValueError('no {n} for the number of the page, as in "?page={n}"')
    return paging


Css = Annotated[str, AfterValidator(_css)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Web = Annotated[str, AfterValidator(_web)]


class Part(BaseModel):
    """Unknown keys are refused: a misspelt one would be a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lists(Part):
    rss: tuple[Web, ...] = ()
    sitemaps: tuple[Web, ...] = ()
    """XML sitemaps or indexes of them, also .gz."""
    sitemap_days: float = Field(30.0, gt=0, le=36500)
    """Of a sitemap, what is dated within so many days is listed, and what has no date; `--since` may ask for more."""
    pages: tuple[Web, ...] = ()
    links: Css = "a[href]"
    """Which links of a listing page may be articles."""
    paging: Annotated[str, AfterValidator(_numbered)] | None = None
    """What is put behind a listing page's address for its page n: "?page={n}"; or a whole address instead of it."""
    depth: int = Field(1, ge=1, le=1000)
    """How many pages of each listing are read."""

    @model_validator(mode="after")
    def _can_be_paged(self) -> Lists:
        if self.depth > 1 and self.paging is None:
            raise ValueError('depth: further pages need an address: paging: "?page={n}"')
        return self

    def page(self, url: str, number: int) -> str:
        """The address of a listing's page: /tin/?page=2, /tin?cat=1&page=2, /tin/page-2."""
        behind = (self.paging or "").replace("{n}", str(number))
        if behind.startswith(("http://", "https://")):
            return behind
        if behind.startswith("?") and "?" in url:
            return f"{url}&{behind[1:]}"
        return f"{url.rstrip('/')}{behind}" if behind.startswith("/") else f"{url}{behind}"


class Layout(Part):
    """CSS selectors of an article page; `until` is the last day a redesigned page was seen with them."""

    title: Css | None = None
    lead: Css | None = None
    body: Css | None = None
    published: Css | None = None
    author: Css | None = None
    section: Css | None = None
    updated: Css | None = None
    drop: Css | None = None
    """What stands inside the body and is not the article."""
    until: date | None = None

    @property
    def selectors(self) -> dict[str, str]:
        return {slot: css for slot, css in self if slot != "until" and css is not None}


class Manners(Part):
    """How a source is visited: one request in flight a domain, `gap` seconds between two."""

    gap: float = Field(1.0, ge=0, le=600)
    timeout: float = Field(20.0, gt=0, le=300)
    """Seconds to connect and between two packets."""
    max_seconds: float = Field(60.0, gt=0, le=3600)
    """For a whole page."""
    max_bytes: int = Field(8 * 1024 * 1024, ge=1024)
    attempts: int = Field(3, ge=1, le=10)
    new_a_night: int | None = Field(None, ge=1)
    """At most so many new articles a night; the rest waits for the next, as with `--max`."""
    recheck_days: float = Field(3.0, ge=0, le=3650)
    """A known article is asked again, conditionally, for so long after it was first kept, listed or not."""
    user_agent: str | None = Field(None, pattern=r"^[!-~][ -~]*$")
    """Who we say we are, instead of SOLIEU_USER_AGENT."""
    tls: Tls = "strict"
    """How a site of this source's domain proves what it is; `flows/web/trust.py` tells what there is."""
    ca: str | None = None
    """A file of certificates (PEM) that are trusted too; a relative path begins at the YAML."""

    @model_validator(mode="after")
    def _checks_with_its_ca(self) -> Manners:
        if self.ca and self.tls == "unverified":
            raise ValueError("ca: nothing is checked with tls: unverified")
        return self


class Expect(Part):
    articles: tuple[int, int] = (1, 5000)
    dated: float = Field(0.0, ge=0, le=1)
    """Least share of articles read with a date."""
    figures: float = Field(0.0, ge=0, le=1)
    """Least share of articles read with a figure; 0 is not checked."""
    failed: float = Field(0.5, ge=0, le=1)
    """Largest share of the articles asked for that may not come."""
    silent_days: int = Field(7, ge=0, le=3650)
    """Days within which something new comes, and within which a night is to be; 0 is not checked."""
