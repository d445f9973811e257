"""Times that lean on their neighbours: "từ ngày 1-7-2025 đến nay", "so với năm 2021", "quý I và quý II/2022"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from extractors.facts import Period
from extractors.period_mentions import PeriodMention
from extractors.period_reading import span
from extractors.wording import backwards, choices, compiled, ending, starting, words_of

_BRACKET = r"\([^()\d]{1,60}\)"
_FIXED = ("span", "day", "event", "opening")
_YEAR_LONG = 364
_TOLD_REACH = 40
_OWNER_REACH = 20
_PARTS = regex.compile(r"[.,;:()\d]")
_DAYS = ("days", "days_counted")


def join_spans(norm: str, mentions: Iterable[PeriodMention]) -> list[PeriodMention]:
    """ "Từ tháng 9/2022 đến tháng 3/2023" is one time; an opening without its end ("từ 2021", "từ 1/7") is none."""
    whole: list[PeriodMention] = []
    for mention in mentions:
        both = _from_to(norm, whole[-1], mention) if whole else None
        if both is not None:
            whole[-1] = both
        else:
            whole.append(mention)
    return [_alone(mention) for mention in whole if mention.kind != "opening" or _is_day(mention)]


def with_days_told(norm: str, mentions: list[PeriodMention]) -> list[PeriodMention]:
    """ "Dịp lễ 30/4 và 1/5 (từ ngày 29/4 đến 3/5)": the holiday is as long as the days told behind it."""
    whole = list(mentions)
    for n, (one, behind) in enumerate(pairwise(mentions)):
        told, known = behind.period, one.period
        near = behind.start - one.end <= _TOLD_REACH and "." not in norm[one.end : behind.start]
        if one.rule == "holidays" and near and told and known and told.start <= known.start and known.end <= told.end:
            whole[n] = replace(one, period=told) if behind.rule in _DAYS else one
    return whole


def _is_day(mention: PeriodMention) -> bool:
    """ "có hiệu lực từ 1-8-2017": told in full."""
    return mention.year_given and mention.period is not None and mention.period.start == mention.period.end


def _alone(mention: PeriodMention) -> PeriodMention:
    return replace(mention, kind="event", rule="event") if mention.kind == "opening" else mention


def _from_to(norm: str, left: PeriodMention, right: PeriodMention) -> PeriodMention | None:
    """The span from one time to the next; None where the words make none of them."""
    if _is_run_over(norm, left, right) and left.period and right.period:
        return replace(
            right, start=left.start, kind="span", period=span(left.period.start, right.period.end), rule="run_over"
        )
    start = _opened_at(norm, left)
    if start is None or right.kind not in _FIXED or not _leads_to(norm, left, right):
        return None
    both = PeriodMention(start, right.end, "span", None, year_given=left.year_given or right.year_given, rule="from_to")
    if starting("periods", "every_year").match(norm, right.end):  # a season is no period of a figure
        return replace(both, kind="event", year_given=True)
    period = _between(left, right)
    crooked = period is None and left.period is not None and right.period is not None
    return None if crooked else replace(both, period=period)


def _is_run_over(norm: str, left: PeriodMention, right: PeriodMention) -> bool:
    """ "giải ngân vốn năm 2023 đến ngày 31/01/2024": the money of a year is spent up to then."""
    gap = norm[left.end : right.start]
    if left.rule != "year" or right.rule != "stock_day" or len(gap) > _OWNER_REACH or _PARTS.search(gap):
        return False
    until = right.period.end if right.period else None
    return bool(left.period and until and until.month == 1 and until.year == left.period.end.year + 1)


def _opened_at(norm: str, left: PeriodMention) -> int | None:
    """Where "từ", "kể từ" begins, before the time or as its first word."""
    if left.kind not in _FIXED or left.rule == "from_to":
        return None
    if starting("periods", "since").match(norm, left.start, left.end):
        return left.start
    before = ending("periods", "since").search(norm[max(0, left.start - 20) : left.start])
    return left.start - len(before.group()) if before else None


def _leads_to(norm: str, left: PeriodMention, right: PeriodMention) -> bool:
    """Only "đến" stands between, or begins the second time; a remark in brackets may: "từ 1/7 (khi …) đến nay"."""
    gap = compiled(_BRACKET).sub(" ", norm[left.end : right.start])
    words = " ".join(gap.lower().split())
    if words:
        return words in words_of("periods")["till"]
    return starting("periods", "till").match(norm, right.start, right.end) is not None


def _between(left: PeriodMention, right: PeriodMention) -> Period | None:
    """From the beginning of one to the end of the other; a year that one leaves out is near the other's."""
    if left.period is None or right.period is None:
        return None
    first, last = left.period, right.period
    if not left.year_given:
        first = _not_after(left, last)
    elif not right.year_given and (first.end - first.start).days < _YEAR_LONG:
        last = _not_before(right, first)
    return span(first.start, last.end)


def _not_after(mention: PeriodMention, other: Period) -> Period:
    """The latest one that begins before the other does: "từ 15/12 đến hết tháng 1/2023"."""
    found = mention.in_year(other.end.year)
    if found.period and found.period.start > other.end:
        found = mention.in_year(other.end.year - 1)
    return found.period or other


def _not_before(mention: PeriodMention, other: Period) -> Period:
    """The first one that ends after the other begins: "từ ngày 1-7-2025 đến hết tháng 9"."""
    found = mention.in_year(other.start.year)
    if found.period and found.period.end < other.start:
        found = mention.in_year(other.start.year + 1)
    return found.period or other


def with_base(norm: str, mention: PeriodMention) -> PeriodMention:
    """ "so với năm 2021": the words of the comparison belong to the mention; a day is that of a level."""
    before = _comparison().search(norm[max(0, mention.start - 50) : mention.start])
    if before is None or (mention.kind == "event" and (mention.period is None or mention.rule != "event")):
        return mention
    kind = "day" if mention.kind == "event" else mention.kind
    return replace(mention, start=mention.start - len(before.group()), role="base", kind=kind)


@cache
def _comparison() -> regex.Pattern[str]:
    words = words_of("periods")
    between = rf"(?: +(?:{choices(words['base_between'])})){{0,3}}"
    return backwards(rf"(?i)(?<![\p{{L}}\d])(?:{choices(words['base'])}){between}(?: +| *\()\Z")


def share_years(norm: str, mentions: list[PeriodMention]) -> list[PeriodMention]:
    """ "Quý I và quý II/2022": the first is of the year told with the second."""
    told = list(reversed(mentions[-1:]))
    for left in reversed(mentions[:-1]):
        told.append(_in_year_of(norm, left, told[-1]))
    return told[::-1]


def _in_year_of(norm: str, left: PeriodMention, right: PeriodMention) -> PeriodMention:
    gap = " ".join(norm[left.end : right.start].lower().split())
    if left.year_given or not right.year_given or left.rule != right.rule or "base" in (left.role, right.role):
        return left
    if left.kind != "span" or right.period is None or gap not in words_of("periods")["and"]:
        return left
    near = _not_after(left, right.period)
    return left.in_year(near.end.year)
