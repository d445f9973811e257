"""A parsed web page: what its layers say, which of them answered, and the tags that may hold a slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import soupsieve
from bs4 import BeautifulSoup, Tag

from extractors.datelines import Stamp, read_dateline
from extractors.markup import body_lines
from extractors.page_words import cms_selectors, opens_with

_LONGEST_LABEL = 120
"""Letters of a line that says "Cập nhật …"; a paragraph is longer, and reading it takes time."""


@dataclass(slots=True)
class Page:
    """A parsed page, what its layers say, and which of them answered."""

    soup: BeautifulSoup
    name: str
    markup: str
    selectors: Mapping[str, str]
    json_ld: dict[str, str]
    meta: dict[str, str]
    layers: dict[str, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)
    trails: Sequence[tuple[str, list[str]]] = ()
    """Breadcrumbs, read before the menus are taken out: layer and names."""

    @property
    def tab(self) -> str:
        """What the browser's tab says: "Một cửa vào nền nếp - Báo Mẫu"."""
        return " ".join(self.soup.title.get_text().split()) if self.soup.title else ""

    def candidates(self, slot: str) -> Iterator[tuple[str, Tag]]:
        """Tags for a slot: by the source's selector, then by those of common systems in their order."""
        if slot in self.selectors:
            yield from (("selector", tag) for tag in self.soup.select(self.selectors[slot]))
        if not cms_selectors(slot):
            return
        ranked = ((_rank(tag, slot), tag) for tag in self.soup.find_all(True) if tag.attrs)
        found = [(rank, tag) for rank, tag in ranked if rank is not None]
        yield from (("cms", tag) for _, tag in sorted(found, key=itemgetter(0)))


def _rank(tag: Tag, slot: str) -> int | None:
    """The first selector that takes a tag; few are tried, for most name nothing that the tag has."""
    marks = {*tag.attrs, *tag.get_attribute_list("class"), *tag.get_attribute_list("id")}
    for rank, (selector, needed) in enumerate(cms_selectors(slot)):
        if not needed.isdisjoint(marks) and any(_takes(part, tag) for part in selector.split(", ")):
            return rank
    return None


_PLAIN = re.compile(r"([a-z]\w*)?((?:[.#][\w-]+|\[\w+(?:=\w+)?\])+)")


def _takes(selector: str, tag: Tag) -> bool:
    """Whether a CSS selector without commas takes a tag; soupsieve, slow to begin, is asked only about odd ones."""
    plain = _PLAIN.fullmatch(selector)
    if plain is None:
        return soupsieve.match(selector, tag)
    marks = re.findall(r"[.#\[][^.#\[\]]+", plain[2])
    return plain[1] in (None, tag.name) and all(_has(mark[0], mark[1:], tag) for mark in marks)


def _has(kind: str, mark: str, tag: Tag) -> bool:
    if kind in ".#":
        return mark in tag.get_attribute_list("class" if kind == "." else "id")
    name, _, value = mark.partition("=")
    return name in tag.attrs and value in ("", tag.attrs[name])


def text_of(tag: Tag) -> str:
    return " ".join(line.text for line in body_lines(tag))


def stamps_near(heading: Tag) -> Iterator[Stamp]:
    """Datelines in the boxes around the title; farther off is the clock of the site."""
    return stamps_in(_texts_near(heading))


def updates_near(heading: Tag) -> Iterator[Stamp]:
    """Of them those that open with "Cập nhật"."""
    return stamps_in(t for t in _texts_near(heading) if len(t) <= _LONGEST_LABEL and opens_with("update_labels", t))


def _texts_near(heading: Tag) -> Iterator[str]:
    for level, box in enumerate(heading.parents):
        if level == 4 or box.name in ("body", "html", "[document]"):
            yield from (str(text) for text in heading.find_all_next(string=True, limit=30))
            return
        yield from box.stripped_strings


def stamps_in(texts: Iterable[str]) -> Iterator[Stamp]:
    return (stamp for text in texts if (stamp := read_dateline(text)) is not None)
