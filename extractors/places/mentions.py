"""A place as a text names it, with all units that it may mean; the unit above narrows the choice: "xã A, huyện B"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from extractors.places.gazetteer import ancestors
from extractors.places.names import Bearer, place_words
from extractors.wording import choices


class PlaceMention(NamedTuple):
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
    pointed: bool = False
    """ "tỉnh này": the place named last, not the article's own."""

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
        return tuple(sorted({bearer.id for bearer in self.candidates}))


def joined_units_above(text: str, found: list[PlaceMention]) -> Iterator[PlaceMention]:
    """One expression, one place: "huyện Bàu Bàng (Bình Dương)", "xã A, huyện B"; the unit above narrows the choice."""
    at = 0
    while at < len(found):
        mention = found[at]
        at += 1
        while at < len(found) and found[at].kind == "named":
            inside = _inside(mention, found[at])
            between = text[mention.end : found[at].start]
            if not inside or mention.plural or not _unit_above().fullmatch(between) or _is_again(mention, between):
                break
            end = found[at].end + (text[found[at].end : found[at].end + 1] == ")" and "(" in between)
            surface = text[mention.start : end]
            mention = mention._replace(end=end, surface=surface, candidates=inside, within=True)
            at += 1
        yield mention


def _is_again(child: PlaceMention, between: str) -> bool:
    """ "Sở Nội vụ Bắc Ninh, Bắc Ninh có …": a bare name that may be a province stands for itself."""
    return not child.types and "(" not in between and any(unit.tier == "province" for unit in child.candidates)


def _inside(child: PlaceMention, parent: PlaceMention) -> tuple[Bearer, ...]:
    above = set(parent.codes)
    return tuple(unit for unit in child.candidates if above.intersection(ancestors(unit.id)))


@cache
def _unit_above() -> regex.Pattern[str]:
    """What parts a name and that of the unit above: "xã A, huyện B", "xã A (huyện B)", "xã A thuộc huyện B"."""
    words = place_words()
    within, behind_comma = choices(words["within"]), choices(words["within_behind_comma"])
    return regex.compile(rf"\s?[,(–-]\s?|\s(?:(?:{within})\s)?|,\s(?:{behind_comma})\s")
