"""How firm a figure is: actual, estimate or target."""

from __future__ import annotations

from extractors.clauses import Clause
from extractors.cues import Cue, any_of, starts_with, word_set
from extractors.mentions import FORMER
from extractors.sentences import nearest_before
from extractors.slots import Slot, span_of

_OPENING, _WHOLE = 5, 100
_LEADING = 8
"""Before the time that a sentence begins with: "Trong quý II, …"."""


def read_status(clause: Clause, plan: bool) -> Slot[str]:
    """actual, estimate or target: the last word on it before the figure, or what the passage (`plan`) is about."""
    if clause.role.name in FORMER:
        return Slot("actual", "default")
    if clause.role.name == "target":
        return Slot("target", "explicit", span_of(clause.role.cue))
    aim = _aim_behind(clause) or _aim_of_list(clause)
    aim = aim or _aim_in_bracket(clause)
    if aim and _done_since(clause, aim) is None:
        return Slot("target", "explicit", span_of(aim))
    cues = [cue for cue in clause.sentence.of_kind("status") if cue.value in ("target", "estimate")]
    if clause.role.name == "plan":
        return _of_plan(clause, nearest_before(cues, clause.at))
    last = nearest_before((cue for cue in cues if clause.sentence.visible(cue, clause.at)), clause.at)
    if last is not None and last.value == "target" and (done := _done_since(clause, last)):
        return Slot("actual", "explicit", span_of(done))
    if last is not None and last.value == "estimate" and _is_of_former_time(clause):
        return Slot("actual", "default")
    if last is not None:
        return Slot(last.value, "explicit", span_of(last))
    return Slot("target", "inherited") if plan else Slot("actual", "default")


def aims_before(clause: Clause) -> bool:
    """ "mục tiêu đến năm 2030 đón 3 triệu lượt khách; tổng thu ước đạt 7.800 tỷ đồng": foreseen for an aim."""
    return any(clause.sentence.visible(cue, clause.at) for cue in clause.sentence.of_kind("status", "target"))


def _is_of_former_time(clause: Clause) -> bool:
    """ "ước tăng 8,5% (cùng kỳ năm 2019 tăng 5,3%)": what was then is no estimate any more."""
    sentence, bracket = clause.sentence, clause.sentence.bracket(clause.at)
    times = [p for p in sentence.periods if p.kind == "relative" and bracket and bracket[0] < p.start < clause.at]
    return bool(times) and not any(
        times[0].end <= cue.start < clause.at for cue in sentence.of_kind("status", "estimate")
    )


def is_order(clause: Clause) -> bool:
    """ "Trong quý II, nâng tỷ lệ đúng hạn lên trên 98%": nobody is said to do it."""
    sentence, start = clause.sentence, clause.sentence.start
    first = next(iter(sentence.periods), None)
    if first is not None and first.start - start <= _LEADING:
        start = first.end
    return starts_with(sentence.words(start, clause.at).lstrip(" ,"), "ordering")


def _done_since(clause: Clause, aim: Cue) -> Cue | None:
    """ "UBND tỉnh giao 60%, huyện thực hiện đạt 72,8%", "yêu cầu làm rõ vì sao mới đạt 38%": what came of the aim."""
    if (here := clause.touching("done")) and here.start >= aim.end:
        return here
    done = [cue for cue in clause.sentence.of_kind("done") if aim.end <= cue.start and cue.end <= clause.at]
    return next((cue for cue in done if _is_parted(clause, aim.end, cue.start)), None)


def _is_parted(clause: Clause, start: int, end: int) -> bool:
    return clause.sentence.parted(start, end) or bool(clause.sentence.commas(start, end))


def _of_plan(clause: Clause, last: Cue | None) -> Slot[str]:
    """ "đạt 60% kế hoạch" reports, whatever was planned; "phấn đấu …; giải ngân trên 95% kế hoạch" does not."""
    if last is None:
        return Slot("actual", "default")
    if last.value == "target":
        whole = clause.figure.value == _WHOLE  # "phấn đấu …; giải ngân 100% kế hoạch vốn"
        aims = whole or clause.figure.bound != "eq" or _aims_at(clause, last)
        return Slot("target", "explicit", span_of(last)) if aims else Slot("actual", "default")
    return Slot("estimate", "explicit", span_of(last))


def _aims_at(clause: Clause, aim: Cue) -> bool:
    """ "phấn đấu giải ngân 100% kế hoạch vốn": the verb and its figure in one breath; no report."""
    verb = clause.sentence.words(aim.start, aim.end).lower() in word_set("aiming")
    return verb and not clause.commas(aim.end) and not clause.parted(aim.end)


def _aim_of_list(clause: Clause) -> Cue | None:
    """ "Chỉ tiêu năm 2024 là giải quyết việc làm cho 11.600 lao động": the sentence begins with the aim."""
    sentence = clause.sentence
    if clause.role.name not in ("level", "change") or sentence.of_kind("status", "actual"):
        return None
    aims = sentence.of_kind("aims")
    return next((c for c in aims if _is_head(clause, c) or _is_set(clause, c)), None)


def _is_head(clause: Clause, aim: Cue) -> bool:
    """ "Các chỉ tiêu chủ yếu được đề xuất gồm: GRDP tăng từ 10% trở lên; …": also of what moves, behind a colon."""
    sentence = clause.sentence
    told = clause.role.name == "level" or ":" in sentence.words(aim.end, clause.at)
    return told and aim.start - sentence.start <= _OPENING


def _aim_in_bracket(clause: Clause) -> Cue | None:
    """ "ước tăng 6,4% (kế hoạch tăng từ 8 - 8,5%)": a bracket that begins with the aim."""
    bracket = clause.sentence.bracket(clause.at)
    if bracket is None or clause.role.name not in ("change", "level"):
        return None
    aims = [cue for cue in clause.sentence.of_kind("aims") if bracket[0] <= cue.start and cue.end <= clause.at]
    begins = (cue for cue in aims if not clause.sentence.words(bracket[0], cue.start).strip(" ("))
    return next((cue for cue in begins if not clause.commas(cue.end)), None)


def _is_set(clause: Clause, aim: Cue) -> bool:
    """ "HĐND thông qua các chỉ tiêu năm 2018: …": aims that somebody sets, and a colon before the figure."""
    before, after = clause.sentence.words(clause.sentence.start, aim.start), clause.sentence.words(aim.end, clause.at)
    return ":" in after and any_of("setting").search(before) is not None


def _aim_behind(clause: Clause) -> Cue | None:
    """ "không quá 1% là mục tiêu đề ra"."""
    sentence, end = clause.sentence, clause.figure.end
    behind = (cue for cue in sentence.of_kind("aims") if sentence.words(end, cue.start).strip() in word_set("equating"))
    return next(behind, None)
