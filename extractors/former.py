"""What a level was before it moved, and times that lean on others: "giảm từ 10,85% xuống còn 1,31%", "cùng kỳ"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extractors.candidates import main_mentions
from extractors.clauses import Clause
from extractors.facts import Period
from extractors.frame import Frame
from extractors.indicators import Indicator
from extractors.periods import PeriodMention
from extractors.sentences import nearest_before
from extractors.slots import Slot, span_of
from extractors.spans import shift_years, whole_year


def resolved(mention: PeriodMention, frame: Frame, leaned_on: PeriodMention | None = None) -> Period | None:
    """A mention's period; one that leans on another ("cùng kỳ") leans on the sentence's, else on the passage's."""
    if mention.kind != "relative":
        return mention.period
    spoken = leaned_on or frame.mention
    context = spoken.period if spoken else None
    if mention.rule == "this_month" and frame.month and context and context == whole_year(context.end.year):
        context = frame.month.period  # "trong tháng" of a year is the month spoken of, not its December
    return mention.resolve(context) if context else None


def leaned_on(clause: Clause, mention: PeriodMention) -> PeriodMention | None:
    """ "Tháng 5 tăng 5,9%; 5 tháng tăng 4,65% (cùng kỳ năm trước tăng 9,1%)": the time that stands before it."""
    before = [p for p in main_mentions(clause.sentence, "actual") if p.kind == "span" and p.period is not None]
    return nearest_before(before, mention.start)


def period_left(
    clause: Clause, mention: PeriodMention | None, indicator: Indicator, frame: Frame, published: date | None
) -> Slot[Period] | None:
    """When a level was that is told as left."""
    return _former(mention, indicator, frame) or _before_aim(clause, indicator, published)


def _former(mention: PeriodMention | None, indicator: Indicator, frame: Frame) -> Slot[Period] | None:
    """ "giảm từ 10,85% (năm trước) xuống còn 1,31%": the level that was left."""
    if mention is not None:
        period = resolved(mention, frame)
        if period and mention.kind == "day" and indicator.kind == "flow":
            period = whole_year(period.end.year)
        frame.former = period
        return Slot(period, "explicit", span_of(mention)) if period else None
    if frame.former is not None:
        return Slot(frame.former, "inherited")
    current = resolved(frame.mention, frame) if frame.mention else None
    return Slot(shift_years(current, -1), "default") if current else None


def _before_aim(clause: Clause, indicator: Indicator, published: date | None) -> Slot[Period] | None:
    """ "phấn đấu nâng tỷ lệ bao phủ từ 92,1% lên 94%": what there is on the day that it is said."""
    aimed = clause.sentence.of_kind("status", "target") and indicator.kind == "stock"
    return Slot(Period(published, published), "default") if aimed and published else None


def of_two_ends(
    clauses: list[Clause], clause: Clause, measure: str, indicator: Indicator, period: Slot[Period]
) -> Slot[Period]:
    """ "Từ năm 2016 đến năm 2020, tỷ lệ giảm từ 9,1% xuống còn 3,2%": of the first year and of the last."""
    left = [other for other in clauses if other.role.name == "former"]
    spans = period.value.end.year > period.value.start.year
    if not left or not spans or measure != "level" or indicator.kind == "flow":
        return period
    if clause.role.name != "former":
        return replace(period, value=whole_year(period.value.end.year))
    if period.how != "default":
        return period
    return replace(period, value=whole_year(period.value.start.year + 1))  # it was dated a year before the passage's
