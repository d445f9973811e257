"""Find the times a text speaks of: "quý I.2024", "9 tháng đầu năm", "so với cùng kỳ", "đến ngày 31/8".

The forms live in catalogue/periods.yml. A time without a year is completed from the day of publication and stays None
without one; nothing is ever completed from today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from extractors.openings import Openings
from extractors.period_forms import opening_of
from extractors.period_joins import join_spans, share_years, with_base, with_days_told
from extractors.period_mentions import PeriodMention
from extractors.period_readers import READERS
from extractors.period_reading import Form
from extractors.spans import whole_year
from extractors.units import read_unit
from extractors.wording import choices, starting, words_of

__all__ = ["PeriodMention", "find_periods"]


def find_periods(norm: str, published: date | None) -> list[PeriodMention]:
    """Every time a normalised text speaks of, from left to right, never overlapping, the longest form first."""
    forms = [Form(rule, match, norm, published) for rule, match in _openings().finditer(norm)]
    forms.sort(key=lambda form: (form.match.start() - form.match.end(), form.match.start()))
    taken = bytearray(len(norm))
    mentions: list[PeriodMention] = []
    for form in forms:
        start, end = form.match.span()
        mention = READERS[form.rule](form) if taken.find(1, start, end) < 0 else None
        if mention is not None:
            taken[start:end] = b"\x01" * (end - start)
            mentions.append(mention)
    mentions.extend(more for mention in list(mentions) for more in _listed_years(norm, mention, taken))
    mentions = join_spans(norm, sorted(mentions, key=lambda mention: mention.start))
    mentions = with_days_told(norm, mentions)
    return share_years(norm, [with_base(norm, mention) for mention in mentions])


@cache
def _openings() -> Openings:
    return Openings({rule: opening_of(rule) for rule in READERS})


@cache
def _next_year() -> regex.Pattern[str]:
    joins = choices(words_of("periods")["last_of_years"])
    return regex.compile(rf" *(?:,| +(?:{joins})) +(?P<y>(?:19|20)\d\d)(?![\d.,/%-]*\d| *%)")


def _listed_years(norm: str, mention: PeriodMention, taken: bytearray) -> Iterator[PeriodMention]:
    """ "năm 2020, 2021 và 2022": the years after the first are years too."""
    at = mention.end if mention.rule == "year" else len(norm)
    while (more := _next_year().match(norm, at)) and taken.find(1, *more.span("y")) < 0:
        if read_unit(norm, more.end()) is not None and not _shares_out(norm, more.end()):  # "năm 2021, 2022 hồ sơ"
            return
        yield PeriodMention(*more.span("y"), "span", whole_year(int(more["y"])), rule="year")
        at = more.end()


def _shares_out(norm: str, at: int) -> bool:
    """ "năm 2018 và 2019 lần lượt là …" counts no times."""
    return starting("periods", "shared_out").match(norm, at) is not None
