"""A parsed web page: what its layers say, which of them answered, and the tags that may hold a slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from extractors.datelines import Stamp, read_dateline
from extractors.page_words import cms_marks, cms_selectors, opens_with
from extractors.selectors import select
from extractors.tree import Tag

_LONGEST_LABEL = 120
"""Letters of a line that says "Cập nhật …"; a paragraph is longer, and reading it takes time."""


@dataclass
class Page:
    """A parsed page, what its layers say, and which of them answered."""

    tree: Tag
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
        title = self.tree.find("title")
        return " ".join(title.text().split()) if title is not None else ""

    @cached_property
    def marked(self) -> list[Tag]:
        """The few tags with a class, an id or an attribute by which a common system marks something."""
        telling = cms_marks("[") | {"id", "class"}
        return [tag for tag in self.tree.tags() if not telling.isdisjoint(tag.attrs) and _is_marked(tag)]

    def candidates(self, slot: str) -> Iterator[tuple[str, Tag]]:
        """Tags for a slot: by the source's selector, then by those of common systems in their order."""
        if slot in self.selectors:
            yield from (("selector", tag) for tag in select(self.tree, self.selectors[slot]))
        marked = [tag for tag in self.marked if not tag.gone]
        found = (tag for selector in cms_selectors(slot) for tag in select(self.tree, selector, marked))
        yield from (("cms", tag) for tag in list(dict.fromkeys(found)))


def _is_marked(tag: Tag) -> bool:
    attributes, classes = cms_marks("["), cms_marks(".")
    named = tag.attrs.get("id") in cms_marks("#") or not attributes.isdisjoint(tag.attrs)
    return named or not classes.isdisjoint(tag.classes)


def stamps_near(heading: Tag) -> Iterator[Stamp]:
    """Datelines in the boxes around the title; farther off is the clock of the site."""
    return stamps_in(_texts_near(heading))


def updates_near(heading: Tag) -> Iterator[Stamp]:
    """Of them those that open with "Cập nhật"."""
    return stamps_in(t for t in _texts_near(heading) if len(t) <= _LONGEST_LABEL and opens_with("update_labels", t))


def _texts_near(heading: Tag) -> Iterator[str]:
    """Those of the nearest box first; past the boxes, what follows the title."""
    inner = heading
    for level, box in enumerate(heading.parents):
        if level == 4 or box.name in ("body", "html", "[document]"):
            yield from islice(heading.following(), 30)
            return
        around = [*box.nodes[box.start : inner.start], *box.nodes[inner.end : box.end]] if level else box.inside
        yield from filter(None, (node.strip() for node in around if type(node) is str))
        inner = box


def stamps_in(texts: Iterable[str]) -> Iterator[Stamp]:
    return (stamp for text in texts if (stamp := read_dateline(text)) is not None)
