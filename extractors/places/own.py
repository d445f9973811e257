"""Which place an article is about: the one that its title names, else the one that it names most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from extractors.places.bearers import is_address
from extractors.places.gazetteer import (
    COUNTRY,
    REFORM,
    TIERS,
    Locality,
    ancestors,
    is_new,
    localities,
    locality,
    new_province,
    types_by,
)
from extractors.places.mentions import PlaceMention
from extractors.places.names import place_words
from extractors.places.units import counterpart, deepest_of

_TITLE, _LEAD, _BODY = 8, 2, 1
_LEAD_LENGTH = 500
_OFTEN = 2
"""So often a text that names no place says whose it is: "thành phố"."""
_ENOUGH = 3
"""One "tại Hà Nội" in passing does not make an article Hà Nội's."""
_SIBLINGS = 4
"""An article that names so many districts of a province is about the province, whichever its title praises."""
_SOME = 2
"""Without a title that names a place, so many others beside it."""

Weighed = tuple[PlaceMention, int]
Meant = tuple[PlaceMention, int, str | None]
"""With the unit it means."""


def weighed(text: str, mentions: Sequence[PlaceMention], told: Sequence[tuple[int, int]], title: int) -> list[Weighed]:
    """What each naming is worth, those of the title, which begins at `title`, first; those that are not told are none.

    A place where somebody lives is worth nothing.
    """
    heads = [(mention, _TITLE) for mention in mentions if mention.start >= title]
    spans = iter(told)
    start, end, before, inner = 0, -1, 0, list[Weighed]()
    for mention in mentions:
        while mention.start > end and (span := next(spans, None)) is not None:
            before += max(0, end - start)
            start, end = span
        if start <= mention.start <= end:
            inner.append((mention, _LEAD if before + mention.start - start <= _LEAD_LENGTH else _BODY))
    return [(mention, 0 if is_address(text, mention.start) else weight) for mention, weight in heads + inner]


class OwnPlace:
    """The judgement on one article. `called`: types that it calls units by; `home`: what its source writes about."""

    def __init__(self, text: str, published: date | None, home: str | None, called: Mapping[str, set[str]]) -> None:
        self._text = text
        self._published = published
        self._home = home
        self._called = called

    def find(self, mentions: Sequence[Meant], title: int) -> str | None:
        """The unit, in the list valid when the article was published; None when it names none."""
        points: Counter[str] = Counter()
        for _, weight, id in mentions:
            if id is not None and weight:
                points[id] += weight
        heads = [(mention, id) for mention, _, id in mentions if mention.start >= title and mention.kind == "named"]
        in_title = [id for _, id in heads if id is not None]
        if in_title:
            first = heads[0][0] if heads[0][1] == in_title[0] else None
            own = self._title_place(first, in_title, points)
            headed = own == in_title[0] and self._is_heading(first)
            return own if headed else self._widened(own, points, self._backs(mentions))
        if self._home and not points.keys() - {COUNTRY}:
            return self._unnamed([one for one in mentions if not self._assigns(one[0])])
        return self._without_title(self._backs(mentions), points)

    def _unnamed(self, mentions: Sequence[Meant]) -> str | None:
        """A province's paper that names no place and says "UBND thành phố", never "tỉnh", writes of its one city; of
        nobody known where it has several."""
        home, backs = self._home_then(), self._backs(mentions)
        kind = _one_below(home, backs) if home else None
        if home is None or kind is None or self._published is None or self._answered(home, backs):
            return home
        inside = [unit.id for unit in _inside(home) if _stands(unit, self._published)]
        called = [id for id in inside if kind in types_by(id, self._published)]
        return called[0] if len(called) == 1 else None

    def _assigns(self, mention: PlaceMention) -> bool:
        """ "99,3% dự toán tỉnh giao": the unit above."""
        return self._text[mention.end :].lstrip().startswith(tuple(place_words()["assigning"]))

    def _title_place(self, first: PlaceMention | None, ids: list[str], points: Counter[str]) -> str:
        """The place of a heading "Khánh Hòa: …", else the title's deepest: "Tiền Giang … thành phố Gò Công"."""
        deepest = deepest_of(ids)
        return ids[0] if self._is_heading(first) and points[ids[0]] >= points[deepest] else deepest

    def _is_heading(self, first: PlaceMention | None) -> bool:
        return first is not None and self._text[first.end :].lstrip(" ").startswith(":")

    def _backs(self, mentions: Sequence[Meant]) -> Counter[str]:
        """How often the text says "phường" or "tỉnh" alone."""
        return Counter(kind for mention, _, _ in mentions if mention.kind == "back" for kind in mention.types)

    def _widened(self, id: str, points: Counter[str], backs: Counter[str]) -> str:
        """A list of all districts is the province's article: "Gia Nghĩa giữ ngôi đầu khối huyện"; not where the text
        goes on with "phường đạt …", "của phường"."""
        parent = next(iter(ancestors(id)), COUNTRY)
        siblings = [other for other in points if other != id and parent in ancestors(other)[:1]]
        others = sum(points[other] for other in siblings)
        own = points[id] - _TITLE + self._answered(id, backs) - self._answered(parent, backs)
        if parent != COUNTRY and len(siblings) >= _SIBLINGS and others > own:
            return parent
        return id

    def _without_title(self, backs: Counter[str], points: Counter[str]) -> str | None:
        home = self._home_then()
        near = {id for id in points if home and (id == home or home in ancestors(id))}
        named = near or {id for id in points if id != COUNTRY or not home}
        said = {home} if home and self._answered(home, backs) else set[str]()  # "UBND huyện" of a district's portal
        scores = {
            id: points[id] + self._answered(id, backs) for id in [*points, *said - points.keys()] if id in named | said
        }
        if not home and max(scores.values(), default=0) < _ENOUGH:
            return COUNTRY if any(office in self._text for office in place_words()["national_offices"]) else None
        best = self._named_most(scores)
        return home if best is None or (home and self._is_one_of_many(best, home, points)) else best

    def _is_one_of_many(self, id: str, home: str, points: Counter[str]) -> bool:
        """ "Lập Thạch đứng thứ nhất; Sông Lô …; Vĩnh Tường …" in a paper of the province: no article on the first."""
        siblings = [other for other in points if other != id and ancestors(other)[:1] == ancestors(id)[:1]]
        among = len(siblings) >= _SOME and sum(points[other] for other in siblings) >= points[id]
        return among and home in ancestors(id)

    def _named_most(self, scores: dict[str, int]) -> str | None:
        """None where two of one tier are named as often: "xã Diên Thọ và xã Diên Lạc" are both, and neither alone."""
        best = max(scores, key=lambda id: scores[id], default=None)
        as_often = [id for id in scores if best and scores[id] == scores[best] and len(id) == len(best)]
        return best if len(as_often) == 1 else None

    def _home_then(self) -> str | None:
        """The source's home on the day of publication; a merged province's paper writes about the new one."""
        if self._home is None or self._published is None:
            return self._home
        heir = new_province(self._home) if self._published >= REFORM else None
        return counterpart(self._home, self._published) or heir

    def _answered(self, id: str, backs: Counter[str]) -> int:
        """How many "thành phố", "tỉnh" … of the text this unit would explain."""
        return sum(backs[kind] for kind in types_by(id, self._published) | self._called.get(id, set()))


def _one_below(home: str, backs: Counter[str]) -> str | None:
    """The one type of unit below that a text keeps saying; of "thành phố" and its "phường" the wider one."""
    above = TIERS.index(_tier(home))
    said = [kind for kind in backs if backs[kind] >= _OFTEN and TIERS.index(_deepest(kind)) > above]
    wide = [kind for kind in said if _deepest(kind) == min(map(_deepest, said), key=TIERS.index)]
    return wide[0] if len(wide) == 1 else None


def _tier(id: str) -> str:
    unit = locality(id)
    return unit.tier if unit else TIERS[0]


def _deepest(kind: str) -> str:
    tiers: list[str] = place_words()["types"][kind]["tiers"]
    return tiers[-1]


@cache
def _inside(home: str) -> Sequence[Locality]:
    return [unit for unit in localities() if home in ancestors(unit.id)]


def _stands(unit: Locality, day: date) -> bool:
    """Whether a unit stood on a day, in the list of that day."""
    begun = unit.valid_from is None or unit.valid_from <= day
    ended = unit.valid_to is not None and unit.valid_to < day
    return is_new(unit.id) == (day >= REFORM) and begun and not ended
