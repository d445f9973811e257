"""Read a web page of an article, layer by layer: JSON-LD, meta, the source's selectors, then guesses."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import soupsieve
from bs4 import BeautifulSoup, Tag

from extractors.datelines import Stamp, read_dateline, read_stamp
from extractors.encoding import Unreadable
from extractors.facts import Article
from extractors.lines import Line
from extractors.markup import assemble, body_lines, clean, depth, drop_boxes
from extractors.metadata import from_json_ld, from_meta, stated_date
from extractors.page_words import cms_selectors, fold
from extractors.plain import lay_out

Found = TypeVar("Found", Stamp, str)

MOST_TAGS = 60_000
"""A page of a paper has a few thousand tags; parsing time grows with them."""

DEEPEST = 600
"""Careless pages reach a hundred or two through tags that they never close."""


@dataclass(slots=True)
class _Page:
    """A parsed page, what its layers say, and which of them answered."""

    soup: BeautifulSoup
    name: str
    markup: str
    selectors: Mapping[str, str]
    json_ld: dict[str, str]
    meta: dict[str, str]
    layers: dict[str, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)

    def candidates(self, slot: str) -> Iterator[tuple[str, Tag]]:
        """Tags for a slot: by the source's selector, then by those of common systems in their order."""
        if slot in self.selectors:
            yield from (("selector", tag) for tag in self.soup.select(self.selectors[slot]))
        # one walk over the page for all selectors; each of the few tags found is ranked afterwards
        ranks = cms_selectors(slot)
        found = self.soup.select(", ".join(ranks))
        yield from (("cms", tag) for tag in sorted(found, key=lambda tag: _rank(tag, ranks)))


def _rank(tag: Tag, selectors: Sequence[str]) -> int:
    return next(i for i, selector in enumerate(selectors) if soupsieve.match(selector, tag))


def read_html(markup: str, name: str, selectors: Mapping[str, str], title: str | None) -> Article:
    """The article of a page, its text built from the visible blocks; raises `Unreadable`."""
    return _read(_parse(markup, name, selectors), title)


def _parse(markup: str, name: str, selectors: Mapping[str, str]) -> _Page:
    if markup.count("<") > MOST_TAGS:
        raise Unreadable(f"{name}: more than {MOST_TAGS} tags, no article page")
    soup = BeautifulSoup(markup, "lxml")
    page = _Page(soup, name, markup, selectors, from_json_ld(soup), from_meta(soup))
    if depth(soup) > DEEPEST:
        raise Unreadable(f"{name}: tags nested deeper than {DEEPEST}, no article page")
    clean(soup)
    for tag in soup.select(selectors["drop"]) if "drop" in selectors else ():
        tag.decompose()
    return page


def _read(page: _Page, known_title: str | None) -> Article:
    title, heading = _title(page)
    stamp, author = _published(page, heading), _author(page)
    lines = _article_lines(page, title or known_title, heading)
    text = assemble(lines)
    layout = lay_out(lines)
    stamp = stamp or _said_by_text(page, "published", layout.stamp)
    return Article(
        text=text,
        blocks=layout.blocks,
        title=title or layout.title,
        published=stamp.day if stamp else None,
        published_at=stamp.moment if stamp else None,
        author=author or _said_by_text(page, "author", layout.author),
        layers=page.layers,
        issues=tuple(page.issues) if stamp is None else (),
    )


def _said_by_text(page: _Page, slot: str, found: Found | None) -> Found | None:
    if found is not None:
        page.layers[slot] = "text"
    return found


def _article_lines(page: _Page, title: str | None, heading: Tag | None) -> list[Line]:
    """Title, lead and body, each once."""
    body = [line for line in _body(page, heading) if not _says_again(line, title)]
    lead = _lead(page, body)
    if not (lead or body):
        raise Unreadable(f"{page.name}: no text found on the page")
    return [*([Line(title, 0, 0, "title")] if title else []), *lead, *body]


def _says_again(line: Line, title: str | None) -> bool:
    return title is not None and line.kind in ("", "heading", "title") and fold(line.text) == fold(title)


def _title(page: _Page) -> tuple[str | None, Tag | None]:
    """The title and the tag that shows it; "… - Báo X" is cut where the page shows the title without."""
    shown = [tag for _, tag in page.candidates("title")] + page.soup.find_all("h1")
    for layer, found in (("json-ld", page.json_ld), ("meta", page.meta)):
        if stated := found.get("title"):
            tag = next((tag for tag in shown if (text := _text(tag)) and fold(stated).startswith(fold(text))), None)
            page.layers["title"] = layer
            return (_text(tag) if tag else stated), tag
    for layer, tag in [*page.candidates("title"), *(("h1", tag) for tag in page.soup.find_all("h1"))]:
        if text := _text(tag):
            page.layers["title"] = layer
            return text, tag
    return None, None


def _text(tag: Tag) -> str:
    return " ".join(line.text for line in body_lines(tag))


def _published(page: _Page, heading: Tag | None) -> Stamp | None:
    stated = [("json-ld", page.json_ld.get("published")), ("meta", page.meta.get("published"))]
    stated += [(layer, stated_date(tag)) for layer, tag in page.candidates("published")]
    for layer, text in stated:
        if text and (stamp := read_stamp(text)):
            page.layers["published"] = layer
            return stamp
        if text:
            page.issues.append(f"published: {layer} of {page.name} says {text[:60]!r}, which is no date")
    stamp = next(_stamps_near(heading), None) if heading is not None else None
    if stamp is not None:
        page.layers["published"] = "text"
    return stamp


def _stamps_near(heading: Tag) -> Iterator[Stamp]:
    """Datelines in the boxes around the title; farther off is the clock of the site."""
    for level, box in enumerate(heading.parents):
        if level == 4 or box.name in ("body", "html", "[document]"):
            yield from _stamps(str(text) for text in heading.find_all_next(string=True, limit=30))
            return
        yield from _stamps(box.stripped_strings)


def _stamps(texts: Iterable[str]) -> Iterator[Stamp]:
    return (stamp for text in texts if (stamp := read_dateline(text)) is not None)


def _author(page: _Page) -> str | None:
    found: list[tuple[str, str]] = [("json-ld", page.json_ld.get("author", ""))]
    found += [(layer, _text(tag)) for layer, tag in page.candidates("author")]
    found += [("meta", page.meta.get("author", ""))]
    for layer, text in found:
        name = text.rsplit(": ", 1)[-1]
        if name and len(name) <= 80 and not name.startswith("http"):
            page.layers["author"] = layer
            return name
    return None


def _lead(page: _Page, body: list[Line]) -> list[Line]:
    """The lead that stands outside the body; one inside it is among the body's first lines already."""
    opening = [fold(line.text) for line in body[:3]]
    for layer, tag in page.candidates("lead"):
        lines = body_lines(tag)
        if lines and not any(fold(line.text) in opening for line in lines):
            page.layers["lead"] = layer
            return [Line(line.text, 0, 0, "lead") for line in lines]
        if lines:
            break
    return []


def _body(page: _Page, heading: Tag | None) -> list[Line]:
    """Lines of the first layer that finds enough to be an article, or of the one that finds most."""
    best: tuple[str, list[Line]] = ("page", [])
    for layer, enough, lines in _bodies(page, heading):
        if _length(lines) > _length(best[1]):
            best = layer, lines
        if _length(lines) >= enough:
            break
    page.layers["body"] = best[0]
    return best[1]


def _bodies(page: _Page, heading: Tag | None) -> Iterator[tuple[str, int, list[Line]]]:
    """Layer, the characters that make its find an article, and the lines it found."""
    for layer, tag in page.candidates("body"):
        yield layer, 1 if layer == "selector" else 80, _lines(tag)
    yield "trafilatura", 120, _by_trafilatura(page.markup)
    title = _text(heading) if heading is not None else ""
    whole = _lines(page.soup)
    begin = next((i for i, line in enumerate(whole) if line.text == title), 0)
    yield "page", 1, whole[begin:]


def _lines(tag: Tag) -> list[Line]:
    drop_boxes(tag)
    return body_lines(tag)


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _by_trafilatura(markup: str) -> list[Line]:
    import trafilatura  # half a second to import, and most pages never need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(markup, output_format="html", include_tables=True, include_comments=False)
    return body_lines(BeautifulSoup(found, "lxml")) if found else []
