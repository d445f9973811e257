"""What stands around a place word: people, streets, companies, plurals, rankings ("thứ 2 toàn tỉnh").

Every function takes a normalised text and the offset where the word begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from extractors.gazetteer import place_words

_WORD_BEFORE = regex.compile(r"([\p{L}\p{N}/'’]++[.:]?|-) ?$")
_SENTENCE_START = regex.compile(r"(?:^|[\n.!?:;…“\"(]|[-–•*] )\s*$")
_TYPE_LIST = r"(?:thành phố|thị xã|thị trấn|đặc khu|thành|thị|huyện|quận|phường|xã|tỉnh)"
_LISTED = regex.compile(rf"\s?(?:,|/|-|và|hoặc)\s?{_TYPE_LIST}(?![\p{{L}}.])(?! \p{{Lu}})", regex.I)
_LISTED_BEFORE = regex.compile(rf"(?<!\p{{L}}){_TYPE_LIST}\s?(?:,|/|-|và|hoặc)\s?$", regex.I)
_COUNTED = regex.compile(r"(?<!(?:ngày|sáng|trưa|chiều|tối|tháng|quý)\s[\d/.-]*)(?<!\d)\d{1,3}\s?$", regex.I)

_CLAUSE_BEFORE = regex.compile(r"(?:[^\n.!?:;,…]|[.,](?=\d))*+$")
_CLAUSE_BEHIND = regex.compile(r"(?:[^\n.!?;…]|[.,](?=\d))*+")
_FIGURE_BEHIND = regex.compile(r"[^\n.!?:;,…\d]*+\d")
_NEW_SENTENCE = regex.compile(r"(?:^|[\n.!?…])\s*$")


def is_surname(word: str) -> bool:
    """Does a person begin here: "Chủ tịch UBND thành phố Trần Văn A"?"""
    return word in _words("surnames")


def is_ordinary(name: str) -> bool:
    """District names that are also words or people ("Thống Nhất", "Vinh")."""
    return name in _words("ordinary")


def is_never_bare(name: str) -> bool:
    """Names that are a place only after a type word: "tư tưởng Hồ Chí Minh" is no city."""
    return name in _words("never_bare")


def is_plural(text: str, start: int) -> bool:
    """Does a type word stand for several: "các huyện", "hai xã", "13 huyện"?"""
    before = text[max(0, start - 24) : start]
    return _COUNTED.search(before) is not None or _before("plural_before").search(before) is not None


def is_generic(text: str, start: int, end: int) -> bool:
    """Does a type word name a kind and no place: "cấp huyện", "phường, xã", "xã hội", "8/8 huyện"?"""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    return bool(
        is_plural(text, start)
        or _before("generic_before").search(before)
        or _LISTED_BEFORE.search(before)
        or _LISTED.match(after)
        or after[:1] in ("/", "-")
        or _generic_after(text[start:end].lower()).match(after)
    )


def is_compound(text: str, start: int) -> bool:
    """Is a type word the end of another word: "hợp tác xã Vĩnh Hiệp"?"""
    return _before("compound_before").search(text, max(0, start - 24), start) is not None


def is_ranked(text: str, start: int) -> bool:
    """Is it the field and not whose figure it is: "đứng thứ 2 toàn tỉnh", "chiếm 44% của tỉnh"?"""
    return _ranking().search(text, max(0, start - 36), start) is not None


def is_country(text: str, start: int) -> bool:
    """Yes for "vào Việt Nam", no for "Ngân hàng Nhà nước Việt Nam"."""
    before = text[max(0, start - 24) : start]
    return _SENTENCE_START.search(before) is not None or _before("country_after").search(before) is not None


def ends_longer_name(text: str, start: int) -> bool:
    """Is a name the tail of a person's, a street's, a paper's or a company's: "ông Lê Hòa Bình", "Báo Khánh Hòa"?"""
    before = text[max(0, start - 70) : start]
    word = _WORD_BEFORE.search(before)
    if word is not None and _is_name_part(word[1]):
        first = _SENTENCE_START.search(before, endpos=word.start(1)) is not None
        if word[1] not in _words("offices") and (is_surname(word[1]) or not first):
            return True
    return _person_or_bearer().search(before) is not None


def is_address(text: str, start: int) -> bool:
    """Is it only where somebody lives: "ông Lê Văn A (xã Vĩnh Hiệp)", "bạn đọc N.T.H., ở phường 5"?"""
    opened = text.endswith(("(", *_lives_in()), 0, start)
    return opened and _resident().search(text, max(0, start - 70), start) is not None


def _is_name_part(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper()) and word[-1] not in ".:"


@cache
def is_abroad(text: str, start: int, end: int) -> bool:
    """Is a foreign country's own figure told here: "GDP của Trung Quốc tăng 4,7%", not "sang Trung Quốc"?

    A clause without a figure tells only what happens meanwhile: "Kinh tế thế giới khó khăn, GRDP tăng 8,1%".
    """
    before = _CLAUSE_BEFORE.search(text, max(0, start - 160), start)
    clause = before[0] if before else ""
    opens = _opening().fullmatch(clause.strip()) is not None and _starts(text, start - len(clause))
    if text[end : end + 2].strip()[:1].isupper() or not (_FIGURE_BEHIND.match(text, end) or (opens and clause.strip())):
        return False
    told = opens or _told_before().search(clause) is not None
    behind = _CLAUSE_BEHIND.match(text, end) if opens else None
    return told and not _partners().search(clause + (behind[0] if behind else ""))


def _starts(text: str, at: int) -> bool:
    return _NEW_SENTENCE.search(text, max(0, at - 3), at) is not None


@cache
def _opening() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_any_of(_words('abroad_opening'))})?", regex.I)


@cache
def _partners() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{_any_of(_words('abroad_partners'))})(?!\p{{L}})", regex.I)


@cache
def _told_before() -> regex.Pattern[str]:
    """ "lạm phát tại ", "tỷ lệ hộ nghèo ở tỉnh Attapeu của ", "dân số "."""
    figures, links = _any_of(_words("abroad_figures")), _any_of(_words("abroad_links"))
    near = _any_of(_words("abroad_right_before"))
    return regex.compile(rf"(?<!\p{{L}})(?:(?:{near})|(?:{figures})\s(?:.*\s)?(?:{links}))\s$", regex.I)


def _words(section: str) -> frozenset[str]:
    return frozenset(place_words()[section])


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((regex.escape(word) for word in words), key=len, reverse=True))


@cache
def _before(section: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{_any_of(_words(section))})\s$", regex.I)


@cache
def _generic_after(word: str) -> regex.Pattern[str]:
    words = place_words()["generic_after"].get(word, ())
    return regex.compile(rf"\s(?:{_any_of(words)})(?!\p{{L}})" if words else r"(?!)", regex.I)


@cache
def _ranking() -> regex.Pattern[str]:
    words = _any_of(_words("ranking"))
    return regex.compile(rf"(?<!\p{{L}})(?:{words})(?:\s(?:[^,.;:\n]|[,.](?=\d)){{0,24}})?\s$", regex.I)


@cache
def _person_or_bearer() -> regex.Pattern[str]:
    """A title, "đường ", "Công ty Điện lực ", "Báo " right before a name; a preposition in between frees it."""
    lists = place_words()["bearers"]
    near = _any_of([*place_words()["person_titles"], *lists["right_before"]])
    stop = _any_of(lists["prepositions"])
    words = rf"(?:(?!(?:{stop})\s)[\p{{L}}\p{{N}}&-]++\s){{0,6}}+"
    return regex.compile(rf"(?<!\p{{L}})(?:(?i:{near})\s?|(?i:{_any_of(lists['follows'])})\s{words})$")


@cache
def _lives_in() -> tuple[str, ...]:
    return tuple(f"{opener}{words} " for words in place_words()["lives_in"] for opener in " (")


@cache
def _resident() -> regex.Pattern[str]:
    """A person, perhaps what they do, and a bracket or "ở" that opens their address."""
    titles = _any_of([*place_words()["person_titles"], *place_words()["residents"]])
    name = r"\p{Lu}[\p{L}.'’]*(?:\s\p{Lu}[\p{L}.'’]*){0,5}"
    lives = rf"(?:{_any_of(place_words()['lives_in'])})"
    opened = rf"(?:\s?\((?:{lives}\s)?|,?\s{lives}\s)"
    return regex.compile(rf"(?<!\p{{L}})(?i:{titles})\s{name}(?:,[^,.()\n]{{1,40}})?{opened}$")
