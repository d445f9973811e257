"""Find the places a text names: "TP. Nha Trang", "các xã A, B và C", "toàn tỉnh", "cả nước", "vùng Đông Nam Bộ".

The text is in the normal form of extractors/text.py. Words of the language are in catalogue/localities.yml, names in
the gazetteer; here is only how they stand together. A place keeps all units it may mean: which one it is depends on
the day and on the article (extractors/places/article.py).
"""

from __future__ import annotations

from collections.abc import Collection

import regex

from extractors.places.abroad import is_abroad
from extractors.places.bearers import ends_longer_name
from extractors.places.cues import (
    begins_phrase,
    counted_provinces,
    heads_line,
    is_compound,
    is_counted,
    is_country,
    is_generic,
    is_later_in_list,
    is_next_in_list,
    is_other,
    is_plural,
    is_pointed,
    is_ranked,
    is_surname,
    names_begin,
    office_types,
    type_behind,
    whole_before,
    words_before,
)
from extractors.places.mentions import PlaceMention, joined_units_above
from extractors.places.names import Bearer, bearers, place_words
from extractors.places.tokens import Token, find_tokens, type_words
from extractors.places.units import of_types, share_parent

_NEXT_NAME = regex.compile(r" (\p{Lu}[\p{L}\p{N}'’]*+)")
_UNKNOWN_NAME = regex.compile(r" ?(\p{Lu}\p{Ll}++(?: (?:- )?\p{Lu}\p{Ll}++){1,4})")
_NUMBERED = regex.compile(r" ?(\d{1,2}|[IVX]{1,4})(?![\p{L}\d]|[.,/%-]\d| ?%)")
_NUMBERED_TYPES = frozenset({"Quận", "Phường"})


def find_places(text: str, known: Collection[str] = (), cell: bool = False) -> list[PlaceMention]:
    """Every place in a normalised text, left to right, without overlaps.

    `known`: names that the article has called by their type word; they count when bare too. `cell`: the text is a
    cell of a table, so that a name alone ("An Lộc") is a place of any tier.
    """
    return PlaceReader(text, cell).read(known)


class PlaceReader:
    """Reads the tokens of a text, once, or again with more known."""

    def __init__(self, text: str, cell: bool = False) -> None:
        self.text = text
        self.cell = cell
        self.tokens = list(find_tokens(text))
        self.known: Collection[str] = frozenset()
        self.at = 0
        self.before = ""
        """What stands before the type word read last."""
        self._bare_ones: set[str] = set()
        self._left_out: set[str] = set()

    def read(self, known: Collection[str] = ()) -> list[PlaceMention]:
        """The places, with what is known of the article's names; see `find_places`."""
        self.known, self.at = frozenset(known), 0
        found: list[PlaceMention] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if found and token.start < found[-1].end:
                continue
            mention = self._mention(token, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
        return list(joined_units_above(self.text, found))

    def reads_otherwise(self, known: Collection[str], communes: Collection[str]) -> bool:
        """Would what was read without them be read otherwise with these names known, some of them of communes?"""
        return not (self._left_out.isdisjoint(known) and self._bare_ones.isdisjoint(communes))

    def _mention(self, token: Token, last: PlaceMention | None) -> PlaceMention | None:
        if token.label == "name":
            return self._listed(token, last) or self._bare(token)
        if token.label == "type":
            self.before = words_before(self.text, token.start)
            if is_compound(self.before):
                return None
            return self._typed(token) or self._announced(token) or self._provinces(token) or self._back(token)
        if token.label == "abroad":
            return self._place(token, token.end, "abroad") if is_abroad(self.text, token.start, token.end) else None
        if token.label == "region":
            return self._place(token, token.end, "region")
        if token.label == "this_place":
            return self._place(token, token.end, "back", tuple(place_words()["types"]))._replace(pointed=True)
        if token.label == "no_place" or is_other(self.text, token.end):
            return None
        if token.label == "country_name" and not is_country(self.text, token.start):
            return None
        return self._place(token, token.end, "group" if is_ranked(self.text, token.start) else "country")

    def _place(self, token: Token, end: int, kind: str, types: tuple[str, ...] = ()) -> PlaceMention:
        return PlaceMention(token.start, end, self.text[token.start : end], kind, types)

    def _named(self, token: Token, end: int, types: tuple[str, ...], units: tuple[Bearer, ...]) -> PlaceMention:
        words = self.text[token.start : end]
        name = words if token.label == "name" else self.text[token.end : end].strip()
        plural = token.label == "type" and is_plural(self.before)
        return PlaceMention(token.start, end, words, "named", types, units, name, plural)

    def _typed(self, token: Token) -> PlaceMention | None:
        """A type word and its name: "TP. Nha Trang", "Quận 1", "xã Abc Xyz" (unknown); None when no name follows."""
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is not None and following.label == "name" and self._adjoins(token, following):
            units = following.units_of(token.word.types)
            if units and not self._goes_on(following):
                self.at += 1
                return self._named(token, following.end, token.word.types, units)
        return self._numbered(token) or self._unknown(token)

    def _announced(self, token: Token) -> PlaceMention | None:
        """The first name of "các phường phía nam gồm Phan Rang, Bảo An"; the others follow as in any list."""
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is None or following.label != "name" or not is_plural(self.before) or is_counted(self.before):
            return None
        units = following.units_of(token.word.types)
        if not units or self._goes_on(following) or not names_begin(self.text, token.end, following.start):
            return None
        self.at += 1
        return self._named(following, following.end, token.word.types, units)._replace(plural=True)

    def _adjoins(self, token: Token, following: Token) -> bool:
        between = self.text[token.end : following.start]
        return between == " " or (token.word.short and between.strip(" ") == "")

    def _numbered(self, token: Token) -> PlaceMention | None:
        if _NUMBERED_TYPES.isdisjoint(token.word.types):
            return None
        match = _NUMBERED.match(self.text, token.end)
        if match is None or is_plural(self.before):
            return None
        if token.word.short and not match[1].isdigit():  # "P.V" is a reporter
            return None
        return self._named(
            token, match.end(), token.word.types, of_types(bearers().get(match[1], ()), token.word.types)
        )

    def _unknown(self, token: Token) -> PlaceMention | None:
        """A name the gazetteer lacks, of a ward merged long ago perhaps, and not "UBND tỉnh Nguyễn Văn A"."""
        if not self.text[token.end : token.end + 2].strip(" ")[:1].isupper():
            return None
        match = _UNKNOWN_NAME.match(self.text, token.end)
        if match is None or is_surname(match[1].split(" ")[0]) or not (token.word.short or match[0][0] == " "):
            return None
        return self._named(token, match.end(), token.word.types, ())

    def _listed(self, token: Token, last: PlaceMention | None) -> PlaceMention | None:
        """The next name of "các xã A, B và C", of "Can Lộc, Vũ Quang" or of "xã A (0,4%), B (0,3%)"."""
        if last is None or last.kind != "named":
            return None
        units = token.units_of(last.types or ("Huyện",))
        if not units or self._goes_on(token) or not self._continues(token, last, units):
            return None
        return self._named(token, token.end, last.types, units)._replace(plural=last.plural)

    def _continues(self, token: Token, last: PlaceMention, units: tuple[Bearer, ...]) -> bool:
        between = self.text[last.end : token.start]
        next_to_it = is_next_in_list(between)
        near = next_to_it or (bool(last.types) and is_later_in_list(between))
        if last.types and last.plural and (next_to_it or (near and share_parent(last.candidates, units))):
            return True
        if self._reads_bare(token):
            return False
        if next_to_it and last.types:
            return True
        return near and share_parent(last.candidates, units)

    def _bare(self, token: Token) -> PlaceMention | None:
        units = token.word.units
        if self.cell and self.text.strip(" .:0123456789-") == token.text:
            return self._named(token, token.end, (), units)
        if (kind := type_behind(self.text, token.end)) and (of_kind := token.units_of(type_words().get(kind, ()))):
            return self._named(token, token.end, type_words()[kind], of_kind)
        if not self._reads_bare(token):
            return None
        types = office_types(self.text, token.start)
        if types and (of_office := token.units_of(types)):
            return self._named(token, token.end, types, of_office)
        self._bare_ones.add(token.text)
        if token.text not in self.known:
            units = tuple(unit for unit in units if unit.tier != "commune")
        return self._named(token, token.end, (), units)

    def _reads_bare(self, token: Token) -> bool:
        """May this name without a type word be a place here?"""
        word = token.word
        if word.never_bare:
            return False
        plain = "district" in word.tiers and self._is_plain(token)
        if not (plain or "province" in word.tiers or token.text in self.known):
            self._left_out.update(word.names, (token.text,))
            return False
        return not self._goes_on(token) and not ends_longer_name(self.text, token.start)

    def _is_plain(self, token: Token) -> bool:
        """Is it surely a district's name? In capitals any word may look like one that is not at home here."""
        ordinary = token.word.ordinary
        if not token.text.isupper():
            return not ordinary
        if any(name in self.known for name in token.word.names):
            return not ordinary or begins_phrase(self.text, token.start)
        return heads_line(self.text, token.start, token.end, also_ordinary=ordinary)

    def _goes_on(self, token: Token) -> bool:
        """Does the name run on ("Vạn Thạnh Hòa")? A person or another whole name after a place does not count."""
        match = _NEXT_NAME.match(self.text, token.end)
        if match is None or is_surname(match[1]) or match[1].isupper():
            return False
        nearby = self.tokens[max(0, self.at - 1) : self.at + 2]
        return not any(other.start == match.start(1) and " " in other.text for other in nearby)

    def _provinces(self, token: Token) -> PlaceMention | None:
        """A count of provinces: the country in "63 tỉnh, thành phố", some of it in "37 tỉnh thành"."""
        if not self.text[max(0, token.start - 2) : token.start].rstrip(" ").isdigit():
            return None
        match = counted_provinces().match(self.text, max(0, token.start - 3))
        if match is None or match.start() != token.start - len(match[1]) - 1:
            return None
        kind = "country" if match[1] in ("63", "34") else "region"
        start, end = match.span()
        return PlaceMention(start, end, match[0], "group" if is_ranked(self.text, start) else kind)

    def _back(self, token: Token) -> PlaceMention | None:
        if token.word.short or is_generic(self.before, self.text, token.start, token.end):
            return None
        token = token._replace(start=token.start - whole_before(self.before))
        kind = "group" if is_ranked(self.text, token.start) else "back"
        words, pointed = self.text[token.start : token.end], is_pointed(self.text, token.end)
        return PlaceMention(token.start, token.end, words, kind, token.word.types, pointed=pointed)
