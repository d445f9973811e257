"""Find boxes on a page of no known system: the one that shows a title, the one that holds a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from itertools import islice

import regex
from bs4 import BeautifulSoup, Tag

from extractors.markup import box_words, boxed_lines
from extractors.page_words import fold, words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORTEST_TITLE = 15
_REST = regex.compile(r"$|\s*[-–—|»•:]")
_SHARE = 0.7
"""A box inside that holds so much of the text is where it stands; what lies beside it is something else."""


def find_shown(soup: BeautifulSoup, stated: str) -> Tag | None:
    """The innermost tag that shows a stated title, rather the one without " - Báo X" than with it: headings first."""
    wanted, sizes = fold(stated), _sizes(soup)
    for names in (_HEADINGS, ("div", "p", "td", "span", "strong", "b", "font")):
        tags = (tag for tag in soup.find_all(names) if _SHORTEST_TITLE <= sizes[id(tag)] <= len(stated))
        found = [(len(text), tag) for tag in tags if (text := fold(tag.get_text())) and _is_title(text, wanted)]
        if found:
            shortest = min(length for length, _ in found)
            tags_of_it: list[Tag] = [tag for length, tag in found if length == shortest]
            return tags_of_it[-1 if "div" in names else 0]
    return None


def _is_title(text: str, wanted: str) -> bool:
    """All of the stated title, or all of it before a dash or a bar."""
    return wanted.startswith(text) and _REST.match(wanted[len(text) :]) is not None


def _sizes(soup: BeautifulSoup) -> Counter[int]:
    """Characters in each tag, counted from the leaves up: pages nest as deep as they like."""
    sizes: Counter[int] = Counter()
    for node in reversed(list(soup.descendants)):
        sizes[id(node.parent)] += sizes[id(node)] if isinstance(node, Tag) else len(str(node).strip())
    return sizes


def called(soup: BeautifulSoup, name: str) -> Iterator[Tag]:
    """The first tags with a class of the list `name` that are no links, in page order."""
    known = set(words(name))
    tags = (tag for tag in soup.find_all(True) if box_words(tag) & known)
    return (tag for tag in islice(tags, 20) if tag.find("a") is None)


def box_of(soup: BeautifulSoup, texts: Set[str]) -> Tag | None:
    """The innermost box that holds most of the (folded) texts: what was left out of it is in there too."""
    held: Counter[int] = Counter()
    blocks: Counter[int] = Counter()
    for line, box in boxed_lines(soup):
        if fold(line.text) in texts:
            held[id(box)] += len(line.text)
            blocks[id(box)] += 1
    for tag in reversed(soup.find_all(True)):
        held[id(tag.parent)] += held[id(tag)]
        blocks[id(tag.parent)] += blocks[id(tag)]
    best = soup.body if soup.body and held[id(soup.body)] else None
    inner = best
    while inner is not None:
        best = inner
        inside = inner.find_all(True, recursive=False)
        most = _SHARE * held[id(inner)]
        inner = next((tag for tag in inside if held[id(tag)] >= most and blocks[id(tag)] > 1), None)
    return best
