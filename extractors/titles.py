"""Find the title of a page and the tag that shows it; "… - Báo X" is cut where the page shows the title without."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from extractors.boxes import called, find_shown
from extractors.markup import text_of
from extractors.mastheads import read_masthead
from extractors.page_words import fold
from extractors.tree import Tag
from extractors.webpage import Page, stamps_in


def find_title(page: Page) -> tuple[str | None, Tag | None]:
    """By what the page says about itself, and else by what it shows."""
    shown = [tag for _, tag in page.candidates("title")] + page.tree.tags("h1")
    for layer, found in (("json-ld", page.json_ld), ("meta", page.meta)):
        if stated := found.get("title"):
            tag = next((tag for tag in shown if (text := text_of(tag)) and fold(stated).startswith(fold(text))), None)
            tag = tag or find_shown(page.tree, stated)
            page.layers["title"] = layer
            return (text_of(tag) if tag else stated), tag
    for layer, tag in _title_tags(page):
        if text := text_of(tag):
            page.layers["title"] = layer
            return text, tag
    return None, None


def _title_tags(page: Page) -> Iterator[tuple[str, Tag]]:
    """By the source's selector, by the browser's tab, by known systems, and last by date and class."""
    known = list(page.candidates("title"))
    yield from (found for found in known if found[0] == "selector")
    known += [("h1", tag) for tag in page.tree.tags("h1")]
    # the first h1 of a portal is the name of the portal or of a section
    yield from (found for found in known if _opens(page.tab, text_of(found[1])))
    if (tag := find_shown(page.tree, page.tab)) and (_opens(page.tab, text_of(tag)) or _stands_on_date(tag)):
        yield "tab", tag
    yield from known
    yield from (("heading", tag) for tag in page.tree.tags("h2", "h3", "h4") if _stands_on_date(tag))
    yield from (("class", tag) for tag in called(page.tree, "title_boxes") if 20 <= len(text_of(tag)) <= 250)


def _opens(tab: str, text: str) -> bool:
    """Whether the tab begins with a text that may be a title: "Báo X điện tử | …" does not."""
    return len(text) >= 25 and fold(tab).startswith(fold(text)) and read_masthead(text) is None


def _stands_on_date(heading: Tag) -> bool:
    """A heading of an article, no link to another and no masthead, with the dateline right below."""
    text = text_of(heading)
    if len(text) < 20 or heading.find("a") is not None or read_masthead(text) is not None:
        return False
    own = sum(isinstance(node, str) for node in heading.inside)
    near = [text for text in islice(heading.following(), own, 12) if text.strip()][:2]
    return next(stamps_in(near), None) is not None
