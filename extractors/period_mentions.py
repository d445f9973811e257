"""A time as a text names it, and how one that leans on another ("cùng kỳ") is resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors.facts import Period
from extractors.spans import month_of, previous, quarter_of, shift_years, whole_year


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time at `start:end` of the normalised text, the words of the comparison ("so với") included.

    `kind`: span (a flow or a period's level), day (a level at a day), relative (needs `resolve`), event (a meeting, a
    signature: never the period of a figure). `role`: main, base ("so với năm 2021"), target_hint ("đến năm 2025").
    `year_given` is False where the year was completed from the publication. `rule` names the rule of periods.yml.
    """

    start: int
    end: int
    kind: str
    period: Period | None
    role: str = "main"
    year_given: bool = True
    rule: str = ""
    year: int | None = None

    def resolve(self, context: Period) -> Period | None:
        """The period meant when the figure itself is of `context`: "cùng kỳ" is the same span a year earlier."""
        if self.kind != "relative":
            return self.period
        return RELATIONS[self.rule](self, context)

    def in_year(self, year: int) -> PeriodMention:
        """The same part of another year, for a mention whose year the surroundings give."""
        if self.period is None:
            return self
        return replace(self, period=shift_years(self.period, year - self.period.end.year), year_given=True)


def _same_period_of_year(mention: PeriodMention, context: Period) -> Period:
    year = mention.year if mention.year is not None else context.end.year - 1
    return shift_years(context, year - context.end.year)


RELATIONS: dict[str, Callable[[PeriodMention, Period], Period | None]] = {
    "same_period": lambda mention, context: shift_years(context, -1),
    "same_period_of_year": _same_period_of_year,
    "previous_period": lambda mention, context: previous(context),
    "previous_month": lambda mention, context: previous(month_of(context.end)),
    "previous_quarter": lambda mention, context: previous(quarter_of(context.end)),
    "previous_year": lambda mention, context: whole_year(context.end.year - 1),
    "previous_week": lambda mention, context: None,
    "this_period": lambda mention, context: context,
    "year_to_period": lambda mention, context: Period(context.end.replace(month=1, day=1), context.end),
    "this_month": lambda mention, context: month_of(context.end),
    "this_quarter": lambda mention, context: quarter_of(context.end),
    "this_year": lambda mention, context: whole_year(context.end.year),
}
"""The rules of periods.yml that only a context makes whole."""
