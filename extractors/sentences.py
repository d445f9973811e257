"""A sentence with everything found in it: figures, labels, cues, periods and places, by their offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

import regex

from extractors.cues import Cue, word_set
from extractors.figures import Figure
from extractors.indicators import Label
from extractors.openings import lowered
from extractors.periods import PeriodMention
from extractors.places.mentions import PlaceMention


class Spanned(Protocol):
    """Anything found at `start:end` of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Spanned)
_WORD = regex.compile(r"\p{L}++")
_STOP = regex.compile(r"[,;](?!\d)")
_LONGEST = 8000
_MOST_FIGURES = 200
"""Ten times what is printed: the longest sentence seen has 760 letters, the fullest 10 figures; all communes of a
province in one have about 130."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence and what stands in it, each list from left to right; offsets are the article's.

    Two are never the same: what is asked of one again and again is kept by which it is.
    """

    text: str
    start: int
    end: int
    figures: tuple[Figure, ...]
    labels: tuple[Label, ...]
    cues: tuple[Cue, ...]
    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]

    def words(self, start: int, end: int) -> str:
        """The text at `start:end`, as much of it as the sentence has."""
        first, last = start - self.start, end - self.start
        return self.text[first if first > 0 else 0 : last if last > 0 else 0]

    def of_kind(self, kind: str, value: str | None = None) -> list[Cue]:
        """The cues of a kind, such as all of `scope`; not to be changed."""
        found = self._by_kind.get(kind, [])
        return found if value is None else [cue for cue in found if cue.value == value]

    @property
    def is_crowded(self) -> bool:
        """Whether it is no sentence that anybody wrote; reading one takes time with the square of its length."""
        return bool(self.figures) and (len(self.text) > _LONGEST or len(self.figures) > _MOST_FIGURES)

    @cached_property
    def grades(self) -> list[Figure]:
        """The figures that are ratings."""
        return [figure for figure in self.figures if figure.kind == "rating"]

    @cached_property
    def _by_kind(self) -> dict[str, list[Cue]]:
        kinds: dict[str, list[Cue]] = {}
        for cue in self.cues:
            kinds.setdefault(cue.kind, []).append(cue)
        return kinds

    @cached_property
    def _has_parts(self) -> bool:
        return ";" in self.text

    @cached_property
    def _has_brackets(self) -> bool:
        return "(" in self.text

    @cached_property
    def _around(self) -> bytearray:
        return self._marked(bytearray(len(self.text)), (*self.cues, *self.periods, *self.places))

    @cached_property
    def _anything(self) -> bytearray:
        return self._marked(bytearray(self._around), (*self.labels, *self.figures))

    def _marked(self, letters: bytearray, found: Iterable[Spanned]) -> bytearray:
        for one in found:
            start, end = one.start - self.start, one.end - self.start
            letters[start:end] = b"\x01" * (end - start)
        return letters

    @cached_property
    def _heavy(self) -> list[int]:
        light = word_set("light")
        words = _WORD.finditer(lowered(self.text))
        return [self.start + word.start() for word in words if word.group() not in light]

    def heavy(self, start: int, end: int) -> list[int]:
        """Where words that are no light ones begin between two places."""
        return self._heavy[bisect_left(self._heavy, start) : bisect_left(self._heavy, end)]

    def is_known(self, at: int) -> bool:
        """Whether a place of the text belongs to a cue, a period or a place."""
        return bool(self._around[at - self.start])

    def is_anything(self, at: int) -> bool:
        """Whether it belongs to anything that was found."""
        return bool(self._anything[at - self.start])

    @cached_property
    def _joined(self) -> list[tuple[int, int]]:
        return [(cue.start, cue.end) for cue in self.of_kind("joined")]

    @cached_property
    def _commas(self) -> list[int]:
        """Where commas that part clauses stand."""
        commas = [at for at, letter in enumerate(self.text) if letter == ","]
        parting = (self.start + at for at in commas if not self.text[at + 1 : at + 2].isdigit())
        return [at for at in parting if not self.is_joined(at)]

    def is_named(self, found: Spanned) -> bool:
        """Whether words are part of an indicator's name: "sản phẩm" in "tổng sản phẩm trên địa bàn"."""
        return any(label.start <= found.start and found.end <= label.end for label in self.labels if label.codes[0])

    def is_joined(self, at: int) -> bool:
        """Whether a comma or "và" belongs to one expression: "hồ sơ, kết quả"."""
        return any(start <= at < end for start, end in self._joined)

    def commas(self, start: int, end: int) -> int:
        """How many commas that part clauses stand between two places."""
        return max(0, bisect_left(self._commas, end) - bisect_left(self._commas, start))

    def parted(self, start: int, end: int) -> bool:
        """Whether a semicolon stands between two places."""
        return self._has_parts and ";" in self.words(start, end)

    def part(self, at: int) -> str:
        """The part of the sentence between semicolons that holds a place of the text."""
        left = self.text.rfind(";", 0, at - self.start) + 1
        right = self.text.find(";", at - self.start)
        return self.text[left : right if right >= 0 else len(self.text)]

    def since_stop(self, at: int) -> str:
        """The words before a place of the text, back to the comma or semicolon before them; that of "hồ sơ, kết quả" is
        none."""
        words = self.words(self.start, at)
        stops = [stop.end() for stop in _STOP.finditer(words) if not self.is_joined(self.start + stop.start())]
        return words[stops[-1] if stops else 0 :]

    def bracket(self, at: int) -> tuple[int, int] | None:
        """The parenthesis around a place of the text, if there is one."""
        if not self._has_brackets:
            return None
        left = self.text.rfind("(", 0, at - self.start)
        closed = self.text.rfind(")", 0, at - self.start)
        if left < 0 or closed > left:
            return None
        right = self.text.find(")", at - self.start)
        return (self.start + left, self.start + right + 1) if right >= 0 else None

    def visible(self, mention: Spanned, at: int) -> bool:
        """Whether words may speak of a figure at `at`: those inside a closed parenthesis do not."""
        bracket = self.bracket(mention.start)
        return bracket is None or bracket == self.bracket(at)


@dataclass(frozen=True, slots=True)
class Document:
    """Everything found in one article's normalised text."""

    norm: str
    figures: tuple[Figure, ...]
    labels: tuple[Label, ...]
    cues: tuple[Cue, ...]
    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]

    def sentence(self, start: int, end: int) -> Sentence:
        """The sentence at `start:end` with what stands in it."""
        return Sentence(
            self.norm[start:end],
            start,
            end,
            tuple(between(self.figures, start, end)),
            tuple(between(self.labels, start, end)),
            tuple(between(self.cues, start, end)),
            tuple(between(self.periods, start, end)),
            tuple(between(self.places, start, end)),
        )


def beginning(found: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that begin inside `start:end`."""
    return found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]


def between(found: Sequence[S], start: int, end: int) -> list[S]:
    """Those found wholly inside `start:end`."""
    return [item for item in beginning(found, start, end) if item.end <= end]


_start = attrgetter("start")


def nearest_before(found: Iterable[S], at: int) -> S | None:
    """The last of those that end at or before a place."""
    nearest: S | None = None
    for item in found:
        if item.end <= at and (nearest is None or (item.end, -item.start) > (nearest.end, -nearest.start)):
            nearest = item
    return nearest
