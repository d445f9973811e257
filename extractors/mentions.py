"""Which time of a sentence a figure is of."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.candidates import main_mentions
from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, starts_with, word_set
from extractors.periods import PeriodMention
from extractors.sentences import Sentence, nearest_before

_ALL_DAY_REACH = 6
FORMER = ("former", "former_rank")
"""Roles of what was left: "từ 10,85% xuống còn 1,31%", "từ hạng 33 lên hạng 21"."""
_LOOKED_UP = timedelta(days=31)


def claimed_by_former(clauses: list[Clause]) -> frozenset[int]:
    """Periods of a former level or one compared with: "từ 5,1% cuối năm ngoái xuống 0,9%"; by where they begin."""
    former = [clause for clause in clauses if clause.role.name in FORMER or _is_beside(clause)]
    return frozenset(p.start for c in former for p in c.sentence.periods if c.tail[0] <= p.start < c.tail[1])


def _is_beside(clause: Clause) -> bool:
    """ "cao hơn mức tăng 8,05% của quý I/2023": named only to compare with it."""
    cues = [cue for cue in clause.sentence.of_kind("compared") if clause.in_lead(cue) and not clause.commas(cue.end)]
    periods = [p for p in clause.sentence.periods if p.start >= clause.figure.end and clause.behind_number(p)]
    words = clause.sentence.words(clause.figure.end, periods[0].end).lower() if periods else ""
    return bool(cues) and starts_with(words.lstrip(), "owned_by") and clause.role.name in ("level", "change")


def mention_for(clause: Clause, status: str, claimed: frozenset[int]) -> PeriodMention | None:
    """The period named nearest before the figure in its sentence, else right behind it."""
    sentence = clause.sentence
    if clause.role.name in FORMER:
        behind = next((p for p in sentence.periods if clause.behind_number(p)), None)
        return behind or _in_bracket_behind(clause)
    exact = (
        _of_former_growth(clause)
        or _before_own_bracket(clause)
        or _in_bracket_behind(clause)
        or _touching(clause, status)
        or _in_bracket_before(clause, main_mentions(sentence, status))
    )
    if exact is not None:
        return exact
    mains = [p for p in main_mentions(sentence, status) if p.start not in claimed and sentence.visible(p, clause.at)]
    if clause.role.name == "change":  # "một năm trước chỉ có 62,41 điểm; như vậy tăng 1,68 điểm"
        mains = [p for p in mains if p.rule != "previous_year" or not clause.parted(p.end)]
    mains = [p for p in mains if not (clause.parted(p.end) and _is_beside_it(sentence, p))] or mains
    spelled_out = [p for p in main_mentions(sentence, status) if _is_spelled_out(clause, p)]
    if spelled_out and all(clause.parted(p.end) for p in mains if p.end <= clause.at):
        return spelled_out[-1]
    before, behind = nearest_before(mains, clause.at), _behind(clause, mains)
    if before is None and behind is None:  # "Sau 6 tháng (01-7 đến 31-12-2025), … tiếp nhận"
        bracketed_spans = [p for p in main_mentions(sentence, status) if p.kind == "span" and p.start not in claimed]
        return nearest_before(bracketed_spans, clause.at)
    if before is None or (behind and behind.end <= clause.tail[1] and clause.parted(before.end)):
        return behind
    return _horizon(clause, before, mains) if status == "target" else _by_day(clause, before, mains)


def _by_day(clause: Clause, year: PeriodMention, mains: list[PeriodMention]) -> PeriodMention:
    """ "Tới ngày 31/8, giải ngân vốn đầu tư công năm 2024 được 39,4%": the year names the capital, no time."""
    named = year.rule == "year" and any(label.end + 1 == year.start for label in clause.sentence.labels)
    told = (p for p in mains if named and p.end <= year.start and not clause.parted(p.end) and _is_within(p, year))
    return nearest_before(told, year.start) or year


def _is_within(mention: PeriodMention, year: PeriodMention) -> bool:
    part, whole = mention.period, year.period
    return part is not None and whole is not None and whole.start <= part.start and part.end < whole.end


def _is_spelled_out(clause: Clause, mention: PeriodMention) -> bool:
    """ "; trong dịp nghỉ lễ (từ ngày 29/4 đến 3/5), toàn tỉnh đón …": days alone in a bracket of this part."""
    sentence = clause.sentence
    bracket = _bracket_of(sentence, mention) if mention.kind == "span" and mention.end <= clause.at else None
    if bracket is None or clause.parted(mention.end):
        return False
    return not any(f.end <= bracket[0] and not sentence.parted(f.end, bracket[0]) for f in sentence.figures)


def _bracket_of(sentence: Sentence, mention: PeriodMention) -> tuple[int, int] | None:
    """The parenthesis that holds a time and nothing else."""
    bracket = sentence.bracket(mention.start)
    alone = bracket and sentence.words(*bracket).strip(" ()") == sentence.words(mention.start, mention.end)
    return bracket if alone else None


def _is_beside_it(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "chiếm 68,9%, trong khi năm 2022 chỉ là 31,7%; 42.118 hồ sơ …": beside the time that is spoken of."""
    return ends_with(sentence.words(mention.start - 24, mention.start), "whereas")


def _horizon(clause: Clause, term: PeriodMention, mains: list[PeriodMention]) -> PeriodMention:
    """ "Đến năm 2025, …, GRDP tăng 7%/năm giai đoạn 2021 - 2025, xuất khẩu …": behind its figure the year again."""
    if not _is_term(term) or not any(term.end <= f.start < clause.at for f in clause.sentence.figures):
        return term
    if not clause.commas(term.end) and not clause.parted(term.end):
        return term
    ends = [p for p in mains if p.end <= term.start and not _is_term(p) and _ends_with(p, term)]
    return nearest_before(ends, clause.at) or term


def _is_term(mention: PeriodMention) -> bool:
    """Several years."""
    return mention.period is not None and mention.period.start.year < mention.period.end.year


def _ends_with(mention: PeriodMention, term: PeriodMention) -> bool:
    return mention.period is not None and term.period is not None and mention.period.end.year == term.period.end.year


def _behind(clause: Clause, mains: list[PeriodMention]) -> PeriodMention | None:
    """A period right behind the figure, before the next one and in the same clause."""
    sentence, end = clause.sentence, clause.figure.end
    limit = clause.following.bound_start if clause.following else sentence.end
    behind = next((p for p in mains if end <= p.start and p.end <= limit), None)
    if behind is None or sentence.parted(end, behind.start) or sentence.commas(end, behind.start):
        return None
    return None if ". " in sentence.words(end, behind.start) else behind  # a quotation may hold several sentences


def day_of_score(clause: Clause, published: date | None) -> PeriodMention | None:
    """ "Theo Bộ chỉ số 766, ngày 5-7, tỉnh đạt 85,7 điểm": the day on which a score of that day was looked up."""
    sentence = clause.sentence
    days = [p for p in sentence.periods if p.rule == "event" and p.end <= clause.at and not clause.parted(p.end)]
    for day in reversed(days):
        told = any(label.end <= day.start for label in sentence.labels if label.codes[0])
        apart = sentence.words(sentence.start, day.start).rstrip().endswith(",") and sentence.words(day.end, clause.at)
        if told and apart and apart.startswith(",") and day.period and published:
            return day if timedelta(0) <= published - day.period.end <= _LOOKED_UP else None
    return None


def day_of_visits(clause: Clause) -> PeriodMention | None:
    """ "Trong ngày 30/4, Vũng Tàu đón 68.000 lượt khách": all of it; "Sáng 30/4" is not."""
    sentence = clause.sentence
    days = [p for p in sentence.periods if p.rule == "event" and p.end <= clause.at and not clause.parted(p.end)]
    whole = (p for p in days if any_of("all_day").search(sentence.words(p.start - _ALL_DAY_REACH, p.end)))
    return nearest_before(whole, clause.at)


def day_of_census(clause: Clause) -> PeriodMention | None:
    """ "Ngày 1/4/2019, dân số thành phố là 8.993.000 người"."""
    days = (p for p in clause.sentence.periods if p.rule == "event" and p.end <= clause.at)
    return nearest_before((p for p in days if not clause.parted(p.end)), clause.at)


def _of_former_growth(clause: Clause) -> PeriodMention | None:
    """ "thấp hơn mức tăng 14,9% của cùng kỳ năm 2022": the growth that there was then."""
    sentence, end = clause.sentence, clause.figure.end
    if not ends_with(sentence.words(clause.lead[0], clause.figure.bound_start), "growth"):
        return None
    behind = [p for p in sentence.periods if p.kind == "relative" and p.start >= end]
    return next((p for p in behind if sentence.words(end, p.start).strip().lower() in word_set("owned_by")), None)


def _touching(clause: Clause, status: str) -> PeriodMention | None:
    """ "thấp hơn mức tăng 20,7% của năm 2022": the period right behind a number is its own."""
    sentence = clause.sentence
    for mention in main_mentions(sentence, status):
        gap = sentence.words(clause.figure.end, mention.start).strip().lower()
        if mention.start >= clause.figure.end and mention.kind != "relative" and gap in word_set("of_time"):
            return mention
    return None


def _in_bracket_behind(clause: Clause) -> PeriodMention | None:
    """ "84,1% (năm 2020), 85,3% (năm 2021)": a bracket with nothing but a period is of the figure before it."""
    sentence, end = clause.sentence, clause.figure.end
    for mention in sentence.periods:
        bracket = sentence.bracket(mention.start)
        if bracket and bracket[0] >= end and not sentence.words(end, bracket[0]).strip():
            return mention if _bracket_of(sentence, mention) and mention.kind != "event" else None
    return None


def _in_bracket_before(clause: Clause, mains: tuple[PeriodMention, ...]) -> PeriodMention | None:
    """ "Giải ngân vốn đầu tư công (tính đến ngày 30/11) đạt 10.300 tỷ đồng, bằng 71,3% kế hoạch": alone in a bracket
    before the verb, up to the next time or semicolon."""
    sentence = clause.sentence
    last = nearest_before(mains, clause.at)
    bracket = _bracket_of(sentence, last) if last and not clause.parted(last.end) else None
    if bracket is None:
        return None
    first = next(figure for figure in sentence.figures if figure.bound_start >= bracket[1])
    verb = sentence.words(bracket[1], first.bound_start).strip().lower()
    return last if verb in word_set("telling_level") else None


def _before_own_bracket(clause: Clause) -> PeriodMention | None:
    """ "tăng 8 bậc so với năm 2018 (62,3 điểm, xếp thứ 31)": brackets of figures are of the period before them."""
    sentence, bracket = clause.sentence, clause.figures_bracket()
    if bracket is None:
        return None
    spans = [p for p in sentence.periods if p.kind in ("span", "relative") and p.end <= bracket[0]]
    return next((p for p in spans if not sentence.words(p.end, bracket[0]).strip()), None)
