"""Find the captions of pictures: "Quang cảnh hội nghị. Ảnh: An Hiếu", a line printed twice, a scene in a line."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lines import LONG, Line, is_name, open_lines
from extractors.page_words import alternation, fold, holds, opens_with, spelled

_LONGEST_SCENE = 120
_SENTENCE_END = regex.compile(r"[.;:!?…]\s")


def mark_captions(lines: list[Line]) -> None:
    """Lines printed twice running, lines with a photo credit, well-known openings, and scenes in one sentence."""
    for index, line in open_lines(lines):
        if len(line.text) > 2 * LONG:
            continue
        if _repeats(lines, index):
            line.kind = "caption"
        elif opens_with("photo_credits", line.text) and ":" in line.text[:20] and len(line.text) <= LONG:
            line.kind = "caption"
            if index and not lines[index - 1].kind and not lines[index - 1].prose:
                lines[index - 1].kind = "caption"
        elif _is_credited(line.text) or _plain_caption(line.text) or _is_scene(lines, index):
            line.kind = "caption"


def _repeats(lines: list[Line], index: int) -> bool:
    text = fold(lines[index].text)
    around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return any(other.kind in ("", "caption") and fold(other.text) == text for other in around)


@cache
def _closing_credit() -> regex.Pattern[str]:
    """A photo credit that closes a line: "… Ảnh: N.H", "… (Ảnh chụp ngày 24/9)"."""
    credit = spelled("photo_credits")
    named = rf"(?:[\s(.,\-–]|^){credit}\s?:\s?\p{{Lu}}(?:[^.]|\.(?=\p{{Lu}})){{1,60}}[).]*$"
    bracketed = rf"\({credit}(?![\p{{L}}\p{{M}}])[^()]{{0,60}}\)\.?$"
    return regex.compile(f"{named}|{bracketed}")


def _is_credited(text: str) -> bool:
    # to look for the words alone takes a tenth of the time
    return holds("photo_credits", fold(text)) and _closing_credit().search(text) is not None


@cache
def _inline_credit() -> regex.Pattern[str]:
    """A caption and its agency run into the paragraph below it."""
    agency = r"\p{Lu}[\p{L}\p{M}\s.]{1,40}(?:/\p{Lu}{3,})+\)?(?=\s+\p{Lu})"
    return regex.compile(rf"^.{{10,250}}?[\s(]{spelled('photo_credits')}\s?:\s?{agency}")


def part_captions(lines: list[Line]) -> list[Line]:
    """ "… Ảnh: An Hiếu/TTXVN Theo báo cáo, …" is two lines: the caption was glued to its paragraph."""
    parted: list[Line] = []
    for line in lines:
        match = None if line.kind or len(line.text) <= LONG else _inline_credit().match(line.text)
        if match:
            rest = line.text[match.end() :].lstrip()
            parted.append(Line(match[0], line.start, line.start + match.end(), "caption"))
            line = Line(rest, line.end - len(rest), line.end)
        parted.append(line)
    return parted


def _plain_caption(text: str) -> bool:
    return len(text) <= 120 and opens_with("captions", text) and not any(map(str.isdigit, text))


def _is_scene(lines: list[Line], index: int) -> bool:
    """ "Đóng gói xoài xuất khẩu ở xã Mỹ Hiệp.": one short sentence without a figure or a claim, next to long prose.

    A paragraph of its kind would tell what was said, decided or done; a picture shows it.
    """
    text = lines[index].text
    sentence = text.endswith(".") and text[0].isupper() and len(text) <= _LONGEST_SCENE
    if not sentence or _SENTENCE_END.search(text) or any(map(str.isdigit, text)) or is_name(text):
        return False
    return _tells_nothing(text) and _stands_among_prose(lines, index)


def _tells_nothing(text: str) -> bool:
    return _telling().search(fold(text)) is None and not opens_with("paragraph_openings", text)


@cache
def _telling() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){alternation('telling')}(?![\p{{L}}\p{{M}}])")


def _stands_among_prose(lines: list[Line], index: int) -> bool:
    """Right under title or lead, or between long paragraphs; below it the text goes on."""
    around = [line for line in lines if line.kind in ("", "title", "lead", "cell", "item", "heading")]
    at = next(i for i, line in enumerate(around) if line is lines[index])
    if at == 0 or at + 1 == len(around):
        return False
    above, below = around[at - 1], around[at + 1]
    opened = above.kind in ("title", "lead") or (not above.kind and len(above.text) > LONG)
    return opened and not below.kind and (len(below.text) > LONG or below.text.isupper())
