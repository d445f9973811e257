"""How sure a figure is (actual, estimate, target), and which figures are nobody's: rules, companies, parts."""

from __future__ import annotations

from extractors.clauses import Clause
from extractors.sentences import nearest_before


def read_status(clause: Clause, plan: bool) -> str:
    """actual, estimate or target: the last word on it before the figure, or what the passage (`plan`) is about."""
    if clause.role.name == "target":
        return "target"
    cues = [cue for cue in clause.sentence.of_kind("status") if cue.value != "actual"]
    if clause.role.name == "plan":  # "đạt 60% kế hoạch" reports, whatever was planned
        last = nearest_before((cue for cue in cues if cue.value == "estimate"), clause.at)
        return "estimate" if last and not clause.parted(last.end) else "actual"
    last = nearest_before((cue for cue in cues if clause.sentence.visible(cue, clause.at)), clause.at)
    if last is not None:
        return last.value
    return "target" if plan else "actual"


def is_aside(clause: Clause) -> bool:
    """Thresholds of rules, one company's figures, parts that the catalogue does not express."""
    sentence = clause.sentence
    if any(not sentence.parted(*sorted((cue.start, clause.at))) for cue in sentence.of_kind("rule")):
        return True
    return clause.figure.kind != "rank" and (
        _is_under(clause, "company", 1) or _is_under(clause, "part", _moves(clause))
    )


def _moves(clause: Clause) -> int:
    """ "nhóm giao thông, giảm 0,29%": a change is of a part even across one comma."""
    return int(any(cue.kind in ("up", "down") and clause.in_lead(cue) for cue in clause.sentence.cues))


def _is_under(clause: Clause, kind: str, commas: int) -> bool:
    """Whether a word of a kind stands before the figure with at most so many commas between."""
    cues = [cue for cue in clause.sentence.of_kind(kind) if clause.in_lead(cue) and not clause.parted(cue.end)]
    return any(clause.commas(cue.end) <= commas for cue in cues)
