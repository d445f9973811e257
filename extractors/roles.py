"""What a figure is by the words right around it: a level, a change, a share of a plan, a former level.

"tăng 9,84%" is a change, "tăng lên 45%" a level; "giảm từ 10,85% xuống còn 1,31%" is a former level and a level;
"đạt 60,5% dự toán" a share of a plan; "(chỉ tiêu 40%)" a target.
"""

from __future__ import annotations

from extractors.aims import is_aim_of_move, is_beyond, is_excess, is_share_of_plan, own_aim
from extractors.clauses import Clause, Role
from extractors.cues import Cue, any_of, ends_with, starts_with, word_set
from extractors.multiples import is_of_another

_LESS = ("(-", "(–", "(−")
_REACH, _RANK_REACH = 40, 90
"""How far behind a level, and behind a place in a list, what was reached from it may stand."""


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
    return Role("change") if growth else _role_printed(clause)


def _role_printed(clause: Clause) -> Role:
    """ "(+503 tỷ đồng)", "(-15 doanh nghiệp)" are moves; "- 15 doanh nghiệp" begins a line."""
    before = clause.sentence.words(clause.at - 2, clause.at)
    if before.endswith("+") or _is_negative(clause):
        return Role("change")
    return Role("change", -1) if before in _LESS else Role("level")


def _is_negative(clause: Clause) -> bool:
    """ "nhập khẩu -2,4%"."""
    return clause.figure.value < 0 and clause.figure.unit in ("percent", "pp")


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
    if not words:
        return False
    gaps = [sentence.words(cue.end, clause.figure.bound_start).strip() for cue in moves]
    if clause.figure.unit in ("points", "percent", "pp"):
        outdone = (clause.lead_words.rpartition(f" {word} ") for word in word_set("outdoing"))
        gaps += [gap.strip() for _, word, gap in outdone if word]
    return not words.isdisjoint(gaps)


def _is_base_level(clause: Clause) -> bool:
    """ "thấp hơn cùng kỳ năm trước (đạt 38,1%)": what it was then."""
    bracket = clause.figures_bracket()
    return bracket is not None and any(
        cue.end <= period.start < bracket[0] and not clause.sentence.words(period.end, bracket[0]).strip()
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
    gap = clause.without_periods(move.end).replace("(", " ").lower().split()
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


def _continues_with(clause: Clause, kind: str, reach: int = _REACH) -> bool:
    """Whether a cue follows in the same clause: "từ 42% lên 45%"."""
    end = clause.figure.end
    near = [cue for cue in clause.sentence.of_kind(kind) if end <= cue.start <= end + reach]
    return any(not clause.sentence.parted(end, cue.start) for cue in near)


def _is_growth_rate(clause: Clause) -> bool:
    """ "tốc độ tăng GRDP đạt từ 8,5 - 9%", "với +9,65%": the number itself is the growth; "tiếp tục tăng trưởng, giá
    trị trung bình đạt 86,98%" is none."""
    if clause.figure.unit not in ("percent", "pp"):
        return False
    if clause.sentence.words(clause.at - 1, clause.at) == "+" or _is_negative(clause):
        return True
    if not any_of("growth").search(clause.lead_words):
        return False
    _, comma, words = clause.lead_words.rpartition(",")
    return not comma or bool(any_of("growth").search(words)) or not any_of("averages").search(words)


def _is_beside_others(clause: Clause) -> bool:
    """ "cao hơn 1,1 điểm phần trăm so với mức bình quân chung": beside other places, not beside another time."""
    if _is_beside_average(clause) or _is_beside_place(clause):
        return True
    if _move_before(clause) is None:
        return False
    sentence, end = clause.sentence, clause.figure.end
    behind = sentence.words(end, sentence.end).lstrip().lower()
    timed = any(period.start == end + 1 for period in sentence.periods)  # "tăng 2,64% so với bình quân cùng kỳ"
    return starts_with(behind, "beside_others") and not timed
