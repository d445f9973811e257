"""What makes a reading less sure than its slots tell: words nobody knows, a name far away, a period long before."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.choose import Choice
from extractors.clauses import Clause
from extractors.facts import Period
from extractors.slots import Slot

_FAR = 40
_LONG_BEFORE = 600
_CROWDED = 6
_STRANGE = (1, 4, 9)
"""From so many unknown words on there are few, some, many."""


def doubts_of(clause: Clause, choice: Choice, locality: Slot[str], period: Slot[Period]) -> tuple[str, ...]:
    """The doubts about one figure, in words that `confidence.yml` weighs."""
    return (*_about_words(clause, choice), *_about_time(clause, choice, period), *_about_place(clause, locality))


def _about_words(clause: Clause, choice: Choice) -> Iterator[str]:
    strange = _strange_words(clause)
    if strange >= _STRANGE[0]:
        yield ("few", "some", "many")[sum(strange >= least for least in _STRANGE) - 1] + " unknown words"
    if choice.how == "explicit" and choice.span and clause.at - choice.span[1] > _FAR:
        yield "name far away"
    others = (label for label in clause.sentence.labels if clause.in_lead(label) or clause.in_tail(label))
    if any(choice.indicator.code not in label.codes for label in others):
        yield "another name near"
    if choice.indicator.weight <= 2:
        yield "weak name"
    if clause.figure.kind == "bare":
        yield "no unit"
    if clause.sentence.bracket(clause.at) is not None:
        yield "in brackets"
    if len(clause.sentence.figures) > _CROWDED:
        yield "many figures"


def _about_time(clause: Clause, choice: Choice, period: Slot[Period]) -> Iterator[str]:
    if period.span and not 0 <= clause.at - period.span[1] <= _LONG_BEFORE and period.how == "inherited":
        yield "period said far away"
    when = period.value
    if choice.indicator.kind == "flow" and (when.end.day < 28 or when.start.day > 1) and when.start != when.end:
        yield "period to a day"


def _about_place(clause: Clause, locality: Slot[str]) -> Iterator[str]:
    if locality.how == "default" and any(place.kind == "named" for place in clause.sentence.places):
        yield "other places named"


def _strange_words(clause: Clause) -> int:
    """How many words around a figure, of two letters or more, belong to nothing that is known."""
    sentence = clause.sentence
    words = (at for span in (clause.lead, clause.tail) for at in sentence.heavy(*span) if not sentence.is_anything(at))
    return sum(sentence.words(at + 1, at + 2).isalpha() for at in words)
