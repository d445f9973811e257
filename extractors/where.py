"""Whose figure it is: the locality that a figure speaks of."""

from __future__ import annotations

from datetime import date
from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import ends_with, one_of, starts_with, word_set
from extractors.indicators import Indicator
from extractors.named_behind import place_behind
from extractors.not_own import is_of_others
from extractors.origins import is_origin, says_where
from extractors.places.article import ArticlePlaces
from extractors.places.gazetteer import COUNTRY, locality
from extractors.places.mentions import PlaceMention
from extractors.places.units import relatives
from extractors.sentences import Sentence, nearest_before
from extractors.slots import Slot, span_of
from extractors.tiers import TIERS, own_tier

_NAME = regex.compile(r"\b\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+ $")
_FIELDS = ("region", "country")
"""Kinds of place that somebody is ranked in, and not ranked."""
_COMPARED_REACH = 25
_VENUE_REACH = 40
_EXCLUDING_REACH = 12


def read_locality(
    clause: Clause,
    places: ArticlePlaces,
    day: date | None,
    passage: PlaceMention | None = None,
    before: Slot[str] | None = None,
) -> Slot[str] | None:
    """The locality a figure speaks of, else the one that its `passage` does, or whose the sentence `before` was; None
    where that is not one known unit."""
    mention = _place_of(clause, places)
    name = "" if mention is not None else _unknown_name(clause)
    if name:
        given = places.given(name)
        return Slot(given, "explicit") if given else None
    if mention is None:
        if is_of_others(clause, places):
            return None
        if passage is not None:
            there = places.resolve(passage, day)
            return Slot(there, "inherited", span_of(passage)) if there else None
        if before is not None:
            return before
        own = places.own_at(day)
        return Slot(own, "default") if own else None
    return locality_of(mention, clause.sentence, places, day)


@cache
def _leader() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{one_of('equating')}) (\p{{Lu}}\p{{Ll}}+ \p{{Lu}}\p{{Ll}}+)")


def _unknown_name(clause: Clause) -> str:
    """ "dẫn đầu là Na Hối (88,2%)": a name that is no place we know, behind a rank or before a number in brackets."""
    sentence, bracket = clause.sentence, clause.alone_in_bracket()
    if clause.figure.kind == "rank":
        leader = _leader().search(sentence.words(*clause.tail))
        return leader[1] if leader else ""
    if bracket is None:
        return ""
    name = _NAME.search(sentence.words(sentence.start + 1, bracket[0]))
    at = bracket[0] - len(name[0]) if name else 0
    if name is None or any(found.start < bracket[0] and at < found.end for found in sentence.labels):
        return ""
    return name[0].strip()


def meanings(clause: Clause, places: ArticlePlaces, day: date | None) -> tuple[str, tuple[str, ...]]:
    """The words for a place that is not one known unit, and the units that they may mean."""
    mention, name = _place_of(clause, places), _unknown_name(clause)
    if mention is not None:
        return mention.surface, places.candidates(mention, day)
    own = locality(places.own) if places.own and not name else None
    return (own.name, relatives(own.id)) if own else (name, ())


def locality_of(mention: PlaceMention, sentence: Sentence, places: ArticlePlaces, day: date | None) -> Slot[str] | None:
    """The one unit that a place mention means on a day."""
    before = [place for place in sentence.places if place.end <= mention.start]
    code = places.resolve(mention, day, before)
    return Slot(code, "explicit", span_of(mention)) if code else None


def _place_of(clause: Clause, places: ArticlePlaces) -> PlaceMention | None:
    exact = _in_own_bracket(clause) or place_behind(clause)
    if exact is not None:
        return exact
    governing = [place for place in clause.sentence.places if _governs(clause, place, places)]
    nearest = nearest_before((p for p in governing if clause.sentence.visible(p, clause.at)), clause.at)
    behind = [place for place in governing if clause.behind_number(place) and not _is_field(clause, place)]
    if clause.figure.kind == "rank":  # "đứng thứ 2 cả nước, sau TP.HCM"
        behind = [place for place in behind if not _is_compared(clause.sentence, place)]
    far = nearest is None or nearest.kind == "back" or clause.commas(nearest.end) or clause.parted(nearest.end)
    leader = next((place for place in behind if _is_leader(clause, place)), None)
    return leader or (behind[0] if behind and far else nearest)


def _is_leader(clause: Clause, place: PlaceMention) -> bool:
    """ "dẫn đầu toàn tỉnh Lâm Đồng là thành phố Đà Lạt": who it is stands behind "là"."""
    before = clause.sentence.words(clause.at, place.start).split()
    return clause.figure.kind == "rank" and " ".join(before[-1:]) in word_set("equating")


def _is_field(clause: Clause, place: PlaceMention) -> bool:
    """ "xếp thứ 7/78 xã, phường trong toàn tỉnh", "38/63 tỉnh, thành phố trong cả nước": where it was ranked, not whose
    rank it is."""
    field = place.kind == "back" or (place.kind in _FIELDS and place.start >= clause.figure.end)
    return clause.figure.kind == "rank" and field


def _is_former_field(clause: Clause, place: PlaceMention) -> bool:
    """ "đứng thứ 2 vùng Tây Nguyên, thứ 21 cả nước": that region was the field of the place before; "Krông Pắc đứng thứ
    5/15 huyện của Đắk Lắk, với 84,27%": so was that province."""
    ranks = [f for f in clause.sentence.figures if f.kind == "rank" and f.end <= place.start and f.end <= clause.at]
    if not ranks or clause.sentence.commas(ranks[-1].end, place.start):
        return False
    ranked = any(p.kind == "named" and p.end <= ranks[-1].start for p in clause.sentence.places)
    among = ends_with(clause.sentence.words(ranks[-1].end, place.start), "ranked_among")
    return place.kind in _FIELDS or (ranked and among and place.start < clause.at)


def _governs(clause: Clause, place: PlaceMention, places: ArticlePlaces) -> bool:
    """Does a place take over the figures behind it? In a town its "tỉnh phấn đấu" does, "UBND tỉnh giao" does not."""
    if place.kind == "group" or _is_venue(clause.sentence, place) or _is_former_field(clause, place):
        return False
    if ends_with(clause.sentence.words(place.start - _EXCLUDING_REACH, place.start), "excluding"):
        return False
    if clause.parted(place.end) and _is_part(clause.sentence, place):
        return False
    if _is_gone(clause, place) or is_origin(clause.sentence, place) or says_where(clause, place, places):
        return False
    if place.kind == "back":
        aims = starts_with(clause.sentence.words(place.end, clause.at).lstrip(), "aiming")
        return (
            aims
            or is_wide(place)
            or places.resolve(place) == places.own
            or _is_owner_below(clause.sentence, place, places)
            or _is_subject_below(clause.sentence, place, places)
        )
    return True


def _is_part(sentence: Sentence, place: PlaceMention) -> bool:
    """ "đạt 92%, trong đó huyện Hồng Ngự và Tân Hồng 88%; giải quyết việc làm …" is of the whole again."""
    return starts_with(sentence.since_stop(place.start).lstrip(), "of_which")


def _is_gone(clause: Clause, place: PlaceMention) -> bool:
    """A place that was only compared with is gone at the next comma."""
    if not _is_compared(clause.sentence, place) or _is_explained(clause, place):
        return False
    return bool(clause.commas(place.end)) or _is_left(clause, place)


def _is_explained(clause: Clause, place: PlaceMention) -> bool:
    """ "xếp sau Quảng Ninh (12,1 triệu lượt, doanh thu 28.600 tỷ đồng)": all of a bracket right behind a place."""
    bracket = clause.sentence.bracket(clause.at)
    return bracket is not None and not clause.sentence.words(place.end, bracket[0]).strip()


def _is_left(clause: Clause, place: PlaceMention) -> bool:
    """ "cao hơn bình quân cả nước (60,4%) nhưng thấp hơn 3,2 điểm": behind the bracket the subject is back."""
    return ")" in clause.sentence.words(place.end, clause.at) and clause.sentence.bracket(clause.at) is None


def is_wide(place: PlaceMention) -> bool:
    """ "toàn tỉnh", "cả thành phố"."""
    return place.kind == "back" and starts_with(place.surface, "all_of")


def _is_below(place: PlaceMention, places: ArticlePlaces) -> bool:
    """Whether a place is of a lower tier than the one that the article is about."""
    own = own_tier(places)
    return own is not None and place.tier is not None and TIERS.index(place.tier) > TIERS.index(own)


def _is_owner_below(sentence: Sentence, place: PlaceMention, places: ArticlePlaces) -> bool:
    """ "Tỷ lệ hộ nghèo của xã còn 2,9%" in an article on a province: never its; "của phường, xã" is a tier."""
    tiers = [cue for cue in sentence.of_kind("scope") if cue.start <= place.start and place.end < cue.end]
    below = _is_below(place, places) and not any(cue.value in TIERS for cue in tiers)
    return below and ends_with(sentence.words(sentence.start, place.start), "owning")


def _is_subject_below(sentence: Sentence, place: PlaceMention, places: ArticlePlaces) -> bool:
    """ "…, thị xã đang có 86,9% hồ sơ nộp qua mạng" in an article on a province."""
    begins = sentence.words(sentence.start, place.start).rstrip()[-1:] in ("", ",", ";", ":")
    behind = sentence.words(place.end, sentence.end).lstrip()
    return begins and _is_below(place, places) and starts_with(behind, "of_subjects")


def _is_compared(sentence: Sentence, place: PlaceMention) -> bool:
    """ "thấp hơn bình quân cả nước (71,5%), đứng thứ 30": that place is gone at the next comma."""
    near = [cue for cue in sentence.of_kind("compared") if 0 <= place.start - cue.end <= _COMPARED_REACH]
    return any(not sentence.commas(cue.end, place.start) and not sentence.parted(cue.end, place.start) for cue in near)


def _is_venue(sentence: Sentence, place: PlaceMention) -> bool:
    """ "họp báo tổ chức sáng 29/6 tại Hà Nội": where a meeting was held."""
    before = sentence.words(place.start - 4, place.start).strip().lower()
    return before in word_set("venues") and any(
        0 <= place.start - cue.end <= _VENUE_REACH for cue in sentence.of_kind("event")
    )


def _in_own_bracket(clause: Clause) -> PlaceMention | None:
    """ "từ 75,2% (Khánh Sơn) đến 88,9% (Ninh Hòa)": a bracket right behind holds the place."""
    sentence, end = clause.sentence, clause.figure.end
    for place in sentence.places:
        bracket = sentence.bracket(place.start)
        if place.kind == "named" and bracket and bracket[0] >= end and not sentence.words(end, bracket[0]).strip():
            alone = sentence.words(*bracket).strip(" ()") == sentence.words(place.start, place.end)
            return place if alone else None
    return None


def place_before(sentence: Sentence, place: Slot[str] | None, own: str | None) -> Slot[str] | None:
    """Whose the sentence before was, if this one goes on with it: "Trong đó, …", or of a province other than the
    article's own: "Thừa Thiên Huế đón 145.000 lượt khách. Doanh thu du lịch được 290 tỷ đồng"."""
    if place is None or starts_with(sentence.text, "going_on"):
        return place
    unit, mine = (locality(id) if id and id != COUNTRY else None for id in (place.value, own))
    province = unit is not None and unit.tier == "province" and (mine is None or mine.tier == unit.tier)
    return place if province and unit != mine else None


def fits_tier(code: str, indicator: Indicator) -> bool:
    """Whether an indicator is ever given for a unit of that tier: a commune counts no communes."""
    unit = locality(code) if code != COUNTRY else None
    return not indicator.tiers or unit is None or unit.tier in indicator.tiers
