"""The queue as questions: "10 figures are called lớp tập huấn: of which indicator?", "is this reading right?".

An answer is an entry of the corrections' file. What an entry there answers is not asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.corrections.file import Corrections, words_of
from flows.corrections.parts import OnArticle

if TYPE_CHECKING:
    from models.review import WaitingRow

ASKED = ("unnamed", "unsure", "unplaced")
"""What an entry can settle: a figure without indicator or place, a claim of little confidence."""


@dataclass(frozen=True)
class NameQuestion:
    """Figures that no indicator of the catalogue fits, with the words that they are grouped by."""

    label: str
    rows: tuple[WaitingRow, ...]


@dataclass(frozen=True)
class ClaimQuestion:
    """A claim that was read with too little confidence."""

    row: WaitingRow


@dataclass(frozen=True)
class PlaceQuestion:
    """Figures of an article whose place is not one known unit."""

    rows: tuple[WaitingRow, ...]


Question = NameQuestion | ClaimQuestion | PlaceQuestion


def questions(rows: Sequence[WaitingRow]) -> list[Question]:
    """Labels by how many figures bear them, figures without one singly, claims, the least sure last, and places."""
    groups: dict[str, list[WaitingRow]] = {}
    for row in (row for row in rows if row.why == "unnamed"):
        groups.setdefault(row.label or f"{row.source} {row.article} {row.char_start}", []).append(row)
    names = [NameQuestion(found[0].label, tuple(found)) for found in groups.values()]
    names.sort(key=lambda one: (not one.label, -len(one.rows)))
    unsure = {_claim_of(row): row for row in reversed(rows) if row.why == "unsure"}
    claims = sorted(unsure.values(), key=lambda row: (-(row.confidence or 0), row.source, row.article, row.char_start))
    places: dict[tuple[str, str, str], list[WaitingRow]] = {}
    for row in (row for row in rows if row.why == "unplaced" and row.place):
        places.setdefault((row.source, row.article, row.place), []).append(row)
    return [*names, *map(ClaimQuestion, claims), *(PlaceQuestion(tuple(found)) for found in places.values())]


def _claim_of(row: WaitingRow) -> tuple[object, ...]:
    """What an article says in several places is one question."""
    return row.source, row.article, row.indicator, row.locality, row.period, row.value_text, row.unit, row.confidence


def is_answered(question: Question, corrections: Corrections) -> bool:
    """Whether an entry of the file says something to it."""
    if isinstance(question, ClaimQuestion):
        return any(_is_about(one, question.row) for one in corrections.of(question.row.source, question.row.article))
    if isinstance(question, PlaceQuestion):
        first = question.rows[0]
        return any(words == first.place for words, _ in corrections.places_of(first.source, first.article))
    return any(one.label.casefold() == question.label.casefold() for one in corrections.merges)


def _is_about(entry: OnArticle, row: WaitingRow) -> bool:
    words = words_of(entry)
    pairs = ((words.at, row.char_start), (words.indicator, row.indicator), (words.period, row.period))
    return words.quote == row.quote and all(said in (None, of) for said, of in (*pairs, (words.locality, row.locality)))
