"""A slot of an observation while it is filled: its value, how it was found, and the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.sentences import Spanned

T = TypeVar("T")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """`how` is explicit (said with the figure), inherited (said before) or default (said nowhere).

    `span` is where the words stand that say it, None where no words do.
    """

    value: T
    how: str
    span: Span | None = None


def span_of(found: Spanned | None) -> Span | None:
    """Where something stands."""
    return (found.start, found.end) if found is not None else None
