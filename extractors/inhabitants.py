"""Who lives in a place: persons and hamlets, whose figures are their own and nobody's here.

"Chị Thu thoát nghèo, thu nhập 120 triệu đồng/năm"; "Thôn Suối Thơm có tỷ lệ hộ nghèo 38%"; "thu nhập của người dân
trong xóm". A hamlet speaks on in the next sentence, up to where a place is named; so does a single department.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, one_of, word_set
from extractors.departments import serving
from extractors.places.names import bearers
from extractors.sentences import Sentence
from extractors.slots import Span
from extractors.wording import choices

NAME = r"\p{Lu}[\p{L}\d]*+(?: \p{Lu}[\p{L}\d]*+){0,5}+"
_NEAR = 16


def hamlets(sentence: Sentence) -> Iterator[Span]:
    """ "Thôn Suối Thơm", "của tổ dân phố 5", "trong xóm": below every commune."""
    for start, end in _named(sentence, "hamlets", rf"(?:{NAME}|\d{{1,2}}(?![\d.,%/]))"):
        before = sentence.words(sentence.start, start).rstrip()
        name = sentence.words(start, end).split(maxsplit=1)[-1]
        known = any(unit.tier != "commune" for unit in bearers().get(name, ()))
        if not known and (before[-1:] in ("", *",;:(") or ends_with(before.lower()[-_NEAR:], "hamlet_before")):
            yield start, end
    yield from _unnamed(sentence)


def _unnamed(sentence: Sentence) -> Iterator[Span]:
    """ "của người dân trong xóm đạt", "toàn ấp có"; not "của bản thân", "trong thôn, xóm"."""
    if any_of("hamlets_alone").may_be_in(sentence.text):
        for match in _alone().finditer(sentence.text):
            yield sentence.start + match.start(), sentence.start + match.end()


@cache
def _alone() -> regex.Pattern[str]:
    before, behind = one_of("hamlet_alone_before"), one_of("hamlet_alone_behind")
    ends = rf"(?=\s?[.;:)]|,(?! {one_of('hamlets')})|\s\d|\s(?:{behind})(?!\p{{L}})|\s?$)"
    return regex.compile(rf"(?<!\p{{L}})(?:{before}) (?:{one_of('hamlets_alone')}){ends}", regex.I)


def minor_speaks(sentence: Sentence, spoke: bool) -> bool:
    """Whether a hamlet or one department is spoken of when a sentence ends; `spoke`: whether one was before it."""
    opened = {sentence.start, *(start for start, _ in _unnamed(sentence))}
    ends = [end for start, end in hamlets(sentence) if start in opened]
    last = max([*ends, *(end for _, end in serving(sentence))], default=None)
    if last is None:
        return spoke and not speaks_of_place(sentence)
    return not any(takes_over(sentence, last, place.start) for place in sentence.places if place.start >= last)


def speaks_of_place(sentence: Sentence) -> bool:
    """Whether a sentence names any place or tier, "xã", "toàn địa bàn": it is no hamlet's then."""
    return bool(sentence.places or sentence.of_kind("scope") or any_of("everywhere").search(sentence.text))


def persons(clause: Clause) -> Iterator[Span]:
    """ "Anh Lợi nộp 2 hồ sơ"; not "Ông Dũng, Giám đốc Sở" nor "Ông Dũng cho biết …"."""
    sentence = clause.sentence
    for start, end in _named(sentence, "persons", NAME):
        told = end <= clause.at and any_of("telling").search(sentence.words(end, clause.at))
        if not told and sentence.words(end, end + 2).strip().isalpha():
            yield start, end


@lru_cache(maxsize=16)
def _named(sentence: Sentence, kind: str, name: str) -> tuple[Span, ...]:
    """A word of a set and a name behind it, where no place of the lists stands."""
    words = (match for match in _word_and_name(kind, name).finditer(sentence.text) if match.group() not in bearers())
    spans = ((sentence.start + match.start(), sentence.start + match.end()) for match in words)
    return tuple((start, end) for start, end in spans if not is_in_place(sentence, start, end))


@cache
def _word_and_name(kind: str, name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{choices(word_set(kind))}) {name}")


def is_in_place(sentence: Sentence, start: int, end: int) -> bool:
    """ "Bà Rịa", "Đồng Tháp", "huyện Chợ Mới"."""
    return any(place.start < end and start < place.end for place in sentence.places)


def takes_over(sentence: Sentence, end: int, at: int) -> bool:
    """Behind a comma, or as "tỷ lệ hộ nghèo của xã Sơn Thái"."""
    words = sentence.words(end, at)
    if _address().fullmatch(words):
        return False
    return bool(sentence.commas(end, at)) or ";" in words or ends_with(words, "owning")


@cache
def _address() -> regex.Pattern[str]:
    return regex.compile(rf"[\s,(]*(?:(?:{choices(word_set('addresses'))})\s)?")
