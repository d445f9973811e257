"""Figures that name no place and are not of the article's own: an office's, several places' average, the country's."""

from __future__ import annotations

from extractors.clauses import Clause
from extractors.cues import any_of
from extractors.places.article import ArticlePlaces
from extractors.places.gazetteer import COUNTRY
from extractors.tiers import own_tier


def is_of_others(clause: Clause, places: ArticlePlaces) -> bool:
    """Whether the words before a figure say whose it is without naming a place that is known."""
    return _is_pointed_at(clause, places) or _is_of_several(clause) or _is_of_country(clause, places)


def _is_pointed_at(clause: Clause, places: ArticlePlaces) -> bool:
    """ "Trung tâm này tiếp nhận 21.640 hồ sơ" in an article on a province: one of its offices, named long before."""
    words = clause.sentence.words(clause.sentence.start, clause.at)
    return own_tier(places) == "province" and any_of("pointed_offices").search(words) is not None


def _is_of_several(clause: Clause) -> bool:
    """ "Chỉ số của các tỉnh, thành phố tăng, giá trị trung bình đạt 86,98%": nobody's own."""
    words = clause.sentence.words(clause.sentence.start, clause.at).rpartition(";")[2]
    if not any_of("several_places").may_be_in(words):
        return False
    return any_of("averages").search(words) is not None and any_of("several_places").search(words) is not None


def _is_of_country(clause: Clause, places: ArticlePlaces) -> bool:
    """ "Tổng cục Hải quan cho biết thu ngân sách 5 tháng được 185.000 tỷ đồng", in a paper of one province."""
    sentence = clause.sentence
    of_budget = any(label.codes[0].startswith("budget.") for label in sentence.labels)
    return of_budget and places.own != COUNTRY and any_of("national_branches").search(sentence.text) is not None
