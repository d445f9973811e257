"""Whose row it is: a place's, a time's, an indicator's, the whole's, or that of one tier of offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from extractors.cues import cues
from extractors.periods import PeriodMention, find_periods
from extractors.places.article import ArticlePlaces
from extractors.places.mentions import PlaceMention
from extractors.table_names import Named, named_by, unit_in
from extractors.table_words import is_head, says
from extractors.tiers import TIERS, own_tier
from extractors.units import Unit
from extractors.wording import words_of

_NUMBERING = regex.compile(r"^\s*(?:(?:[IVX]{1,5}|\d{1,2}|[a-zđA-Z])(?:[.)]|\s-)\s+|[-–+•*]\s*)")
_MARKS = regex.compile(r"\s*\(?[*¹²³]+\)?\s*$")
_BRACKETS = regex.compile(r"\([^()]*\)")
_LETTER = regex.compile(r"\p{L}")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose figures a row holds; all fields empty for the whole. `mean`: an average, no sum."""

    place: PlaceMention | None = None
    time: PeriodMention | None = None
    named: Named | None = None
    tier: str | None = None
    mean: bool = False


def subject_of(
    words: str, head: str, unit: Unit | None, places: ArticlePlaces, published: date | None, above: str
) -> Subject | None:
    """The subject that the name of a row says; None where it is something else ("Sở Nội vụ", "Đất đai")."""
    words = _MARKS.sub("", _NUMBERING.sub("", words)).strip()
    time = _time_of(head, words, published)
    if time is not None:
        return Subject(time=time)
    return _place_of(words, places) or _whole_of(words, places) or _indicator_of(words, head, unit, above, places)


def _time_of(head: str, words: str, published: date | None) -> PeriodMention | None:
    """A row of times: "Tháng" over "10.2025", or "Quý I/2024" in the cell itself."""
    unit = next((unit for unit in words_of("tables")["time_units"] if head.lower().startswith(unit)), None)
    for text in (words, f"{unit} {words}" if unit else ""):
        times = find_periods(text, published) if text else []
        if len(times) == 1 and times[0].kind == "span" and len(text) - (times[0].end - times[0].start) <= 1:
            return times[0]
    return None


def _place_of(words: str, places: ArticlePlaces) -> Subject | None:
    """ "Phường An Lộc", "UBND xã Thanh Phú", "Toàn tỉnh": the cell is the place and says nothing else."""
    found = places.find(words, cell=True)
    if not found or found[0].kind not in ("named", "back", "country"):
        return None
    place = found[0]
    rest = words[: place.start] + " " + _BRACKETS.sub(" ", words[place.end :])
    if _LETTER.search(says("office").sub(" ", says("total").sub(" ", rest))):
        return None
    if place.kind == "back":
        return Subject(tier=tier_of(words, places))
    return Subject(place=place)


def _whole_of(words: str, places: ArticlePlaces) -> Subject | None:
    bare = _BRACKETS.sub(" ", words)
    rest = says("mean").sub(" ", says("total").sub(" ", bare))
    if not _LETTER.search(rest):
        return Subject(mean=says("mean").search(bare) is not None)
    tier = tier_of(bare, places)
    known = [cue for cue in cues().find(bare) if cue.kind == "scope"]
    for cue in sorted(known, key=lambda cue: -cue.start):
        rest = rest.replace(bare[cue.start : cue.end], " ")
    return Subject(tier=tier) if tier and not _LETTER.search(says("office").sub(" ", rest)) else None


def tier_of(words: str, places: ArticlePlaces) -> str | None:
    """The one tier of offices that words name; "UBND thành phố" is of the tier of the article's own place."""
    said = {cue.value for cue in cues().find(words) if cue.kind == "scope"}
    tiers = {own_tier(places) if value == "office" else value for value in said} & {*TIERS}
    return tiers.pop() if len(tiers) == 1 else None


def _indicator_of(words: str, head: str, unit: Unit | None, above: str, places: ArticlePlaces) -> Subject | None:
    if is_head(head, "places", "times"):
        return None
    named = named_by(words, unit or unit_in(words), above)
    return Subject(named=named, tier=tier_of(words, places)) if named else None
