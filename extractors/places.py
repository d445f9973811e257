"""Find the places a text names: "TP. Nha Trang", "các xã A, B và C", "toàn tỉnh", "cả nước", "vùng Đông Nam Bộ".

The text is in the normal form of extractors/text.py. Words of the language are in catalogue/localities.yml, names in
the gazetteer; here is only how they stand together. A place keeps all units it may mean: which one it is depends on
the day and on the article (extractors/localities.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import regex

from extractors.gazetteer import Bearer, ancestors, bearers, place_words
from extractors.place_cues import (
    ends_longer_name,
    is_abroad,
    is_compound,
    is_country,
    is_generic,
    is_never_bare,
    is_ordinary,
    is_plural,
    is_ranked,
    is_surname,
)
from extractors.place_tokens import Token, find_tokens, is_numeral
from extractors.place_units import of_types, share_parent

_NEXT_NAME = regex.compile(r" (\p{Lu}[\p{L}\p{N}'’]*+)")
_UNKNOWN_NAME = regex.compile(r" ?(\p{Lu}\p{Ll}++(?: (?:- )?\p{Lu}\p{Ll}++){1,4})")
_NUMBERED = regex.compile(r" ?(\d{1,2}|[IVX]{1,4})(?![\p{L}\d]|[.,/%-]\d| ?%)")
_NEXT_IN_LIST = regex.compile(r"(?:\s?\([^()\n]{0,40}\))?(?:\s?[,;]|\s-)?(?:\s(?:và|hoặc|hay|cùng))?\s")
_LATER_IN_LIST = regex.compile(r"(?=[^\n]{0,60}[,;]|[^\n]{0,60}\bvà\b)(?:[^\n.!?\p{Lu}]|\.(?=\d)){1,60}")
_COUNTED_PROVINCES = regex.compile(r"\D?(?<![/\d.,])\K(\d{1,2}) tỉnh(?:,| và)? thành(?: phố)?(?!\p{L})")
_UNIT_ABOVE = regex.compile(r"\s?[,(–-]\s?|\s(?:(?:của|thuộc|ở)\s)?|,\s(?:thuộc|của)\s")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as it stands in a text, `start` to `end` half open, its type word and its "(province)" included.

    `kind`: named; back ("thành phố", "toàn tỉnh": refers to a place named elsewhere); country; region (several
    provinces); group ("toàn tỉnh" in "đứng thứ 2 toàn tỉnh": the field of a ranking); abroad (no place of ours).
    A named place without candidates is one the gazetteer does not know; its figures belong to nobody we know.
    """

    start: int
    end: int
    surface: str
    kind: str
    types: tuple[str, ...] = ()
    """Types of unit its type word stands for; empty for a bare name."""
    candidates: tuple[Bearer, ...] = ()
    name: str = ""
    plural: bool = False
    within: bool = False
    """Its own words name the unit above: "phường Rạch Giá (An Giang)"."""

    @property
    def tier(self) -> str | None:
        """The one tier its words leave open, None when there are several ("thành phố") or none."""
        tiers = {tier for kind in self.types for tier in place_words()["types"][kind]["tiers"]}
        if self.candidates:
            tiers = {bearer.tier for bearer in self.candidates}
        return tiers.pop() if len(tiers) == 1 else None

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code it may mean, over both lists."""
        return tuple(sorted({bearer.code for bearer in self.candidates}))


def find_places(text: str, known: Collection[str] = (), cell: bool = False) -> list[PlaceMention]:
    """Every place in a normalised text, left to right, without overlaps.

    `known`: names that the article has called by their type word; they count when bare too. `cell`: the text is a
    cell of a table, so that a name alone ("An Lộc") is a place of any tier.
    """
    reader = _Reader(text, frozenset(known), cell)
    return list(_join_units_above(text, reader.read()))


class _Reader:
    """One pass over the tokens of a text; keeps the place read last, because lists lean on it."""

    def __init__(self, text: str, known: frozenset[str], cell: bool) -> None:
        self.text = text
        self.known = known
        self.cell = cell
        self.tokens = list(find_tokens(text))
        self.at = 0

    def read(self) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if found and token.start < found[-1].end:
                continue
            mention = self._mention(token, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
        return found

    def _mention(self, token: Token, last: PlaceMention | None) -> PlaceMention | None:
        if token.label == "name":
            return self._listed(token, last) or self._bare(token)
        if token.label == "type":
            if is_compound(self.text, token.start):
                return None
            return self._typed(token) or self._provinces(token) or self._back(token)
        if token.label == "abroad":
            return self._place(token, token.end, "abroad") if is_abroad(self.text, token.start, token.end) else None
        if token.label == "region":
            return self._place(token, token.end, "region")
        if token.label == "country_name" and not is_country(self.text, token.start):
            return None
        return self._place(token, token.end, "group" if is_ranked(self.text, token.start) else "country")

    def _place(self, token: Token, end: int, kind: str, types: tuple[str, ...] = ()) -> PlaceMention:
        return PlaceMention(token.start, end, self.text[token.start : end], kind, types)

    def _named(self, token: Token, end: int, types: tuple[str, ...], units: tuple[Bearer, ...]) -> PlaceMention:
        name = self.text[token.start if token.label == "name" else token.end : end].strip()
        plural = token.label == "type" and is_plural(self.text, token.start)
        return replace(self._place(token, end, "named", types), candidates=units, name=name, plural=plural)

    def _typed(self, token: Token) -> PlaceMention | None:
        """A type word and its name: "TP. Nha Trang", "Quận 1", "xã Abc Xyz" (unknown); None when no name follows."""
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is not None and following.label == "name" and self._adjoins(token, following):
            units = of_types(following.units, token.types)
            if units and not self._goes_on(following):
                self.at += 1
                return self._named(token, following.end, token.types, units)
        return self._numbered(token) or self._unknown(token)

    def _adjoins(self, token: Token, following: Token) -> bool:
        between = self.text[token.end : following.start]
        return between == " " or (token.short and between.strip(" ") == "")

    def _numbered(self, token: Token) -> PlaceMention | None:
        match = _NUMBERED.match(self.text, token.end)
        if match is None or not {"Quận", "Phường"}.intersection(token.types) or is_plural(self.text, token.start):
            return None
        if token.short and not match[1].isdigit():  # "P.V" is a reporter
            return None
        return self._named(token, match.end(), token.types, of_types(bearers().get(match[1], ()), token.types))

    def _unknown(self, token: Token) -> PlaceMention | None:
        """A name the gazetteer lacks, of a ward merged long ago perhaps, and not "UBND tỉnh Nguyễn Văn A"."""
        match = _UNKNOWN_NAME.match(self.text, token.end)
        if match is None or is_surname(match[1].split(" ")[0]) or not (token.short or match[0][0] == " "):
            return None
        return self._named(token, match.end(), token.types, ())

    def _listed(self, token: Token, last: PlaceMention | None) -> PlaceMention | None:
        """The next name of "các xã A, B và C", of "Can Lộc, Vũ Quang" or of "xã A (0,4%), B (0,3%)"."""
        if last is None or last.kind != "named" or self._goes_on(token):
            return None
        units = of_types(token.units, last.types or ("Huyện",))
        if not units or not self._continues(token, last, units):
            return None
        return replace(self._named(token, token.end, last.types, units), plural=last.plural)

    def _continues(self, token: Token, last: PlaceMention, units: tuple[Bearer, ...]) -> bool:
        between = self.text[last.end : token.start]
        next_to_it = _NEXT_IN_LIST.fullmatch(between) is not None
        if next_to_it and last.types and last.plural:
            return True
        if self._reads_bare(token):
            return False
        if next_to_it and last.types:
            return True
        near = next_to_it or (bool(last.types) and _LATER_IN_LIST.fullmatch(between) is not None)
        return near and share_parent(last.candidates, units)

    def _bare(self, token: Token) -> PlaceMention | None:
        units = token.units
        if self.cell and self.text.strip(" .:0123456789-") == token.word:
            return self._named(token, token.end, (), units)
        if not self._reads_bare(token):
            return None
        if token.word not in self.known:
            units = tuple(unit for unit in units if unit.tier != "commune")
        return self._named(token, token.end, (), units)

    def _reads_bare(self, token: Token) -> bool:
        """May this name without a type word be a place here?"""
        tiers = {unit.tier for unit in token.units}
        if is_never_bare(token.word) or is_numeral(token.word):
            return False
        plain = "district" in tiers and not token.word.isupper() and not is_ordinary(token.word)
        if not (plain or "province" in tiers or token.word in self.known):
            return False
        return not self._goes_on(token) and not ends_longer_name(self.text, token.start)

    def _goes_on(self, token: Token) -> bool:
        """Does the name run on ("Vạn Thạnh Hòa")? A person or another whole name after a place does not count."""
        match = _NEXT_NAME.match(self.text, token.end)
        if match is None or is_surname(match[1]) or match[1].isupper():
            return False
        nearby = self.tokens[max(0, self.at - 1) : self.at + 2]
        return not any(other.start == match.start(1) and " " in other.word for other in nearby)

    def _provinces(self, token: Token) -> PlaceMention | None:
        """A count of provinces: the country in "63 tỉnh, thành phố", some of it in "37 tỉnh thành"."""
        match = _COUNTED_PROVINCES.match(self.text, max(0, token.start - 3))
        if match is None or match.start() != token.start - len(match[1]) - 1:
            return None
        kind = "country" if match[1] in ("63", "34") else "region"
        start, end = match.span()
        return PlaceMention(start, end, match[0], "group" if is_ranked(self.text, start) else kind)

    def _back(self, token: Token) -> PlaceMention | None:
        if token.short or is_generic(self.text, token.start, token.end):
            return None
        if self.text[max(0, token.start - 5) : token.start].lower() == "toàn ":
            token = replace(token, start=token.start - 5)
        kind = "group" if is_ranked(self.text, token.start) else "back"
        return self._place(token, token.end, kind, token.types)


def _join_units_above(text: str, found: list[PlaceMention]) -> Iterator[PlaceMention]:
    """One expression, one place: "huyện Bàu Bàng (Bình Dương)", "xã A, huyện B"; the unit above narrows the choice."""
    at = 0
    while at < len(found):
        mention = found[at]
        at += 1
        while at < len(found) and found[at].kind == "named":
            inside = _inside(mention, found[at])
            between = text[mention.end : found[at].start]
            if not inside or mention.plural or not _UNIT_ABOVE.fullmatch(between) or _is_again(mention, between):
                break
            end = found[at].end + (text[found[at].end : found[at].end + 1] == ")" and "(" in between)
            mention = replace(mention, end=end, surface=text[mention.start : end], candidates=inside, within=True)
            at += 1
        yield mention


def _is_again(child: PlaceMention, between: str) -> bool:
    """ "Sở Nội vụ Bắc Ninh, Bắc Ninh có …": a bare name that may be a province stands for itself."""
    return not child.types and "(" not in between and any(unit.tier == "province" for unit in child.candidates)


def _inside(child: PlaceMention, parent: PlaceMention) -> tuple[Bearer, ...]:
    above = set(parent.codes)
    return tuple(unit for unit in child.candidates if above.intersection(ancestors(unit.code)))
