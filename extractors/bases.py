"""What a change is measured against: "tăng 8,1% so với cùng kỳ", "giảm 0,27% so với năm 2021"."""

from __future__ import annotations

from functools import lru_cache

from extractors.clauses import Clause
from extractors.comparisons import is_base
from extractors.cues import starts_with
from extractors.dealing import is_list, run_after
from extractors.facts import Period
from extractors.indicators import Indicator
from extractors.periods import PeriodMention
from extractors.sentences import Sentence, nearest_before
from extractors.slots import Slot, span_of
from extractors.spans import is_month, previous, shift_years


def base_for(clause: Clause, indicator: Indicator, period: Period, clauses: list[Clause]) -> Slot[Period]:
    """What a change is measured against: "so với …" behind it, else before it, else the year before."""
    bases = _bases_of(clause.sentence)
    behind = next((base for base in bases if _reaches(clause, base, clauses)), None)
    before = nearest_before((base for base in bases if clause.sentence.visible(base, clause.at)), clause.at)
    if before and _is_used_up(clause, before, bases):
        before = None
    if behind and before and _is_of_next(clause, behind):
        behind = None
    mention = dealt_base(clause) or behind or before
    base = _resolved(mention, period) if mention else None
    apart = base != period  # "thấp hơn mức tăng 14,9% của cùng kỳ năm 2022" is of that time itself
    return (
        Slot(base, "explicit", span_of(mention)) if base and apart else Slot(default_base(indicator, period), "default")
    )


@lru_cache(maxsize=16)
def _bases_of(sentence: Sentence) -> tuple[PeriodMention, ...]:
    """The times that figures of a sentence are compared with."""
    return tuple(p for p in sentence.periods if is_base(sentence, p))


def dealt_base(clause: Clause) -> PeriodMention | None:
    """ "so với tháng trước và cùng kỳ tăng lần lượt 0,4% và 3,2%": to each its own."""
    sentence, bases = clause.sentence, _bases_of(clause.sentence)
    if len(bases) < 2:
        return None
    runs = ([f.start for f in run_after(sentence, first.bound_start)] for first in sentence.figures)
    run = next((run for run in runs if clause.at in run), [])
    lists = (bases[n : n + len(run)] for n in range(len(bases) - len(run) + 1))
    return next((found[run.index(clause.at)] for found in lists if len(run) > 1 and is_list(sentence, found)), None)


def _resolved(mention: PeriodMention, period: Period) -> Period | None:
    """ "Cuối năm 2023, … giảm 1,2 điểm so với đầu năm", said in January: the beginning of that year."""
    base = mention.resolve(period)
    late = base is not None and base.start > period.end and not mention.year_given
    return mention.in_year(period.end.year).period if late else base


def _is_used_up(clause: Clause, base: PeriodMention, bases: tuple[PeriodMention, ...]) -> bool:
    """ "tăng 1,4% so với tháng 12/2023; bình quân 5 tháng tăng 3,42%": such a base ends at a new period."""
    sentence = clause.sentence
    anew = any(base.end <= p.start and p.end <= clause.at and p not in bases for p in sentence.periods)
    return anew and any(figure.end <= base.start for figure in sentence.figures)


def _is_of_next(clause: Clause, base: PeriodMention) -> bool:
    """ "So với tháng 12, CPI tăng 3,12% và so với cùng kỳ tăng 3,66%": what stands behind "và" is the next figure's."""
    sentence, following = clause.sentence, clause.following
    joined = starts_with(sentence.words(clause.figure.end, base.start).lstrip(), "and")
    return joined and following is not None and not sentence.commas(base.end, following.start)


def _reaches(clause: Clause, base: PeriodMention, clauses: list[Clause]) -> bool:
    """A base behind speaks for every change before it up to the next level: "tăng 5 lần và 3 lần so với năm 2021"."""
    end = clause.figure.end
    if base.start < end - 1 or clause.sentence.parted(end, base.start):
        return False
    if not clause.sentence.visible(base, clause.at):
        return False
    passed = [other for other in clauses if clause.at < other.at < base.start]
    return all(other.role.name in ("change", "multiple", "rank") for other in passed)


def default_base(indicator: Indicator, period: Period) -> Period:
    """Prices are compared with the month before, all else with the same span a year before."""
    if indicator.code == "econ.cpi" and is_month(period):
        return previous(period)
    return shift_years(period, -1)
