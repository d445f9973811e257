"""Which articles are copies, and of which one: a pure function of what is known of each of them.

    origins([paper, portal, other], …) → {paper.id: None, portal.id: paper.id, other.id: None}

Articles belong together when they have the same text, when one states the other's address as its origin, when two
state the same one, and when they are near copies. A group is all that hangs together; it has one original, so that
there are no chains of copies.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

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
    """What the current version of an article is compared by; `keys` are those of likeness.py."""

    id: int
    source: str
    identity: str
    published: date | None
    address: str | None
    """The page's key (keys.py)."""
    stated: str | None
    """The key of the page that it says it repeats; of a host alone when it names no more."""
    keys: frozenset[str]
    numbers: frozenset[str]
    shingles: bytes

    @property
    def size(self) -> int:
        return len(self.shingles) // 4


def origins(
    articles: Collection[Likeness], changed: Container[int], before: Mapping[int, int]
) -> dict[int, int | None]:
    """The id of each article's original, None for an original; whatever the order they come in.

    `before` names the original of the group that each was in. Of those that did not change since then, two from
    different groups need not be compared again.
    """
    found: dict[int, int | None] = {}
    for group in _groups(articles, changed, before):
        original = _original(group)
        found.update({one.id: None if one is original else original.id for one in group})
    return found


def near_copies(one: Likeness, other: Likeness) -> bool:
    """Whether most words and nearly all numbers of the shorter text are in the other, and both are of one time.

    A day that is not known is near where the texts are equal, and far otherwise.
    """
    equal = one.shingles == other.shingles and one.numbers == other.numbers
    if one.published is None or other.published is None:
        return equal
    if abs((one.published - other.published).days) > NEAR_DAYS:
        return False
    return equal or (_numbers_agree(one, other) and _words_agree(one, other))


def _numbers_agree(one: Likeness, other: Likeness) -> bool:
    fewer = min(len(one.numbers), len(other.numbers))
    return len(one.numbers & other.numbers) >= KEPT_NUMBERS * fewer


def _words_agree(one: Likeness, other: Likeness) -> bool:
    fewer, more = sorted((one.size, other.size))
    return fewer >= SHORTEST * more and len(_shingles(one) & _shingles(other)) >= KEPT_WORDS * fewer


def _shingles(one: Likeness) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{one.size}I", one.shingles))


def _groups(
    articles: Collection[Likeness], changed: Container[int], before: Mapping[int, int]
) -> Iterable[list[Likeness]]:
    """All that hangs together, directly or through others."""
    joined = {one.id: one.id for one in articles}

    def head(article: int) -> int:
        while joined[article] != article:
            joined[article] = article = joined[joined[article]]
        return article

    different: set[tuple[int, int]] = set()
    for key, alike in _by_key(articles):
        for one, other in _pairs(alike, changed, before):
            if head(one.id) == head(other.id) or (one.id, other.id) in different:
                continue
            if key.startswith(BAND) and not near_copies(one, other):
                different.add((one.id, other.id))
            else:
                joined[head(one.id)] = head(other.id)
    groups = defaultdict(list)
    for one in articles:
        groups[head(one.id)].append(one)
    return groups.values()


def _pairs(
    alike: Sequence[Likeness], changed: Container[int], before: Mapping[int, int]
) -> Iterator[tuple[Likeness, Likeness]]:
    """Two of which one changed, or which were together and may have been so through another."""
    fresh = [one for one in alike if one.id in changed]
    together = defaultdict(list)
    for one in alike:
        if one.id not in changed:
            together[before[one.id]].append(one)
            yield from ((one, other) for other in fresh)
    for some in (fresh, *together.values()):
        yield from combinations(some, 2)


def _by_key(articles: Iterable[Likeness]) -> Iterable[tuple[str, list[Likeness]]]:
    """Articles that share a key; the sure keys first, because what is joined need not be compared any more."""
    shared = defaultdict(list)
    for one in sorted(articles, key=lambda one: one.id):
        for key in one.keys:
            shared[key].append(one)
    return sorted(shared.items(), key=lambda item: item[0].startswith(BAND))


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
