"""Grades in words: "xếp hạng Tốt" rates an office, "31 đơn vị loại Tốt" counts offices, "không có loại Yếu" none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import regex

from extractors.choose import Choice
from extractors.clauses import Clause
from extractors.cues import Cue, any_of, cues, starts_with, word_set
from extractors.figures import Figure
from extractors.indicators import Indicator, catalogue
from extractors.meanings import RATED_UNITS
from extractors.openings import Opening
from extractors.sentences import Sentence
from extractors.slots import span_of
from extractors.wording import choices, opening

Breakdown = tuple[tuple[str, str], ...]

_NEAR = 25
_CUT = regex.compile(r"[,;:()\d]")


def find_ratings(norm: str) -> list[Figure]:
    """Every grade with its word ("xếp loại Khá") or alone in brackets ("(Khá)"), as figures of kind `rating`.

    `printed` is the grade; `noun` holds the word of a denial ("không có loại Yếu").
    """
    return [_rating(match) for match in _pattern().finditer(norm) if not _is_any_group(match)]


def _is_any_group(match: regex.Match[str]) -> bool:
    """ "nhóm trung bình" is no grade, "thuộc nhóm Khá" is."""
    return starts_with(match.group(), "grade_groups") and match["grade"].islower()


def _rating(match: regex.Match[str]) -> Figure:
    start, end = match.span()
    grade = match["grade"] or match["alone"]
    return Figure(start, end, start, "rating", Decimal(0), "rating", noun=match["none"] or "", printed=grade)


@cache
def _pattern() -> Opening:
    words = cues().rating
    grades = choices(words["grades"])
    none = rf"(?:(?P<none>{choices(words['none'])})\s(?:[\p{{L}}, ]{{0,30}}?\s)?)?"
    graded = rf"(?:{choices(words['heads'])})\s(?P<grade>{grades})(?!\p{{L}}|\s(?:{choices(words['longer'])}))"
    alone = (
        rf"(?<=\()(?P<alone>{grades})(?=\))|(?-i:(?<= (?:{choices(words['units'])}) )(?P<alone>{grades})(?!\p{{L}}))"
    )
    heads = [*words["none"], *words["heads"], *words["grades"]]
    return opening(heads, rf"(?i)(?<!\p{{L}}){none}{graded}|{alone}")


def rated_units(sentence: Sentence, figure: Figure) -> Choice | None:
    """ "14 đơn vị loại Khá": a count of offices by the grade right behind it; "không có loại Yếu": none."""
    if not sentence.grades:
        return None
    indicator = catalogue()[RATED_UNITS]
    if any(label.codes[0].startswith("index.") for label in sentence.labels):
        return None  # "Hai địa phương được xếp loại Tốt" of another index
    if figure.kind == "rating":
        counts = bool(figure.noun)
    else:
        counted = figure.kind in ("count", "fraction") and figure.noun.lower() in indicator.nouns
        grade = grade_behind(sentence, figure) or grade_before(sentence, figure)
        bare = figure.kind == "bare" and grade is not None and not sentence.words(figure.end, grade.start).strip()
        counts = (counted and grade is not None) or bare
    return Choice(indicator, "level", "count", "explicit", (RATED_UNITS,), span_of(figure)) if counts else None


def grade_behind(sentence: Sentence, figure: Figure) -> Figure | None:
    """The grade that a count of offices is of, with nothing but words like "được" between."""
    grades = [f for f in sentence.grades if f.start >= figure.end and not f.noun]
    if figure.kind == "rating" or not grades:
        return None
    gap = sentence.words(figure.end, grades[0].start)
    return grades[0] if len(gap) <= _NEAR and not _CUT.search(gap) else None


def grade_before(sentence: Sentence, figure: Figure) -> Figure | None:
    """ "hạng Khá có 11/44 đơn vị": the grade with nothing but "có" between."""
    grades = [f for f in sentence.grades if f.end <= figure.start and not f.noun]
    gap = sentence.words(grades[-1].end, figure.bound_start).strip().lower() if grades else ""
    return grades[-1] if gap in word_set("grade_counts") else None


def counted_grades(sentence: Sentence) -> frozenset[int]:
    """The grades that only say which offices are counted, by where they begin."""
    counts = [figure for figure in sentence.figures if rated_units(sentence, figure)] if sentence.grades else []
    grades = (grade_behind(sentence, figure) or grade_before(sentence, figure) for figure in counts)
    return frozenset(grade.start for grade in grades if grade)


def breakdown_of(clause: Clause, indicator: Indicator) -> Breakdown:
    """The part of the whole that a figure is of: {rating: Tốt}, {service: toàn trình}, {origin: international}."""
    if indicator.breakdown is None:
        return ()
    if indicator.breakdown == "rating":
        figure = clause.figure
        grade = figure if figure.kind == "rating" else grade_behind(clause.sentence, figure)
        grade = grade or grade_before(clause.sentence, figure)
        return (("rating", grade.printed.capitalize()),) if grade else ()
    parts = clause.sentence.of_kind(f"breakdown.{indicator.breakdown}")
    own = [cue for cue in parts if clause.in_tail(cue) or (clause.in_lead(cue) and clause.commas(cue.end) <= 1)]
    values = {cue.value for cue in own or _of_list(clause, parts)}
    return ((indicator.breakdown, values.pop()),) if len(values) == 1 and "" not in values else ()


def _of_list(clause: Clause, parts: Sequence[Cue]) -> list[Cue]:
    """ "Khách quốc tế quay lại nhiều nơi: Lào Cai đón 9.400 lượt; Phú Yên 1.300 lượt": what a list is of."""
    sentence = clause.sentence
    head, colon, _ = sentence.words(sentence.start, sentence.figures[0].bound_start).rpartition(":")
    end = sentence.start + len(head)
    listed = colon and any(p.kind == "named" and p.start > end and clause.in_lead(p) for p in sentence.places)
    if not listed or any_of("totals").search(clause.lead_words):
        return []
    return [cue for cue in parts if cue.end <= end]


def is_share_of_part(clause: Clause, choice: Choice, before: Breakdown) -> bool:
    """ "40% số xã đạt chuẩn nông thôn mới nâng cao", "20 xã nâng cao (21,7%)": of a rate that the whole alone has."""
    if not choice.indicator.of_whole:
        return False
    whole = catalogue()[choice.indicator.topic]
    goes_on = choice.how == "inherited" and bool(before) and before[0][0] == whole.breakdown
    return goes_on or bool(breakdown_of(clause, whole))


def is_still_of_part(clause: Clause) -> bool:
    """ "Huyện A có 9 xã nâng cao, huyện B 8 xã": of the next place; "nâng tổng số lên 7 xã": of all of these."""
    names = any(place.kind == "named" and clause.in_lead(place) for place in clause.sentence.places)
    return names or any_of("raising").search(clause.lead_words) is not None
