"""Capital told beside its projects, new ones or all by now: "7 dự án FDI, tổng số vốn đăng ký 26 triệu USD"."""

from __future__ import annotations

from dataclasses import replace

from extractors.choose import Choice, choose_named
from extractors.clauses import Clause, Role
from extractors.cues import any_of, ends_with, word_set
from extractors.indicators import Label, catalogue
from extractors.sentences import nearest_before

_CAPITAL = "invest.fdi_registered"


def foreign_capital(clause: Clause) -> Choice | None:
    """ "thu hút FDI được 9 dự án, tổng vốn đầu tư 42,6 triệu USD": dollars, and foreigners named before them."""
    words = any_of("capital").search(clause.lead_words)
    inside = clause.sentence.bracket(clause.at) is not None  # "(trong đó các khu công nghiệp 15,4 tỷ USD)"
    if words is None or inside or not is_foreign(clause) or _is_increase(clause):
        return None
    if ends_with(clause.lead_words[: words.start()], "firms_with"):
        return None  # "Doanh nghiệp có vốn đầu tư nước ngoài đạt 29,5 triệu USD": what they exported
    at = clause.lead[0] + words.start()
    label = Label(at, at + len(words[0]), (_CAPITAL,), catalogue()[_CAPITAL].weight)
    return choose_named(replace(clause, role=Role("level")), label)  # "vốn đăng ký tăng thêm hơn 612 triệu USD"


def is_foreign(clause: Clause) -> bool:
    """ "1.003 dự án đầu tư nước ngoài còn hiệu lực, tổng vốn đăng ký 33,2 tỷ USD"."""
    return clause.figure.unit == "USD" and any_of("foreign").search(_part_before(clause)) is not None


def _is_increase(clause: Clause) -> bool:
    """ "vốn đăng ký tăng thêm 15 triệu USD" is but a part, unless the new projects are in it."""
    part = any_of("increases").search(clause.lead_words) is not None
    return part and any_of("new_and_old").search(_part_before(clause)) is None


def standing(choice: Choice, clause: Clause) -> Choice | None:
    """The capital of all projects by now is of a day, not of a span; where no day is told nothing is known."""
    if choice.indicator.code != _CAPITAL or choice.measure != "level":
        return choice
    if _is_added(clause):
        return None
    if not _is_all(clause):
        return choice
    told = nearest_before(clause.sentence.periods, clause.at)
    if told is None or told.kind != "day" or clause.parted(told.end):
        return None
    return replace(choice, indicator=replace(choice.indicator, kind="stock"))


def _is_added(clause: Clause) -> bool:
    """ "12 dự án FDI điều chỉnh tăng vốn với 52 triệu USD": what older projects add; "9 dự án mới và 12 dự án tăng vốn,
    tổng vốn 172 triệu USD" is of both."""
    words = _since_figure(clause)
    both = any_of("totals").search(words.rpartition(",")[2]) and any_of("licensed").search(_part_before(clause))
    if both or any_of("new_and_old").search(_part_before(clause)):
        return False
    return any_of("added").search(words) is not None


def is_total(clause: Clause) -> bool:
    """ "Đến nay, tỉnh có gần 30.500 doanh nghiệp với tổng vốn …": all that there are, no new ones."""
    counted = clause.figure.unit == "count" and clause.figure.noun.lower() in word_set("founded")
    worth = clause.figure.unit == "VND" and any_of("capital").search(_since_figure(clause)) is not None
    return (counted or worth) and _is_by_now(clause)


def _is_all(clause: Clause) -> bool:
    """ "còn hiệu lực", "nâng tổng số dự án lên", or by now."""
    in_force = [cue for cue in clause.sentence.of_kind("stock") if cue.end <= clause.at]
    return any(not clause.parted(cue.end) for cue in in_force) or _is_by_now(clause)


def _is_by_now(clause: Clause) -> bool:
    """ "đến nay", "lũy kế đến ngày 20/9", and no word of anything new behind it."""
    sentence = clause.sentence
    days = [p for p in sentence.periods if p.end <= clause.at and not clause.parted(p.end)]
    marks = [p for p in days if p.rule == "now" or ends_with(sentence.words(sentence.start, p.start), "counted_up")]
    return bool(marks) and any_of("licensed").search(sentence.words(marks[-1].end, clause.tail[1])) is None


def _part_before(clause: Clause) -> str:
    return clause.sentence.words(clause.sentence.start, clause.at).rpartition(";")[2]


def _since_figure(clause: Clause) -> str:
    before = nearest_before(clause.sentence.figures, clause.at)
    return clause.sentence.words(before.end if before else clause.sentence.start, clause.at)
