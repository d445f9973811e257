"""What a page says about itself beside its text: JSON-LD `NewsArticle` and meta tags."""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress

from extractors.encoding import whole_letters
from extractors.tree import Tag

_ARTICLES = {"newsarticle", "article", "reportagenewsarticle", "blogposting", "analysisnewsarticle"}
_META = {
    "title": ("og:title", "twitter:title"),
    "description": ("og:description", "description"),
    "published": ("article:published_time", "datepublished", "pubdate", "publishdate", "dc.date", "dc.date.issued"),
    "updated": ("article:modified_time", "datemodified", "og:updated_time", "lastmod"),
    "section": ("article:section", "articlesection"),
    "author": ("article:author", "author", "dc.creator"),
}


def from_json_ld(tree: Tag) -> dict[str, str]:
    """title, description, published, updated, author and section of the first article; {} when there is none.

    The section is also that of a breadcrumb, which may stand in a script of its own.
    """
    data = list(_scripts(tree))
    found, breadcrumb = _article(data), _breadcrumb(data)
    return found | ({"section": breadcrumb} if breadcrumb and "section" not in found else {})


def _article(data: object) -> dict[str, str]:
    for item in _objects(data, _ARTICLES):
        section = item.get("articleSection")
        found = {
            "title": item.get("headline") or item.get("name"),
            "description": item.get("description"),
            "published": item.get("datePublished"),
            "updated": item.get("dateModified"),
            "author": _name(item.get("author")),
            "section": section[0] if isinstance(section, list) and section else section,
        }
        return {slot: text for slot, value in found.items() if (text := _text(value))}
    return {}


def _breadcrumb(data: object) -> str:
    """ "Trang chủ > Kinh tế" of a BreadcrumbList."""
    for item in _objects(data, {"breadcrumblist"}):
        places = item.get("itemListElement")
        steps = [place for place in places if isinstance(place, dict)] if isinstance(places, list) else []
        names = [_text(step.get("name") or _name(step.get("item"))) for step in steps]
        return " > ".join(filter(None, names))
    return ""


def _scripts(tree: Tag) -> Iterator[object]:
    for script in tree.tags("script"):
        if script.attrs.get("type") == "application/ld+json":
            with suppress(ValueError):
                yield json.loads(script.text(), strict=False)


def _objects(data: object, wanted: Set[str]) -> Iterator[Mapping[str, object]]:
    """Objects of some types, also inside lists and `@graph`."""
    pending = deque([data])
    while pending:
        item = pending.popleft()
        if isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).casefold() in wanted for kind in names):
                yield item
            pending.append(item.get("@graph"))


def _name(author: object) -> object:
    first = author[0] if isinstance(author, list) and author else author
    return first.get("name") if isinstance(first, dict) else first


def _text(value: object) -> str:
    return " ".join(whole_letters(html.unescape(value)).split()) if isinstance(value, str) else ""


def from_meta(tree: Tag) -> dict[str, str]:
    """The same slots from Open Graph, itemprop and the older names."""
    contents: dict[str, str] = {}
    for tag in tree.tags("meta"):
        text = _text(tag.attrs.get("content"))
        for attribute in ("property", "name", "itemprop"):
            key = tag.attrs.get(attribute)
            if key is not None and text:
                contents.setdefault(key.casefold(), text)
    return {slot: contents[key] for slot, keys in _META.items() for key in reversed(keys) if key in contents}


def stated_date(tag: Tag) -> str:
    """The date a tag carries: its machine-readable attribute or else its words."""
    for attribute in ("datetime", "content"):
        value = tag.attrs.get(attribute, "")
        if value.strip():
            return value
    return " | ".join(tag.words())
