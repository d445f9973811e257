"""What a figure is by the words right around it: a level, a change, a share of a plan, a former level.

"tăng 9,84%" is a change, "tăng lên 45%" a level; "giảm từ 10,85% xuống còn 1,31%" is a former level and a level;
"đạt 60,5% dự toán" a share of a plan; "(chỉ tiêu 40%)" a target.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.aims import is_aim_of_move, is_beyond, is_excess, is_share_of_plan, own_aim
from extractors.clauses import Clause, Role
from extractors.cues import Cue, any_of, ends_with, starts_with, word_set
from extractors.indicators import catalogue
from extractors.multiples import is_of_another
from extractors.sentences import nearest_before

_REACH, _RANK_REACH = 40, 90
"""How far behind a level, and behind a place in a list, what was reached from it may stand."""
_ALIKE = 3
"""How many times as much a figure may be that goes on with a list of growths."""


def with_roles(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses with their roles; "giảm 7 thôn, 21 tổ dân phố" lowers both."""
    result: list[Clause] = []
    for clause in clauses:
        role = role_of(clause)
        if role.name == "level" and result and _continues(result[-1], clause):
            role = Role(result[-1].role.name, result[-1].role.sign)
        result.append(Clause(clause.sentence, clause.figure, clause.lead, clause.tail, role))
    return result


def _continues(previous: Clause, clause: Clause) -> bool:
    """Whether a figure is a change because the one before it is."""
    beside = _is_former_rate(previous, clause) or _is_nationwide(previous, clause)
    return _goes_on(previous, clause) or _is_next_place(previous, clause) or beside


def _is_former_rate(previous: Clause, clause: Clause) -> bool:
    """ "tốc độ tăng trưởng kinh tế đạt 11% (cùng kỳ là 5,99%)": a rate of growth beside a rate of growth."""
    rates = previous.role.name == "change" and previous.role.cue is None and clause.figure.unit == "percent"
    in_bracket = clause.sentence.bracket(clause.at) is not None and clause.sentence.bracket(previous.at) is None
    return rates and in_bracket and _without_periods(clause, clause.lead[0]).strip(" (:,") in word_set("stating")


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
    joined = _without_periods(clause, clause.lead[0]).strip(" ,") in word_set("adding")
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


def role_of(clause: Clause) -> Role:
    """The role of a figure by the words around it."""
    if clause.figure.kind == "rank" and clause.touching("from") and _continues_with(clause, "reached", _RANK_REACH):
        return Role("former_rank")
    if clause.figure.kind == "multiple" and is_of_another(clause):
        return Role("beyond")
    if clause.figure.kind in ("rank", "multiple", "rating"):
        return Role(clause.figure.kind)
    if is_share_of_plan(clause):
        return Role("beyond" if is_beyond(clause) else "plan")
    if _is_beside_others(clause) or is_aim_of_move(clause):
        return Role("beyond")
    growth = _is_growth_rate(clause)
    reached, move = clause.touching("reached"), _move_before(clause)
    aim = own_aim(clause)
    if aim and is_excess(clause, aim):
        return Role("beyond")
    if aim and (reached is None or aim.start <= reached.start):
        return Role("target", cue=aim)
    if not growth and reached and not (move and _compares(clause, move)):
        return Role("level", cue=reached)
    if _is_former(clause):
        return Role("former")
    if _exceeds(clause) or _is_base_level(clause):
        return Role("level")
    if move := move or _move_of_points(clause) or _lowering(clause):
        if move.value == "more" and clause.figure.unit in ("count", "persons") and not _has_base(clause):
            return Role("more", cue=move)
        return Role("change", 1 if move.kind == "up" else -1, move)
    return Role("change" if growth else "level")


def _is_beside_average(clause: Clause) -> bool:
    """ "thấp hơn điểm trung vị 1,22 điểm"."""
    cues = [cue for cue in clause.sentence.of_kind("compared") if clause.in_lead(cue)]
    if not cues or clause.commas(cues[-1].end):
        return False
    gap = clause.sentence.words(cues[-1].end, clause.figure.bound_start)
    return any_of("averages").search(gap) is not None and ends_with(gap, "averages")


def _is_beside_place(clause: Clause) -> bool:
    """ "chỉ kém Gia Nghĩa 0,41 điểm": not what that place has; "xếp sau Gia Nghĩa 74,3 điểm" is."""
    sentence = clause.sentence
    moves = [cue for kind in ("up", "down", "short") for cue in sentence.of_kind(kind) if clause.in_lead(cue)]
    words = {sentence.words(p.start, p.end) for p in sentence.places if p.kind == "named" and clause.in_lead(p)}
    return any(sentence.words(cue.end, clause.figure.bound_start).strip() in words for cue in moves)


def _is_base_level(clause: Clause) -> bool:
    """ "thấp hơn cùng kỳ năm trước (đạt 38,1%)": what it was then."""
    bracket = clause.figures_bracket()
    return bracket is not None and any(
        cue.end <= period.start and not clause.sentence.words(period.end, bracket[0]).strip()
        for cue in clause.sentence.of_kind("compared")
        for period in clause.sentence.periods
    )


def _exceeds(clause: Clause) -> bool:
    """ "vượt 300.000 hồ sơ" is a level and a bound; "vượt 24,6%" a growth."""
    return (
        clause.figure.bound == "gt"
        and clause.figure.unit not in ("percent", "pp")
        and starts_with(clause.sentence.words(clause.figure.bound_start, clause.at), "surpassing")
    )


def _is_former(clause: Clause) -> bool:
    """ "từ 10,85% xuống còn 1,31%", "so với mức 36,08 điểm của năm 2016"; "từ 94% trở lên" is a bound."""
    if clause.figure.bound != "eq":
        return False
    left = clause.touching("from") and _continues_with(clause, "reached")
    return bool(left or (clause.touching("former") and any(clause.behind_number(p) for p in clause.sentence.periods)))


def _move_before(clause: Clause) -> Cue | None:
    """ "tăng", "giảm nhẹ" right before the figure, with nothing but words of degree between."""
    start = clause.figure.bound_start  # "không thấp hơn 95%" is a bound
    moves = [c for c in clause.sentence.cues if c.kind in ("up", "down") and c.end <= clause.at and c.start < start]
    if not moves:
        return None
    move = max(moves, key=lambda cue: cue.end)
    lowered = [cue for cue in moves if cue.kind == "down" and clause.in_lead(cue)]
    if lowered and clause.sentence.words(move.start, move.end).lower() in word_set("further"):
        return lowered[0]  # "giảm tỷ lệ hộ nghèo thêm 1%"
    gap = _without_periods(clause, move.end).replace("(", " ").lower().split()
    if clause.figure.unit not in ("percent", "pp") and word_set("by_means").intersection(gap):
        return None  # "thu hút FDI tăng mạnh với 46 dự án mới"
    return move if word_set("degree").issuperset(gap) else None


def _has_base(clause: Clause) -> bool:
    """ "có thêm 20 doanh nghiệp so với cùng kỳ"."""
    sentence, end = clause.sentence, clause.tail[1]
    return any(p.role == "base" and clause.figure.end <= p.start <= end + _REACH for p in sentence.periods)


def _compares(clause: Clause, move: Cue) -> bool:
    """ "cao hơn năm 2016 là 4,8%" is a change in spite of its "là"."""
    return any(cue.start == move.start for cue in clause.sentence.of_kind("compared"))


def _move_of_points(clause: Clause) -> Cue | None:
    """ "Giảm tỷ lệ hộ nghèo: 4 điểm %": points of a percentage are a change wherever its direction stands."""
    moves = [cue for cue in clause.sentence.cues if cue.kind in ("up", "down", "short") and clause.in_lead(cue)]
    if clause.figure.unit != "pp" or not moves or _is_of_another_place(clause, moves[-1]):
        return None
    return moves[-1]


def _lowering(clause: Clause) -> Cue | None:
    """ "kéo giảm tỷ lệ hộ nghèo 2%", "giảm tỷ lệ hộ nghèo được hơn 0,9%": so much less of what is named in between.

    Below a bound it is a level: "giảm tỷ lệ trễ hạn dưới 0,5%".
    """
    down = [cue for cue in clause.sentence.of_kind("down") if clause.in_lead(cue)]
    if clause.figure.unit != "percent" or not down or clause.figure.bound in ("lt", "le"):
        return None
    words = clause.sentence.words(down[-1].end, clause.figure.bound_start).strip()
    for word in word_set("managing"):
        words = words.removesuffix(f" {word}")
    for word in word_set("shares"):
        words = words.removeprefix(f"{word} ")
    named = {clause.sentence.words(label.start, label.end) for label in clause.sentence.labels}
    return down[-1] if words in named else None


def _is_of_another_place(clause: Clause, move: Cue) -> bool:
    """ "cao hơn mức chung của huyện 9 điểm phần trăm": no change in time."""
    between = [p for p in clause.sentence.places if move.end <= p.start and p.end <= clause.at]
    return bool(between) and _compares(clause, move)


def _without_periods(clause: Clause, start: int) -> str:
    """The words up to the figure but for periods: "cao hơn [cùng kỳ] 3,02%"."""
    words = ""
    for period in clause.sentence.periods:
        if start <= period.start and period.end <= clause.at:
            words += clause.sentence.words(start, period.start)
            start = period.end
    return words + clause.sentence.words(start, clause.at)


def _continues_with(clause: Clause, kind: str, reach: int = _REACH) -> bool:
    """Whether a cue follows in the same clause: "từ 42% lên 45%"."""
    end = clause.figure.end
    near = [cue for cue in clause.sentence.of_kind(kind) if end <= cue.start <= end + reach]
    return any(not clause.sentence.parted(end, cue.start) for cue in near)


def _is_growth_rate(clause: Clause) -> bool:
    """ "tốc độ tăng GRDP đạt từ 8,5 - 9%": the number itself is the growth."""
    return clause.figure.unit in ("percent", "pp") and bool(any_of("growth").search(clause.lead_words))


def _is_beside_others(clause: Clause) -> bool:
    """ "cao hơn 1,1 điểm phần trăm so với mức bình quân chung": beside other places, not beside another time."""
    if _is_beside_average(clause) or _is_beside_place(clause):
        return True
    if _move_before(clause) is None:
        return False
    behind = clause.sentence.words(clause.figure.end, clause.sentence.end).lstrip().lower()
    return starts_with(behind, "beside_others")
