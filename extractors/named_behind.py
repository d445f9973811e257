"""Indicators and places named only behind a figure: "920 lượt, với 75 triệu đồng thanh toán trực tuyến"."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.choose import Choice, choose, is_light
from extractors.clauses import Clause
from extractors.cues import starts_with, word_set
from extractors.places.mentions import PlaceMention

_WORD = regex.compile(r"\p{L}++")


def look_ahead(clause: Clause, following: Clause) -> Choice | None:
    """ "920 lượt, với 75 triệu đồng thanh toán trực tuyến": named only behind the second figure.

    So is a score by the place or grade that it gave: "đạt 84,2%, xếp loại Khá về chỉ số cải cách hành chính".
    """
    gap = clause.sentence.words(clause.tail[1], following.figure.bound_start).strip(" ,")
    judged = following.figure.kind in ("rank", "rating") and not gap
    told = clause.figure.unit != following.figure.unit and (judged or gap in word_set("beside"))
    if not (told and is_light(clause)) and not (gap in word_set("and") and _same_noun(clause, following)):
        return None
    return choose(replace(clause, tail=following.tail), ())


def _same_noun(clause: Clause, following: Clause) -> bool:
    """ "100% công chức cấp tỉnh và 96% công chức cấp xã có chữ ký số": what is said of both stands last."""
    nouns = [_WORD.findall(one.sentence.words(one.figure.end, one.tail[1]))[:2] for one in (clause, following)]
    return clause.figure.unit == following.figure.unit == "percent" and nouns[0] == nouns[1] != []


def subject_behind(clause: Clause) -> Choice | None:
    """ "Với mức tăng 7,94%, GRDP của tỉnh …", "Với 67,2 điểm, tỉnh đứng thứ 18 về PCI": before its subject."""
    end = clause.following.bound_start if clause.following else clause.sentence.end
    if clause.following and clause.following.kind == "rank":
        ranked = clause.following.end
        end = ranked + len(clause.sentence.words(ranked, clause.sentence.end).split(",")[0])
    gap = clause.sentence.words(clause.tail[1], end)
    opens = clause.lead[0] == clause.sentence.start and starts_with(clause.lead_words, "opening_with")
    if not opens or not gap.startswith(",") or ";" in gap or not is_light(clause):
        return None
    return choose(replace(clause, tail=(clause.tail[0], end)), ())


def place_behind(clause: Clause) -> PlaceMention | None:
    """ "Với mức tăng 11,5%, Thanh Hóa là địa phương có …": a sentence that opens so names its subject behind."""
    sentence = clause.sentence
    if not starts_with(sentence.text, "opening_with"):
        return None
    place = next((place for place in sentence.places if place.kind == "named"), None)
    if place is None or place.start < clause.figure.end:
        return None
    before = sentence.words(sentence.start, place.start)
    begins = before.rstrip().endswith(",") and sentence.commas(clause.figure.end, place.start) == 1
    verb = starts_with(sentence.words(place.end, sentence.end).lstrip(), "of_leaders")
    return place if begins and verb and ";" not in before else None
