"""A page or a text file becomes an `Article`: title, date, author and blocks in reading order.

Offsets point into `Article.text`, the Unicode text after its bytes were decoded and letters of old fonts (TCVN3, VNI)
were converted; the archive keeps the bytes.

Every slot is answered by the first layer that can: facts given from outside, JSON-LD, meta tags,
the source's selectors, and last the words of the text. `Article.layers` says which one it was.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

import regex

from extractors.datelines import read_stamp
from extractors.encoding import NotVietnamese, Unreadable, decode, whole_letters
from extractors.facts import Article
from extractors.html import read_html
from extractors.old_letters import code_page, page_to_unicode
from extractors.origin import stated_origin
from extractors.page_words import fold, listed
from extractors.places.addresses import home_of
from extractors.plain import read_plain

__all__ = ["NotVietnamese", "Unreadable", "read_page"]

MOST_LINES = 30_000
MOST_CHARACTERS = 1_000_000
MOST_NUMBERS = 10_000
"""Of an article with its tables; each takes half a millisecond to read."""

_TAG = regex.compile(r"<(?:!doctype html|html|head|body|div|p|h1|h2|article|table|span|br)\b", regex.IGNORECASE)
_NUMBER = regex.compile(r"\d++")
_OWN = re.compile(r"[đĐơƠưƯẠ-ỹ]")
"""Letters of no other language."""
_FEED = regex.compile(r"^\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|urlset|sitemapindex)\b", regex.IGNORECASE)


def read_page(
    data: bytes,
    *,
    name: str,
    content_type: str | None = None,
    selectors: Mapping[str, str] | None = None,
    facts: Mapping[str, str | None] | None = None,
) -> Article:
    """Read one page; `facts` (url, published, title, locality, author) win over what the page says.

    `selectors` are CSS selectors of the source for title, lead, body, published, author and drop.
    Raises `Unreadable` for what is no article and `NotVietnamese` for other languages.
    """
    text, issues = decode(data, name, content_type)
    _refuse(text, name)
    given = {slot: whole_letters(value) for slot, value in (facts or {}).items() if value}
    article = _read(text, name, selectors or {}, given.get("title"), given.get("url"))
    told = _told(article)
    if old := code_page(told):
        given.update({slot: page_to_unicode(given[slot], old) for slot in ("title", "author") if slot in given})
        article = _read(page_to_unicode(text, old), name, selectors or {}, given.get("title"), given.get("url"))
        told = _told(article)
        lost = old == "TCVN3" and "ư" not in article.text.lower() and len(article.text) > 600
        issues.append(f"encoding: read as {old}" + (", which lost its letter ư on the way" if lost else ""))
    _check_language(told, name)
    if len(_NUMBER.findall(article.text)) > MOST_NUMBERS:
        raise Unreadable(f"{name}: more than {MOST_NUMBERS} numbers, no article")
    return _with_facts(article, given, issues, name)


def _read(text: str, name: str, selectors: Mapping[str, str], title: str | None, url: str | None) -> Article:
    article = read_html(text, name, selectors, title, url) if _is_html(text) else _read_text(text, name, title)
    said = stated_origin(article.text, article.blocks, url)
    return replace(article, origin=said if said and "/" in said else article.origin or said)


def _told(article: Article) -> str:
    """What the article itself says, without the furniture of its page."""
    return " ".join(article.text[block.start : block.end] for block in article.blocks if block.kind != "chrome")


def _refuse(text: str, name: str) -> None:
    if _FEED.match(text):
        raise Unreadable(f"{name}: a feed or a sitemap, not an article")
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        raise Unreadable(f"{name}: JSON data, not an article")
    if text.count("\n") > MOST_LINES:
        raise Unreadable(f"{name}: more than {MOST_LINES} lines, no article")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_html(text: str) -> bool:
    """By what it holds: two tags of a page near its beginning, whatever the file is called."""
    return len(list(islice(_TAG.finditer(text[:20_000]), 2))) == 2


def _read_text(text: str, name: str, title: str | None) -> Article:
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"{name}: more than {MOST_CHARACTERS} characters, no article")
    layout = read_plain(text, title)
    stamp = layout.stamp or layout.event
    found = {"title": layout.title, "author": layout.author, "locality": layout.home, "published": layout.stamp}
    layers = {slot: "text" for slot, value in found.items() if value}
    if layout.stamp is None and layout.event is not None:
        layers["published"] = "lead"
    return Article(
        text=text,
        blocks=layout.blocks,
        title=layout.title,
        published=stamp.day if stamp else None,
        published_at=stamp.moment if stamp else None,
        author=layout.author,
        locality=layout.home,
        layers=layers,
    )


def _with_facts(article: Article, given: Mapping[str, str], issues: list[str], name: str) -> Article:
    """The article with what is known from outside; a given date that cannot be read is an issue."""
    layers = {**article.layers, **dict.fromkeys(given, "given")}
    published, published_at = article.published, article.published_at
    issues = [*issues, *article.issues]
    if layers.get("published") == "lead":
        issues.append(f"published: {published} is the day of the event in the first sentence, no other date in {name}")
    if "published" in given:
        stamp = read_stamp(given["published"])
        hour = article.published_at if stamp and stamp.day == article.published else None
        published, published_at = (stamp.day, stamp.moment or hour) if stamp else (None, None)
    if published is None:
        layers.pop("published", None)
        said = f": {given['published']!r} is not a date" if "published" in given else ""
        issues.append(f"published: no date could be read in {name}{said}")
    url, locality = given.get("url", article.url), given.get("locality", article.locality)
    if locality is None and (locality := home_of(url, published)):
        layers["locality"] = "url"
    return replace(
        article,
        title=given.get("title", article.title),
        published=published,
        published_at=published_at,
        url=url,
        author=given.get("author", article.author),
        locality=locality,
        layers=layers,
        issues=tuple(issues),
    )


def _check_language(told: str, name: str) -> None:
    """Vietnamese by its marked letters and by its commonest words; a few words pass unjudged."""
    text = unicodedata.normalize("NFC", told[:20_000])
    if len(_OWN.findall(text)) > 0.08 * len(text):
        return  # as nearly every text does
    letters = {c: n for c, n in Counter(text).items() if c.isalpha()}
    count = sum(letters.values())
    if not count:
        raise Unreadable(f"{name}: no text to read")
    if count < 120:
        return
    marked = sum(n for c, n in letters.items() if c in "đĐ" or len(unicodedata.normalize("NFD", c)) > 1)
    common = listed("common_words").intersection(fold(" ".join(set(text.split()))).split())
    own = sum(n for c, n in letters.items() if _OWN.match(c))
    if marked < 0.06 * count or (len(common) < 3 and own < 0.08 * count):
        raise NotVietnamese(f"{name}: not Vietnamese, or in an encoding that was lost (no figures are read)")
