"""Read a web page of an article, layer by layer: JSON-LD, meta, the source's selectors, then guesses."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from extractors.boxes import box_of
from extractors.cleaning import clean, drop_boxes
from extractors.datelines import Stamp, read_dateline, read_stamp
from extractors.encoding import Unreadable
from extractors.facts import Article
from extractors.lines import Line
from extractors.markup import assemble, body_lines, each_line, pieces, text_of
from extractors.metadata import from_json_ld, from_meta, stated_date
from extractors.origin import canonical_origin, linked_origins, one_origin
from extractors.page_words import fold
from extractors.plain import lay_out
from extractors.sections import find_section, find_trails
from extractors.selectors import select
from extractors.titles import find_title
from extractors.tree import Tag, read_tree
from extractors.webpage import Page, stamps_near, updates_near

Found = TypeVar("Found", Stamp, str)

MOST_TAGS = 60_000
"""A page of a paper has a few thousand tags; parsing time grows with them."""

DEEPEST = 600
"""Careless pages reach a hundred or two through tags that they never close."""

_LONGEST_LEAD = 700
_ABOVE = 6
"""Lines between title and body: date, counter, share bar, lead."""


def read_html(
    markup: str, name: str, selectors: Mapping[str, str], title: str | None, url: str | None = None
) -> Article:
    """The article of a page, its text built from the visible blocks; raises `Unreadable`."""
    page = _parse(markup, name, selectors)
    origin = one_origin(linked_origins(page.tree), url) or canonical_origin(page.tree, url)
    return replace(_read(page, title), origin=origin)


def _parse(markup: str, name: str, selectors: Mapping[str, str]) -> Page:
    if markup.count("<") > MOST_TAGS:
        raise Unreadable(f"{name}: more than {MOST_TAGS} tags, no article page")
    tree = read_tree(markup)
    if any(tag.depth > DEEPEST for tag in tree.tags()):
        raise Unreadable(f"{name}: tags nested deeper than {DEEPEST}, no article page")
    page = Page(tree, name, markup, selectors, from_json_ld(tree), from_meta(tree))
    page.trails = find_trails(page)
    clean(tree)
    for tag in select(tree, selectors["drop"]) if "drop" in selectors else ():
        tag.drop()
    return page


def _read(page: Page, known_title: str | None) -> Article:
    title, heading = find_title(page)
    stamp, author = _published(page, heading), _author(page)
    section, updated = find_section(page, title or known_title, heading), _updated(page, heading, stamp)
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
        section=section,
        updated_at=updated.moment if updated else None,
        layers=page.layers,
        issues=tuple(page.issues) if stamp is None else (),
    )


def _said_by_text(page: Page, slot: str, found: Found | None) -> Found | None:
    if found is not None:
        page.layers[slot] = "text"
    return found


def _article_lines(page: Page, title: str | None, heading: Tag | None) -> list[Line]:
    """Title, lead and body, each once."""
    known = fold(title) if title is not None else None
    body = [line for line in _body(page, heading) if not _says_again(line, known)]
    lead = _lead(page, body) or _lead_between(page, body, heading)
    if title is None:
        body = [*_lines_above(page, body), *body]
    if not (lead or body):
        raise Unreadable(f"{page.name}: no text found on the page")
    return [*([Line(title, 0, 0, "title")] if title else []), *lead, *body]


def _says_again(line: Line, folded: str | None) -> bool:
    return folded is not None and line.kind in ("", "heading", "title", "chrome") and fold(line.text) == folded


def _published(page: Page, heading: Tag | None) -> Stamp | None:
    stated = [("json-ld", page.json_ld.get("published")), ("meta", page.meta.get("published"))]
    stated += [(layer, stated_date(tag)) for layer, tag in page.candidates("published")]
    for layer, text in stated:
        if text and (stamp := read_stamp(text)):
            page.layers["published"] = layer
            return stamp
        if text:
            page.issues.append(f"published: {layer} of {page.name} says {text[:60]!r}, which is no date")
    stamp = next(stamps_near(heading), None) if heading is not None else None
    if stamp is not None:
        page.layers["published"] = "text"
    return stamp


def _updated(page: Page, heading: Tag | None, published: Stamp | None) -> Stamp | None:
    """The moment of the last change; a line "Cập nhật …" tells it where another line tells of the publication."""
    for layer, stamp in _updates(page, heading):
        if stamp and stamp.moment and (layer != "text" or _is_later(stamp, published)):
            page.layers["updated"] = layer
            return stamp
    return None


def _is_later(stamp: Stamp, published: Stamp | None) -> bool:
    """By a minute at least: a line prints no seconds."""
    if published is None or published.moment is None or stamp.moment is None:
        return published is not None and stamp.day > published.day
    return stamp.moment - published.moment >= timedelta(minutes=1)


def _updates(page: Page, heading: Tag | None) -> Iterator[tuple[str, Stamp | None]]:
    for layer, found in (("json-ld", page.json_ld), ("meta", page.meta)):
        yield layer, read_stamp(found.get("updated", ""))
    yield from ((layer, read_stamp(stated_date(tag))) for layer, tag in page.candidates("updated"))
    if heading is not None:
        yield from (("text", stamp) for stamp in updates_near(heading))


def _author(page: Page) -> str | None:
    found: list[tuple[str, str]] = [("json-ld", page.json_ld.get("author", ""))]
    found += [(layer, text_of(tag)) for layer, tag in page.candidates("author")]
    found += [("meta", page.meta.get("author", ""))]
    for layer, text in found:
        name = text.rsplit(": ", 1)[-1]
        if name and len(name) <= 80 and not name.startswith("http"):
            page.layers["author"] = layer
            return name
    return None


def _lead(page: Page, body: list[Line]) -> list[Line]:
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


def _lead_between(page: Page, body: list[Line], heading: Tag | None) -> list[Line]:
    """The sentences between the title and the body, where no selector knows the lead."""
    if heading is None or not body or "lead" in page.layers:
        return []
    lines, title = each_line(page.tree), text_of(heading)
    below = _until(body[0].text, lines) if any(line.text == title for line in lines) else []
    between = [line.text for line in below if not line.kind and line.prose and len(line.text) >= 60]
    if len(between) != 1 or len(between[0]) > _LONGEST_LEAD:
        return []
    page.layers["lead"] = "text"
    return [Line(between[0], 0, 0, "lead")]


def _until(text: str, lines: Iterator[Line]) -> list[Line]:
    """The lines before the one that says a text; none where no line says it."""
    above: list[Line] = []
    for line in lines:
        if line.text == text:
            return above
        above.append(line)
    return []


def _lines_above(page: Page, body: list[Line]) -> list[Line]:
    """For a page whose title no layer knows: what stands above the body, from the line above the dateline on."""
    whole = body_lines(page.tree)
    end = next((i for i, line in enumerate(whole) if body and line.text == body[0].text), 0)
    dated = [i for i in range(max(1, end - _ABOVE), end) if read_dateline(whole[i].text)]
    return whole[dated[-1] - 1 : end] if dated else []


def _body(page: Page, heading: Tag | None) -> list[Line]:
    """Lines of the first layer that finds enough to be an article, or of the one that finds most."""
    best: tuple[str, list[Line]] = ("page", [])
    for layer, enough, lines in _bodies(page, heading):
        if _length(lines) > _length(best[1]):
            best = layer, lines
        if _length(lines) >= enough:
            break
    page.layers["body"] = best[0]
    return best[1]


def _bodies(page: Page, heading: Tag | None) -> Iterator[tuple[str, int, list[Line]]]:
    """Layer, the characters that make its find an article, and the lines it found."""
    for layer, tag in page.candidates("body"):
        yield layer, 1 if layer == "selector" else 80, _lines(tag)
    title = text_of(heading) if heading is not None else ""
    found = _by_trafilatura(page.markup)
    box = box_of(page.tree, {fold(text) for text, _, _ in pieces(found)})
    yield "trafilatura", 120, _below(title, _lines(box)) if box is not None else body_lines(found)
    yield "page", 1, _below(title, _lines(page.tree))


def _below(title: str, lines: list[Line]) -> list[Line]:
    begin = next((i for i, line in enumerate(lines) if line.text == title), 0)
    return lines[begin:]


def _lines(tag: Tag) -> list[Line]:
    drop_boxes(tag)
    return body_lines(tag)


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _by_trafilatura(markup: str) -> Tag:
    # half a second to import, and most pages never need it; `extract` would take a fingerprint of the text beside
    from trafilatura import bare_extraction
    from trafilatura.htmlprocessing import build_html_output
    from trafilatura.settings import Document

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(markup, output_format="html", include_tables=True, include_comments=False)
    return read_tree(unicodedata.normalize("NFC", build_html_output(found)) if isinstance(found, Document) else "")
