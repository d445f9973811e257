"""The times of a sentence that its figures may be of: no bases of comparison, years of papers, days of meetings."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractors.comparisons import is_base
from extractors.cues import any_of, ends_with, word_set
from extractors.indicators import catalogue
from extractors.periods import PeriodMention
from extractors.sentences import Sentence, nearest_before

_CLAUSE = regex.compile(r"[,.;:(]")
_PAPER_REACH = 45
_FIGURE_KINDS = ("span", "day", "relative")


@lru_cache(maxsize=16)
def main_mentions(sentence: Sentence, status: str) -> tuple[PeriodMention, ...]:
    """The periods that figures may be of: no bases of comparison, no days of meetings, a plan's only for targets."""
    mains = [p for p in sentence.periods if p.kind in _FIGURE_KINDS and not is_base(sentence, p)]
    mains = [p for p in mains if not _is_uncatalogued(sentence, p) and not _is_price_base(sentence, p)]
    mains = [p for p in mains if status == "target" or not _is_papers(sentence, p)]
    return tuple(p for p in mains if not _is_meetings(sentence, p, mains))


def longest_of(sentence: Sentence, mentions: list[PeriodMention]) -> PeriodMention:
    """ "tháng 9 và 9 tháng năm 2022", "tháng 3 và quý I": what is not dated is of the longer time, which holds both."""
    part, whole = mentions[0], mentions[1] if len(mentions) > 1 else None
    if whole is None or not part.period or not whole.period or part.period.end != whole.period.end:
        return part
    gap = sentence.words(part.end, whole.start).replace(",", " ").lower().split()
    return whole if word_set("joining_times").issuperset(gap) and whole.period.start < part.period.start else part


def _is_meetings(sentence: Sentence, mention: PeriodMention, mains: list[PeriodMention]) -> bool:
    """ "Họp báo quý III, thông tin kết quả 9 tháng": when it met, where the longer time it heard of stands behind."""
    met = mention.period
    if met is None or not ends_with(sentence.words(mention.start - 24, mention.start), "meetings"):
        return False
    told = (p.period for p in mains if p.start > mention.end and p.kind == "span" and p.period is not None)
    return any(period != met and period.start <= met.start and met.end <= period.end for period in told)


def _is_uncatalogued(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "kỳ trước chuyển sang 214": of a figure that no indicator takes."""
    return any(label.start <= mention.start < label.end for label in sentence.labels if not label.codes[0])


def _is_price_base(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "GRDP theo giá so sánh 2010 tăng 6,1%": the year whose prices the statistical offices still count in."""
    if mention.rule not in ("year", "bare_year") or mention.period is None:
        return False
    before = sentence.words(mention.start - 24, mention.start)
    return ends_with(before, "price_bases") and str(mention.period.end.year) in word_set("price_years")


def _is_papers(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "theo kế hoạch CCHC năm 2024": the year of a paper or a meeting, not of the figures; the time behind it is."""
    if mention.rule == "run_over":
        return False
    start = max(sentence.start, mention.start - _PAPER_REACH - 15)
    earlier = nearest_before(sentence.periods, mention.start)
    before = sentence.words(max(start, earlier.end if earlier else start), mention.start)
    gaps = [before[match.end() :] for match in any_of("papers").finditer(before)]
    return any(not _CLAUSE.search(gap) and not any_of("stated").search(gap) for gap in gaps)


def is_of_prices(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "CPI tháng 6 tăng 0,55%": the time of what is told by the month."""
    label = nearest_before(sentence.labels, mention.start)
    told = catalogue().indicators.get(label.codes[0]) if label else None
    return label is not None and told is not None and told.growth_only and not sentence.commas(label.end, mention.start)
