"""A figure and the aim it is measured by: the aim itself, a share of it, or so much beyond it.

"(chỉ tiêu 40%)" is an aim; "đạt 60,5% dự toán" a share of a plan; "vượt 8,2% dự toán" is beyond it.
"""

from __future__ import annotations

from datetime import date

from extractors.clauses import Clause
from extractors.cues import Cue, any_of, ends_with, starts_with, word_set
from extractors.figures import Figure
from extractors.sentences import Sentence, nearest_before
from extractors.wording import ending, starting

_PLAN_REACH, _HEAD_REACH = 24, 8
_SEVERAL = 5
"""Syllables of "đề ra các chỉ tiêu"; "đặt chỉ tiêu" alone is said in passing."""


def own_aim(clause: Clause) -> Cue | None:
    """The word that makes the figure an aim, or None."""
    return clause.touching("own_target") or _target_of_year(clause) or _aim_before_bracket(clause)


def sets_aims(sentence: Sentence) -> bool:
    """ "Nghị quyết đã đề ra một số chỉ tiêu của năm 2024. Cụ thể như: …": what follows is aimed at."""
    if not any(period.kind == "span" for period in sentence.periods):
        return False
    if sentence.figures:
        return all(_counts_aims(sentence, figure) for figure in sentence.figures)
    told = (sentence.words(aim.start, aim.end) for aim in sentence.of_kind("status", "target"))
    return any(len(words.split()) >= _SEVERAL and ends_with(words, "aims_set") for words in told)


def _counts_aims(sentence: Sentence, figure: Figure) -> bool:
    """ "HĐND huyện thông qua 15 chỉ tiêu của năm 2022"."""
    before = sentence.words(sentence.start, figure.bound_start)
    return figure.noun.lower() in word_set("aims_set") and ends_with(before, "setting")


def heads_aims(sentence: Sentence, published: date | None) -> bool:
    """ "Các chỉ tiêu nhiệm kỳ 2020 - 2025: …", of years to come."""
    first = next(iter(sentence.of_kind("aims")), None)
    ends = [p.period.end.year for p in sentence.periods if p.rule == "years" and p.period]
    heads = first is not None and first.start - sentence.start <= _HEAD_REACH
    return heads and published is not None and any(year > published.year for year in ends)


def is_excess(clause: Clause, aim: Cue) -> bool:
    """ "vượt chỉ tiêu Chính phủ giao 1,5%", "thấp hơn so kế hoạch đề ra 2%": so much beyond; "vượt chỉ tiêu 50%" names
    the aim."""
    sentence = clause.sentence
    before = sentence.words(clause.lead[0], aim.start)
    compared = ending("periods", "base").search(before)
    beyond = ends_with(before[: compared.start()] if compared else before, "exceeding")
    return beyond and ends_with(sentence.words(aim.start, aim.end), "set_by")


def is_beyond(clause: Clause) -> bool:
    """ "vượt 8,2% dự toán", "tăng 7,2% so với chỉ tiêu": neither the share reached nor a change in time."""
    before = clause.sentence.words(clause.lead[0], clause.figure.bound_start).lower()
    return ends_with(before, "exceeding")


def is_share_of_plan(clause: Clause) -> bool:
    """ "60,5% dự toán", "46% so với kế hoạch năm", "bằng 101,7% chỉ tiêu năm"."""
    end = clause.figure.end
    near = [cue for cue in clause.sentence.of_kind("plan") if end - 1 <= cue.start <= end + _PLAN_REACH]
    if clause.figure.unit == "percent" and _is_told_before(clause):
        return True
    if clause.figure.unit != "percent" or not near:
        return False
    aim = clause.following  # "mới đạt 58,6% so với chỉ tiêu 70%" are a level and the aim
    named = aim is not None and aim.unit == "percent" and not clause.sentence.words(near[0].end, aim.start).strip(" (")
    gap = clause.sentence.words(end, near[0].start).strip()
    return gap in word_set("of_plan") and not (named and starting("periods", "measured_by").match(gap))


def _is_told_before(clause: Clause) -> bool:
    """ "so với dự toán tỉnh giao đạt 42,5%": the plan stands before the share."""
    plan = nearest_before(clause.sentence.of_kind("plan"), clause.at)
    if plan is None or clause.touching("share") is None or plan.start < clause.lead[0]:
        return False
    if clause.commas(plan.end) or clause.parted(plan.end) or any_of("rates").search(clause.lead_words):
        return False
    last = nearest_before(clause.sentence.figures, clause.figure.bound_start)
    if last is not None and clause.sentence.words(last.end, plan.start).strip() in word_set("of_plan"):
        return False  # "bằng 97% so với kế hoạch và bằng 240% cùng kỳ": of the figure before
    before, name = clause.sentence.words(clause.lead[0], plan.start), clause.sentence.words(plan.start, plan.end)
    return ends_with(before, "measured_by_plan") or starts_with(name.lower(), "measured_by_plan")


def is_divisor(clause: Clause) -> bool:
    """ "thu 486 tỷ đồng/395 tỷ đồng": out of what was planned."""
    before = nearest_before(clause.sentence.figures, clause.figure.bound_start)
    gap = clause.sentence.words(before.end, clause.at) if before else ""
    return before is not None and before.unit == clause.figure.unit and gap.strip() == "/"


def is_aim_of_move(clause: Clause) -> bool:
    """ "vượt chỉ tiêu HĐND tỉnh giao (giảm 3,5%)": what the aim was, and no move."""
    sentence, bracket = clause.sentence, clause.sentence.bracket(clause.at)
    if bracket is None or not any(clause.touching(kind) for kind in ("up", "down")):
        return False
    words = sentence.words(*bracket).strip(" ()").partition(sentence.words(clause.at, clause.figure.end))
    before = sentence.words(sentence.start, bracket[0]).rstrip()
    aim = ends_with(before, "set_by") or any(
        cue.end == sentence.start + len(before) for cue in sentence.of_kind("aims")
    )
    return aim and " " not in words[0].strip() and not words[2].strip()


def _target_of_year(clause: Clause) -> Cue | None:
    """ "(chỉ tiêu năm 2025 là 70%)", "chỉ tiêu được giao cho năm 2020 là 20%": the year may stand in between."""
    for cue in clause.sentence.of_kind("own_target"):
        at = next((p.end for p in clause.sentence.periods if _is_for(clause, cue, p.start)), None)
        gap = clause.sentence.words(at, clause.figure.bound_start).strip() if at is not None and at <= clause.at else ""
        if gap in word_set("equating"):
            return cue
    return None


def _is_for(clause: Clause, aim: Cue, year: int) -> bool:
    gap = clause.sentence.words(aim.end, year).strip().lower()
    return aim.start < year and (year <= aim.end + 1 or gap in word_set("aim_for"))


def _aim_before_bracket(clause: Clause) -> Cue | None:
    """ "vượt 6,4% so với chỉ tiêu được giao cả năm (70%)": a number alone in brackets is the aim named before them."""
    bracket = clause.alone_in_bracket()
    aims = [cue for cue in clause.sentence.of_kind("aims") if bracket and cue.end <= bracket[0]]
    last = nearest_before(aims, clause.at)
    if last is None or bracket is None or clause.commas(last.end) or clause.parted(last.end):
        return None
    return last if clause.figure.unit == "percent" and last.start > _last_end(clause) else None


def _last_end(clause: Clause) -> int:
    """Where the figure before ends."""
    return max((f.end for f in clause.sentence.figures if f.end <= clause.at), default=clause.sentence.start)
