"""Find boxes on a page of no known system: the one that shows a title, the one that holds a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from itertools import accumulate, islice

import regex

from extractors.cleaning import is_called
from extractors.markup import pieces
from extractors.page_words import fold
from extractors.tree import Tag

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORTEST_TITLE = 15
_REST = regex.compile(r"$|\s*[-–—|»•:]")
_SHARE = 0.7
"""A box inside that holds so much of the text is where it stands; what lies beside it is something else."""


def find_shown(tree: Tag, stated: str) -> Tag | None:
    """The innermost tag that shows a stated title, rather the one without " - Báo X" than with it: headings first."""
    wanted, sizes = fold(stated), _sizes(tree)
    for names in (_HEADINGS, ("div", "p", "td", "span", "strong", "b", "font")):
        tags = (tag for tag in tree.tags(*names) if _SHORTEST_TITLE <= sizes[tag.end] - sizes[tag.start] <= len(stated))
        found = [(len(text), tag) for tag in tags if (text := fold(tag.text())) and _is_title(text, wanted)]
        if found:
            shortest = min(length for length, _ in found)
            tags_of_it = [tag for length, tag in found if length == shortest]
            return tags_of_it[-1 if "div" in names else 0]
    return None


def _is_title(text: str, wanted: str) -> bool:
    """All of the stated title, or all of it before a dash or a bar."""
    return wanted.startswith(text) and _REST.match(wanted[len(text) :]) is not None


def _sizes(tree: Tag) -> list[int]:
    """Characters that stand on the page before each of its nodes."""
    return list(accumulate([len(node.strip()) if isinstance(node, str) else 0 for node in tree.nodes], initial=0))


def called(tree: Tag, name: str) -> Iterator[Tag]:
    """The first tags with a class of the list `name` that are no links, in page order."""
    tags = (tag for tag in tree.tags() if is_called(tag, name))
    return (tag for tag in islice(tags, 20) if tag.find("a") is None)


def box_of(tree: Tag, texts: Set[str]) -> Tag | None:
    """The innermost box that holds most of the (folded) texts: what was left out of it is in there too."""
    held: Counter[Tag | None] = Counter()
    blocks: Counter[Tag | None] = Counter()
    for text, boxes, _ in pieces(tree):
        if fold(text) in texts:
            held[boxes[-1] if boxes else tree] += len(text)
            blocks[boxes[-1] if boxes else tree] += 1
    for tag in reversed(tree.tags()):
        if tag in held:
            held[tag.parent] += held[tag]
            blocks[tag.parent] += blocks[tag]
    inner = tree.find("body")
    best = inner = inner if held[inner] else None
    while inner is not None:
        best, most = inner, _SHARE * held[inner]
        inner = next((tag for tag in inner.children() if held[tag] >= most and blocks[tag] > 1), None)
    return best
