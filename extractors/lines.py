"""The lines of an article and the passes that name them: dateline, byline, item, heading.

Every pass only names lines that no earlier pass has named; what is left over is a paragraph. In
doubt a line stays a paragraph: a lost paragraph loses its figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import regex

from extractors.datelines import Stamp, read_dateline
from extractors.page_words import alternation, fold, opens_with

LONG = 160
"""From this length on a line is prose, whatever it starts with."""


@dataclass(slots=True)
class Line:
    """One line of the text (or one block element of a page); `kind` is empty until known."""

    text: str
    start: int
    end: int
    kind: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    stamp: Stamp | None = None

    @property
    def prose(self) -> bool:
        return len(self.text) >= LONG or self.text.endswith((".", "…", "!", "?", ";", ".”", '."', "…”"))


_LINE = regex.compile(r"[^\r\n\u2028\u2029\u0085\x0b\x0c]++")
BULLET = regex.compile(r"^(?:[-–—+*•●▪‣◦·]\s|[•●▪‣◦])")
_NUMBERED = regex.compile(r"^(?P<number>[0-9]{1,2})[.)/]\s?(?=\p{L})")
_LETTERED = regex.compile(r"^(?P<letter>[a-zđ])\)\s?(?=[\p{L}\d])")
_LETTERS = "abcdđefghiklmnopq"
_OUTLINE = regex.compile(r"^(?:[IVX]{1,5}|[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)/]\s*+(?=\p{L})")
_NAME = regex.compile(r"^(?:\p{Lu}[\p{L}\p{M}]*[.\s\-–,]*){1,6}(?:\(\p{Ll}[\p{Ll}\p{M} ]{1,12}\))?$")


def split_lines(text: str) -> list[Line]:
    """The lines that hold anything, without the spaces around them; offsets point into `text`."""
    lines = []
    for match in _LINE.finditer(text):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner)
            lines.append(Line(inner, start, start + len(inner)))
    return lines


def open_lines(lines: list[Line]) -> Iterator[tuple[int, Line]]:
    return ((index, line) for index, line in enumerate(lines) if not line.kind)


def mark_datelines(lines: list[Line]) -> None:
    for _, line in open_lines(lines):
        line.stamp = read_dateline(line.text)
        if line.stamp is not None:
            line.kind = "dateline"


def first_prose(lines: list[Line]) -> int:
    """Where the article begins to speak; furniture that closes an article stands below."""
    return next((i for i, line in enumerate(lines) if line.prose and line.kind in ("", "lead")), len(lines))


def mark_bylines(lines: list[Line]) -> str | None:
    """Credits and the name under the text; after the name only advertising follows. Gives the author."""
    begun = first_prose(lines)
    for index, line in open_lines(lines):
        if index > begun and len(line.text) <= LONG and _is_credit(line.text):
            line.kind = "byline"
    rest = [line for line in lines if not line.kind]
    foot = list(takewhile(_may_be_foot, reversed(rest)))
    below = foot[::-1] if len(foot) < len(rest) else []
    at = next((i for i, line in enumerate(below) if is_name(line.text)), None)
    if at is None:
        return None
    for line in below[at + 1 :]:
        line.kind = "chrome"
    below[at].kind = "byline"
    return below[at].text


def _may_be_foot(line: Line) -> bool:
    return len(line.text) <= 80 and not any(c.isdigit() for c in line.text)


def _is_credit(text: str) -> bool:
    folded = fold(text)
    return _byline().match(folded) is not None or (opens_with("attributions", text) and ("(" in text or "http" in text))


@cache
def _byline() -> regex.Pattern[str]:
    return regex.compile(rf"\W*{alternation('bylines')}\s?:")


def is_name(text: str) -> bool:
    return len(text) <= 40 and _NAME.match(text) is not None


def mark_items(lines: list[Line]) -> None:
    """ "- …", "• …", and numbered or lettered lines whose neighbour carries the next number or letter."""
    for index, line in open_lines(lines):
        mark = _mark(line)
        around = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)] if mark else []
        if BULLET.match(line.text) or (mark and any(_follow(mark, _mark(other)) for other in around)):
            line.kind = "item"


def _mark(line: Line) -> tuple[str, int] | None:
    """The kind of numbering a line carries and how far it has come."""
    if match := _NUMBERED.match(line.text):
        return "number", int(match["number"])
    if (match := _LETTERED.match(line.text)) and match["letter"] in _LETTERS:
        return "letter", _LETTERS.index(match["letter"])
    return None


def _follow(mark: tuple[str, int], other: tuple[str, int] | None) -> bool:
    """Neighbours of one numbering; some alphabets pass over đ or f."""
    if other is None or mark[0] != other[0]:
        return False
    return 1 <= abs(mark[1] - other[1]) <= (1 if mark[0] == "number" else 2)


def mark_headings(lines: list[Line]) -> None:
    """A short line without a full stop that something follows; "Bảng 1. …" names a table."""
    below = ""
    for line in reversed(lines):
        if not line.kind and below not in ("", "byline", "dateline") and _is_heading(line.text):
            line.kind = "heading"
        if line.kind not in ("caption", "chrome"):
            below = line.kind or "paragraph"


def _is_heading(text: str) -> bool:
    outlined = _OUTLINE.match(text) is not None and len(text) <= 100
    table = opens_with("table_captions", text) and len(text) <= 200
    if (outlined or table) and not text.endswith((".", ";")):
        return True
    return len(text) <= 100 and text[-1] not in '.,;:…!"”)' and " " in text and (text[0].isupper() or text[0].isdigit())
