"""What codes are called: `target` → "mục tiêu", `percent` → "%"; the words are in labels.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from flows.places import folded

if TYPE_CHECKING:
    from models.points import LatestRow, SeriesRow

SLOTS = ("scope", "measure", "status", "unit", "bound")


@dataclass(frozen=True, slots=True)
class Labels:
    """Names in a language, `vi` or `en`; without one, the codes themselves."""

    language: str = ""

    def word(self, kind: str, code: str) -> str:
        """What a code is called; the code where it has no name."""
        if not self.language:
            return code
        return str(_words()[kind].get(code, {}).get(self.language, code))

    def indicator(self, row: SeriesRow | LatestRow) -> str:
        return {"": row.indicator, "vi": row.indicator_vi, "en": row.indicator_en}[self.language]

    def heads(self, columns: Iterable[str], kind: str = "head") -> list[str]:
        return [self.word(kind, column) for column in columns]

    def row(self, row: SeriesRow) -> SeriesRow:
        """The point with names where it has codes."""
        if not self.language:
            return row
        named: dict[str, Any] = {slot: self.word(slot, getattr(row, slot)) for slot in SLOTS}
        return replace(row, indicator=self.indicator(row), **named)


CODES = Labels()
"""No names: codes as they are stored."""


def indicator_rows(words: str = "") -> list[list[str]]:
    """Code, names and unit of the indicators whose code and names hold all the words, with or without accents; of one
    alone where that is its code."""
    from extractors.indicators import catalogue

    known = catalogue().indicators
    wanted = folded(words).split()
    found = [known[words]] if words in known else known.values()
    rows = ([i.code, i.name_vi, i.name_en, i.unit] for i in found)
    return [row for row in rows if all(word in folded(" ".join(row)) for word in wanted)]


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.load(files("flows").joinpath("labels.yml").read_bytes(), yaml.CSafeLoader)
    return words
