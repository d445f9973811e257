"""When a figure is of: "quý I", "đến ngày 31/8", "hiện nay"."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, word_set
from extractors.facts import Period
from extractors.former import leaned_on, period_left, resolved
from extractors.frame import Frame
from extractors.holidays import days_of_holiday, is_of_holiday
from extractors.indicators import Indicator
from extractors.mentions import FORMER, day_of_census, day_of_score, day_of_visits
from extractors.periods import PeriodMention
from extractors.slots import Slot, span_of
from extractors.spans import is_month, months_touched, whole_year
from extractors.tiers import OFFICE_DOMAINS
from extractors.wording import choices, words_of

NOW = ("now", "year_to_now")
YEAR_ENDS = ("stock_year", "stock_bare_year")
_JUST_OVER = timedelta(days=31)
_STALE = timedelta(days=400)


def period_for(
    clause: Clause,
    mention: PeriodMention | None,
    indicator: Indicator,
    status: str,
    frame: Frame,
    published: date | None,
) -> Slot[Period] | None:  # fmt: skip
    """The period of a figure; None where nothing says it."""
    if clause.role.name in FORMER:
        return period_left(clause, mention, indicator, frame, published)
    if clause.role.name == "target" and mention is not None and _is_when_set(clause, mention):
        mention = None
    if (
        clause.role.name == "target"
        and mention is not None
        and mention.period is not None
        and not any_of("aiming").search(clause.sentence.words(mention.end, clause.at))
    ):
        return Slot(whole_year(mention.period.end.year), "explicit", span_of(mention))
    if status == "target":
        if mention is None:
            return _target_period(clause, frame, published)
        if mention.period is not None and _is_outside(clause, mention):
            return Slot(whole_year(mention.period.end.year), "explicit", span_of(mention))
        mention = _ahead(mention, published)
        if mention.period is not None and _is_reached(clause, indicator, mention.period):
            return Slot(whole_year(mention.period.end.year), "explicit", span_of(mention))
        if mention.rule == "stock_year" and mention.period is not None:  # an aim of a year is that year's
            planned = frame.target.end.year if frame.outlined and frame.target and not mention.year_given else 0
            return Slot(whole_year(max(planned, mention.period.end.year)), "explicit", span_of(mention))
    if mention is None and indicator.kind == "stock" and indicator.code.startswith("index."):
        mention = day_of_score(clause, published)
    if mention is None and indicator.domain == "tourism":
        mention = day_of_visits(clause)
    if mention is None and indicator.code == "social.population":
        mention = day_of_census(clause)
    if indicator.domain == "tourism" and is_of_holiday(clause, mention, frame):
        mention = days_of_holiday(clause.sentence, clause.at)
        if mention is None:
            return None
    how = "explicit" if mention else "inherited"
    spoken = mention or frame.mention
    if spoken is not None and _is_recap(spoken, indicator, frame, published):
        spoken = frame.report
    if mention is None and spoken is not None:
        spoken = _reported_on(frame, spoken, indicator)
    foreseen = status == "estimate" and mention is None
    if spoken is not None and (status == "actual" or foreseen) and _is_far_ahead(spoken, published):
        spoken = mention = None
    if _is_unread(clause, indicator, spoken):
        return None
    if spoken is None or (mention is None and _is_stale(spoken, indicator, published)):
        return Slot(Period(published, published), "default") if published and indicator.kind == "stock" else None
    period = resolved(spoken, frame, leaned_on(clause, spoken))
    if period is None:
        return None
    if mention is None and spoken is frame.main and indicator.code in frame.dated:
        return Slot(frame.dated[indicator.code], "inherited")  # a new paragraph goes on with that day's score
    if mention is not None and mention.kind in ("day", "event") and indicator.kind == "stock":
        frame.dated[indicator.code] = period
    if mention is not None and mention.kind == "day":
        frame.day = mention, indicator.domain
    if is_month(period) and indicator.kind == "flow" and (_is_mark(clause) or _is_summed_up(clause, mention)):
        period = Period(date(period.end.year, 1, 1), period.end)
    if status == "actual" and indicator.kind == "flow" and published and _is_running(period, published):
        period = Period(period.start, published)
    counted = _since(frame, _spanned(period, spoken, indicator, published), indicator, spoken)
    return Slot(_reported(frame, counted, indicator, spoken), how, span_of(spoken))


def _reported_on(frame: Frame, spoken: PeriodMention, indicator: Indicator) -> PeriodMention:
    """ "9 tháng, GRDP tăng 8%. Đến ngày 24/9, giải ngân đạt 47,9%. Thu ngân sách đạt 71.062 tỷ đồng": such a day is of
    its own kind of figures alone, and the report goes on."""
    day, span = spoken.period, frame.span.period if frame.span else None
    if frame.day[0] is not spoken or frame.day[1] == indicator.domain or day is None or span is None:
        return spoken
    return frame.span if frame.span and span.start <= day.end < span.end and span.end.month == day.end.month else spoken


def _is_mark(clause: Clause) -> bool:
    """ "chạm mốc 10 triệu lượt khách ngay trong tháng 9": counted from the beginning of the year."""
    return ends_with(clause.sentence.words(clause.lead[0], clause.figure.bound_start), "marks")


def _is_summed_up(clause: Clause, mention: PeriodMention | None) -> bool:
    """ "tháng 6 đạt 130 triệu USD; lũy kế đạt 720 triệu USD, bằng 45% kế hoạch": from January on."""
    sentence = clause.sentence
    start = mention.end if mention is not None and mention.end <= clause.at else sentence.start
    return any_of("summed_up").search(sentence.words(start, clause.figure.bound_start).rpartition(";")[2]) is not None


def _is_running(period: Period, published: date) -> bool:
    """ "Năm 2025, tỉnh đã giải ngân 5.100 tỷ đồng", said in October: of the year so far."""
    return period == whole_year(published.year) and period.end - published > _JUST_OVER


def _is_when_set(clause: Clause, mention: PeriodMention) -> bool:
    """ "cách khá xa chỉ tiêu 30% đề ra từ đầu năm": when the aim was set, not what for."""
    gap = clause.sentence.words(clause.figure.end, mention.start)
    return mention.start >= clause.figure.end and ends_with(gap, "set_by")


def is_yearly_move(clause: Clause, period: Period) -> bool:
    """ "giảm bình quân 0,8%/năm, từ 5,2% năm 2021 xuống còn 2,1% năm 2024": of those years, and of none of them."""
    if clause.role.name != "change" or clause.figure.unit != "percent" or period.start.year != period.end.year:
        return False
    before = clause.sentence.words(clause.sentence.start, clause.at).rpartition(";")[2]
    return clause.figure.per in word_set("each_year") or any_of("every_year").search(before) is not None


def _is_reached(clause: Clause, indicator: Indicator, period: Period) -> bool:
    """ "Giai đoạn 2016 - 2020, đề ra mục tiêu có 25 xã đạt chuẩn": what is to stand at the end of those years."""
    stands = indicator.kind == "stock" and indicator.unit == "count" and clause.role.name == "level"
    return stands and period.start.year < period.end.year


def _is_outside(clause: Clause, mention: PeriodMention) -> bool:
    """ "11 tháng đạt 38,4% (kế hoạch năm là 50%)": the aim of the year that the figure before the bracket is of."""
    bracket = clause.sentence.bracket(clause.at)
    return bracket is not None and mention.end <= bracket[0]


def _ahead(mention: PeriodMention, published: date | None) -> PeriodMention:
    """ "Đến hết tháng 11 phải đạt 80%", said in October without a year, is of the November to come."""
    if published is None or mention.period is None or mention.year_given or mention.period.end >= published:
        return mention
    return mention.in_year(mention.period.end.year + 1)


def _is_unread(clause: Clause, indicator: Indicator, mention: PeriodMention | None) -> bool:
    """ "lũy kế 5 tháng" that no rule could date, nor the passage's period is so long: better no figure than that."""
    sentence = clause.sentence
    match = None if indicator.kind == "stock" else _lengths().search(sentence.words(sentence.start, clause.at))
    if match is None:
        return False
    at = sentence.start + match.start()
    if any(p.start < at + len(match[0]) and at < p.end for p in sentence.periods):
        return False
    spoken = mention.period if mention else None
    if match["days"] and (any(_is_short(p) for p in sentence.periods) or _lasts(spoken, int(match[1]))):
        return False  # "Trong 5 ngày nghỉ lễ (từ ngày 27/4 đến 1/5)", "trong 5 ngày" behind such a sentence
    return match["months"] is None or spoken is None or months_touched(spoken) != int(match[1])


@cache
def _lengths() -> regex.Pattern[str]:
    words = words_of("periods")["lengths"]
    opens, months, days, others = (choices(words[key]) for key in ("opens", "months", "days", "others"))
    unit = rf"(?:(?P<months>{months})|(?P<days>{days})|(?:{others}))"
    return regex.compile(rf"\b(?:{opens}) (\d+) {unit}\b", regex.I)


def _lasts(period: Period | None, days: int) -> bool:
    return period is not None and (period.end - period.start).days + 1 == days


def _is_short(mention: PeriodMention) -> bool:
    """A span of days."""
    period = mention.period
    return mention.kind == "span" and period is not None and period.end - period.start < _JUST_OVER


def _is_recap(mention: PeriodMention, indicator: Indicator, frame: Frame, published: date | None) -> bool:
    """ "Đến nay" in January, in a report on the year that has just ended, closes that year."""
    spoken = frame.report.period if frame.report else None
    if mention.rule not in NOW or indicator.kind == "stock" or spoken is None or published is None:
        return False
    return spoken.end < published <= spoken.end + _JUST_OVER


def _is_far_ahead(mention: PeriodMention, published: date | None) -> bool:
    """At a congress for "nhiệm kỳ 2025-2030" nothing of those years is done."""
    if published is None or mention.period is None:
        return False
    return mention.period.end - published > _STALE


def _is_stale(mention: PeriodMention, indicator: Indicator, published: date | None) -> bool:
    """A stock that names no day is of today, whatever year the passage spoke of long before."""
    if indicator.kind != "stock" or published is None or mention.period is None:
        return False
    return published - mention.period.end > _STALE


def _spanned(period: Period, mention: PeriodMention, indicator: Indicator, published: date | None) -> Period:
    """ "đến ngày 31/8" is that day for a stock, and the year up to it for what adds up."""
    if indicator.kind == "index" and mention.rule in YEAR_ENDS:  # an income "đến cuối năm 2023" is of that year
        return whole_year(period.end.year)
    if mention.kind not in ("day", "relative") or period.start != period.end or indicator.kind != "flow":
        return period
    if mention.rule == "stock_year_start" and published and published.year == period.end.year:
        return Period(period.start, published)
    return Period(date(period.end.year, 1, 1), period.end)


def _since(frame: Frame, period: Period, indicator: Indicator, mention: PeriodMention) -> Period:
    """ "Đi vào hoạt động từ ngày 1-7, … tính đến ngày 30-9 đã nhận": counted from the first day on."""
    counted = indicator.kind == "flow" and mention.kind == "day" and period.start != period.end
    near = frame.opened and frame.opened < period.end and period.end - frame.opened < _STALE
    return Period(frame.opened, period.end) if counted and near and frame.opened else period


def _reported(frame: Frame, period: Period, indicator: Indicator, mention: PeriodMention) -> Period:
    """ "Quý III tiếp nhận …. Đến hết ngày 30/9, đã trả kết quả …": of the quarter that the article reports on; a budget
    is counted from January on, and so is what a report on one month says."""
    main = frame.main.period if frame.main else None
    counted = indicator.domain in OFFICE_DOMAINS and mention.kind == "day" and period.start != period.end
    if not counted or main is None or main.end != period.end or is_month(main):
        return period
    return main


def _target_period(clause: Clause, frame: Frame, published: date | None) -> Slot[Period] | None:
    if clause.role.name == "target" and frame.mention and frame.mention.period:
        return Slot(whole_year(frame.mention.period.end.year), "inherited", span_of(frame.mention))
    if frame.target:
        return Slot(frame.target, "inherited")
    return Slot(whole_year(published.year), "default") if published else None


def is_ahead(period: Period, published: date) -> bool:
    """Nothing of it has happened yet; but a report in December speaks of "hết năm" as done."""
    grace = _JUST_OVER if period.start == period.end else timedelta(0)
    return period.start - published > grace
