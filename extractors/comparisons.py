"""Times that a figure is compared with, and never of: "so với cùng kỳ", "gấp hơn 2 lần năm 2018"."""

from __future__ import annotations

from functools import cache

import regex

from extractors.cues import ends_with, one_of, word_set
from extractors.periods import PeriodMention
from extractors.sentences import Sentence, nearest_before
from extractors.wording import backwards, starting


def is_base(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "so với cùng kỳ" is compared with; "cùng kỳ năm trước mới là 22,5%" is that period's own figure."""
    before = sentence.words(mention.start - 24, mention.start)
    if _is_multiplied(sentence, mention) or _compared().search(before) or ends_with(before, "comparers"):
        return True
    if mention.role != "base" or mention.kind != "relative":
        return mention.role == "base"
    if _is_second_base(sentence, mention):
        return True
    if starting("periods", "measured_by").match(sentence.words(mention.start, mention.end)):
        return True
    following = next((f for f in sentence.figures if f.start >= mention.end), None)
    gap = sentence.words(mention.end, following.start) if following else ""
    return following is None or "," in gap or len(gap) > 30


def _is_second_base(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "so với tháng trước và cùng kỳ năm trước tăng lần lượt 0,4% và 3,2%"."""
    first = nearest_before(sentence.periods, mention.start)
    joined = first is not None and sentence.words(first.end, mention.start).strip().lower() in word_set("joining")
    return joined and first is not None and is_base(sentence, first)


@cache
def _compared() -> regex.Pattern[str]:
    return backwards(rf"(?i)(?:{one_of('against')})(?:\s\p{{L}}{{1,7}}){{1,2}}\s$")


def _is_multiplied(sentence: Sentence, mention: PeriodMention) -> bool:
    """ "gấp hơn 2 lần năm 2018", "bằng 104,6% cùng kỳ": compared with even without "so với"."""
    kinds = ("multiple", "percent") if mention.kind == "relative" else ("multiple",)
    figures = [f for f in sentence.figures if f.kind in kinds and f.end <= mention.start]
    return any(not sentence.words(figure.end, mention.start).strip() for figure in figures)
