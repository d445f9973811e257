"""Which articles are copies, and of which one: a pure function of what is known of each of them.

    origins([paper, portal, other], [(portal, paper)]) → {paper: None, portal: paper, other: None}      by their ids

Articles belong together when they have the same text, when one states the other's address as its origin, when two
state the same one, and when they are near copies. A group is all that hangs together; it has one original, so that
there are no chains of copies.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

NEAR_DAYS = 30
"""A report of the same month another year may use the same sentences."""
SHORTEST = 0.5
"""A text of less than this share of another's shingles is no copy of it but a part."""
KEPT_WORDS = 0.7
"""What share of the shorter one's shingles a near copy has."""
KEPT_NUMBERS = 0.9
"""The same of numbers: next month's report has the same sentences and other figures."""
BAND = "band:"
"""Keys that open with it only say that two texts may be near copies; sharing any other key makes a copy."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the current version of an article is compared by, but for its shingles."""

    id: int
    source: str
    identity: str
    published: date | None
    address: str | None
    """The page's key (keys.py)."""
    stated: str | None
    """The key of the page that it says it repeats; of a host alone when it names no more."""
    numbers: frozenset[str]


def origins(articles: Iterable[Likeness], copies: Iterable[tuple[int, int]]) -> dict[int, int | None]:
    """The id of each article's original, None for an original; whatever the order they come in.

    `copies` are ids of two that belong together.
    """
    found: dict[int, int | None] = {}
    for group in _groups(articles, copies):
        original = _original(group)
        found.update({one.id: None if one is original else original.id for one in group})
    return found


def may_be_near(one: Likeness, other: Likeness) -> bool:
    """Whether both are of one time and nearly all numbers of the one with fewer are in the other: then their words
    have to be compared.

    A day that is not known is near where the texts are equal, and far otherwise.
    """
    if one.published is None or other.published is None:
        return one.numbers == other.numbers
    fewer = min(len(one.numbers), len(other.numbers))
    near = abs((one.published - other.published).days) <= NEAR_DAYS
    return near and len(one.numbers & other.numbers) >= KEPT_NUMBERS * fewer


def near_copies(one: Likeness, other: Likeness, shingles: Mapping[int, bytes]) -> bool:
    """Of two that may be near copies: whether most words of the shorter text are in the other."""
    if shingles[one.id] == shingles[other.id] and one.numbers == other.numbers:
        return True
    if one.published is None or other.published is None:
        return False
    fewer, more = sorted((len(shingles[one.id]) // 4, len(shingles[other.id]) // 4))
    return fewer >= SHORTEST * more and len(_words(shingles[one.id]) & _words(shingles[other.id])) >= KEPT_WORDS * fewer


def _words(shingles: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{len(shingles) // 4}I", shingles))


def _groups(articles: Iterable[Likeness], copies: Iterable[tuple[int, int]]) -> Iterable[list[Likeness]]:
    """All that hangs together, directly or through others."""
    ordered = sorted(articles, key=lambda one: one.id)
    joined = {one.id: one.id for one in ordered}

    def head(article: int) -> int:
        while joined[article] != article:
            joined[article] = article = joined[joined[article]]
        return article

    for one, other in copies:
        joined[head(one)] = head(other)
    groups = defaultdict(list)
    for article in ordered:
        groups[head(article.id)].append(article)
    return groups.values()


def _original(group: list[Likeness]) -> Likeness:
    """One that repeats none of the group, whom most name; else one that names no origin; else the earliest."""
    named = Counter(one.stated for one in group)
    addresses = {one.address for one in group}

    def order(one: Likeness) -> tuple[object, ...]:
        repeats = one.stated is not None and one.stated in addresses
        stated_by = named[one.address] if one.address else 0
        day = one.published or date.max
        return repeats, -stated_by, one.stated is not None, day, one.source, one.identity

    return min(group, key=order)
