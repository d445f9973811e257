"""Places in a list: "đứng thứ 8/8", "xếp hạng 41/63", "dẫn đầu cả nước", "nhóm 10 tỉnh dẫn đầu"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import regex

from extractors.numbers import read_ordinal
from extractors.wording import choices, compiled, words_of

_NOT_A_NUMBER = r"(?![\d.,]*\d| *%|/)"


def find_ranks(norm: str) -> Iterator[tuple[regex.Match[str], Decimal, Decimal | None, str]]:
    """Each rank as its match, its place, the number of places ("8/63") and its bound; in no order, may overlap."""
    for match in _numbered().finditer(norm):
        yield match, read_ordinal(match["n"]), Decimal(match["of"]) if match["of"] else None, "eq"
    for match in _first().finditer(norm):
        yield match, Decimal(1), None, "eq"
    for match in _top().finditer(norm):
        yield match, Decimal(match["n"]), None, "le"


def read_rank(text: str) -> Decimal | None:
    """The place that the words of one rank name, or None."""
    if compiled(rf"(?i)(?:{choices(words_of('units')['rank']['first'])})").fullmatch(text.strip()):
        return Decimal(1)
    cue = choices([*words_of("units")["rank"]["top"], "thứ", "hạng", "vị trí", "vị trí số", "đứng", "xếp"])
    match = compiled(rf"(?i)(?<!\p{{L}})(?:{cue}) +(\d++|{_ordinals()})(?:/\d++)?\Z").search(text.strip())
    return read_ordinal(match[1]) if match else None


@cache
def _ordinals() -> str:
    return choices(words_of("numerals")["ordinals"])


@cache
def _numbered() -> regex.Pattern[str]:
    """ "thứ" alone ranks only with "/63" or "toàn tỉnh" behind it: "kỳ họp thứ 14" is no rank."""
    rank = words_of("units")["rank"]
    every = choices([*rank["before"], *rank["plain"]])
    strong = choices(word for word in rank["before"] if "thứ" in word or word in ("xếp hạng", "đứng hạng", "vị trí số"))
    place, among = r"(?P<n>\d{1,4}+)", choices(rank["among"])
    return regex.compile(
        rf"(?i)(?<!\p{{L}})(?:(?:{strong}) +{place}(?:/(?P<of>\d{{1,4}}+))?{_NOT_A_NUMBER}"
        rf"|(?:{strong}) +(?P<n>{_ordinals()})(?!\p{{L}})"
        rf"|(?:{every}) +{place}/(?P<of>\d{{1,4}}+){_NOT_A_NUMBER}"
        rf"|(?:{every}) +{place}{_NOT_A_NUMBER}(?= +(?:{among})(?!\p{{L}}))"
        rf"|(?<=\()(?:{every}) +{place}(?=\)))"
    )


@cache
def _first() -> regex.Pattern[str]:
    """ "đứng đầu khối huyện", but not "người đứng đầu cơ quan"."""
    rank = words_of("units")["rank"]
    among, counted = choices([*rank["among"], *rank["first_among"]]), choices(rank["top_after"])
    return regex.compile(
        rf"(?i)(?<!\p{{L}})(?<!\b(?:{choices(rank['not_first_before'])}) +)(?:{choices(rank['first'])})"
        rf"(?= +(?:{among}|\d++ +(?:{counted}))(?!\p{{L}}))"
    )


@cache
def _top() -> regex.Pattern[str]:
    rank = words_of("units")["rank"]
    return regex.compile(
        rf"(?i)(?<!\p{{L}})(?:(?:top|tốp) +(?P<n>\d{{1,3}}+)(?![\d.,/]*\d)"
        rf"|(?:{choices(rank['top'])}) +(?P<n>\d{{1,3}}+)(?= +(?:{choices(rank['top_after'])})\b)"
        rf"|(?:{choices(rank['group'])}) +(?P<n>\d{{1,3}}+)(?= *(?:[;)]|[,.](?!\d)|\Z)))"
    )
