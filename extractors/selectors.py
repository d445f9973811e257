"""CSS selectors on a page: "div#content.content-detail, .td-post-content", ".page-detail-meta li.list-inline-item".

Names, classes, ids, attributes, `:not(name)` and "inside of" are read here; what else CSS has is left to soupsieve,
which wants a tree of its own and takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from extractors.tree import Tag

_NAME = r"-?[a-zA-Z_][\w-]*"
_MARK = rf"[.#]{_NAME}|\[(?!class\b|type\b)[a-z][\w-]*(?:={_NAME})?\]"
_PART = re.compile(rf"([a-z]\w*)?((?:{_MARK})*)(?::not\(([a-z]\w*)\))?")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is asked of one tag: "li.list-inline-item"."""

    name: str
    marks: frozenset[str]
    other: str
    """The name it must not have."""

    def takes(self, tag: Tag) -> bool:
        return self.name in ("", tag.name) and tag.name != self.other and (not self.marks or self.marks <= tag.marks)

    def among(self, tags: Iterable[Tag]) -> list[Tag]:
        """Those that it takes; written out, as few are taken of many that are asked."""
        name, marks, other = self.name, self.marks, self.other
        named = [tag for tag in tags if tag.name == name] if name else [tag for tag in tags if tag.name != other]
        return [tag for tag in named if marks <= tag.marks] if marks else named


def select(tree: Tag, selector: str, among: Iterable[Tag] | None = None) -> list[Tag]:
    """The tags of a page that a selector takes, in page order; only those `among` some where these are given."""
    paths = _read(selector)
    if paths is None:
        return _select_any(tree, selector, among)
    tags = tree.tags() if among is None else among
    taken = [tag for path in paths for tag in path[-1].among(tags) if _lies_in(path[:-1], tag)]
    return taken if len(paths) == 1 else sorted(set(taken), key=attrgetter("start"))


def _lies_in(path: tuple[_Part, ...], tag: Tag) -> bool:
    """Whether a tag is inside of tags that these parts ask for, the last part's the nearest."""
    boxes = tag.parents  # each part goes on where the one behind it was found
    return all(any(part.takes(box) for box in boxes) for part in reversed(path))


@lru_cache(maxsize=256)
def _read(selector: str) -> tuple[tuple[_Part, ...], ...] | None:
    """The parts of every alternative from the outermost to the tag itself; None for what is left to soupsieve."""
    paths = [[_part(part) for part in path.split()] for path in selector.split(",")]
    known = [tuple(part for part in path if part is not None) for path in paths]
    return tuple(known) if all(path and None not in path for path in paths) else None


def _part(text: str) -> _Part | None:
    match = _PART.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return _Part(match[1] or "", frozenset(re.findall(_MARK, match[2])), match[3] or "")


def _select_any(tree: Tag, selector: str, among: Iterable[Tag] | None) -> list[Tag]:
    """By soupsieve, on a copy of the page that it can read."""
    from bs4 import BeautifulSoup  # here, because few sources need it
    from bs4 import Tag as Copy

    soup = BeautifulSoup("", "lxml")
    copies: dict[Tag, Copy] = {tree: soup}
    boxes = [tree]
    for at, node in enumerate(tree.inside, tree.start + 1):
        while boxes[-1].end <= at:
            boxes.pop()
        if isinstance(node, Tag):
            copies[node] = soup.new_tag(node.name, attrs=dict(node.attrs))
            copies[boxes[-1]].append(copies[node])
            boxes.append(node)
        elif node is not None:
            copies[boxes[-1]].append(str(node))
    taken = {id(copy) for copy in soup.select(selector)}
    return [tag for tag in (copies if among is None else among) if id(copies[tag]) in taken]
