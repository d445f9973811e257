"""The words that tell an article from its page ("Lượt xem", "Tin liên quan"), ready for matching.

`fold` makes "Từ khóa", "TỪ KHOÁ" and their decomposed forms one string. Folded text is for
comparing only: it is as long as it likes and offsets never point into it.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex

from extractors.wording import words_of

_TONES = "\u0300\u0301\u0303\u0309\u0323"
PIECES = regex.compile(r"\s*[|•·\t]\s*|[\s\u00a0]{2,}")
"""What parts the pieces of a line of furniture: bars, bullets, tabs, wide gaps."""

_LINE = 1000
_BEGINNING = 3
_SYLLABLE = regex.compile(r"[\p{L}\p{M}]++")


def fold(text: str) -> str:
    """Case, spacing and the place of the tone mark taken away: the tone goes to the end of its syllable."""
    return _fold_line(text) if len(text) <= _LINE else _fold_words(text)


def _fold_words(text: str) -> str:
    return " ".join(map(_fold_word, text.split()))


_fold_line = lru_cache(maxsize=8192)(_fold_words)
"""Every pass over the lines of an article folds them again."""


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    return _SYLLABLE.sub(lambda m: _tone_last(m[0]), unicodedata.normalize("NFD", word.casefold()))


def _tone_last(syllable: str) -> str:
    tones = "".join(c for c in syllable if c in _TONES)
    return "".join(c for c in syllable if c not in _TONES) + tones if tones else syllable


def split_pieces(line: str) -> list[str]:
    """ "Lượt xem: 104 | Cỡ chữ" → "Lượt xem: 104", "Cỡ chữ"; a sentence is one piece."""
    return [line] if is_whole(line) else PIECES.split(line)


def is_whole(line: str) -> bool:
    """Whether a line has neither bars nor bullets nor wide gaps, as most have none."""
    if "|" in line or "•" in line or "·" in line:
        return False
    if line.isprintable():  # then its only spaces are plain ones
        return "  " not in line and line == line.strip()
    return " ".join(line.split()) == line


@cache
def words(name: str) -> tuple[str, ...]:
    """The folded list `name` of catalogue/page.yml, longest first."""
    return tuple(sorted({fold(str(v)) for v in words_of("page")[name]}, key=lambda v: (-len(v), v)))


@cache
def listed(name: str) -> frozenset[str]:
    """The same to look a text up in."""
    return frozenset(words(name))


@cache
def _begins(name: str) -> tuple[int, frozenset[str]]:
    """So many letters of every word of the list."""
    length = min(_BEGINNING, *map(len, words(name)))
    return length, frozenset(word[:length] for word in words(name))


def may_open(name: str, folded: str) -> bool:
    """False only where no word of the list can open a folded text, signs before it aside: most are told here."""
    length, begins = _begins(name)
    first = folded[:1]
    return folded[:length] in begins or not (first.isalpha() or first.isdecimal())


@cache
def _kernels(name: str) -> tuple[str, ...]:
    """Without those that hold another one."""
    return tuple(word for word in words(name) if not any(o != word and o in word for o in words(name)))


def holds(name: str, folded: str) -> bool:
    """Whether any word of the list stands in a folded text, inside another word too."""
    return any(map(folded.__contains__, _kernels(name)))


def cms_selectors(slot: str) -> list[str]:
    """CSS selectors of the common content systems for title, lead, body, published or author, in their order."""
    selectors: list[str] = words_of("page")["cms"][slot]
    return selectors


@cache
def cms_marks(kind: str) -> frozenset[str]:
    """Classes ("."), ids ("#") or attributes ("[") that they name: a tag that one of them takes has one of these."""
    selectors = (one for slot in words_of("page")["cms"] for one in cms_selectors(slot))
    return frozenset(mark for one in selectors for mark in regex.findall(rf"\{kind}([\w-]+)", one))


@cache
def alternation(name: str) -> str:
    """The list as one regular expression for folded text."""
    return "(?:" + "|".join(regex.escape(word) for word in words(name)) + ")"


@cache
def spelled(name: str) -> str:
    """The list as one regular expression for text as it stands, composed or decomposed, any case."""
    forms = {unicodedata.normalize(form, str(v)) for v in words_of("page")[name] for form in ("NFC", "NFD")}
    return "(?i:" + "|".join(regex.escape(word) for word in sorted(forms, key=lambda v: (-len(v), v))) + ")"


@cache
def opening(name: str) -> regex.Pattern[str]:
    """Matches a folded line that opens with a word of the list, after bullets and quotes."""
    return regex.compile(rf"^[^\p{{L}}\p{{M}}\d>»]*+{alternation(name)}(?![\p{{L}}\p{{M}}])")


@cache
def _label(name: str) -> regex.Pattern[str]:
    # after the words: nothing, what a colon brings, a number, or letters of the "A- A A+" kind
    after = r"(?:$|(?::|\*|\(\d|[\])]\s).*|[\d\W]++$|(?:\W*+\b[\w]{1,2}\b)++\W*$)"
    return regex.compile(rf"^\W*+{alternation(name)}\s*+{after}", regex.DOTALL)


def is_label(name: str, line: str) -> bool:
    """Whether the first piece of a line is a label of the list: "Lượt xem: 104 | Cỡ chữ" is, a sentence is not."""
    return may_open(name, fold(line)) and _label(name).match(fold(split_pieces(line.strip())[0])) is not None


def opens_with(name: str, line: str) -> bool:
    folded = fold(line)
    return may_open(name, folded) and opening(name).match(folded) is not None
