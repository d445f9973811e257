"""When a figure is of, and which period it is compared with: "quý I", "đến ngày 31/8", "so với cùng kỳ"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with
from extractors.facts import Period
from extractors.frame import Frame
from extractors.indicators import Indicator
from extractors.periods import PeriodMention, shift_years
from extractors.sentences import Sentence, nearest_before

_CLAUSE = regex.compile(r"[,.;:]")
_COMPARED = regex.compile(r"so với\s\p{L}{1,6}\s$", regex.I)
NOW = ("now", "year_to_now")
_PAPER_REACH = 45
_JUST_OVER = timedelta(days=31)
_STALE = timedelta(days=400)
_FIGURE_KINDS = ("span", "day", "relative")


def year_of(day: date) -> Period:
    """The whole calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def is_month(period: Period) -> bool:
    """Exactly one calendar month."""
    return period.start.day == 1 and period.end == _month_end(period.start)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_before(period: Period) -> Period:
    """The calendar month before a period's first."""
    end = period.start.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end)


def main_mentions(sentence: Sentence, status: str) -> list[PeriodMention]:
    """The periods that figures may be of: no bases of comparison, no days of meetings, a plan's only for targets."""
    mains = [p for p in sentence.periods if p.kind in _FIGURE_KINDS and not is_base(sentence, p)]
    return [p for p in mains if status == "target" or not _is_papers(sentence, p)]


def is_base(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "so với cùng kỳ" is compared with; "cùng kỳ năm trước mới là 22,5%" is that period's own figure."""
    before = sentence.words(mention.start - 24, mention.start)
    if _is_multiplied(sentence, mention) or _COMPARED.search(before) or ends_with(before, "comparers"):
        return True
    if mention.role != "base" or mention.kind != "relative":
        return mention.role == "base"
    if sentence.words(mention.start, mention.end).lower().startswith("so"):
        return True
    following = next((f for f in sentence.figures if f.start >= mention.end), None)
    gap = sentence.words(mention.end, following.start) if following else ""
    return following is None or "," in gap or len(gap) > 30


def _is_multiplied(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "gấp hơn 2 lần năm 2018", "bằng 104,6% cùng kỳ": compared with even without "so với"."""
    kinds = ("multiple", "percent") if mention.kind == "relative" else ("multiple",)
    figures = [f for f in sentence.figures if f.kind in kinds and f.end <= mention.start]
    return any(not sentence.words(figure.end, mention.start).strip() for figure in figures)


def _is_papers(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "theo kế hoạch CCHC năm 2024": the year of a paper or a meeting, not of the figures."""
    before = sentence.words(max(sentence.start, mention.start - _PAPER_REACH - 15), mention.start)
    return any(not _CLAUSE.search(before[match.end() :]) for match in any_of("papers").finditer(before))


def claimed_by_former(clauses: list[Clause]) -> frozenset[int]:
    """Periods that belong to a former level alone: "từ 6,2% cuối năm ngoái xuống 0,8%"; by where they begin."""
    former = [clause for clause in clauses if clause.role.name == "former"]
    return frozenset(p.start for c in former for p in c.sentence.periods if c.tail[0] <= p.start < c.tail[1])


def mention_for(clause: Clause, status: str, claimed: frozenset[int]) -> PeriodMention | None:
    """The period named nearest before the figure in its sentence, else right behind it."""
    sentence = clause.sentence
    if clause.role.name == "former":
        return next((p for p in sentence.periods if clause.behind_number(p)), None)
    bracketed = _before_own_bracket(clause)
    if bracketed is not None:
        return bracketed
    mains = [p for p in main_mentions(sentence, status) if p.start not in claimed and sentence.visible(p, clause.at)]
    before, behind = nearest_before(mains, clause.at), _behind(clause, mains)
    if before is None and behind is None:  # "Sau 6 tháng (01-7 đến 31-12-2025), … tiếp nhận"
        bracketed_spans = [p for p in main_mentions(sentence, status) if p.kind == "span" and p.start not in claimed]
        return nearest_before(bracketed_spans, clause.at)
    if before is None or (behind and behind.end <= clause.tail[1] and clause.parted(before.end)):
        return behind
    return before


def _behind(clause: Clause, mains: list[PeriodMention]) -> PeriodMention | None:
    """A period right behind the figure, before the next one and in the same clause."""
    sentence, end = clause.sentence, clause.figure.end
    limit = clause.following.bound_start if clause.following else sentence.end
    behind = next((p for p in mains if end <= p.start and p.end <= limit), None)
    if behind is None or sentence.parted(end, behind.start) or sentence.commas(end, behind.start):
        return None
    return behind


def _before_own_bracket(clause: Clause) -> PeriodMention | None:
    """ "gấp hơn 2 lần năm 2018 (2,3%)": a number alone in brackets is of the period right before them."""
    sentence, bracket = clause.sentence, clause.sentence.bracket(clause.at)
    if bracket is None or sentence.words(*bracket).strip("() ") != sentence.words(clause.at, clause.figure.end).strip():
        return None
    spans = [p for p in sentence.periods if p.kind == "span" and p.end <= bracket[0]]
    return next((p for p in spans if not sentence.words(p.end, bracket[0]).strip()), None)


def period_for(
    clause: Clause,
    mention: PeriodMention | None,
    indicator: Indicator,
    status: str,
    frame: Frame,
    published: date | None,
) -> tuple[Period, str] | None:  # fmt: skip
    """The period of a figure and how it was found; None where nothing says it."""
    if clause.role.name == "former":
        return _former(mention, indicator, frame)
    if clause.role.name == "target" and mention is not None and mention.period is not None:
        return year_of(mention.period.end), "explicit"
    if mention is None and status == "target":
        return _target_period(clause, frame, published)
    how = "explicit" if mention else "inherited"
    spoken = mention or frame.mention
    if spoken is not None and _is_recap(spoken, indicator, frame, published):
        spoken = frame.report
    if spoken is None or (mention is None and _is_stale(spoken, indicator, published)):
        return (Period(published, published), "default") if published and indicator.kind == "stock" else None
    period = resolved(spoken, frame)
    return (_spanned(period, spoken, indicator, published), how) if period else None


def _is_recap(mention: PeriodMention, indicator: Indicator, frame: Frame, published: date | None) -> bool:
    """ "Đến nay" in January, in a report on the year that has just ended, closes that year."""
    spoken = frame.report.period if frame.report else None
    if mention.rule not in NOW or indicator.kind == "stock" or spoken is None or published is None:
        return False
    return spoken.end < published <= spoken.end + _JUST_OVER


def _is_stale(mention: PeriodMention, indicator: Indicator, published: date | None) -> bool:
    """A stock that names no day is of today, whatever year the passage spoke of long before."""
    if indicator.kind != "stock" or published is None or mention.period is None:
        return False
    return published - mention.period.end > _STALE


def resolved(mention: PeriodMention, frame: Frame) -> Period | None:
    """A mention's period; one that leans on another ("cùng kỳ") leans on the passage's."""
    if mention.kind != "relative":
        return mention.period
    context = frame.mention.period if frame.mention else None
    return mention.resolve(context) if context else None


def _spanned(period: Period, mention: PeriodMention, indicator: Indicator, published: date | None) -> Period:
    """ "đến ngày 31/8" is that day for a stock, and the year up to it for what adds up."""
    if mention.kind != "day" or period.start != period.end or indicator.kind != "flow":
        return period
    if mention.rule == "stock_year_start" and published and published.year == period.end.year:
        return Period(period.start, published)
    return Period(date(period.end.year, 1, 1), period.end)


def _target_period(clause: Clause, frame: Frame, published: date | None) -> tuple[Period, str] | None:
    if clause.role.name == "target" and frame.mention and frame.mention.period:
        return year_of(frame.mention.period.end), "inherited"
    if frame.target:
        return frame.target, "inherited"
    return (year_of(published), "default") if published else None


def _former(mention: PeriodMention | None, indicator: Indicator, frame: Frame) -> tuple[Period, str] | None:
    """ "giảm từ 10,85% (năm trước) xuống còn 1,31%": the level that was left."""
    if mention is not None:
        period = resolved(mention, frame)
        if period and mention.kind == "day" and indicator.kind == "flow":
            period = year_of(period.end)
        frame.former = period
        return (period, "explicit") if period else None
    if frame.former is not None:
        return frame.former, "inherited"
    current = resolved(frame.mention, frame) if frame.mention else None
    return (shift_years(current, -1), "default") if current else None


def base_for(clause: Clause, indicator: Indicator, period: Period, clauses: list[Clause]) -> tuple[Period, str]:
    """What a change is measured against: "so với …" behind it, else before it, else the year before."""
    bases = [p for p in clause.sentence.periods if is_base(clause.sentence, p)]
    behind = next((base for base in bases if _reaches(clause, base, clauses)), None)
    before = nearest_before((base for base in bases if clause.sentence.visible(base, clause.at)), clause.at)
    mention = behind or before
    base = mention.resolve(period) if mention else None
    return (base, "explicit") if base else (_default_base(indicator, period), "default")


def _reaches(clause: Clause, base: PeriodMention, clauses: list[Clause]) -> bool:
    """A base behind speaks for every change before it up to the next level: "tăng 5 lần và 3 lần so với năm 2021"."""
    end = clause.figure.end
    if base.start < end - 1 or clause.sentence.parted(end, base.start):
        return False
    if not clause.sentence.visible(base, clause.at):
        return False
    passed = [other for other in clauses if clause.at < other.at < base.start]
    return all(other.role.name in ("change", "multiple", "rank") for other in passed)


def _default_base(indicator: Indicator, period: Period) -> Period:
    """Prices are compared with the month before, all else with the same span a year before."""
    if indicator.code == "econ.cpi" and is_month(period):
        return month_before(period)
    return shift_years(period, -1)
