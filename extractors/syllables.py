"""Whether words are spelled as Vietnamese is: "tỉnh" is, "tØnh" and "tá»‰nh" are not."""

from __future__ import annotations

import html
import unicodedata
from functools import cache, lru_cache

import regex

from extractors.wording import words_of

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = "\u0301\u0323"
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_OWN = regex.compile(r"[đĐăĂĩĨũŨơƠưƯẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_UNSEEN = regex.compile(
    # what is never closed ends with the page, so that a page of openings costs one look
    r"<(script|style)\b(?:.*?</\1\s*+>|.*+)|<!--(?:.*?-->|.*+)|<[^<>]*+>",
    regex.IGNORECASE | regex.DOTALL,
)
_ENOUGH = 100_000


def holds_own_letters(text: str) -> bool:
    """Letters that Vietnamese shares with no language of Western Europe, composed or decomposed."""
    return _OWN.search(text) is not None


def own_letters(text: str) -> int:
    """How many of them."""
    return len(_OWN.findall(text))


def marked_words(text: str) -> tuple[int, int, int]:
    """How many words bear marks; of those, how many are Vietnamese syllables, and how many hold its own letters."""
    marked = [word for word in _WORD.findall(unicodedata.normalize("NFC", text[:_ENOUGH])) if not word.isascii()]
    return len(marked), sum(map(is_syllable, marked)), sum(map(holds_own_letters, marked))


def reads_vietnamese(text: str, *, least: int = 5) -> bool:
    """Of at least `least` marked words four in five are Vietnamese syllables, and one in four has its own letters."""
    marked, good, own = marked_words(text)
    return marked >= least and good >= 0.8 * marked and own >= 0.25 * marked


def visible(markup: str) -> str:
    """The text of a page roughly: without tags and scripts, entities resolved; for judging, not for keeping."""
    return html.unescape(_UNSEEN.sub(" ", markup))


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """A word of one onset, one rime and a tone that it can bear: "hoà", "hòa", "QUYẾT"; not "hoàc", "aà"."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return len(tones) <= 1 and bare in (_stopped() if tones and tones[0] not in _STOP_TONES else _bare())


@cache
def _bare() -> frozenset[str]:
    rimes = [rime for row in words_of("syllables")["rimes"] for rime in row]
    return frozenset(onset + rime for onset in ("", *words_of("syllables")["onsets"]) for rime in rimes)


@cache
def _stopped() -> frozenset[str]:
    """Those that may bear every tone."""
    return frozenset(syllable for syllable in _bare() if not syllable.endswith(("c", "ch", "k", "p", "t")))
