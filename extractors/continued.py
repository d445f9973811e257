"""Figures that move because another one or a list does: "giảm 7 thôn, 21 tổ dân phố", "GRDP tăng: A (9%), B (8%)"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.clauses import Clause, Role
from extractors.cues import any_of, ends_with, word_set
from extractors.indicators import catalogue
from extractors.roles import role_of
from extractors.sentences import nearest_before

_CUT = regex.compile(r"[,(]")
_RATES = ("percent", "points")
_ALIKE = 3
"""How many times as much a figure may be that goes on with a list of growths."""


def with_roles(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses with their roles; "giảm 7 thôn, 21 tổ dân phố" lowers both."""
    result: list[Clause] = []
    for clause in clauses:
        role = role_of(clause)
        if role.name == "level" and result and _continues(result[-1], clause):
            role = Role(result[-1].role.name, result[-1].role.sign)
        elif role.name == "level" and result and (same := _in_other_words(result[-1], clause)):
            role = same
        elif role.name == "level" and result and _is_share_again(result, clause):
            role = Role("plan")
        elif role.name == "level" and clause.figure.unit == "percent" and (sign := _sign_listed(clause)):
            role = Role("change", sign)
        result.append(Clause(clause.sentence, clause.figure, clause.lead, clause.tail, role))
    return result


def _continues(previous: Clause, clause: Clause) -> bool:
    """Whether a figure is a change because the one before it is."""
    beside = _is_former_rate(previous, clause) or _is_nationwide(previous, clause)
    return _goes_on(previous, clause) or _is_next_place(previous, clause) or beside


def _sign_listed(clause: Clause) -> int:
    """ "GRDP tăng cao gồm: Bắc Giang (13,89%), Thanh Hóa (12,46%)": 1, or -1 behind "giảm", of what is not counted in
    percent; 0 elsewhere."""
    sentence, bracket = clause.sentence, clause.alone_in_bracket()
    place = next((p for p in sentence.places if bracket and p.kind == "named" and p.end == bracket[0] - 1), None)
    label = nearest_before(sentence.labels, place.start) if place else None
    if label is None or place is None or not label.codes[0] or any(catalogue()[c].unit in _RATES for c in label.codes):
        return 0
    moves = (cue for kind in ("up", "down") for cue in sentence.of_kind(kind) if cue.start >= label.start)
    move = nearest_before((cue for cue in moves if not sentence.parted(cue.end, place.start)), place.start)
    told = (f for f in sentence.figures if (move or label).end <= f.start < place.start)
    if any(sentence.bracket(figure.start) is None for figure in told):
        return 0  # "xuất khẩu tăng 8%, tập trung ở Bắc Giang (40%)"
    if move is None:
        return int(any_of("growth").search(sentence.words(sentence.start, label.end)) is not None)
    return 1 if move.kind == "up" else -1


def _in_other_words(previous: Clause, clause: Clause) -> Role | None:
    """ "tăng 12%, tương đương 350 tỷ đồng": so much more; "tăng 12% (350 tỷ đồng)" does not say which it is."""
    if previous.figure.unit != "percent" or previous.role.name not in ("change", "beyond"):
        return None
    told = clause.figure.unit in ("VND", "USD", "count", "persons")
    gap = clause.sentence.words(previous.figure.end, clause.figure.bound_start)
    if told and _CUT.split(gap)[-1].strip().lower() in word_set("in_other_words"):
        return Role(previous.role.name, previous.role.sign)
    return Role("beyond") if told and gap.strip() == "(" and clause.alone_in_bracket() else None


def _is_share_again(before: Sequence[Clause], clause: Clause) -> bool:
    """ "bằng 47,3% dự toán; riêng thu nội địa 2.700 tỷ đồng, bằng 46,1%": of what is planned, as the share before."""
    previous, told = before[-1], any(one.role.name == "plan" for one in before)
    if not told or clause.figure.unit != "percent" or previous.figure.unit not in ("VND", "USD", "count"):
        return False
    gap = clause.sentence.words(previous.figure.end, clause.figure.bound_start).strip(" ,")
    return previous.role.name == "level" and gap.lower() in word_set("shares_again")


def _is_former_rate(previous: Clause, clause: Clause) -> bool:
    """ "tốc độ tăng trưởng kinh tế đạt 11% (cùng kỳ là 5,99%)": a rate of growth beside a rate of growth."""
    rates = previous.role.name == "change" and previous.role.cue is None and clause.figure.unit == "percent"
    in_bracket = clause.sentence.bracket(clause.at) is not None and clause.sentence.bracket(previous.at) is None
    return rates and in_bracket and clause.without_periods(clause.lead[0]).strip(" (:,") in word_set("stating")


def _is_nationwide(previous: Clause, clause: Clause) -> bool:
    """ "tăng 8,93%, cao hơn bình quân cả nước (5,66%)": a growth beside a growth."""
    bracket = clause.alone_in_bracket()
    rates = previous.figure.unit == clause.figure.unit == "percent"  # "tăng 6,7 điểm phần trăm" is of a rate
    if bracket is None or previous.role.name != "change" or not rates:
        return False
    if not _is_of_prices(previous) and any_of("rates").search(clause.sentence.words(clause.sentence.start, clause.at)):
        return False  # "tỷ lệ hộ nghèo giảm 1,2%, thấp hơn bình quân cả nước (3%)": a rate beside a rate
    compared = any(clause.in_lead(cue) for cue in clause.sentence.of_kind("compared"))
    return compared and ends_with(clause.sentence.words(clause.lead[0], bracket[0]), "nationwide")


def _is_of_prices(previous: Clause) -> bool:
    """ "Chỉ số giá tiêu dùng tăng 3,18%": an index that is only ever told as a growth."""
    label = nearest_before(previous.sentence.labels, previous.at)
    indicator = catalogue().indicators.get(label.codes[0]) if label else None
    return indicator is not None and indicator.growth_only


def _goes_on(previous: Clause, clause: Clause) -> bool:
    joined = clause.without_periods(clause.lead[0]).strip(" ,") in word_set("adding")
    same = previous.figure.unit == clause.figure.unit and clause.figure.kind != "bare"
    return previous.role.name in ("change", "more") and joined and same


def _is_next_place(previous: Clause, clause: Clause) -> bool:
    """ "Bắc Giang tăng 14,18%; Thanh Hóa 13,15%": the verb is said once; "tăng 2%; Cam Ranh 95%" is another matter."""
    words = clause.lead_words
    for place in clause.sentence.places:
        if place.kind == "named" and clause.in_lead(place):
            words = words.replace(clause.sentence.words(place.start, place.end), "", 1)
    alike = clause.figure.value <= _ALIKE * previous.figure.value
    same = previous.figure.unit == clause.figure.unit == "percent" and words != clause.lead_words
    return previous.role.name == "change" and same and alike and words.strip(" ,;") in word_set("adding")
