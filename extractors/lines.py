"""Tell article lines from furniture: which line is title, lead, heading, caption, "Lượt xem 104"?

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
from extractors.page_words import alternation, fold, is_label, opens_with, spelled, words

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
_BULLET = regex.compile(r"^(?:[-–—+*•●▪‣◦·]\s|[•●▪‣◦])")
_NUMBERED = regex.compile(r"^(?P<number>\d{1,2})[.)/]\s?(?=\p{L})")
_OUTLINE = regex.compile(r"^(?:[IVX]{1,5}|[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)/]\s*+(?=\p{L})")
_NAME = regex.compile(r"^(?:\p{Lu}[\p{L}\p{M}]*[.\s\-–,]*){1,6}$")
_GAP = regex.compile(r"\s*[|›»>/]+\s*|[\s\u00a0]{3,}|\s+[-–]\s+")


def split_lines(text: str) -> list[Line]:
    """The lines that hold anything, without the spaces around them; offsets point into `text`."""
    lines = []
    for match in _LINE.finditer(text):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner)
            lines.append(Line(inner, start, start + len(inner)))
    return lines


def _open(lines: list[Line]) -> Iterator[tuple[int, Line]]:
    return ((index, line) for index, line in enumerate(lines) if not line.kind)


def mark_datelines(lines: list[Line]) -> None:
    for _, line in _open(lines):
        line.stamp = read_dateline(line.text)
        if line.stamp is not None:
            line.kind = "dateline"


def mark_chrome(lines: list[Line]) -> None:
    """Counters, share bars, menus, slogans: lines that are furniture wherever they stand."""
    begun = _first_prose(lines)
    for index, line in _open(lines):
        text = line.text
        short = len(text) <= LONG and (_is_label(text) or _is_menu(text, alone=index < begun))
        if short or _is_banner(text) or not any(c.isalnum() for c in text):
            line.kind = "chrome"


def _is_label(text: str) -> bool:
    folded = fold(text)
    after, before = rf"{alternation('counters')}\W*[\d.,]+", rf"[\d.,]+ {alternation('counted')}"
    counted = regex.fullmatch(rf"\W*(?:{after}|{before})\W*", folded) is not None
    return counted or is_label("chrome", text) or any(word in folded for word in words("chrome_anywhere"))


def _is_menu(text: str, *, alone: bool) -> bool:
    """Names of sections in a row; `alone`: above the text one name is enough, inside it is a heading."""
    names = [fold(name) for name in _GAP.split(text.strip(" |›»>/")) if name]
    known = sum(name in words("sections") for name in names)
    if fold(text) in words("sections"):
        return alone
    return len(names) > (1 if alone else 2) and known * 2 >= len(names)


def _is_banner(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) >= 12 and capitals >= 0.8 * len(letters) and opens_with("banners", text)


def mark_tail(lines: list[Line]) -> None:
    """Everything from "Tin liên quan" on; a box in the first half ends where long prose begins again."""
    inside = False
    begun = _first_prose(lines)
    for index, line in enumerate(lines):
        short = len(line.text) <= LONG or line.text.isupper() or _many_teasers(line.text)
        if short and index > begun and is_label("tail", line.text):
            inside = True
        elif inside and index * 2 < len(lines) and len(line.text) > LONG and line.prose:
            inside = False
        if inside and not line.kind:
            line.kind = "chrome"


def _many_teasers(text: str) -> bool:
    return len(regex.findall(r"\s[*•>]\s", text)) >= 2


def _first_prose(lines: list[Line]) -> int:
    """Where the article begins to speak; furniture that closes an article stands below."""
    return next((i for i, line in enumerate(lines) if line.prose and line.kind in ("", "lead")), len(lines))


def mark_teasers(lines: list[Line]) -> None:
    """ "Xem thêm: …" inside the text, and the bullets right under it."""
    after = False
    for _, line in _open(lines):
        bullet = _BULLET.match(line.text) is not None and len(line.text) <= LONG
        teaser = line.text.startswith((">>", "»")) or is_label("teaser", line.text)
        after = (teaser and len(line.text) <= LONG) or (after and bullet)
        if after:
            line.kind = "chrome"


def mark_captions(lines: list[Line]) -> None:
    """Lines printed twice running, lines with a photo credit, and well-known openings."""
    for index, line in _open(lines):
        if len(line.text) > 2 * LONG:
            continue
        if _repeats(lines, index):
            line.kind = "caption"
        elif opens_with("photo_credits", line.text) and ":" in line.text[:20] and len(line.text) <= LONG:
            line.kind = "caption"
            if index and not lines[index - 1].kind and not lines[index - 1].prose:
                lines[index - 1].kind = "caption"
        elif _credits()[0].search(line.text) or _plain_caption(line.text):
            line.kind = "caption"


def _repeats(lines: list[Line], index: int) -> bool:
    text = fold(lines[index].text)
    return any(
        fold(lines[other].text) == text and lines[other].kind in ("", "caption")
        for other in (index - 1, index + 1)
        if 0 <= other < len(lines)
    )


@cache
def _credits() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """A photo credit that closes a line; a caption and its agency run into the paragraph below it."""
    words = spelled("photo_credits")
    closing = rf"(?:[\s(.,\-–]|^){words}\s?:\s?\p{{Lu}}[^.]{{1,60}}[).]*$"
    agency = r"\p{Lu}[\p{L}\p{M} .]{1,40}(?:/\p{Lu}{3,})+\)?(?=\s+\p{Lu})"
    inline = rf"^.{{10,250}}?[\s(]{words}\s?:\s?{agency}"
    return regex.compile(closing), regex.compile(inline)


def part_captions(lines: list[Line]) -> list[Line]:
    """ "… Ảnh: An Hiếu/TTXVN Theo báo cáo, …" is two lines: the caption was glued to its paragraph."""
    parted: list[Line] = []
    for line in lines:
        match = None if line.kind or len(line.text) <= LONG else _credits()[1].match(line.text)
        if match:
            rest = line.text[match.end() :].lstrip()
            parted.append(Line(match[0], line.start, line.start + match.end(), "caption"))
            line = Line(rest, line.end - len(rest), line.end)
        parted.append(line)
    return parted


def _plain_caption(text: str) -> bool:
    return len(text) <= 120 and not any(c.isdigit() for c in text) and opens_with("captions", text)


def mark_bylines(lines: list[Line]) -> str | None:
    """Credits and the name under the text; after the name only advertising follows. Gives the author."""
    begun = _first_prose(lines)
    for index, line in _open(lines):
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
    labelled = regex.match(rf"\W*{alternation('bylines')}\s?:", folded) is not None
    return labelled or (opens_with("attributions", text) and ("(" in text or "http" in text))


def is_name(text: str) -> bool:
    return len(text) <= 40 and _NAME.match(text) is not None


def mark_items(lines: list[Line]) -> None:
    """ "- …", "• …", and numbered lines whose neighbour carries the next number."""
    numbers = [_number(line) for line in lines]
    for index, line in _open(lines):
        number = numbers[index]
        around = [numbers[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        if _BULLET.match(line.text) or (number is not None and ({number - 1, number + 1} & set(around))):
            line.kind = "item"


def _number(line: Line) -> int | None:
    match = _NUMBERED.match(line.text)
    return int(match["number"]) if match else None


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
