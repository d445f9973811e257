"""Which place an article is about and which unit each of its place words means on a given day.

"thành phố" is Nha Trang in an article about Nha Trang; "xã Tân An" is one of many until its province is known;
`Tây Ninh` is 72 on a day before 1 July 2025 and `80@2025` after it. What stays ambiguous is None, never a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from extractors.gazetteer import (
    COUNTRY,
    REFORM,
    Bearer,
    Locality,
    ancestors,
    bearers,
    is_new,
    localities,
    locality,
    names_of,
    new_province,
    place_words,
    province_of,
)
from extractors.place_cues import is_address
from extractors.place_units import closest_type, deepest_of, districts_of, other_list, valid_units
from extractors.places import PlaceMention, find_places

__all__ = ["COUNTRY", "ArticlePlaces", "Locality", "PlaceMention", "find_places", "localities", "locality"]

_TITLE, _LEAD, _BODY = 8, 2, 1
_REMEMBERED = 4
"""So many places named before, "xã" may refer to."""
_LEAD_LENGTH = 500
_ENOUGH = 3
"""One "tại Hà Nội" in passing does not make an article Hà Nội's."""
_SIBLINGS = 4
"""An article that names so many districts of a province is about the province, whichever its title praises."""


def counterpart(code: str, on: date) -> str | None:
    """The unit of the same name in the list valid on that day: `56` ↔ `56@2025`, `72` → `80@2025`.

    None when there is none: abolished districts and provinces have no heir, nor have communes, whose
    borders changed under old names.
    """
    if code == COUNTRY or is_new(code) == (on >= REFORM):
        return code
    unit = locality(code)
    if unit is None or unit.tier != "province":
        return None
    namesakes = (other for name in names_of(unit) for other in bearers()[name] if other.tier == "province")
    return next((other.code for other in namesakes if is_new(other.code) != is_new(code)), None)


class ArticlePlaces:
    """The places of one article. All texts are in the normal form of extractors/text.py.

    `home` is the code of the province (or any unit) that the source writes about: a hint, not a verdict.
    """

    def __init__(self, title: str | None, body: str, published: date | None, home: str | None = None) -> None:
        self.published = published
        self.home = home
        self.own: str | None = None
        """The unit the article is about, in the list valid when it was published; None when it names none."""
        self._text = f"{title or ''}\n{body}"
        self._title_end = len(title or "")
        self._called: dict[str, set[str]] = defaultdict(set)
        self._recent: list[PlaceMention] = []
        self._contexts: list[str] = []
        mentions = find_places(self._text)
        self._typed = _typed_units(mentions)
        self._contexts = self._provinces(mentions)
        self._known = frozenset(self._typed) | districts_of(tuple(self._contexts[:1]))
        self.own = self._find_own(self.find(self._text))

    def find(self, text: str, cell: bool = False) -> list[PlaceMention]:
        """The places of a piece of the article; names it calls by their type word elsewhere count when bare."""
        return find_places(text, self._known, cell)

    def own_at(self, day: date | None) -> str | None:
        """The article's own place as a code of the list valid on that day; None where it did not exist."""
        if self.own is None or day is None:
            return self.own
        return counterpart(self.own, day)

    def remember(self, places: Iterable[PlaceMention]) -> None:
        """What a sentence named: "của xã" in the next one is of the commune named last."""
        self._recent += [place for place in places if place.kind == "named"]

    def resolve(self, mention: PlaceMention, on: date | None = None, before: Sequence[PlaceMention] = ()) -> str | None:
        """The code meant on a day (the end of the figure's period; none: the day of publication).

        `before`: places read earlier in the same passage; "huyện này" and a "huyện" that the article's own place
        does not explain mean the last fitting one. None: not to be decided, or no single unit (region, group).
        """
        day = on or self.published
        if mention.kind == "country":
            return COUNTRY
        if mention.kind == "named":
            return self._resolve_named(mention, day)
        if mention.kind == "back":
            return self._resolve_back(mention, day, before)
        return None

    def _resolve_named(self, mention: PlaceMention, day: date | None) -> str | None:
        valid = valid_units(mention.candidates, day)
        chosen = closest_type(valid, mention.types)
        if not mention.types and chosen and chosen[0].tier != "province":
            typed = [unit for unit in valid if unit in self._typed.get(mention.name, ())]
            chosen = typed if typed and not _are_seats(typed, chosen) else chosen
        codes = {unit.code for unit in chosen}
        if len(codes) == 1 and (mention.within or chosen[0].tier != "commune"):
            return chosen[0].code
        return self._by_context(codes)

    def _by_context(self, codes: set[str]) -> str | None:
        """The one of several units of a name that lies where the article is; communes always need this."""
        for context in self._own_line() + self._contexts:
            inside = [code for code in sorted(codes) if code == context or context in ancestors(code)]
            if inside:
                return inside[0] if len(inside) == 1 else None
        return None

    def _own_line(self) -> list[str]:
        if self.own is None:
            return []
        line = [code for code in (self.own, *ancestors(self.own)) if code != COUNTRY]
        return line + other_list(line)

    def _resolve_back(self, mention: PlaceMention, day: date | None, before: Sequence[PlaceMention]) -> str | None:
        for unit in (self.own, *ancestors(self.own)) if self.own else ():
            if self._is_called(unit, mention.types):
                return unit if day is None else counterpart(unit, day)
        earlier_ones = [*self._recent[-_REMEMBERED:], *before]
        named = (self.resolve(earlier, day) for earlier in reversed(earlier_ones) if earlier.kind == "named")
        return next((code for code in named if code is not None and self._is_called(code, mention.types)), None)

    def _is_called(self, code: str, types: tuple[str, ...]) -> bool:
        unit = locality(code)
        return unit is not None and (unit.type in types or bool(self._called[code].intersection(types)))

    def _provinces(self, mentions: Iterable[PlaceMention]) -> list[str]:
        """Provinces by how often the article names them or districts of theirs, the source's own first."""
        counts: Counter[str] = Counter()
        for mention in mentions:
            for code in self._codes([mention]):
                counts[province_of(code) or COUNTRY] += self._weight(mention)
        named = [code for code, _ in counts.most_common() if code != COUNTRY]
        home = province_of(self.home) if self.home else None
        line = ([home] if home else []) + named
        return list(dict.fromkeys(line + other_list(line)))

    def _weight(self, mention: PlaceMention) -> int:
        """What a naming is worth: most in the title; nothing where it is only where somebody lives."""
        if is_address(self._text, mention.start):
            return 0
        if mention.start < self._title_end:
            return _TITLE
        return _LEAD if mention.start <= self._title_end + _LEAD_LENGTH else _BODY

    def _codes(self, mentions: Iterable[PlaceMention]) -> list[str]:
        resolved = (self._resolve_named(mention, self.published) for mention in mentions if mention.kind == "named")
        return [code for code in resolved if code is not None]

    def _find_own(self, mentions: Sequence[PlaceMention]) -> str | None:
        points: Counter[str] = Counter()
        for mention in mentions:
            code = self.resolve(mention, self.published) if mention.kind in ("named", "country") else None
            weight = self._weight(mention)
            if code is not None and weight:
                points[code] += weight
                self._called[code].update(mention.types)
        title = [mention for mention in mentions if mention.start < self._title_end]
        in_title = self._codes(title)
        if in_title:
            return self._widened(self._title_place(title, in_title, points), points)
        return self._without_title(mentions, points)

    def _title_place(self, title: Sequence[PlaceMention], codes: list[str], points: Counter[str]) -> str:
        """The place of a heading "Khánh Hòa: …", else the title's deepest: "Tiền Giang … thành phố Gò Công"."""
        deepest = deepest_of(codes)
        first = title[0]
        heads = self._text[first.end :].lstrip(" ").startswith(":") and self.resolve(first) == codes[0]
        return codes[0] if heads and points[codes[0]] >= points[deepest] else deepest

    def _widened(self, code: str, points: Counter[str]) -> str:
        """A list of all districts is the province's article: "Gia Nghĩa giữ ngôi đầu khối huyện"."""
        parent = next(ancestors(code), COUNTRY)
        siblings = [other for other in points if other != code and parent in list(ancestors(other))[:1]]
        others = sum(points[other] for other in siblings)
        if parent != COUNTRY and len(siblings) >= _SIBLINGS and others > points[code] - _TITLE:
            return parent
        return code

    def _without_title(self, mentions: Iterable[PlaceMention], points: Counter[str]) -> str | None:
        backs = Counter(kind for mention in mentions if mention.kind == "back" for kind in mention.types)
        home = self._home_then()
        near = {code for code in points if home and (code == home or home in ancestors(code))}
        named = near or {code for code in points if code != COUNTRY or not home}
        scores = {code: points[code] + self._answered(code, backs) for code in named}
        if not home and max(scores.values(), default=0) < _ENOUGH:
            return COUNTRY if self._is_national() else None
        return max(scores, key=lambda code: scores[code], default=home)  # of equals the one named first

    def _home_then(self) -> str | None:
        """The source's home on the day of publication; a merged province's paper writes about the new one."""
        if self.home is None or self.published is None:
            return self.home
        heir = new_province(self.home) if self.published >= REFORM else None
        return counterpart(self.home, self.published) or heir

    def _is_national(self) -> bool:
        return any(office in self._text for office in place_words()["national_offices"])

    def _answered(self, code: str, backs: Counter[str]) -> int:
        """How many "thành phố", "tỉnh" … of the text this unit would explain."""
        unit = locality(code)
        types = self._called[code] | ({unit.type} if unit else set())
        return sum(backs[kind] for kind in types)


def _are_seats(communes: Sequence[Bearer], districts: Sequence[Bearer]) -> bool:
    """The town of Bắc Hà lies in the district of Bắc Hà: naming the town does not say that "Bắc Hà" alone means it."""
    codes = {unit.code for unit in districts}
    return any(unit.tier == "commune" and codes.intersection(ancestors(unit.code)) for unit in communes)


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
