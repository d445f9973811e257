"""Whether one of many pieces of a text lies over a place, without going through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate


def reaching(spans: Iterable[tuple[int, int]]) -> Callable[[int, int], bool]:
    """A question to the spans: does one that begins before a place end behind another?"""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    reach = list(accumulate((end for _, end in ordered), max))

    def reaches(before: int, behind: int) -> bool:
        count = bisect_left(starts, before)
        return count > 0 and reach[count - 1] > behind

    return reaches
