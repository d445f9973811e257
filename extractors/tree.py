"""A parsed page laid flat: `<p>Đạt <b>5%</b></p>` → p, "Đạt ", b, "5%", every tag with where it begins and ends.

What a tag holds is then a slice of the page and what follows it is the rest: no recursion, however deep a page nests.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from operator import attrgetter

from lxml import etree

_PRE = frozenset({"pre", "textarea"})
_ASIDE = frozenset({"script", "style", "template", "rt", "rp"})
_SPECIAL = _PRE | _ASIDE
_SPACES = " \n\t\f\r"
_NONE: Mapping[str, str] = {}


class Aside(str):
    """What a script, a style sheet, a template or a ruby note holds: it stands on the page but is no text of it."""

    __slots__ = ()


class Tag:
    """A tag of a page; `nodes` is the whole page, in which `start` is the tag and `end` what follows its last word."""

    __slots__ = ("_marks", "attrs", "depth", "end", "name", "nodes", "parent", "start")

    def __init__(self, name: str, attrs: Mapping[str, str], parent: Tag | None, nodes: Nodes) -> None:
        self.name, self.attrs, self.parent, self.nodes = name, attrs, parent, nodes
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.start = self.end = len(nodes)
        self._marks: frozenset[str] | None = None

    @property
    def inside(self) -> list[Node]:
        return self.nodes[self.start + 1 : self.end]

    @property
    def gone(self) -> bool:
        return self.nodes[self.start] is not self

    @property
    def parents(self) -> Iterator[Tag]:
        """The tags around it, from the nearest to the page itself."""
        box = self.parent
        while box is not None:
            yield box
            box = box.parent

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def marks(self) -> frozenset[str]:
        """What a CSS selector may ask for: ".sapo", "#main", "[itemprop]", "[itemprop=author]"."""
        if self._marks is None:
            marks = [f".{name}" for name in self.classes] + [f"#{self.attrs.get('id', '')}"]
            marks += (mark for name, value in self.attrs.items() for mark in (f"[{name}]", f"[{name}={value}]"))
            self._marks = frozenset(marks)
        return self._marks

    def tags(self, *names: str) -> list[Tag]:
        """The tags in it, of some names or of any."""
        if not names:
            return [node for node in self.inside if node.__class__ is Tag]
        found = [tag for name in names for tag in self._named(name)]
        return sorted(found, key=_start) if len(names) > 1 else found

    def find(self, *names: str) -> Tag | None:
        return min((tag for name in names for tag in islice(self._named(name), 1)), key=_start, default=None)

    def _named(self, name: str) -> Iterator[Tag]:
        known = self.nodes.named.get(name, ())
        for at in range(bisect_right(known, self.start, key=_start), len(known)):
            tag = known[at]
            if tag.start >= self.end:
                return
            if self.nodes[tag.start] is tag:
                yield tag

    def children(self) -> Iterator[Tag]:
        at = self.start + 1
        while at < self.end:
            node = self.nodes[at]
            if isinstance(node, Tag):
                yield node
                at = node.end
            else:
                at += 1

    def around(self, *names: str) -> Tag | None:
        """The nearest tag around it of some names."""
        box = self.parent
        while box is not None and box.name not in names:
            box = box.parent
        return box

    def strings(self) -> list[str]:
        """Its text as it stands, in pieces; that of a script is the script."""
        if self.name in _ASIDE:
            return [node for node in self.inside if isinstance(node, str)]
        return [node for node in self.inside if node.__class__ is str]

    def text(self) -> str:
        return "".join(self.strings())

    def words(self) -> Iterator[str]:
        """The same pieces without the spaces around them and without those that are nothing else."""
        return filter(None, (string.strip() for string in self.strings()))

    def following(self) -> Iterator[str]:
        """All strings of the page from the tag's own first one on."""
        later = (self.nodes[at] for at in range(self.start + 1, len(self.nodes)))
        return (node for node in later if isinstance(node, str))

    def preceding(self) -> Iterator[str]:
        """All strings of the page before the tag, the nearest first."""
        earlier = (self.nodes[at] for at in range(self.start - 1, -1, -1))
        return (node for node in earlier if isinstance(node, str))

    def drop(self) -> None:
        """Take it off the page with all that it holds; every other tag keeps its place."""
        self.nodes[self.start : self.end] = [None] * (self.end - self.start)


Node = Tag | str | None
"""None where something was taken out."""

_start = attrgetter("start")


class Nodes(list[Node]):
    """A whole page, and its tags by their names, those too that were taken out."""

    def __init__(self) -> None:
        self.named: defaultdict[str, list[Tag]] = defaultdict(list)


def read_tree(markup: str) -> Tag:
    """The page as a tag around all others; comments and what else no reader sees only part the words around them."""
    parser = etree.HTMLParser(target=_Builder())
    parser.feed(markup.removeprefix("\ufeff"))
    root: Tag = parser.close()
    return root


class _Builder:
    """Lays a page flat while lxml reads it."""

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.open = self.root = Tag("[document]", {}, None, self.nodes)
        self.nodes.append(self.root)
        self.words: list[str] = []
        self.data = self.words.append
        self.special: list[str] = []

    def start(self, name: str, attrs: Mapping[str, str]) -> None:
        if self.words:
            self._end_words()
        nodes = self.nodes
        tag = self.open = Tag(name, attrs or _NONE, self.open, nodes)  # lxml has a slow mapping for none
        nodes.append(tag)
        nodes.named[name].append(tag)
        if name in _SPECIAL:
            self.special.append(name)

    def end(self, name: str) -> None:
        if self.words:
            self._end_words()
        if name in _SPECIAL:
            self.special.pop()
        self.open.end = len(self.nodes)
        self.open = self.open.parent or self.root

    def comment(self, *_: object) -> None:
        if self.words:
            self._end_words()

    pi = doctype = comment

    def close(self) -> Tag:
        if self.words:
            self._end_words()
        self.root.end = len(self.nodes)
        return self.root

    def _end_words(self) -> None:
        text = self.words[0] if len(self.words) == 1 else "".join(self.words)
        self.words.clear()
        if text[:1] in _SPACES and not text.strip(_SPACES) and _PRE.isdisjoint(self.special):
            text = "\n" if "\n" in text else " "
        self.nodes.append(text if not self.special or _ASIDE.isdisjoint(self.special) else Aside(text))
