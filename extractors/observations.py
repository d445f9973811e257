"""A figure with its slots filled becomes an `Observation`; one that cannot be filled is set aside with its label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.choose import Choice
from extractors.clauses import Clause
from extractors.doubts import doubts_of
from extractors.facts import Evidence, Observation, Period, Uncatalogued
from extractors.naming import label_of
from extractors.ratings import Breakdown
from extractors.sentences import Sentence
from extractors.slots import Slot, span_of

_NEAR = 15


@dataclass(frozen=True, slots=True)
class Slots:
    """What was found for one figure beside its indicator."""

    locality: Slot[str]
    scope: Slot[str]
    period: Slot[Period]
    status: Slot[str]
    base: Slot[Period] | None


def observe(clause: Clause, choice: Choice, slots: Slots, part: Breakdown) -> Observation:
    """The observation of one figure."""
    figure, start = clause.figure, _quote_start(clause)
    return Observation(
        locality=slots.locality.value, scope=slots.scope.value, indicator=choice.indicator.code, breakdown=part,
        period=slots.period.value.iso, status=slots.status.value, measure=choice.measure,
        base=slots.base.value.iso if slots.base else None, value=_value(clause, choice), unit=choice.unit,
        out_of=figure.out_of, bound=figure.bound, printed=figure.printed, start=start, end=figure.end,
        quote=clause.sentence.words(start, figure.end), evidence=_evidence(clause, choice, slots),
        doubts=doubts_of(clause, choice, slots.locality, slots.period),
    )  # fmt: skip


def set_aside(clause: Clause, why: str, place: str = "", candidates: tuple[str, ...] = ()) -> Uncatalogued:
    """A figure that becomes no observation; of an unplaced one the words for its place, and what they may mean."""
    start, figure = clause.figure.bound_start, clause.figure
    text = clause.sentence.words(start, figure.end)
    label = label_of(clause)
    return Uncatalogued(text, figure.value, figure.unit, start, figure.end, label, why, place, candidates)


def crowded(sentence: Sentence) -> Iterator[Uncatalogued]:
    """The figures of a sentence that is too long to be read."""
    for figure in sentence.figures:
        text = sentence.words(figure.bound_start, figure.end)
        yield Uncatalogued(text, figure.value, figure.unit, figure.bound_start, figure.end, why="crowded")


def _value(clause: Clause, choice: Choice) -> Decimal | str:
    if choice.measure == "rating":
        return clause.figure.printed
    return clause.figure.value * clause.role.sign


def _quote_start(clause: Clause) -> int:
    """A change is quoted with its direction: "giảm 0,27%"."""
    cue = clause.role.cue
    if clause.role.name in ("change", "more") and cue is not None and clause.at - cue.end <= _NEAR:
        return min(cue.start, clause.figure.bound_start)
    return clause.figure.bound_start


def _evidence(clause: Clause, choice: Choice, slots: Slots) -> tuple[Evidence, ...]:
    """How each slot was found, in the order of the slots."""
    figure, cue = clause.figure, clause.role.cue
    found: dict[str, Slot[str] | Slot[Period] | None] = {
        "locality": slots.locality,
        "scope": slots.scope,
        "indicator": Slot(choice.indicator.code, choice.how, choice.span),
        "period": slots.period,
        "status": slots.status,
        "measure": Slot(choice.measure, "explicit" if cue else "default", span_of(cue)),
        "base": slots.base,
        "bound": Slot(figure.bound, "explicit", (figure.bound_start, figure.end)) if figure.bound != "eq" else None,
    }
    return tuple(Evidence(name, one.how, *(one.span or ())) for name, one in found.items() if one is not None)
