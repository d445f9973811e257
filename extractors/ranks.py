"""Places in a list: "đứng thứ 8/8", "từ hạng 17 xuống hạng 29", "dẫn đầu cả nước", "nhóm 10 tỉnh dẫn đầu"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain

import regex

from extractors.numbers import read_ordinal
from extractors.openings import Opening
from extractors.units import read_unit
from extractors.wording import choices, compiled, opening, words_of

_N, _OF = r"(?P<n>\d{1,4}+)", r"(?:/(?P<of>\d{1,4}+))?"
_NOT_A_NUMBER = r"(?![\d.,]*\d| *%|/)"
_CLASS_REACH = 60


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a list at `start:end`, of `out_of` places; `bound` is "le" for "tốp 5"."""

    start: int
    end: int
    place: Decimal
    out_of: Decimal | None
    bound: str
    printed: str


def find_ranks(norm: str) -> list[Rank]:
    """The ranks of a text from left to right; of two that overlap the longer one."""
    every = chain(_numbered_ranks(norm), _moved(norm), _leading(norm))
    alone = _without_overlaps([*every])
    return _without_overlaps([*alone, *(rank for first in alone for rank in _carried_on(norm, first))])


def read_rank(text: str) -> Decimal | None:
    """The place that the words of one rank name, or None."""
    if compiled(rf"(?i)(?:{choices(_rank_words()['first'])})").fullmatch(text.strip()):
        return Decimal(1)
    cue = choices([*_rank_words()["top"], *_rank_words()["group"], *_rank_words()["bare"], *_rank_words()["placing"]])
    match = compiled(rf"(?i)(?<!\p{{L}})(?:{cue}) +(\d++|{_ordinals()})(?:/\d++)?\Z").search(text.strip())
    return read_ordinal(match[1]) if match else None


def _without_overlaps(ranks: list[Rank]) -> list[Rank]:
    kept: list[Rank] = []
    for rank in sorted(ranks, key=lambda rank: (rank.start, -rank.end)):
        if not kept or rank.start >= kept[-1].end:
            kept.append(rank)
    return kept


def _rank(match: regex.Match[str], bound: str = "eq", group: str = "") -> Rank:
    of = match["of" + group] if "of" + group in match.re.groupindex else None
    out_of = Decimal(of) if of else None
    number = match["n" + group]
    start, end = match.span("rank" + group) if "rank" + group in match.re.groupindex else match.span()
    return Rank(start, end, read_ordinal(number), out_of, bound, number)


def _numbered_ranks(norm: str) -> Iterator[Rank]:
    """ "xếp thứ 5", "hạng 17/63"; "xếp hạng 63 tỉnh" ranks the provinces, and "hạng 2/4" is a class."""
    for match in _numbered().finditer(norm):
        rank = _rank(match)
        if not (_is_list_of(norm, match) or _is_class(norm, match.start())):
            yield rank
    yield from (_rank(match, "le") for match in _top().finditer(norm))


def _is_list_of(norm: str, match: regex.Match[str]) -> bool:
    """ "bảng xếp hạng 63 tỉnh, thành phố" is a list, "bảng xếp hạng 2023" a year's; "xếp hạng 3 khối sở" is a rank."""
    words = _rank_words()
    titled = compiled(rf"(?i)\b(?:{choices(words['list_before'])}) +\Z").search(
        norm[max(0, match.start() - 20) : match.start()]
    )
    if match["of"] or not _classed().fullmatch(match.group()):
        return False
    unit = read_unit(norm, match.end())
    among = compiled(rf"(?i) +(?:{choices(words['among'])})(?!\p{{L}})").match(norm, match.end())
    year = compiled(r"(?:19|20)\d\d").fullmatch(match["n"])
    return titled is not None or year is not None or (unit is not None and unit.kind == "count" and among is None)


def _is_class(norm: str, at: int) -> bool:
    """ "bệnh viện … từ hạng 3 lên hạng 2", "thương binh hạng 2/4": a class of the thing named before."""
    before = compiled(r"[.;\n]").split(norm[max(0, at - _CLASS_REACH) : at])[-1]
    named = compiled(rf"(?i)(?<!\p{{L}})(?:{choices(_rank_words()['class_of'])})(?!\p{{L}})").search(before)
    return (
        named is not None
        and compiled(rf"(?i)(?:{_origin()} +)?(?:{choices(_rank_words()['class'])})\b").match(norm, at) is not None
    )


def _moved(norm: str) -> Iterator[Rank]:
    """ "từ hạng 17 (năm 2022) xuống hạng 29", "từ vị trí 33 lên 21", "tụt xuống hạng 29"."""
    for match in _moves().finditer(norm):
        measured = match["n2"] is not None and read_unit(norm, match.end()) is not None
        if not (measured or _is_class(norm, match.start())):
            yield _rank(match)
            if match["n2"]:
                yield _rank(match, group="2")
    for match in _arrivals().finditer(norm):
        if not _is_class(norm, match.start()) and not _is_list_of(norm, match):
            yield _rank(match)


def _leading(norm: str) -> Iterator[Rank]:
    """ "đứng đầu khối huyện", "dẫn đầu PCI", "dẫn đầu với 71,2 điểm"."""
    for match in _first().finditer(norm):
        yield Rank(*match.span(), Decimal(1), None, "eq", match.group())


def _carried_on(norm: str, first: Rank) -> Iterator[Rank]:
    """ "Đồng Nai xếp thứ 22, Bình Phước thứ 31", "đứng thứ nhất là Huế, thứ hai là Đà Nẵng": further places."""
    sentence = compiled(r"[.!?\n](?!\d)").search(norm, first.end)
    for match in _further().finditer(norm, first.end, sentence.start() if sentence else len(norm)):
        yield _rank(match)


def _rank_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = words_of("units")["rank"]
    return words


@cache
def _classed() -> regex.Pattern[str]:
    """ "xếp hạng 3", whatever stands before."""
    return regex.compile(rf"(?i).*(?:{choices(_rank_words()['class'])}) +\d++")


@cache
def _origin() -> str:
    return f"(?:{choices(words_of('units')['origin'])})"


@cache
def _ordinals() -> str:
    """ "thứ năm" is the fifth, "xếp hạng năm 2023" a year's."""
    rank = _rank_words()
    words = [word for word in words_of("numerals")["ordinals"] if word not in rank["year_word"]]
    fifth = rf"(?<=(?:{choices(rank['plain'])}) +)(?:{choices(rank['year_word'])})"
    return rf"{choices(words)}|{fifth}(?! +(?:\d|{choices(rank['year_after'])}))"


@cache
def _numbered() -> Opening:
    """ "thứ" alone ranks only with "/63" or "toàn tỉnh" behind it: "kỳ họp thứ 14" is no rank."""
    rank = _rank_words()
    every = choices([*rank["before"], *rank["plain"]])
    strong = choices(w for w in rank["before"] if w in rank["strong"] or any(plain in w for plain in rank["plain"]))
    among = choices(rank["among"])
    return opening(
        [*rank["before"], *rank["plain"]],
        rf"(?i)(?<!\p{{L}})(?:(?:{strong}) +{_N}{_OF}{_NOT_A_NUMBER}"
        rf"|(?:{strong}) +(?P<n>{_ordinals()})(?!\p{{L}})"
        rf"|(?:{every}) +{_N}/(?P<of>\d{{1,4}}+){_NOT_A_NUMBER}"
        rf"|(?:{every}) +{_N}{_NOT_A_NUMBER}(?= +(?:{among})(?!\p{{L}}))"
        rf"|(?:{choices(rank['placed'])}) +{_N}(?= *(?:[;)]|[,.](?!\d)|\Z))"
        rf"|(?<=\()(?:{every}) +{_N}(?=\)))",
    )


@cache
def _moves() -> Opening:
    """A place left for another one; what stands between the two holds no other figure than a year's."""
    rank = _rank_words()
    cue, between = choices(rank["bare"]), r"(?:[^\d.;\n]|\b(?:19|20)\d\d\b){0,60}?"
    left = rf"(?:{choices(rank['leaving'])}) +(?P<rank>(?:{cue}) +{_N}{_OF})"
    moving = rf"(?:{choices(rank['moving'])}) +{_origin()} +(?P<rank>{_N}{_OF})"
    return opening(
        [*rank["leaving"], *rank["moving"]],
        rf"(?i)(?<!\p{{L}})(?:{left}|{moving}){_NOT_A_NUMBER}"
        rf"{between}\b(?:{choices(rank['arriving'])})"
        rf"(?: +(?:{cue}) +\d| +(?P<rank2>(?P<n2>\d{{1,3}}+)(?:/(?P<of2>\d{{1,4}}+))?){_NOT_A_NUMBER})",
    )


@cache
def _arrivals() -> Opening:
    """ "lên hạng 21", "rớt xuống vị trí 40"; "xếp loại" and "hạng mục" hold no number there."""
    rank = _rank_words()
    return opening(
        rank["bare"],
        rf"(?i)(?<=\b(?:{choices(rank['arriving'])}) +)(?:{choices(rank['bare'])}) +{_N}{_OF}{_NOT_A_NUMBER}",
    )


@cache
def _further() -> regex.Pattern[str]:
    """Behind a rank: "thứ" after a name, a year or a comma, before "là", a comma or the end."""
    words = _rank_words()
    ends = rf"(?= *(?:[,;)(]|\Z|\.(?!\d))| +(?:{choices(words['further_after'])})(?!\p{{L}}))"
    named = rf"(?<=(?:(?<!\p{{L}})\p{{Lu}}\p{{Ll}}++|\b(?:{choices(words['indices'])})|\b(?:19|20)\d\d) )"
    listed = rf"(?<=(?:[,;]|(?<!\p{{L}})(?:{choices(words['further_before'])})) )"
    thing = rf"(?:(?:{choices(words['further_head'])}) +)?(?:{choices(words['plain'])})"
    return regex.compile(
        rf"(?:(?:{named}|{listed}){thing} +(?:{_N}{_OF}{_NOT_A_NUMBER}|(?P<n>{_ordinals()})(?!\p{{L}}))"
        rf"|{named}(?:{choices(words['class'])}) +{_N}{_OF}{_NOT_A_NUMBER}){ends}"
    )


@cache
def _first() -> Opening:
    """ "đứng đầu khối huyện", "dẫn đầu với 91,2 điểm", but not "người đứng đầu cơ quan"."""
    rank = _rank_words()
    among, counted = choices([*rank["among"], *rank["first_among"], *rank["indices"]]), choices(rank["top_after"])
    leads = rf"(?:{choices(rank['first_is'])}) +(?:{choices(rank['first_are'])})"
    allowed = rf"(?:(?<!\b(?:{choices(rank['not_first_before'])}) +)|(?<=\b{leads} +))"
    scored = rf"(?:{choices(rank['scored'])}) +\d[\d,]*+ +(?:{choices(words_of('units')['kinds']['points']['words'])})"
    return opening(
        rank["first"],
        rf"(?i)(?<!\p{{L}}){allowed}(?:{choices(rank['first'])})"
        rf"(?= +(?:{among}|\d++ +(?:{counted})|(?:\p{{L}}+ +){{0,4}}?{scored})(?!\p{{L}}))",
    )


@cache
def _top() -> Opening:
    rank = _rank_words()
    return opening(
        [*rank["numbered_top"], *rank["top"], *rank["group"]],
        rf"(?i)(?<!\p{{L}})(?:(?:{choices(rank['numbered_top'])}) +(?P<n>\d{{1,3}}+)(?![\d.,/]*\d)"
        rf"|(?:{choices(rank['top'])}) +(?P<n>\d{{1,3}}+)(?= +(?:{choices(rank['top_after'])})\b)"
        rf"|(?:{choices(rank['group'])}) +(?P<n>\d{{2,3}}+)(?= *(?:[;)]|[,.](?!\d)|\Z)))"
        rf"(?![^.;\d]{{0,60}}\b(?:{choices(rank['bottom'])})\b)",  # "nhóm 14 tỉnh, thành có PAPI thấp nhất"
    )
