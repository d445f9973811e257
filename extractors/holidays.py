"""Visitors of a holiday whose days nobody told are of no year and of no month: "Kỳ nghỉ Tết năm nay, tỉnh đón …"."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, one_of
from extractors.frame import Frame
from extractors.periods import PeriodMention
from extractors.sentences import Sentence

_LONGEST = timedelta(days=15)
_NAME_REACH = 35
_APART = regex.compile(r"[,;:()]")


def remember_holiday(frame: Frame, sentence: Sentence, *, dated: bool) -> None:
    """The sentences behind speak of it too, up to the next time or paragraph."""
    named = _last_named(sentence, sentence.start, sentence.end) is not None
    frame.holiday = (named and not any(map(_is_short, sentence.periods))) or (frame.holiday and not named and not dated)


def announces_holiday(title: Sentence) -> bool:
    """ "Doanh thu du lịch dịp Tết Dương lịch tăng mạnh"."""
    return _last_named(title, title.start, title.end) is not None


def is_of_holiday(clause: Clause, mention: PeriodMention | None, frame: Frame) -> bool:
    """Whether a figure is of a holiday, and the time found is not the holiday's."""
    sentence = clause.sentence
    told = mention or frame.mention  # "Tổng doanh thu trong 4 ngày lễ", behind the sentence that told them
    if told is not None and _is_short(told):
        return False
    if mention is not None and mention.start >= clause.figure.end:
        return _is_name(sentence, _last_named(sentence, clause.figure.end, mention.start), mention)
    named = _last_named(sentence, sentence.start, clause.at)
    if mention is None:
        return named is not None or frame.holiday
    return named is not None and (mention.end <= named[0] or _is_name(sentence, named, mention))


def days_of_holiday(sentence: Sentence, end: int) -> PeriodMention | None:
    """ "Dịp Tết năm 2024 (từ ngày 8/2 đến 14/2)": the days told behind the holiday named last."""
    named = _last_named(sentence, sentence.start, end)
    told = [p for p in sentence.periods if named and named[0] <= p.start < p.end <= end]
    return next((p for p in told if p.kind == "span" and _is_short(p)), None)


def lasting(sentence: Sentence, mentions: list[PeriodMention]) -> list[PeriodMention]:
    """Times that a passage goes on with: none in brackets, but a holiday's days even there, and not its year."""
    if not mentions:
        return []
    days = days_of_holiday(sentence, sentence.end)
    named = _last_named(sentence, sentence.start, days.start if days else sentence.end)
    outside = (p for p in mentions if p is days or sentence.bracket(p.start) is None or _are_counted(sentence, p))
    return [p for p in outside if not _is_name(sentence, named, p)]


def _are_counted(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "trong 4 ngày (từ 1 đến 4/9)"."""
    bracket = sentence.bracket(mention.start)
    before = sentence.words(sentence.start, bracket[0]) if bracket else ""
    return _is_short(mention) and ends_with(before, "days_counted")


def _is_name(sentence: Sentence, named: tuple[int, int] | None, mention: PeriodMention) -> bool:
    """ "kỳ nghỉ Tết Nguyên đán năm 2024": the year belongs to the holiday's name."""
    gap = sentence.words(named[1], mention.start) if named and named[1] <= mention.start else None
    return gap is not None and mention.rule == "year" and len(gap) <= _NAME_REACH and not _APART.search(gap)


def _last_named(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Where a holiday is named last, as the time of what follows."""
    if not any_of("holidays").may_be_in(sentence.text):
        return None
    found = [match.span() for match in _holidays().finditer(sentence.words(start, end))]
    return (start + found[-1][0], start + found[-1][1]) if found else None


@cache
def _holidays() -> regex.Pattern[str]:
    opening = rf"(?:^|[,;:(]|\b(?:{one_of('holiday_before')})\b)"
    return regex.compile(
        rf"(?i){opening} *(?:(?:\d+|{one_of('holiday_counts')}) +)*(?:{one_of('holidays')})(?!\p{{L}})"
    )


def _is_short(mention: PeriodMention) -> bool:
    period = mention.period
    return period is not None and timedelta(0) < period.end - period.start <= _LONGEST
