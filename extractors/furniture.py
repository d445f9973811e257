"""Tell furniture from the article: "Lượt xem 104", "Lưu tin | In bài", "Tin liên quan", "BÁO ĐỒNG NAI ĐIỆN TỬ"."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lines import BULLET, LONG, Line, first_prose, open_lines
from extractors.page_words import (
    alternation,
    fold,
    holds,
    is_label,
    is_whole,
    listed,
    may_open,
    opens_with,
    split_pieces,
)

_GAP = regex.compile(r"\s*[|›»>/]+\s*|[\s\u00a0]{3,}|\s+[-–]\s+")
_PARTING = ("›", "»", ">", "/", " - ", " – ")
"""What `_GAP` matches in a line that is whole."""
_TEXT_SIZE = regex.compile(r"(?:a\s?[+-]?(?:\s+|$))+|(?:t(?:\s+|$)){2,}")
"""The buttons "A- A A+" and "T T T"."""
_TEASER_MARK = regex.compile(r"\s[*•>]\s")


def mark_chrome(lines: list[Line]) -> None:
    """Counters, share bars, menus, slogans: lines that are furniture wherever they stand."""
    begun = first_prose(lines)
    for index, line in enumerate(lines):
        if line.kind == "item" and index < begun and _is_label(line.text):
            line.kind = "chrome"  # a counter or a button is an entry of its bar
        if line.kind:
            continue
        text = line.text
        short = len(text) <= LONG and (_is_label(text) or _is_row(text, alone=index < begun))
        foot = index > begun and not line.prose and opens_with("foot", text)
        if short or foot or _is_banner(text) or not any(map(str.isalnum, text)):
            line.kind = "chrome"


def _is_label(text: str) -> bool:
    folded = fold(text)
    return _is_button(text) or is_label("chrome", text) or holds("chrome_anywhere", folded)


def _is_button(text: str) -> bool:
    """ "486 lượt xem", "Hôm nay: 1.284", "Lưu tin", "A- A A+"."""
    folded = fold(text).strip(" .:()[]")
    may_count = folded[:1].isdecimal() or may_open("counters", folded)
    counted = may_count and _counter().fullmatch(folded) is not None
    sized = folded.startswith(("a", "t")) and _TEXT_SIZE.fullmatch(folded) is not None
    return counted or sized or folded in listed("buttons")


@cache
def _counter() -> regex.Pattern[str]:
    after, before = rf"{alternation('counters')}\W*[\d.,]+", rf"[\d.,]+ {alternation('counted')}"
    return regex.compile(rf"\W*(?:{after}|{before})\W*")


def _is_row(text: str, *, alone: bool) -> bool:
    """Buttons or sections side by side, or one section `alone`; most lines have nothing that would part them."""
    if is_whole(text) and not any(map(text.__contains__, _PARTING)):
        return alone and fold(text) in listed("sections")
    return _is_bar(text) or _is_menu(text, alone=alone)


def _is_bar(text: str) -> bool:
    """Several in a row, at least half of them known: "Chia sẻ | Lưu | 2 phút đọc"."""
    pieces = [piece for piece in split_pieces(text.strip(" |•·")) if piece]
    known = sum(_is_button(piece) or is_label("chrome", piece) for piece in pieces)
    return len(pieces) > 1 and known * 2 >= len(pieces)


def _is_menu(text: str, *, alone: bool) -> bool:
    """Names of sections in a row; `alone`: above the text one name is enough, inside it is a heading."""
    names = [fold(name) for name in _GAP.split(text.strip(" |›»>/")) if name]
    known = sum(name in listed("sections") for name in names)
    if fold(text) in listed("sections"):
        return alone
    if alone and len(names) > 1 and names[0] in listed("front_page"):
        return True
    return len(names) > (1 if alone else 2) and known * 2 >= len(names)


def _is_banner(text: str) -> bool:
    if not opens_with("banners", text):
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def mark_tail(lines: list[Line]) -> None:
    """Everything from "Tin liên quan" on, its dates too; a box in the first half ends where long prose begins."""
    inside = False
    begun = first_prose(lines)
    for index, line in enumerate(lines):
        short = len(line.text) <= LONG or line.text.isupper() or _many_teasers(line.text)
        if short and index > begun and is_label("tail", line.text):
            inside = True
        elif inside and index * 2 < len(lines) and len(line.text) > LONG and line.prose:
            inside = False
        if inside and line.kind in ("", "dateline"):
            line.kind = "chrome"


def _many_teasers(text: str) -> bool:
    return len(_TEASER_MARK.findall(text)) >= 2


def mark_teasers(lines: list[Line]) -> None:
    """ "Xem thêm: …" inside the text, and the bullets right under it."""
    after = False
    for _, line in open_lines(lines):
        bullet = BULLET.match(line.text) is not None and len(line.text) <= LONG
        teaser = line.text.startswith((">>", "»")) or is_label("teaser", line.text)
        after = (teaser and len(line.text) <= LONG) or (after and bullet)
        if after:
            line.kind = "chrome"
