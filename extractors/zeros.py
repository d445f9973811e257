"""None in words: "không có hồ sơ trễ hạn", "không phát sinh hồ sơ quá hạn" are counts of 0."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from extractors.cues import cues, ends_with
from extractors.figures import Figure
from extractors.openings import Opening
from extractors.wording import choices, opening

_REACH = 30


def find_zeros(norm: str) -> list[Figure]:
    """Every denial of dossiers that are late, of kind `zero`; "15/17 xã không có hồ sơ trễ hạn" counts communes."""
    return [
        Figure(match.start(), match.end(), match.start(), "zero", Decimal(0), "count", match["noun"], printed="0")
        for match in _pattern().finditer(norm)
        if not _counts_units(norm[max(0, match.start() - _REACH) : match.start()].lower().rstrip())
    ]


def _counts_units(before: str) -> bool:
    if ends_with(before, "whole_tiers"):
        return ends_with(before, "units_of_tiers")
    return ends_with(before, "units_without")


@cache
def _pattern() -> Opening:
    words = cues().zeros
    said = rf"(?:{choices(words['none'])})(?: (?:{choices(words['any'])}))? (?P<noun>{choices(words['nouns'])})"
    late = rf"(?: (?:{choices(words['between'])})){{0,3}} (?:{choices(words['of'])})"
    return opening(words["none"], rf"(?i)(?<!\p{{L}}){said}{late}(?!\p{{L}})")
