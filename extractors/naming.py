"""What a figure without an indicator seems to be about: "mở 42 lớp tập huấn cho cán bộ" → "lớp tập huấn".

The label serves to group and count what waits for review; it is made of the clause's own words, whole ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import dropwhile

import regex

from extractors.clauses import Clause
from extractors.cues import word_set
from extractors.sentences import Spanned
from extractors.tokenizing import word_tokenizer

_MOST = 4
_BEHIND = 2
_LONGEST = 80
_MARK = regex.compile(r"[,;:()“”\"\n]|\d[\d.,/%]*")
_LED_TO = ("up", "down", "reached", "status", "plan")


def label_of(clause: Clause) -> str:
    """The noun behind a count with what follows it, else the last words before the number; "" where there are none."""
    if noun := clause.figure.noun.lower():
        return " ".join([noun, *_first_words(_behind(clause).lower().lstrip().removeprefix(noun))])
    return " ".join(_last_words(_before(clause)) or _first_words(_behind(clause).lower().lstrip()))


def _before(clause: Clause) -> str:
    """ "diện tích lúa bị ngập đã lên tới 35%": what stands before the words that only lead to the number."""
    start, end = clause.lead
    for found in reversed(_known(clause, start, end)):
        if clause.sentence.words(found.end, end).strip():
            return _MARK.split(clause.sentence.words(found.end, end))[-1]
        end = found.start
    return _MARK.split(clause.sentence.words(start, end).rstrip(" ,(:"))[-1]


def _behind(clause: Clause) -> str:
    """ "95% học sinh khối 9": what stands behind the number up to the next thing that is known."""
    start, end = clause.figure.end, clause.tail[1]
    known = _known(clause, start, end)
    return _MARK.split(clause.sentence.words(start, known[0].start if known else end))[0]


def _known(clause: Clause, start: int, end: int) -> list[Spanned]:
    """Periods, places and words of movement, from left to right."""
    sentence = clause.sentence
    moves = (cue for cue in sentence.cues if cue.kind in _LED_TO)
    known: list[Spanned] = [*sentence.periods, *sentence.places, *moves]
    return sorted((k for k in known if start <= k.start and k.end <= end), key=lambda k: k.start)


def _first_words(text: str) -> list[str]:
    forward = [*dropwhile(_is_light, whole_words(text[:_LONGEST]))][:_BEHIND]
    return [*dropwhile(_is_light, reversed(forward))][::-1]


def _last_words(text: str) -> list[str]:
    backward = [*dropwhile(_is_light, reversed(whole_words(text[-_LONGEST:])))][:_MOST]
    return [*dropwhile(_is_light, reversed(backward))]


def _is_light(word: str) -> bool:
    return (word_set("light") | word_set("linking")).issuperset(word.split())


@lru_cache(maxsize=4096)
def whole_words(text: str) -> tuple[str, ...]:
    """ "sử dụng lao động" is two words."""
    found: Iterable[str] = word_tokenizer()(text.lower()) if text.strip() else ()
    return tuple(word for word in found if word[0].isalpha())
