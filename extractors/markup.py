"""The body of a page as lines: paragraphs, list items, headings, captions and the cells of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from extractors.cleaning import is_called
from extractors.lines import LONG, Line
from extractors.page_tables import table_grid
from extractors.tree import Tag

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_PLAIN = _HEADINGS | {"p", "div"}
_BREAKS = _HEADINGS | {
    *("address", "article", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


def body_lines(body: Tag) -> list[Line]:
    """The lines of `body` in reading order, without offsets (see `assemble`)."""
    return list(each_line(body))


def each_line(body: Tag) -> Iterator[Line]:
    reader = _Reader(body)
    return (reader.line(*piece) for piece in pieces(body))


def text_of(tag: Tag) -> str:
    return " ".join(text for text, _, _ in pieces(tag))


def pieces(body: Tag) -> Iterator[tuple[str, Sequence[Tag], bool]]:
    """The words between the beginnings and ends of blocks, the blocks around them, and whether they follow a picture.

    The blocks, from the outermost of `body` to the innermost, are those of this moment: the next piece has others.
    """
    words: list[str] = []
    boxes: list[Tag] = []
    picture = False
    end = body.end
    for at, node in enumerate(body.nodes[body.start : end], body.start):
        if isinstance(node, str) and at < end:
            words.append(node)
            continue
        name = node.name if isinstance(node, Tag) else None
        if words and (at >= end or name in _BREAKS):
            if text := " ".join("".join(words).split()):
                yield text, boxes, picture
                picture = False
            words.clear()
        while at >= end:
            boxes.pop()
            end = boxes[-1].end if boxes else body.end
        if isinstance(node, str):
            words.append(node)
        elif isinstance(node, Tag) and name in _BREAKS:
            boxes.append(node)
            end = node.end
        elif name == "img":
            picture = True
    if text := " ".join("".join(words).split()):
        yield text, boxes, picture


class _Reader:
    """Names the lines of one page; what it has found out about a box it knows for the next line of it."""

    def __init__(self, body: Tag) -> None:
        self.body = body
        self.names: dict[Tag, frozenset[str]] = {}
        self.linked: dict[Tag, int] = {}
        self.pictured: dict[Tag, bool] = {}
        self.captioned: dict[Tag, bool] = {}
        self.read: set[Tag] = set()
        self.places: dict[Tag, tuple[int, int, int]] = {}
        self.tables = 0

    def line(self, text: str, boxes: Sequence[Tag], picture: bool) -> Line:
        if boxes and boxes[-1] in self.places:
            return Line(text, 0, 0, "cell", *self.places[boxes[-1]])
        names = self._names(boxes)
        if names & _CELLS and (place := self._place(next(box for box in reversed(boxes) if box.name in _CELLS))):
            return Line(text, 0, 0, "cell", *place)
        return Line(text, 0, 0, self._kind(text, boxes, names, picture))

    def _names(self, boxes: Sequence[Tag]) -> frozenset[str]:
        """The names of the open blocks."""
        at = len(boxes)
        while at and boxes[at - 1] not in self.names:
            at -= 1
        names = self.names[boxes[at - 1]] if at else frozenset()
        for box in boxes[at:]:
            names = self.names[box] = names if box.name in names else names | {box.name}
        return names

    def _kind(self, text: str, boxes: Sequence[Tag], names: frozenset[str], picture: bool) -> str:
        if not boxes:
            return ""
        inner = boxes[-1]
        if "figcaption" in names or any(map(self._is_captioned, boxes[-3:])):
            return "caption"
        if picture and len(text) <= LONG and self._caption_like(inner, text, boxes):
            return "caption"
        if ("li" in names or inner.name in _PLAIN) and self._all_link(inner, text):
            return "chrome"
        if "li" in names:
            return "item"
        return "heading" if names & _HEADINGS and len(text) <= LONG and not text.endswith(".") else ""

    def _is_captioned(self, box: Tag) -> bool:
        if box not in self.captioned:
            self.captioned[box] = is_called(box, "caption_boxes")
        return self.captioned[box]

    def _caption_like(self, tag: Tag, text: str, boxes: Sequence[Tag]) -> bool:
        """Italic throughout, centred, in the small table of the picture, or all the words in its box."""
        if tag not in self.pictured:
            self.pictured[tag] = _is_slanted(tag) or _is_centred(tag) or _is_framed(tag)
        box = tag.around("div")
        # the outermost box is the article itself
        alone = box is not None and any(box is one for one in boxes[1:]) and _holds_picture(box, len(text))
        return self.pictured[tag] or alone

    def _all_link(self, tag: Tag, text: str) -> bool:
        if len(text) < 20:
            return False
        if tag not in self.linked:
            starts, texts = self.links
            words = "".join(texts[bisect_left(starts, tag.start) : bisect_left(starts, tag.end)])
            self.linked[tag] = len(" ".join(words.split()))
        return self.linked[tag] >= len(text) - 3

    @cached_property
    def links(self) -> tuple[list[int], list[str]]:
        """Where the links of the body begin, and their words."""
        links = self.body.tags("a")
        return [link.start for link in links], [link.text() for link in links]

    def _place(self, cell: Tag) -> tuple[int, int, int] | None:
        """Table, row and column."""
        table = cell.around("table")
        if table is not None and table not in self.read:
            self.read.add(table)
            grid = table_grid(table) or {}
            self.places.update((one, (self.tables, *place)) for one, place in grid.items())
            self.tables += bool(grid)
        return self.places.get(cell)


def _is_slanted(tag: Tag) -> bool:
    whole = "".join(tag.words())
    return any("".join(i.words()) == whole for i in tag.tags("em", "i"))


def _is_centred(tag: Tag) -> bool:
    style = tag.attrs.get("style", "")
    return tag.name == "center" or tag.attrs.get("align") == "center" or _CENTRED.search(style) is not None


def _is_framed(tag: Tag) -> bool:
    table = tag.around("table")
    return tag.name == "figure" or (table is not None and _holds_picture(table, 2 * LONG))


def _holds_picture(tag: Tag, most: int) -> bool:
    """Whether a box has a picture and no more than so many characters."""
    return tag.find("img") is not None and all(length <= most for length in accumulate(map(len, tag.words())))


def assemble(lines: list[Line]) -> str:
    """One text of all lines, a blank line between blocks; gives every line its place in it."""
    parts: list[str] = []
    at = 0
    for previous, line in zip([None, *lines], lines, strict=False):
        if previous is not None:
            gap = "\n" if previous.kind == line.kind == "cell" and previous.table == line.table else "\n\n"
            parts.append(gap)
            at += len(gap)
        line.start, line.end = at, at + len(line.text)
        parts.append(line.text)
        at = line.end
    return "".join(parts)
