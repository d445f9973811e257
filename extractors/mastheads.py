"""Read whose page it is from its masthead: "BÁO ĐỒNG NAI ĐIỆN TỬ", "UBND XÃ VĨNH HIỆP - TỈNH KHÁNH HÒA"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from extractors.lines import Line
from extractors.page_words import PIECES, opens_with, spelled, split_pieces
from extractors.places.article import ArticlePlaces
from extractors.places.finding import find_places
from extractors.text import normalise

_TOP = 8
"""A masthead stands among the first lines."""
_LONGEST = 120
_PARTS = regex.compile(rf"{PIECES.pattern}|\s[-–]\s|[,(;:]")


def mark_mastheads(lines: list[Line]) -> None:
    """The first lines are furniture as long as they are mastheads; "UBND huyện A" in a table below is not."""
    found: list[Line] = []
    for line in lines[:_TOP]:
        if not line.kind and read_masthead(line.text) is None and not opens_with("mottos", line.text):
            break
        if not line.kind:
            found.append(line)
    else:
        return
    for line in found:
        line.kind = "chrome"


def read_masthead(text: str) -> str | None:
    """The places a masthead names ("" where it names none), None for a line that says anything else."""
    match = _masthead().fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    places = normalise(match["place"]).norm.strip(" ,-–|")
    return places if _holds_only_places(places) else None


@cache
def _masthead() -> regex.Pattern[str]:
    after = rf"(?:\s+{spelled('masthead_ends')})?"
    return regex.compile(rf"\W*(?:{spelled('mastheads')}(?![\p{{L}}\p{{M}}])[\s,–-]*+)++(?P<place>.*?){after}\W*")


def _holds_only_places(text: str) -> bool:
    """ "ĐỘNG TÌNH TRẠNG" in "BÁO ĐỘNG TÌNH TRẠNG …" is no place."""
    left = text
    for place in reversed(find_places(text)):
        left = left[: place.start] + left[place.end :]
    return not any(c.isalnum() for c in left)


def find_home(lines: list[Line], published: date | None) -> str | None:
    """The unit of the page's paper or office, the hint that `Article.locality` is; None where no masthead names one."""
    for piece in _mastheads(lines):
        places = read_masthead(piece)
        if places and (home := ArticlePlaces(places, "", published).own):
            return home
    return None


def _mastheads(lines: list[Line]) -> Iterator[str]:
    """What may be one: furniture at the top and its pieces, and papers named next to a date or a section."""
    for index, line in enumerate(lines):
        if index < _TOP and line.kind == "chrome":
            yield from (line.text, *split_pieces(line.text))
        if line.kind == "dateline" or (index < _TOP and line.kind in ("chrome", "heading", "byline")):
            yield from (piece for piece in _PARTS.split(line.text) if opens_with("papers", piece))
