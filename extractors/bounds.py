"""How a figure is bounded by the words around it: "gần", "tối thiểu", "dưới", "từ 94% trở lên"."""

from __future__ import annotations

from functools import cache

import regex

from extractors.wording import backwards, choices, compiled, starting, words_of

_BEFORE = 45
_CLAUSE = 70
"""How far "trở lên" or "xuống còn" may stand behind the figure that it bounds, in characters."""


def read_bound(norm: str, start: int, end: int) -> tuple[int, str]:
    """Where the bounding words of the figure at `start:end` begin, and what they say; (start, "eq") for none."""
    clause = compiled(r"[;.!?\n](?!\d)").split(norm[end : end + _CLAUSE], maxsplit=1)[0]
    before = norm[max(0, start - _BEFORE) : start]
    match = _words_before().search(before)
    at = start - len(before) + match.start() if match else start
    origin = _origin().search(norm[max(0, at - 8) : at])
    opened = at - len(origin.group()) if origin else at
    for bound in ("ge", "le"):
        if _words_after(bound).match(clause):
            return opened, bound
    if match is None:
        return (opened, "ge") if origin and not _moves_on().match(clause) else (opened, "eq")
    word = " ".join(match["word"].lower().split())
    if word in words_of("units")["exceeding"] and starting("units", "not_exceeding_after").match(clause):
        return start, "eq"
    return at, _bounds()[word]


@cache
def _bounds() -> dict[str, str]:
    return {word: bound for bound, words in words_of("units")["bounds"].items() for word in words}


@cache
def _origin() -> regex.Pattern[str]:
    return backwards(rf"(?i)(?<!\p{{L}})(?:{choices(words_of('units')['origin'])}) +\Z")


@cache
def _words_before() -> regex.Pattern[str]:
    """ "hơn 5%" and "không ít hơn 5%" bound; "cao hơn 5%" compares."""
    compared = choices(words_of("units")["comparative_before"])
    comparing = words_of("units")["comparing"]
    more = rf"(?<!\b(?:{compared}) +)(?:{choices(comparing)})"
    others = choices(word for word in _bounds() if word not in comparing)
    return backwards(rf"(?i)(?<![\p{{L}}\d])(?P<word>{others}|{more}) +\Z")


@cache
def _words_after(bound: str) -> regex.Pattern[str]:
    """ "từ 94% trở lên", "80% hồ sơ trở lên": no other figure and no comma between."""
    return regex.compile(rf"(?i)[^,;:\d]*?\b(?:{choices(words_of('units')[bound + '_after'])})\b")


@cache
def _moves_on() -> regex.Pattern[str]:
    """ "từ 10,85% xuống còn 1,31%" leaves a level behind and does not bound it."""
    return regex.compile(rf"(?i)[^;]*?\b(?:{choices(words_of('units')['opens'])})\b")
