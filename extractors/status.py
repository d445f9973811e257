"""How sure a figure is (actual, estimate, target), and which figures are nobody's: rules, companies, parts."""

from __future__ import annotations

from extractors.clauses import Clause
from extractors.cues import Cue, any_of, ends_with, word_set
from extractors.sentences import nearest_before

_OPENING = 5
_COMPANY_REACH = 2
"""So many commas on a company still speaks."""


def read_status(clause: Clause, plan: bool) -> str:
    """actual, estimate or target: the last word on it before the figure, or what the passage (`plan`) is about."""
    if clause.role.name == "target" or _is_aim_behind(clause) or _is_list_of_aims(clause):
        return "target"
    cues = [cue for cue in clause.sentence.of_kind("status") if cue.value != "actual"]
    if clause.role.name == "plan":  # "đạt 60% kế hoạch" reports, whatever was planned
        last = nearest_before(cues, clause.at)
        if last and last.value == "target":  # "phấn đấu …; giải ngân trên 95% kế hoạch"
            return "target" if clause.figure.bound != "eq" else "actual"
        return "estimate" if last and not clause.parted(last.end) else "actual"
    last = nearest_before((cue for cue in cues if clause.sentence.visible(cue, clause.at)), clause.at)
    if last is not None:
        return last.value
    return "target" if plan else "actual"


def _is_list_of_aims(clause: Clause) -> bool:
    """ "Chỉ tiêu năm 2024 là giải quyết việc làm cho 11.600 lao động": the sentence begins with the aim."""
    sentence = clause.sentence
    first = [cue for cue in sentence.of_kind("aims") if cue.start - sentence.start <= _OPENING or _is_set(clause, cue)]
    return bool(first) and clause.role.name == "level" and not sentence.of_kind("status", "actual")


def _is_set(clause: Clause, aim: Cue) -> bool:
    """ "HĐND thông qua các chỉ tiêu năm 2018: …": aims that somebody sets, and a colon before the figure."""
    before, after = clause.sentence.words(clause.sentence.start, aim.start), clause.sentence.words(aim.end, clause.at)
    return ":" in after and any_of("setting").search(before) is not None


def _is_aim_behind(clause: Clause) -> bool:
    """ "không quá 1% là mục tiêu đề ra"."""
    aims = clause.sentence.of_kind("aims")
    return any(clause.sentence.words(clause.figure.end, cue.start).strip() == "là" for cue in aims)


def is_aside(clause: Clause) -> bool:
    """Thresholds of rules, one company's figures, parts that the catalogue does not express."""
    sentence = clause.sentence
    rules = [c for c in sentence.of_kind("rule") if not ends_with(sentence.words(c.start - 10, c.start), "denials")]
    if _is_threshold(clause) or any(not sentence.parted(*sorted((cue.start, clause.at))) for cue in rules):
        return True
    if clause.figure.kind == "rank":
        return False
    companies = [cue for cue in sentence.of_kind("company") if cue.end <= clause.at and not clause.parted(cue.end)]
    return any(clause.commas(cue.end) <= _COMPANY_REACH for cue in companies) or _is_of_part(clause)


def _is_threshold(clause: Clause) -> bool:
    """ "Ba đơn vị trên 90% là …": what the units counted are beyond."""
    words = clause.sentence.words(clause.lead[0], clause.figure.bound_start).lower().split()
    return clause.figure.bound in ("gt", "ge", "lt", "le") and " ".join(words[-2:]) in word_set("counted_units")


def _is_of_part(clause: Clause) -> bool:
    """ "nhóm giao thông, giảm 0,29%": a change is of a part even across one comma, a level only without."""
    cues = [cue for cue in clause.sentence.of_kind("part") if clause.in_lead(cue) and not clause.parted(cue.end)]
    moves = any(cue.kind in ("up", "down") and clause.in_lead(cue) for cue in clause.sentence.cues)
    return any(clause.commas(cue.end) <= int(moves) and not clause.sentence.is_named(cue) for cue in cues)
