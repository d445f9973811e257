"""An article's text, cut where figures, words that gave them, and blocks begin and end; joined it is the text again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from extractors.facts import Article, Block

T = TypeVar("T")


class Span(NamedTuple):
    """A stretch of the text, half open, and the key of the figure that stands there or is told of there."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to be highlighted: one figure, or several whose words overlap."""

    id: str
    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words without a seam; `gives` are the figures that they say something about."""

    text: str
    gives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that stand in one mark, or in none."""

    pieces: tuple[Piece, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the article, or (`block` None) what stands between two."""

    block: Block | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for run in self.runs for piece in run.pieces)


def marks_of(figures: Iterable[Span]) -> list[Mark]:
    """What to highlight, from left to right; figures that overlap share a mark, those without words have none."""
    together: list[list[Span]] = []
    end = -1
    for span in sorted(one for one in figures if one.start < one.end):
        if span.start >= end:
            together.append([])
        together[-1].append(span)
        end = max(end, span.end)
    return [
        Mark(f"m{n}", spans[0].start, max(s.end for s in spans), tuple(dict.fromkeys(s.key for s in spans)))
        for n, spans in enumerate(together, 1)
    ]


def passages(article: Article, marks: Iterable[Mark], given: Sequence[Span]) -> Iterator[Passage]:
    """The whole text in order. `given`: the words that gave a slot of a figure."""
    blocks = [(block.start, block.end, block) for block in article.blocks]
    marked = [(mark.start, mark.end, mark) for mark in marks]
    ends = {at for start, end, _ in [*blocks, *marked, *given] for at in (start, end)}
    seams = sorted({0, len(article.text), *ends})
    stretches = [
        (
            block[0] if block else None,
            mark[0] if mark else None,
            Piece(article.text[start:end], tuple(sorted(set(keys)))),
        )
        for (start, end), block, mark, keys in zip(
            pairwise(seams), _over(seams, blocks), _over(seams, marked), _over(seams, given), strict=True
        )
    ]
    for at, within in groupby(stretches, key=lambda stretch: stretch[0]):
        runs = groupby(within, key=lambda stretch: stretch[1])
        yield Passage(at, tuple(Run(tuple(piece for *_, piece in pieces), mark) for mark, pieces in runs))


def _over(seams: Sequence[int], spans: Iterable[tuple[int, int, T]]) -> list[list[T]]:
    """For each stretch between two seams, what lies over it."""
    over: list[list[T]] = [[] for _ in pairwise(seams)]
    for start, end, one in spans:
        for at in range(bisect_left(seams, start), bisect_left(seams, end)):
            over[at].append(one)
    return over
