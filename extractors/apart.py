"""Figures that look like an indicator's and are another matter's: "5 triệu đồng/người/tháng" is what workers earn."""

from __future__ import annotations

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, starts_with, word_set
from extractors.figures import Figure
from extractors.foreign import is_total
from extractors.indicators import Label, catalogue
from extractors.meanings import INDICES
from extractors.sentences import nearest_before

_REACH = 30
_MOST = 10**18
_PARTED = regex.compile(r"[,;:]")


def is_apart(clause: Clause) -> bool:
    """A month's earnings, units not recognised yet, the place of an index's component, parts of what is of nothing."""
    ranked = clause.figure.unit == "rank" and (_is_component(clause) or _is_countrys(clause) or _is_shared_lead(clause))
    return ranked or any(is_other(clause) for is_other in _OTHERS)


def _is_wage(clause: Clause) -> bool:
    """ "thu nhập bình quân 5 triệu đồng/người/tháng": income per head only where "đầu người" says so."""
    if not any_of("monthly").search(clause.figure.per):
        return False
    told = clause.sentence.part(clause.at) + clause.figure.per
    return any_of("heads").search(told) is None


def _is_of_each_one(clause: Clause) -> bool:
    """ "Vốn đăng ký bình quân một doanh nghiệp đạt 6 tỷ đồng", "mỗi ngày tiếp nhận 520 hồ sơ": no sum; "bình quân mỗi
    tháng CPI tăng 0,03%": no month's."""
    figure = clause.figure
    if figure.unit in ("count", "persons") and figure.per in word_set("each_time"):
        return True
    each = any_of("each_month" if figure.unit == "percent" else "each_one")
    summed = figure.unit in ("percent", "count", "persons", "VND", "USD")
    return summed and each.search(clause.lead_words) is not None


def _is_mistyped(clause: Clause) -> bool:
    """ "13 tỷ tỷ tỷ đồng": more than anything here is counted in."""
    return clause.figure.value >= _MOST


def _waits(clause: Clause) -> bool:
    """ "2 xã đạt 19 tiêu chí chờ xem xét, công nhận": not recognised yet."""
    sentence, figure = clause.sentence, clause.figure
    following = [f.start for f in sentence.figures if f.start >= figure.end and f.noun == figure.noun]
    until = following[0] if following else sentence.end
    cues = [cue for cue in sentence.of_kind("waiting") if figure.end <= cue.start < until]
    cues = [cue for cue in cues if not sentence.parted(figure.end, cue.start)]
    return figure.unit == "count" and any(not sentence.commas(figure.end, cue.start) for cue in cues)


def _is_component(clause: Clause) -> bool:
    """ "chỉ số số hóa hồ sơ xếp thứ 48/63": a place in one component of an index, no place by the rate."""
    sentence = clause.sentence
    indices = [label for label in sentence.labels if label.codes[0].startswith(INDICES)]
    labels = [label for label in sentence.labels if clause.in_lead(label) and not _overlaps(label, indices)]
    return any(ends_with(sentence.words(sentence.start, label.start), "components") for label in labels)


def _is_pillar(clause: Clause) -> bool:
    """ "Trong đó, chính quyền số ở vị trí thứ 12", "tính năng động 7,1 điểm, xếp thứ 9": a part of an index."""
    sentence = clause.sentence
    if clause.figure.unit not in ("rank", "points") or not any_of("pillars").may_be_in(sentence.text):
        return False
    words = _PARTED.split(clause.lead_words)[-1]
    if _ends_pillar(clause, words):
        return True
    last = clause.score_before
    if last is None or last.unit != "points":
        return False
    return any_of("pillars").search(_PARTED.split(sentence.words(sentence.start, last.bound_start))[-1]) is not None


def _ends_pillar(clause: Clause, words: str) -> bool:
    """Whether words before a figure name a part of an index, and no place behind it."""
    named = max((match.end() for match in any_of("pillars").finditer(words)), default=None)
    at = clause.figure.bound_start - (len(words) - named) if named is not None else 0
    return named is not None and not any(at <= place.start < clause.at for place in clause.sentence.places)


def _is_shared_lead(clause: Clause) -> bool:
    """ "Hải Phòng 70,6 điểm, Đồng Tháp 70,5 điểm dẫn đầu": the first place is that of none of them."""
    sentence, figure = clause.sentence, clause.figure
    told = [f for f in sentence.figures if f.end <= figure.bound_start and not clause.parted(f.end)]
    scores = [f for f in told if f.unit in ("points", "percent")]
    beside = len(scores) > 1 and not sentence.commas(scores[-1].end, figure.start)
    return (
        figure.value == 1
        and beside
        and sum(p.kind == "named" and p.end <= scores[-1].start for p in sentence.places) > 1
    )


def _is_countrys(clause: Clause) -> bool:
    """ "xếp 71/193 quốc gia": no place of ours."""
    return starts_with(clause.sentence.words(clause.figure.end, clause.sentence.end).lstrip(), "countries")


def _leaves_out(clause: Clause) -> bool:
    """ "kim ngạch xuất khẩu (trừ dầu thô) đạt 3,2 tỷ USD"."""
    if not any_of("leaving_out").may_be_in(clause.sentence.text):
        return False
    before = clause.sentence.words(clause.sentence.start, clause.at).rpartition(";")[2]
    return any_of("leaving_out").search(before) is not None


def _overlaps(label: Label, others: list[Label]) -> bool:
    """ "phục vụ" in "bộ chỉ số phục vụ người dân"."""
    return any(label.start < other.end and other.start < label.end for other in others)


def _is_part_of_other(clause: Clause) -> bool:
    """ "44 TTHC được rút ngắn thời gian, trong đó có 20 TTHC cấp tỉnh": parts of what no indicator is of."""
    sentence, figure = clause.sentence, clause.figure
    before = [f for f in sentence.figures if f.end <= figure.start and f.noun == figure.noun and f.unit == "count"]
    if not figure.noun or not before or sentence.parted(before[0].start, figure.start):
        return False
    among = any_of("of_which").search(sentence.words(before[0].end, figure.start))
    return among is not None and _is_other(clause, before[0])


def _is_other(clause: Clause, whole: Figure) -> bool:
    """Whether a name of nothing stands right behind the whole, and the part is named by its noun alone."""
    sentence = clause.sentence
    behind = [label for label in sentence.labels if whole.end <= label.start < whole.end + _REACH]
    first = next((label for label in behind if not sentence.commas(whole.end, label.start)), None)
    own = [label for label in sentence.labels if clause.in_tail(label) and label.start >= clause.figure.end]
    return first is not None and not first.codes[0] and not any(label.codes[0] for label in own)


def _is_share_of_count(clause: Clause) -> bool:
    """ "hỗ trợ 1.200 hộ nghèo, đạt 110% kế hoạch": of the plan for those, and not for a rate."""
    sentence = clause.sentence
    last = nearest_before(sentence.figures, clause.figure.bound_start) if clause.role.name == "plan" else None
    if last is None or last.unit not in ("count", "persons") or clause.commas(last.end) > 1 or clause.parted(last.end):
        return False
    units = {_unit_of(label) for label in sentence.labels if last.start < label.start < clause.at}
    return units == {"percent"}


def _is_of_dossiers(clause: Clause) -> bool:
    """ "99,2% hồ sơ được tiếp nhận trực tuyến, trong đó toàn trình 85,6%": dossiers, and no procedures."""
    sentence = clause.sentence
    full = any_of("full_online").search(clause.lead_words) if clause.figure.unit == "percent" else None
    if full is None:
        return False
    at = clause.lead[0] + full.start()
    named = [label for label in sentence.labels if label.end <= at and label.codes[0]]
    last = named[-1] if named else None
    if last is None or not last.codes[0].startswith("online.dossier") or sentence.parted(last.end, at):
        return False
    told = any(f.end <= at and not sentence.parted(f.end, at) for f in sentence.figures)
    alone = sentence.words(last.end, at).strip() and not any(one.start < at < one.end for one in sentence.labels)
    return told and bool(alone)


def _unit_of(label: Label) -> str:
    indicator = catalogue().indicators.get(label.codes[0])
    return indicator.unit if indicator else ""


_OTHERS = (
    _is_mistyped,
    _is_wage,
    _is_of_each_one,
    _is_share_of_count,
    _is_of_dossiers,
    _waits,
    _is_pillar,
    _leaves_out,
    _is_part_of_other,
    is_total,
)
