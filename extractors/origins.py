"""Places that a figure is not of: what a unit was made of, the one above that only says where it lies, an office's.

"Tỉnh mới hợp nhất từ ba tỉnh Phú Thọ, Vĩnh Phúc và Hòa Bình"; "Thị xã Điện Bàn là một đô thị của tỉnh Quảng Nam";
"bà Mai, Bí thư Đảng ủy xã Cao Xá".
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, one_of, starts_with, word_set
from extractors.places.article import ArticlePlaces
from extractors.places.gazetteer import ancestors
from extractors.places.mentions import PlaceMention
from extractors.sentences import Sentence

_WORD = regex.compile(r"\w++")


def is_origin(sentence: Sentence, place: PlaceMention) -> bool:
    """ "hợp nhất từ ba tỉnh Phú Thọ, Vĩnh Phúc và Hòa Bình": one of those that a unit was made of."""
    at = max((cue.end for cue in sentence.of_kind("origin") if cue.end <= place.start), default=None)
    if at is None or sentence.words(at, place.start).lstrip()[:1] in (",", ";"):
        return False
    words = ""
    for other in [*(p for p in sentence.places if at <= p.start and p.end <= place.start), place]:
        words, at = f"{words} {sentence.words(at, other.start)}", other.end
    return word_set("of_origins").issuperset(_WORD.findall(words.lower()))


def not_of_a_title(sentence: Sentence) -> list[PlaceMention]:
    """The places but those of an office of somebody who is only there: "Dự có bà Mai, Bí thư Đảng ủy xã Cao Xá"."""
    if sentence.figures or any_of("speaking").search(sentence.text):
        return list(sentence.places)
    start = sentence.start
    return [place for place in sentence.places if not _title().search(sentence.words(start, place.start))]


@cache
def _title() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{one_of('titles')})(?: [^\s,;.]++){{0,6}}+ $", regex.I)


def says_where(clause: Clause, place: PlaceMention, places: ArticlePlaces) -> bool:
    """ "Thị xã Điện Bàn là một đô thị của tỉnh Quảng Nam, có dân số 226.500 người": the figure is the first's."""
    sentence = clause.sentence
    first = sentence.places[0]
    if first is place or first.kind != "named" or not clause.commas(place.end) or clause.parted(first.end):
        return False
    if not ends_with(sentence.words(first.end, place.start), "addresses") or not _describes(sentence, first, place):
        return False
    lower, upper = places.resolve(first), places.resolve(place)
    return lower is None or (upper is not None and upper in ancestors(lower))


def _describes(sentence: Sentence, first: PlaceMention, place: PlaceMention) -> bool:
    """ "A là một trong 9 huyện của B", "A, vùng đất trung du của B": nothing else is said, nor counted."""
    gap, commas = sentence.words(first.end, place.start).lstrip(), sentence.commas(first.end, place.start)
    if starts_with(gap, "equating"):
        return not commas
    counted = any(first.end <= figure.start < place.start for figure in sentence.figures)
    return gap.startswith(",") and commas == 1 and not counted
