"""XML sitemaps: the addresses a site offers, with the day of their last change; plain or .gz, and indexes of them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from lxml import etree

from flows.listing import Link, words
from flows.problems import ListingProblem, TooLarge
from flows.sources import Source
from flows.web.addresses import absolute
from flows.web.fetch import Page

VIETNAM = timezone(timedelta(hours=7))
"""Lists are dated by the day of Vietnam; a clock of UTC then shows the same day or the one before."""


@dataclass(frozen=True)
class Sitemap:
    """What one file holds: addresses with their days, the newest first, those without a day last and as they came."""

    is_index: bool
    places: tuple[Link, ...]

    def since(self, first: date) -> list[Link]:
        """Places dated on or after a day, and those that have none."""
        return [place for place in self.places if place.day is None or place.day >= first]


def read_sitemap(page: Page, source: Source) -> Sitemap:
    """A sitemap or an index. Raises ListingProblem when the answer is neither, TooLarge when it unpacks to too much."""
    root = _root(_unpacked(page, source))
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in ("urlset", "sitemapindex"):
        raise ListingProblem(f"{page.url}: not an XML sitemap ({source.file}, list.sitemaps)")
    places = list(_places(root, page.final_url))
    return Sitemap(kind == "sitemapindex", tuple(sorted(places, key=lambda p: p.day or date.min, reverse=True)))


def _root(data: bytes) -> Any:
    """None for what is no XML, or has a DOCTYPE: a sitemap needs none, and what declares entities is a bomb.

    Nothing is expanded or loaded; `recover`, because many sites write a bare & in addresses.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return None if root is None or root.getroottree().docinfo.internalDTD is not None else root


def _places(root: Any, base: str) -> Iterator[Link]:
    for place in root.iterchildren("{*}url", "{*}sitemap"):
        days = [_day(place.findtext(path)) for path in ("{*}lastmod", "{*}news/{*}publication_date")]
        if url := absolute(place.findtext("{*}loc") or "", base):
            title = words([place.findtext("{*}news/{*}title")])
            yield Link(url, max((day for day in days if day), default=None), title)


def _day(text: str | None) -> date | None:
    """The day of `2024-04-19`, or in Vietnam that of `2024-04-18T20:10:00Z`; None for a month, a year, a mistake."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return day_in_vietnam(moment) if moment.tzinfo else moment.date()


def day_in_vietnam(moment: datetime) -> date:
    """The day there; the edges of the calendar have none and stay."""
    try:
        return moment.astimezone(VIETNAM).date()
    except OverflowError:
        return moment.date()


def _unpacked(page: Page, source: Source) -> bytes:
    """The file without its .gz, up to the same cap as any page."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page.body
    cap = source.polite.max_bytes
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(page.body)) as file:
            data = file.read(cap + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ListingProblem(f"{page.url}: not a whole gzip file ({error})") from None
    if len(data) > cap:
        raise TooLarge(f"{page.url}: unpacks to more than {cap} bytes ({source.file}, polite.max_bytes)")
    return data
