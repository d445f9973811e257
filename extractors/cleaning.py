"""Take off a page what is no article: scripts, menus, hidden boxes, share bars, "Tin liên quan"."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.page_words import listed
from extractors.tree import Tag

_NEVER = frozenset(
    {"script", "style", "noscript", "template", "nav", "aside", "footer", "iframe", "button", "svg", "select"}
    | {"video", "audio"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def clean(tree: Tag) -> None:
    """Take out what no reader sees: scripts, menus, hidden boxes."""
    for tag in tree.tags():
        if (tag.name in _NEVER or "hidden" in tag.attrs) and not tag.gone:
            tag.drop()
    forms = tree.tags("form", "textarea")
    whole = len(tree.text()) if forms else 0
    for tag in forms:  # ASP.NET puts the whole page into a form
        if not tag.gone and len(tag.text()) < 0.5 * whole:
            tag.drop()
    for tag in tree.tags():
        if "style" in tag.attrs and not tag.gone and _HIDDEN.search(tag.attrs["style"]):
            tag.drop()


def drop_boxes(body: Tag, keep: float = 0.5) -> None:
    """Related articles, share bars and comments inside the body; a box with most of the text stays."""
    boxes = [tag for tag in body.tags() if is_called(tag, "chrome_boxes")]
    whole = len(body.text()) if boxes else 0
    for tag in boxes:
        if not tag.gone and len(tag.text()) < keep * whole:
            tag.drop()


def is_called(tag: Tag, name: str) -> bool:
    """Whether a class or the id of a tag is in the list `name` of catalogue/page.yml, whole or between dashes."""
    if not tag.attrs:
        return False
    known = listed(name)
    return any(not known.isdisjoint(_parts(one)) for one in (*tag.classes, tag.attrs.get("id", "")) if one)


@lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    whole = name.casefold()
    return frozenset({whole, *re.split(r"[-_]+", whole)})
