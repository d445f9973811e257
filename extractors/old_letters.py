"""Letters of the old Vietnamese fonts become Unicode: "tØnh" (TCVN3) and "tænh" (VNI) are "tỉnh".

Such a text is windows-1252 to every program and Vietnamese only to a reader with the font; some systems keep it so
inside UTF-8. An article is converted as a whole or not at all, and only when its own words leave no doubt.
"""

from __future__ import annotations

import html
import unicodedata
from functools import cache

import regex

from extractors.syllables import holds_own_letters, marked_words, own_letters, reads_vietnamese
from extractors.wording import words_of

CODE_PAGES = ("TCVN3", "VNI")
"""Each is a file of catalogue/letters."""

_FEWEST = 12
"""Marked words that an article must have to be judged."""

_PART = 4
_RUN = regex.compile(r'[^<>"\n]++')
_CAPITALS = regex.compile(  # of ABC's fonts: <font face=".VnTimeH">, up to the next change of font
    r"(<(?i:font|span)\b[^<>]{0,300}?\.Vn[A-Za-z]{0,20}H\b[^<>]*+>)((?:[^<]++|<(?!/?(?i:font|span)\b))*+)"
)
_PIECE = regex.compile(r"<[^<>]*+>|&#?\w++;|[^<&]++|.", regex.DOTALL)
_ENTITY = regex.compile(r"&(?:#\d{2,3}|#[xX][\da-fA-F]{2}|[a-zA-Z]{2,6}\d?);")


def code_page(text: str) -> str | None:
    """The old encoding that an article's text is clearly in; None for every text that is fine or that nobody can tell.

    Told by three things together: it has nearly none of the letters that only Vietnamese has, many markers of
    the encoding, and once converted nine in ten of its marked words are Vietnamese syllables.
    """
    if own_letters(text[: len(text) // _PART]) > 0.03 * len(text):
        return None  # a part of nearly every text says so
    letters = sum(map(str.isalpha, text))
    if own_letters(text) > 0.03 * letters:
        return None
    _, good, _ = marked_words(text)
    best: tuple[float, str | None] = (0.9, None)
    for page in CODE_PAGES:
        markers = len(_codes(page).findall(text))
        if markers < 0.04 * letters:
            continue
        converted = to_unicode(text, page)
        after, right, _ = marked_words(converted)
        # a good text has at most as many good words after it as before
        if reads_vietnamese(converted, least=_FEWEST) and right > 1.2 * good and right / after > best[0]:
            best = right / after, page
    return best[1]


def to_unicode(text: str, page: str) -> str:
    """Every letter of the old encoding as Unicode, composed; all else as it was."""
    letters = _letters(page)
    return unicodedata.normalize("NFC", _codes(page).sub(lambda match: letters[match[0]], text))


def page_to_unicode(markup: str, page: str) -> str:
    """A page or text with all its runs of old letters converted; what is Unicode already (a menu) stays as it is."""
    converted = _RUN.sub(lambda match: _run_to_unicode(match[0], page), markup)
    return _CAPITALS.sub(lambda match: match[1] + _PIECE.sub(_in_capitals, match[2]), converted)


def _in_capitals(match: regex.Match[str]) -> str:
    return match[0] if match[0][0] in "<&" else match[0].upper()


def _run_to_unicode(run: str, page: str) -> str:
    if run.isascii() and "&" not in run:
        return run
    if holds_own_letters(html.unescape(run)):
        return run
    return to_unicode(_ENTITY.sub(_resolved, run), page)


def _resolved(match: regex.Match[str]) -> str:
    """`&agrave;`, `&#173;` as the characters they are; `&lt;` and `&nbsp;` belong to the markup."""
    char = html.unescape(match[0])
    return char if len(char) == 1 and "\xa1" <= char <= "\xff" else match[0]


@cache
def _letters(page: str) -> dict[str, str]:
    """Code to letter."""
    written = words_of(f"letters/{page}")["letters"]
    return {
        code: letter for letter, codes in written.items() for code in (codes if isinstance(codes, list) else [codes])
    }


@cache
def _codes(page: str) -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(code) for code in sorted(_letters(page), key=lambda code: -len(code))))
