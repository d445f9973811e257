"""What stands around a place word: plurals, kinds of unit, rankings ("thứ 2 toàn tỉnh"), heads of lines.

Texts are normalised; offsets are where the word begins or ends. They are asked at every name of every article, so that
they look at the words before it (`before`, of `words_before`) and search no pattern where a word decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extractors.places.names import place_words
from extractors.wording import choices

_HEAD = regex.compile(r"\)?(?::| ?[-–] | \()")
_SURE_HEAD = regex.compile(r"\)?:| \([^()\n]+\):")
_SENTENCE_ENDS = frozenset('.!?:;…“"(')
_BULLETS = frozenset("-–•*")
_REACH = 24
_ANNOUNCED = 70


def is_surname(word: str) -> bool:
    """Does a person begin here: "Chủ tịch UBND thành phố Trần Văn A"?"""
    return word in _words("surnames")


def words_before(text: str, start: int) -> str:
    """Some words before a place, in small letters, for the questions below."""
    return text[max(0, start - _REACH) : start].lower()


def is_plural(before: str) -> bool:
    """Does a type word stand for several: "các huyện", "hai xã", "13 huyện"?"""
    if before.rstrip(" ")[-1:].isdigit() and _counted().search(before):
        return True
    return _ends_with(before, "plural_before") and not _ends_with(before, "singular_before")


def is_generic(before: str, text: str, start: int, end: int) -> bool:
    """Does a type word name a kind and no place: "cấp huyện", "phường, xã", "xã hội", "8/8 huyện"?"""
    after = text[end : end + _REACH]
    return bool(
        is_plural(before)
        or _ends_with(before, "generic_before")
        or (before.rstrip(" ").endswith(_list_ends()) and _listed_before().search(before))
        or after[:1] in ("/", "-")
        or _listed().match(after)
        or _generic_after(text[start:end].lower()).match(after)
    )


def is_counted(before: str) -> bool:
    """Are units of a type counted, and not named: "số xã đạt chuẩn theo địa bàn: Diên Khánh 17 xã"?"""
    return _ends_with(before, "counting_before")


def is_pointed(text: str, end: int) -> bool:
    """Is a bare type word one that points at the place named last: "tỉnh này"?"""
    return _pointing().match(text, end) is not None


def names_begin(text: str, start: int, end: int) -> bool:
    """Do the words between several units of a type and a name tell their names: "các xã dưới 60 điểm: Phước Chỉ"?"""
    return end - start <= _ANNOUNCED and _announcing().fullmatch(text, start, end) is not None


def is_compound(before: str) -> bool:
    """Is a type word the end of another word: "hợp tác xã Vĩnh Hiệp"?"""
    return _ends_with(before, "compound_before")


def is_ranked(text: str, start: int) -> bool:
    """Is it the field and not whose figure it is: "đứng thứ 2 toàn tỉnh", "chiếm 44% của tỉnh"?"""
    return _ranking().search(text, max(0, start - 36), start) is not None


def is_other(text: str, end: int) -> bool:
    """ "tổng sản phẩm trong nước (GRDP) của tỉnh": a slip, and not the country."""
    return text[end : end + 8].lstrip().startswith(tuple(place_words()["country_not_before"]))


def is_country(text: str, start: int) -> bool:
    """Yes for "vào Việt Nam", no for "Ngân hàng Nhà nước Việt Nam"."""
    before = words_before(text, start)
    return begins_sentence(before) or _ends_with(before, "country_after")


def office_types(text: str, start: int) -> tuple[str, ...]:
    """The type of place that an office right before has: "Thành ủy Thanh Hóa" is the city's."""
    before = words_before(text, start)
    return next(((kind,) for kind, words in _offices().items() if before.endswith(words)), ())


def type_behind(text: str, end: int) -> str:
    """The type word of "Kim Liên là xã đầu tiên của huyện", behind a bare name; "" where there is none."""
    match = _being().match(text, end)
    return str(match[1]) if match else ""


def is_next_in_list(between: str) -> bool:
    """Do these words part two names of a list: "A, B và C", "A (0,4%), B"?"""
    return _next_in_list().fullmatch(between) is not None


def is_later_in_list(between: str) -> bool:
    """Do more words part two names of a list: "A đạt 0,4%, còn B"?"""
    return _later_in_list().fullmatch(between) is not None


def whole_before(before: str) -> int:
    """How long "toàn " is right before a type word; 0 where it does not stand there."""
    return next((len(word) for word in _spaced("whole_before") if before.endswith(word)), 0)


def begins_phrase(text: str, start: int) -> bool:
    """Does a sentence, a line or what a colon or a dash opens begin here?"""
    return begins_sentence(text[max(0, start - _REACH) : start])


def heads_line(text: str, start: int, end: int, also_ordinary: bool = False) -> bool:
    """Is it the head of a line: "NHA TRANG - Quý III", and of an ordinary word surely so: "TAM NÔNG (PHÚ THỌ): …"?"""
    head = _SURE_HEAD if also_ordinary else _HEAD
    return head.match(text, end) is not None and text[:start].rpartition("\n")[2].strip(" (-–*•") == ""


def _ends_with(before: str, section: str) -> bool:
    """Do the words before, in small letters, end with one of the list and a space?"""
    words = _spaced(section)
    if not before.endswith(words):
        return False
    return any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in words)


def begins_sentence(before: str) -> bool:
    """Does a sentence begin behind these words?"""
    bare = before.rstrip()
    if not bare or "\n" in before[len(bare) :]:
        return True
    return bare[-1] in _SENTENCE_ENDS or (bare[-1] in _BULLETS and before[-1:] == " ")


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(place_words()[section])


@cache
def _spaced(section: str) -> tuple[str, ...]:
    return tuple(f"{word.lower()} " for word in place_words()[section])


def _any(section: str) -> str:
    return f"(?:{choices(place_words()[section])})"


def _type() -> str:
    return _any("listed_types")


@cache
def _list_ends() -> tuple[str, ...]:
    return (",", "/", "-", *place_words()["types_joined"])


@cache
def _listed() -> regex.Pattern[str]:
    return regex.compile(rf"\s?(?:[,/-]|{_any('types_joined')})\s?{_type()}(?![\p{{L}}.])(?! \p{{Lu}})", regex.I)


@cache
def _listed_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){_type()}\s?(?:[,/-]|{_any('types_joined')})\s?$", regex.I)


@cache
def _counted() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!{_any('dated_before')}\s[\d/.-]*)(?<!\d)\d{{1,3}}\s?$", regex.I)


@cache
def _next_in_list() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\s?\([^()\n]{{0,40}}\))?(?:\s?[,;]|\s-)?(?:\s{_any('names_joined')})?\s")


@cache
def _later_in_list() -> regex.Pattern[str]:
    last = rf"[^\n]{{0,60}}\b{_any('last_joined')}\b"
    return regex.compile(rf"(?=[^\n]{{0,60}}[,;]|{last})(?:[^\n.!?\p{{Lu}}]|\.(?=\d)){{1,60}}")


@cache
def counted_provinces() -> regex.Pattern[str]:
    """ "63 tỉnh, thành phố", from the character before the number on."""
    return regex.compile(rf"\D?(?<![/\d.,])\K(\d{{1,2}}) {_any('provinces_counted')}(?!\p{{L}})")


@cache
def _offices() -> Mapping[str, tuple[str, ...]]:
    return {kind: tuple(f"{word} " for word in words) for kind, words in place_words()["office_types"].items()}


@cache
def _generic_after(word: str) -> regex.Pattern[str]:
    words = place_words()["generic_after"].get(word, ())
    return regex.compile(rf"\s(?:{choices(words)})(?!\p{{L}})" if words else r"(?!)", regex.I)


@cache
def _being() -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:{choices(place_words()['being'])})\s({_type()})(?!\p{{L}})")


@cache
def _pointing() -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:{choices(place_words()['pointing'])})(?!\p{{L}})", regex.I)


@cache
def _announcing() -> regex.Pattern[str]:
    words = choices(place_words()["names_follow"])
    return regex.compile(rf"(?:[^\n.!?;]|[.,](?=\d))*?(?::|\s(?:{words}):?)\s", regex.I)


@cache
def _ranking() -> regex.Pattern[str]:
    words = choices(place_words()["ranking"])
    return regex.compile(rf"(?<!\p{{L}})(?:{words})(?:\s(?:[^,.;:\n]|[,.](?=\d)){{0,24}})?\s$", regex.I)
