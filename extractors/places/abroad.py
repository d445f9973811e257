"""A foreign country's own figures, which belong to no place of ours: "GDP của Trung Quốc tăng 4,7%"."""

from __future__ import annotations

from functools import cache

import regex

from extractors.places.names import place_words
from extractors.wording import choices

_CLAUSE_BEGINS = regex.compile(r"(?r)[\n!?:;…]|[.,](?!\d)")  # from behind: a search from the left tries every letter
_REACH = 160
_CLAUSE_BEHIND = regex.compile(r"(?:[^\n.!?;…]|[.,](?=\d))*+")
_FIGURE_BEHIND = regex.compile(r"[^\n.!?:;,…\d]*+\d")
_NEW_SENTENCE = regex.compile(r"(?:^|[\n.!?…])\s*$")


def is_abroad(text: str, start: int, end: int) -> bool:
    """Is a foreign country's own figure told here: "GDP của Trung Quốc tăng 4,7%", not "sang Trung Quốc"?

    A clause without a figure tells only what happens meanwhile: "Kinh tế thế giới khó khăn, GRDP tăng 8,1%".
    """
    reach = max(0, start - _REACH)
    begin = _CLAUSE_BEGINS.search(text, reach, start)
    clause = text[begin.end() if begin else reach : start]
    opens = _opening().fullmatch(clause.strip()) is not None and _starts(text, start - len(clause))
    if text[end : end + 2].strip()[:1].isupper() or not (_FIGURE_BEHIND.match(text, end) or (opens and clause.strip())):
        return False
    told = opens or _told_before().search(clause) is not None
    behind = _CLAUSE_BEHIND.match(text, end) if opens else None
    return told and not _partners().search(clause + (behind[0] if behind else ""))


def _starts(text: str, at: int) -> bool:
    return _NEW_SENTENCE.search(text, max(0, at - 3), at) is not None


@cache
def _opening() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_any('abroad_opening')})?", regex.I)


@cache
def _partners() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{_any('abroad_partners')})(?!\p{{L}})", regex.I)


@cache
def _told_before() -> regex.Pattern[str]:
    """ "lạm phát tại ", "tỷ lệ hộ nghèo ở tỉnh Attapeu của ", "dân số "."""
    figures, links = _any("abroad_figures"), _any("abroad_links")
    near = _any("abroad_right_before")
    return regex.compile(rf"(?<!\p{{L}})(?:(?:{near})|(?:{figures})\s(?:.*\s)?(?:{links}))\s$", regex.I)


def _any(section: str) -> str:
    return choices(place_words()[section])
