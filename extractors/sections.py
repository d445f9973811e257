"""In which section an article stands: "Trang chủ » Kinh tế" above the title → "Kinh tế"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from extractors.page_words import fold, words
from extractors.tree import Aside, Tag
from extractors.webpage import Page

_LONGEST = 60
_BETWEEN = " > "
_MARKS = "/|>»›:-–· \t\n\u00a0"
"""What parts the links of a breadcrumb."""


def find_section(page: Page, title: str | None, heading: Tag | None) -> str | None:
    """By what the page says about itself, by its breadcrumb, and last by the line above the title."""
    for layer, names in _stated(page, heading):
        if section := _path(names, title):
            page.layers["section"] = layer
            return section
    return None


def _stated(page: Page, heading: Tag | None) -> Iterator[tuple[str, Iterable[str]]]:
    yield "json-ld", page.json_ld.get("section", "").split(_BETWEEN)
    yield "meta", [page.meta.get("section", "")]
    yield from page.trails
    yield "text", [_above(heading)]


def find_trails(page: Page) -> list[tuple[str, list[str]]]:
    """Breadcrumbs by layer: their links, or their words where they have none; they may stand in a menu.

    They are not sought on a page that tells its section otherwise.
    """
    if "section" in page.json_ld or "section" in page.meta:
        return []
    return [(layer, _names(tag)) for layer, tag in page.candidates("section")]


def _names(tag: Tag) -> list[str]:
    return [" ".join(link.words()) for link in tag.tags("a")] or list(tag.words())


def _above(heading: Tag | None) -> str:
    """The words that stand next above the title, where they are a section's name."""
    said = islice(heading.preceding(), 12) if heading is not None else ()
    near = (text.strip(_MARKS) for text in said if not isinstance(text, Aside))
    nearest = next((text for text in near if text), "")
    return nearest if fold(nearest) in words("sections") else ""


def _path(names: Iterable[str], title: str | None) -> str:
    """ "Kinh tế > Đầu tư": without the front page, and without the title that some breadcrumbs end with."""
    known = {*words("front_page"), fold(title or "")}
    kept = [text for name in names if (text := " ".join(name.split()).strip(_MARKS)) and fold(text) not in known]
    return _BETWEEN.join(kept) if kept and all(len(name) <= _LONGEST for name in kept) else ""
