"""One cell of a table: its words, and the number that it holds if it holds one and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from extractors.cues import cues
from extractors.facts import Block
from extractors.figures import find_figures
from extractors.numbers import NUMBER, decimals_of, read_number
from extractors.table_words import says
from extractors.units import Unit, read_unit
from extractors.wording import choices

_NEGATIVE = "-–−"
_SIGNS = {"≥": "ge", ">": "gt", "≤": "le", "<": "lt"}


@dataclass(frozen=True, slots=True)
class Number:
    """The number at `start:end` of the text, its sign and its unit included; `value` has the sign and no scale."""

    start: int
    end: int
    value: Decimal
    printed: str
    decimals: int
    unit: Unit | None = None
    out_of: Decimal | None = None
    bound: str = "eq"


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell that begins at `start` of the text."""

    start: int
    words: str

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.words)

    @property
    def number(self) -> Number | None:
        """ "44.318", "-2,3", "Giảm 2,3%", "12/15", "9,5 - 10": None where anything else stands beside the number."""
        match = _pattern().fullmatch(self.words)
        if match is None:
            return self._bounded()
        unit = read_unit(self.words, match.end("rest") - len(match["rest"])) if match["rest"].strip() else None
        if match["rest"].strip() and (unit is None or unit.end != len(self.words)):
            return self._bounded()
        value, out_of = read_number(match["n"], measured=unit is not None), read_number(match["of"] or "")
        if value is None or (match["of"] and (out_of is None or out_of < value)):
            return None
        falls = match["sign"] in tuple(_NEGATIVE) or bool(says("down").match(self.words))
        return Number(
            self.start, self.end, -value if falls else value, match["n"], decimals_of(match["n"]), unit, out_of
        )

    def _bounded(self) -> Number | None:
        """ "≥ 90", "trên 95%"; of a range ("8,5 - 9") the lower end."""
        sign = _SIGNS.get(self.words[:1])
        if sign is not None:
            number = Cell(self.start + 1, self.words[1:].lstrip()).number
            return replace(number, start=self.start, end=self.end, bound=sign) if number else None
        figures = find_figures(self.words)
        if not figures or figures[0].bound_start or figures[0].bound == "eq" or figures[0].out_of is not None:
            return None
        first, last = figures[0], figures[-1]
        at = last.start + len(last.printed)
        unit = read_unit(self.words, at) if last.end > at else None
        value = read_number(first.printed, measured=unit is not None)
        if value is None or len(figures) > 1 + last.range_end or not _closed(self.words[last.end :]):
            return None
        return Number(self.start, self.end, value, first.printed, first.decimals, unit, bound=first.bound)

    @property
    def unit(self) -> Unit | None:
        """The unit that the cell is, such as "tỷ đồng" or "%"."""
        unit = read_unit(self.words, 0)
        return unit if unit is not None and unit.end == len(self.words) else None

    @property
    def grade(self) -> str | None:
        """The grade that the cell is: "Tốt"."""
        grades = choices(cues().rating["grades"])
        return self.words if regex.fullmatch(rf"(?i)(?:{grades})", self.words) else None


def cell_of(norm: str, block: Block) -> Cell:
    """The cell of a block, without the spaces around its words."""
    words = norm[block.start : block.end]
    return Cell(block.start + len(words) - len(words.lstrip()), words.strip())


def _closed(rest: str) -> bool:
    """Whether nothing stands behind a number but the second half of its bound: "trở lên"."""
    return not says("bound_ends").sub("", rest).strip()


@cache
def _pattern() -> regex.Pattern[str]:
    moved = rf"(?:(?:{says('up').pattern}|{says('down').pattern})\s+)?"
    return regex.compile(rf"(?i){moved}(?P<sign>[{_NEGATIVE}+]?)\s?(?P<n>{NUMBER})(?:/(?P<of>{NUMBER}))?(?P<rest>.*)")
