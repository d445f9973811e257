"""Which unit each place word of an article means on a given day.

"thành phố" is Nha Trang in an article about Nha Trang; "xã Tân An" is one of many until its province is known;
`Tây Ninh` is 72 on a day before 1 July 2025 and `80@2025` after it. What stays ambiguous is None, never a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from extractors.places.finding import PlaceReader, find_places
from extractors.places.gazetteer import COUNTRY, ancestors, is_new, province_of, types_by
from extractors.places.mentions import PlaceMention
from extractors.places.names import Bearer
from extractors.places.own import OwnPlace, Weighed, weighed
from extractors.places.units import closest_type, counterpart, districts_of, other_list, relatives, valid_units

_REMEMBERED = 4
"""So many places named before, "xã" may refer to."""
_JOINT = 4
"""So long is " và "."""
_PARTED = "\n\n"


class ArticlePlaces:
    """The places of one article. All texts are in the normal form of extractors/text.py.

    `home` is the id of the province (or any unit) that the source writes about: a hint, not a verdict. `told`: the
    parts of the body that tell the article, all of it without; only they say which place it is about. `known`: words
    that mean a unit in this article, whatever else they may mean.
    """

    def __init__(
        self,
        title: str | None,
        body: str,
        published: date | None,
        home: str | None = None,
        told: Sequence[tuple[int, int]] | None = None,
        known: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.published = published
        self.home = home
        self.own: str | None = None
        """The unit the article is about, in the list valid when it was published; None when it names none."""
        self._body = body
        self._called: dict[str, set[str]] = defaultdict(set)
        self._recent: list[PlaceMention] = []
        self._contexts: list[str] = []
        self._meanings: dict[object, str | None] = {}
        self._given: dict[str, str] = {}
        self._learn(title or "", told if told is not None else [(0, len(body))])
        self._given = {words.lower(): id for words, id in known}  # says nothing of what it is about

    def _learn(self, title: str, told: Sequence[tuple[int, int]]) -> None:
        """Read the whole: first for the names it calls by their type and its provinces, then with these known."""
        text, at = f"{self._body}{_PARTED}{title}", len(self._body) + len(_PARTED)
        reader = PlaceReader(text)
        found = reader.read()
        first = weighed(text, found, told, at)
        self._typed = _typed_units(mention for mention, _ in first)
        self._contexts = self._provinces(first)
        self._meanings.clear()
        self._known = frozenset(self._typed) | districts_of(tuple(self._contexts[:1]))
        communes = {name for name, units in self._typed.items() if any(unit.tier == "commune" for unit in units)}
        again = first
        if reader.reads_otherwise(self._known, communes):
            found = reader.read(self._known)
            again = weighed(text, found, told, at)
        self._found = [mention for mention in found if mention.start < at]
        meant = [(mention, weight, self._named(mention)) for mention, weight in again]
        for mention, weight, id in meant:
            if id is not None and weight:  # "thị xã" of a unit that the lists have as a city
                self._called[id].update(mention.types)
        self.own = OwnPlace(text, self.published, self.home, self._called).find(meant, at)

    def _named(self, mention: PlaceMention) -> str | None:
        return self.resolve(mention, self.published) if mention.kind in ("named", "country") else None

    def find(self, text: str, cell: bool = False) -> list[PlaceMention]:
        """The places of a piece of the article; names it calls by their type word elsewhere count when bare."""
        return self._found if text == self._body and not cell else find_places(text, self._known, cell)

    def own_at(self, day: date | None) -> str | None:
        """The article's own place as it is in the list valid on that day; None where it did not exist."""
        if self.own is None or day is None:
            return self.own
        return counterpart(self.own, day)

    def remember(self, places: Iterable[PlaceMention]) -> None:
        """What a sentence named: "của xã" in the next one is of the commune named last."""
        self._recent += [place for place in places if place.kind == "named"]

    def resolve(self, mention: PlaceMention, on: date | None = None, before: Sequence[PlaceMention] = ()) -> str | None:
        """The id meant on a day (the end of the figure's period; none: the day of publication).

        `before`: places read earlier in the same passage; "huyện này" and a "huyện" that the article's own place
        does not explain mean the last fitting one. None: not to be decided, or no single unit (region, group).
        """
        day = on or self.published
        if given := self.given(mention.surface):
            return given
        if mention.kind == "country":
            return COUNTRY
        if mention.kind == "named":
            return self._resolve_named(mention, day)
        if mention.kind == "back":
            return self._resolve_back(mention, day, before)
        return None

    def given(self, words: str) -> str | None:
        """The unit that words mean because an operator says so."""
        return self._given.get(words.lower())

    def candidates(self, mention: PlaceMention, on: date | None = None) -> tuple[str, ...]:
        """The units that a mention may mean on a day, for a person to choose; those of other days where it has none."""
        if mention.kind == "back":
            return relatives(self.own) if self.own and self._is_called(self.own, mention.types) else ()
        valid = closest_type(valid_units(mention.candidates, on or self.published, self.published), mention.types)
        return tuple(sorted({unit.id for unit in valid or mention.candidates}))

    def _resolve_named(self, mention: PlaceMention, day: date | None) -> str | None:
        """The same words mean the same all over the article, once it is read."""
        whole = mention.surface if mention.within else ""
        said = (mention.name, mention.types, whole, len(mention.candidates), day, self.own)
        if said not in self._meanings:
            self._meanings[said] = self._own_then(mention, day) or self._choose(mention, day)
        return self._meanings[said]

    def _own_then(self, mention: PlaceMention, day: date | None) -> str | None:
        """ "TP. Huế" in a paper of that city, told of a year when a smaller unit bore the name: what it is now."""
        now = self._choose(mention, self.published)
        mine = day is not None and now in [id for id in self._own_and_above() if id != COUNTRY]
        return counterpart(now, day) if mine and now and day else None

    def _choose(self, mention: PlaceMention, day: date | None) -> str | None:
        valid = valid_units(mention.candidates, day, self.published)
        chosen = closest_type(valid, mention.types)
        if not mention.types and chosen and chosen[0].tier != "province":
            typed = [unit for unit in valid if unit in self._typed.get(mention.name, ())]
            chosen = typed if typed and not _are_seats(typed, chosen) else chosen
        ids = {unit.id for unit in chosen}
        if len(ids) == 1 and (mention.within or chosen[0].tier != "commune" or _is_only(chosen[0], mention)):
            return chosen[0].id
        return self._by_context(ids)

    def _by_context(self, ids: set[str]) -> str | None:
        """The one of several units of a name that lies where the article is; communes need this."""
        for context in self._own_line() + self._contexts:
            inside = [id for id in sorted(ids) if id == context or context in ancestors(id)]
            if inside:
                return inside[0] if len(inside) == 1 else None
        return None

    def _own_line(self) -> list[str]:
        if self.own is None:
            return []
        line = [id for id in (self.own, *ancestors(self.own)) if id != COUNTRY]
        return line + other_list(line)

    def _resolve_back(self, mention: PlaceMention, day: date | None, before: Sequence[PlaceMention]) -> str | None:
        own = next((unit for unit in self._own_and_above() if self._is_called(unit, mention.types)), None)
        if own is not None and not mention.pointed:
            return own if day is None else counterpart(own, day)
        earlier = [place for place in (*self._recent[-_REMEMBERED:], *before) if place.kind == "named"]
        meant = [id if self._is_called(id, mention.types) else None for id in self._ids_on(earlier, day)]
        last = max((at for at, id in enumerate(meant) if id), default=None)
        if last is None:
            return own if own is None or day is None else counterpart(own, day)
        beside = meant[last - 1] if last > 0 and meant[last - 1] != meant[last] else None
        if beside and (_are_listed(earlier[last - 1], earlier[last]) or (meant[last] or "") in ancestors(beside)):
            return None  # one of two in a breath, or the unit above that only speaks of the one below
        return meant[last]

    def _own_and_above(self) -> Iterator[str]:
        if self.own:
            yield from (self.own, *ancestors(self.own))

    def _ids_on(self, places: Iterable[PlaceMention], day: date | None) -> Iterator[str]:
        return (self.resolve(place, day) or "" for place in places)

    def _is_called(self, id: str, types: tuple[str, ...]) -> bool:
        """Is it a unit of one of the types, by the lists or by the article?"""
        return not (types_by(id, self.published) | self._called[id]).isdisjoint(types)

    def _provinces(self, mentions: Iterable[Weighed]) -> list[str]:
        """Provinces by how often the article names them or districts of theirs, the source's own first."""
        counts: Counter[str] = Counter()
        for mention, weight in mentions:
            id = self._resolve_named(mention, self.published) if mention.kind == "named" else None
            if id is not None:
                counts[province_of(id) or COUNTRY] += weight
        named = [id for id, _ in counts.most_common() if id != COUNTRY]
        home = province_of(self.home) if self.home else None
        line = ([home] if home else []) + named
        return list(dict.fromkeys(line + other_list(line)))


def _is_only(unit: Bearer, mention: PlaceMention) -> bool:
    """ "phường Long Thành": the list of 2025 is whole, so that the only one of its name and type is meant."""
    return is_new(unit.id) and unit.type in mention.types


def _are_listed(one: PlaceMention, other: PlaceMention) -> bool:
    """ "xã Diên Thọ và xã Diên Lạc": of two in one breath, "xã" means neither."""
    return 0 <= other.start - one.end <= _JOINT


def _are_seats(communes: Sequence[Bearer], districts: Sequence[Bearer]) -> bool:
    """The town of Bắc Hà lies in the district of Bắc Hà: naming the town does not say that "Bắc Hà" alone means it."""
    ids = {unit.id for unit in districts}
    return any(unit.tier == "commune" and ids.intersection(ancestors(unit.id)) for unit in communes)


def _typed_units(mentions: Iterable[PlaceMention]) -> dict[str, tuple[Bearer, ...]]:
    """Names that the text calls by a type word somewhere, and the units it means: "xã Tân Hưng (huyện Vĩnh Bảo)".

    Where one naming tells the unit above, the others need not. A headline may print the name in capitals.
    """
    typed: dict[str, list[PlaceMention]] = defaultdict(list)
    for mention in mentions:
        if mention.types and mention.candidates:
            typed[mention.name].append(mention)
    units = {name: _told_best(found) for name, found in typed.items()}
    return {name.upper(): told for name, told in units.items()} | units


def _told_best(mentions: Sequence[PlaceMention]) -> tuple[Bearer, ...]:
    whole = [mention for mention in mentions if mention.within] or mentions
    return tuple(dict.fromkeys(unit for mention in whole for unit in mention.candidates))
