"""Who bears a place's name without being it: people, streets, companies, papers; and where people live.

They are asked at every name of every article, so that they look the words before a name up and search no pattern.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extractors.places.cues import begins_sentence, is_surname
from extractors.places.names import place_words
from extractors.wording import choices

_OPENERS = "(“\"'[‘"
_NAME_REACH = 90
_WORDS_BETWEEN = 8


def ends_longer_name(text: str, start: int) -> bool:
    """Is a name the tail of a person's, a street's, a paper's or a company's: "ông Lê Hòa Bình", "Báo Khánh Hòa"?"""
    before = text[max(0, start - _NAME_REACH) : start]
    word = _last_word(before)
    if word and _is_name_part(word) and word not in _offices():
        left = before[: before.rindex(word)]
        if is_surname(word) or not begins_sentence(left):
            return True
    return _is_called_after(before)


def is_address(text: str, start: int) -> bool:
    """Is it only where somebody lives: "ông Lê Văn A (xã Vĩnh Hiệp)", "bạn đọc N.T.H., ở phường 5"?"""
    opened = text.endswith(_lives_in(), 0, start)
    return opened and _resident().search(text, max(0, start - 70), start) is not None


def _last_word(before: str) -> str:
    """The word before, with its "." or ":", or a dash; "" where a comma or a bracket parts it from the name."""
    bare = before[:-1] if before.endswith(" ") else before
    word = bare.rpartition(" ")[2].rpartition("\n")[2].lstrip(_OPENERS)
    stem = word[:-1] if word[-1:] in (".", ":") else word
    for at in range(len(stem) - 1, -1, -1):
        if not (stem[at].isalnum() or stem[at] in "/'’"):
            return word[at + 1 :] if at + 1 < len(stem) else "-" if word == "-" else ""
    return word if stem else ""


def _is_name_part(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper()) and word[-1] not in ".:"


def _is_called_after(before: str) -> bool:
    """A title, "đường ", "Công ty Điện lực ", "Báo " right before a name; a preposition in between frees it."""
    words = before.rpartition("\n")[2].lower().split(" ")
    if words[-1]:  # "đ/c", "Ảnh:", "-" and the like need no space
        return words[-1] in _bearers()["right_before"]
    words.pop()
    if _ends_phrase(words, len(words), "right_before"):
        return True
    stops = _stops()
    for end in range(len(words), max(len(words) - _WORDS_BETWEEN - 1, 0), -1):
        if _ends_phrase(words, end, "follows"):
            return True
        if words[end - 1] in stops or not _is_word(words[end - 1]):
            return False
    return False


def _ends_phrase(words: list[str], end: int, kind: str) -> bool:
    """Do the words before `end` close with one of the list, and not with several: "các khu công nghiệp Bình Thuận"?"""
    phrases = _bearers()[kind].get(words[end - 1].lstrip(_OPENERS)) if end else None
    for phrase in phrases or ():
        at = end - len(phrase)
        if at >= 0 and [word.lstrip(_OPENERS) for word in words[at:end]] == phrase:
            return at == 0 or words[at - 1] not in place_words()["several"]
    return False


def _is_word(word: str) -> bool:
    return word.isalnum() or (bool(word) and word.replace("&", "a").replace("-", "a").isalnum())


@cache
def _bearers() -> Mapping[str, Mapping[str, list[list[str]]]]:
    """What bears a place's name, by its last word."""
    lists = place_words()["bearers"]
    found: dict[str, dict[str, list[list[str]]]] = {"right_before": {}, "follows": {}}
    near = [*place_words()["person_titles"], *lists["right_before"]]
    for kind, listed in (("right_before", near), ("follows", lists["follows"])):
        for phrase in listed:
            words = phrase.lower().split(" ")
            found[kind].setdefault(words[-1], []).append(words)
    return found


@cache
def _stops() -> frozenset[str]:
    return frozenset(place_words()["bearers"]["prepositions"])


@cache
def _offices() -> frozenset[str]:
    return frozenset(place_words()["offices"])


@cache
def _lives_in() -> tuple[str, ...]:
    return ("(", *(f"{opener}{words} " for words in place_words()["lives_in"] for opener in " ("))


@cache
def _resident() -> regex.Pattern[str]:
    """A person, perhaps what they do, and a bracket or "ở" that opens their address."""
    titles = choices([*place_words()["person_titles"], *place_words()["residents"]])
    name = r"\p{Lu}[\p{L}.'’]*(?:\s\p{Lu}[\p{L}.'’]*){0,5}"
    lives = rf"(?:{choices(place_words()['lives_in'])})"
    opened = rf"(?:\s?\((?:{lives}\s)?|,?\s{lives}\s)"
    return regex.compile(rf"(?<!\p{{L}})(?i:{titles})\s{name}(?:,[^,.()\n]{{1,40}})?{opened}$")
