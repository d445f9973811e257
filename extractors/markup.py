"""The body of a page as lines: paragraphs, list items, headings, captions and the cells of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PreformattedString

from extractors.lines import LONG, Line
from extractors.page_words import words

_NEVER = frozenset(
    {"script", "style", "noscript", "template", "nav", "aside", "footer", "iframe", "button", "svg", "select"}
    | {"video", "audio"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = _HEADINGS | {
    *("address", "article", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


def clean(soup: BeautifulSoup) -> None:
    """Take out what no reader sees: comments, scripts, menus, hidden boxes."""
    for tag in [tag for tag in soup.find_all(True) if tag.name in _NEVER or "hidden" in tag.attrs]:
        tag.decompose()
    whole = len(soup.get_text())
    for tag in soup.find_all(["form", "textarea"]):  # ASP.NET puts the whole page into a form
        if not tag.decomposed and len(tag.get_text()) < 0.5 * whole:
            tag.decompose()
    for comment in soup.find_all(string=lambda s: isinstance(s, (Comment, PreformattedString))):
        comment.extract()
    for tag in soup.find_all(style=_HIDDEN):
        tag.decompose()


def depth(soup: BeautifulSoup) -> int:
    """How deep the tags of a page nest."""
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    return max(depths.values())


def drop_boxes(body: Tag, keep: float = 0.5) -> None:
    """Related articles, share bars and comments inside the body; a box with most of the text stays."""
    whole = len(body.get_text())
    for tag in body.find_all(True):
        if not tag.decomposed and box_words(tag) & set(words("chrome_boxes")) and len(tag.get_text()) < keep * whole:
            tag.decompose()


def box_words(tag: Tag) -> set[str]:
    names = [*tag.get_attribute_list("class"), *tag.get_attribute_list("id")]
    whole = {name.casefold() for name in names if name}
    return whole | {part for name in whole for part in re.split(r"[-_]+", name)}


def body_lines(body: Tag) -> list[Line]:
    """The lines of `body` in reading order, without offsets (see `assemble`)."""
    return [line for line, _ in boxed_lines(body)]


def boxed_lines(body: Tag) -> list[tuple[Line, Tag]]:
    """The same lines, each with the block that holds it."""
    reader = _Reader()
    for event, node in _events(body):
        if event == "text":
            reader.words.append(str(node))
            continue
        assert isinstance(node, Tag)
        if node.name == "img":
            reader.picture = True
        if node.name in _BREAKS:
            reader.flush()
            (reader.open.append if event == "open" else reader.close)(node)
    reader.flush()
    return [(line, box or body) for line, box in zip(reader.lines, reader.boxes, strict=True)]


def _events(root: Tag) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Openings, texts and closings in page order, without recursion: pages nest as deep as they like."""
    stack: list[tuple[str, Tag | NavigableString]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        yield event if isinstance(node, Tag) else "text", node
        if event == "open" and isinstance(node, Tag):
            stack.append(("close", node))
            children = (child for child in reversed(node.contents) if isinstance(child, (Tag, NavigableString)))
            stack.extend(("open", child) for child in children)


@dataclass(slots=True)
class _Reader:
    """Collects words until a block begins or ends, and knows which blocks are open."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Tag | None] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[Tag] = field(default_factory=list)
    picture: bool = False
    """A picture came and no words since: a short centred block is its caption."""
    grids: dict[int, tuple[int, dict[int, tuple[int, int]]] | None] = field(default_factory=dict)

    def close(self, tag: Tag) -> None:
        if self.open and self.open[-1] is tag:
            self.open.pop()

    def flush(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.lines.append(self._line(text))
            self.boxes.append(self.open[-1] if self.open else None)
            self.picture = False

    def _line(self, text: str) -> Line:
        cell = next((tag for tag in reversed(self.open) if tag.name in ("td", "th")), None)
        place = self._place(cell) if cell is not None else None
        if place:
            return Line(text, 0, 0, "cell", *place)
        return Line(text, 0, 0, self._kind(text))

    def _kind(self, text: str) -> str:
        names = {tag.name for tag in self.open}
        inner = self.open[-1] if self.open else None
        if "figcaption" in names or any(box_words(tag) & set(words("caption_boxes")) for tag in self.open[-3:]):
            return "caption"
        if self.picture and len(text) <= LONG and inner is not None and self._caption_like(inner, text):
            return "caption"
        if "li" in names:
            return "chrome" if inner is not None and _all_link(inner, text) else "item"
        if inner is not None and (inner.name in ("p", "div") or inner.name in _HEADINGS) and _all_link(inner, text):
            return "chrome"
        return "heading" if names & _HEADINGS and len(text) <= LONG and not text.endswith(".") else ""

    def _caption_like(self, tag: Tag, text: str) -> bool:
        """Italic throughout, centred, in the small table of the picture, or all the words in its box."""
        whole = tag.get_text(strip=True)
        slanted = any(i.get_text(strip=True) == whole for i in tag.find_all(["em", "i"]))
        centred = (
            tag.name == "center" or tag.get("align") == "center" or bool(_CENTRED.search(str(tag.get("style", ""))))
        )
        table, box = tag.find_parent("table"), tag.find_parent("div")
        framed = tag.name == "figure" or (table is not None and _is_frame(table, 2 * LONG))
        # the outermost box is the article itself
        alone = box is not None and any(box is one for one in self.open[1:]) and _is_frame(box, len(text))
        return slanted or centred or framed or alone

    def _place(self, cell: Tag) -> tuple[int, int, int] | None:
        table = cell.find_parent("table")
        if table is None:
            return None
        if id(table) not in self.grids:
            grid = table_grid(table)
            number = sum(known is not None for known in self.grids.values())
            self.grids[id(table)] = (number, grid) if grid else None
        known = self.grids[id(table)]
        return (known[0], *known[1][id(cell)]) if known and id(cell) in known[1] else None


def _is_frame(tag: Tag, most: int) -> bool:
    """Whether a box has a picture and no more than so many characters."""
    if tag.find("img") is None:
        return False
    lengths = accumulate(len(text) for text in tag.stripped_strings)
    return all(length <= most for length in lengths)


def _all_link(tag: Tag, text: str) -> bool:
    linked = " ".join(" ".join(a.get_text() for a in tag.find_all("a")).split())
    return len(text) >= 20 and len(linked) >= len(text) - 3


def table_grid(table: Tag) -> dict[int, tuple[int, int]] | None:
    """id of each cell → (row, column) with spans counted; None for tables that only lay out a page."""
    if table.find("table") is not None or table.find("img") is not None:
        return None
    taken: set[tuple[int, int]] = set()
    places: dict[int, tuple[int, int]] = {}
    lengths = []
    for row, tr in enumerate(table.find_all("tr")):
        column = 0
        for cell in tr.find_all(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            high, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            places[id(cell)] = (row, column)
            lengths.append(len(cell.get_text(strip=True)))
            column += wide
    square = {row for row, _ in places.values()}, {column for _, column in places.values()}
    if min(map(len, square), default=0) < 2 or sum(length > LONG for length in lengths) * 3 > len(lengths):
        return None
    return places


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 100) if value.isdigit() and int(value) else 1


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
