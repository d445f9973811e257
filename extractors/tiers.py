"""Which tier of offices a figure covers: "UBND cấp xã", "khối sở, ngành", "bộ phận Một cửa thành phố"."""

from __future__ import annotations

import regex

from extractors.clauses import Clause
from extractors.cues import Cue, any_of, ends_with, starts_with, word_set
from extractors.indicators import Indicator
from extractors.meanings import INDICES, RATED_UNITS
from extractors.places.article import ArticlePlaces
from extractors.places.gazetteer import COUNTRY, locality
from extractors.places.mentions import PlaceMention
from extractors.sentences import Sentence, Spanned, nearest_before
from extractors.slots import Slot, span_of

OFFICE_DOMAINS = ("dossier", "online", "postal", "procedures", "feedback", "tasks", "digital")
"""Only these are split by tiers of offices; all else is of the whole locality."""
TIERS = ("province", "district", "commune")
_OFFICE_REACH = 40
_COUNTED = regex.compile(r"\d++$|\d++(?= $)")


def own_tier(places: ArticlePlaces) -> str | None:
    """The tier of the place that the article is about."""
    unit = locality(places.own) if places.own and places.own != COUNTRY else None
    return unit.tier if unit else None


def read_scope(
    clause: Clause, indicator: Indicator, places: ArticlePlaces, section: str | None, same_domain: bool
) -> Slot[str]:
    """The tier of offices a figure covers; indices and socio-economic figures are of the whole locality.

    `section` is the tier of the section's heading; `same_domain` whether the figure before was of the same matter.
    """
    if indicator.code == RATED_UNITS:
        return _units_scope(clause, places)
    if indicator.code.startswith(INDICES):
        return _group_scope(clause, indicator)
    if own_tier(places) == "commune":
        return Slot("all", "default")
    if indicator.domain not in OFFICE_DOMAINS:
        return _split_scope(clause)
    found = [cue for cue in _scope_cues(clause.sentence, places) if clause.sentence.visible(cue, clause.at)]
    scopes = [cue for cue in found if cue.start > clause.at or _carries(clause, cue, same_domain)]
    last = _last_scope(clause, scopes)
    if last is None:
        return Slot(section, "inherited") if section else Slot("all", "default")
    return Slot(_tier_of(clause.sentence, scopes, last, places), "explicit", span_of(last))


def _split_scope(clause: Clause) -> Slot[str]:
    """ "khối các sở, ngành giải ngân 54,2%, cấp huyện 67,35%": what is of the whole locality but for such a list."""
    cues = [cue for cue in clause.sentence.of_kind("scope") if cue.value in TIERS]
    own = [cue for cue in cues if clause.in_lead(cue) and not clause.commas(cue.end) and not clause.parted(cue.end)]
    split = len({cue.value for cue in cues}) > 1 and clause.figure.unit == "percent"
    return Slot(own[-1].value, "explicit", span_of(own[-1])) if own and split else Slot("all", "default")


def of_each_tier(clause: Clause, scope: Slot[str]) -> list[Slot[str]]:
    """ "cấp tỉnh 43%, cấp huyện và cấp xã chỉ 1%": beside the rate of the third tier it is one of each of the two."""
    cues = [cue for cue in clause.sentence.of_kind("scope") if cue.value in TIERS]
    own = [cue for cue in cues if clause.in_lead(cue)]
    beside = {cue.value for cue in cues if cue.end <= clause.lead[0]}
    third = set(TIERS) - {cue.value for cue in own}
    shared = scope.value == "all" and scope.how == "explicit" and clause.figure.unit == "percent"
    if not shared or len(own) != 2 or len(third) != 1 or not third & beside:
        return [scope]
    return [Slot(cue.value, "explicit", span_of(cue)) for cue in own]


def names_part(sentence: Sentence) -> bool:
    """ "riêng cấp xã tiếp nhận 310.462 hồ sơ": the next sentence is of the whole again."""
    before = (sentence.words(sentence.start, cue.start).rstrip() for cue in sentence.of_kind("scope"))
    return any(ends_with(words.removesuffix("UBND"), "of_which") for words in before)


def within(place: Slot[str], scope: Slot[str], indicator: Indicator) -> Slot[str]:
    """A commune has no offices but its own: "các xã gồm Diên Khánh (81,2%)" is all of Diên Khánh; nor has a district
    that an index ranks: "8/8 huyện xếp loại khá, huyện Ba Bể đạt 80,9 điểm"."""
    unit = locality(place.value)
    whole = ("commune", "district") if indicator.code.startswith(INDICES) else ("commune",)
    own = unit is not None and unit.tier == scope.value and scope.value in whole
    return Slot("all", scope.how, scope.span) if own else scope


def _last_scope(clause: Clause, scopes: list[Cue]) -> Cue | None:
    """The offices named before the figure, or behind it where its own words before it name none."""
    last = nearest_before(scopes, clause.at)
    behind = [cue for cue in scopes if clause.tail[0] <= cue.start and cue.end <= clause.tail[1] + 1]
    parts = [cue for cue in behind if cue.value != "whole"]
    return parts[0] if parts and (last is None or last.end <= clause.lead[0]) else last


def _units_scope(clause: Clause, places: ArticlePlaces) -> Slot[str]:
    """ "6/8 huyện, thành phố đạt loại Tốt", "khối huyện có 2/11 đơn vị": the offices counted are the scope."""
    figure = clause.figure
    for scope in ("district", "commune", "province"):
        if any_of(f"{scope}_units").search(figure.noun):
            return Slot(scope, "explicit", span_of(figure))
    named = [cue for cue in _scope_cues(clause.sentence, places) if cue.value in TIERS]
    if figure.value != 0:  # "cấp xã có 14 đơn vị loại Khá; không có đơn vị loại Yếu"
        named = [cue for cue in named if not clause.parted(cue.end)]
    last = nearest_before(named, clause.at)
    return Slot(last.value, "explicit", span_of(last)) if last else Slot("all", "default")


def _group_scope(clause: Clause, indicator: Indicator) -> Slot[str]:
    """An index of "khối huyện" as a whole; "đứng thứ 8 trong khối huyện" is one unit's rank in it."""
    sentence = clause.sentence
    groups = [cue for cue in sentence.of_kind("scope") if cue.end <= clause.at and not clause.parted(cue.end)]
    groups = [cue for cue in groups if _is_group(sentence, cue)]
    if not groups or clause.figure.kind == "rank":
        return Slot("all", "default")
    group = groups[-1]
    stated = any_of("group_verbs").search(sentence.words(group.end, clause.at))
    field = ends_with(sentence.words(sentence.start, group.start), "group_field")
    named = any(p.kind == "named" and group.end <= p.start and p.end <= clause.at for p in sentence.places)
    bare = indicator.code == "par.satisfaction" and not sentence.words(group.end, clause.at).strip()
    own = (stated or bare) and not field and not named
    return Slot(group.value, "explicit", span_of(group)) if own else Slot("all", "default")


def _is_group(sentence: Sentence, cue: Cue) -> bool:
    """ "khối huyện"; "cấp huyện" only behind the index's name: "Ở cấp tỉnh, Chỉ số CCHC của huyện" is the huyện's."""
    words = sentence.words(cue.start, cue.end).lower()
    if sentence.is_named(cue):
        return False
    named = any(label.end <= cue.start for label in sentence.labels)
    regarding = ends_with(sentence.words(sentence.start, cue.start), "regarding")
    return starts_with(words, "groups") or (named and (starts_with(words, "levels") or regarding))


def _carries(clause: Clause, cue: Cue, same_domain: bool) -> bool:
    """Across a semicolon only offices that had a figure of their own before it go on, and with the same matter."""
    sentence = clause.sentence
    if not clause.parted(cue.end):
        return True
    counted = any(other.start <= cue.start and _is_right_behind(sentence, cue, other.end) for other in sentence.figures)
    served = any(cue.end <= other.start and not sentence.parted(cue.end, other.start) for other in sentence.figures)
    return same_domain and served and not counted


def _is_right_behind(sentence: Sentence, cue: Cue, end: int) -> bool:
    """ "252 thủ tục cấp huyện": the offices of that figure alone."""
    return end <= cue.start and not sentence.words(end, cue.start).strip()


def _scope_cues(sentence: Sentence, places: ArticlePlaces) -> list[Cue]:
    """Scope cues, and places that stand as offices: "UBND TP. Nha Trang", "của huyện" beside "của cấp xã"."""
    scopes = sentence.of_kind("scope")
    offices = [p for p in sentence.places if _is_office(sentence, p, places)]
    contrast = sentence.of_kind("contrast") if any(cue.value == "commune" for cue in scopes) else []
    tiers = {tier.end + 1 for tier in scopes}  # "các xã, thị trấn của huyện" are communes
    contrast = [cue for cue in contrast if cue.start not in tiers]
    named: list[Spanned] = [*offices, *contrast]
    scopes = [cue for cue in scopes if not _is_where(sentence, cue, scopes)]
    found = [*scopes, *(Cue(found.start, found.end, "scope", "office") for found in named)]
    return sorted((cue for cue in found if not _is_acting(sentence, cue)), key=lambda cue: cue.end)


def _is_where(sentence: Sentence, whole: Cue, scopes: list[Cue]) -> bool:
    """ "UBND cấp huyện trên địa bàn tỉnh" are the districts' offices still."""
    tiers = (cue for cue in scopes if cue.value != "whole" and cue.end <= whole.start)
    return whole.value == "whole" and any(
        sentence.words(cue.end, whole.start).strip().lower() in word_set("located") for cue in tiers
    )


def _is_office(sentence: Sentence, place: PlaceMention, places: ArticlePlaces) -> bool:
    """A district named as its office: "UBND TP. Nha Trang"; a province's committee is no tier of its own."""
    before = sentence.words(place.start - _OFFICE_REACH, place.start).lower().rstrip()
    if not ends_with(before, "offices_before") or own_tier(places) != "district":
        return False
    return place.kind == "named" or (place.kind == "back" and places.resolve(place) == places.own)


def _is_acting(sentence: Sentence, cue: Cue) -> bool:
    """ "Theo UBND huyện …", "UBND thành phố giao …", "Giám đốc Trung tâm … tỉnh thông tin": it speaks or orders, the
    figures are not its own."""
    before = sentence.words(sentence.start, cue.start).lower().rstrip().removesuffix("ubnd")
    if ends_with(before, "officials"):
        return True
    if "ubnd" not in sentence.words(cue.start, cue.end).lower() and cue.value != "office":
        return False
    after = sentence.words(cue.end, sentence.end).lower().lstrip()
    return starts_with(after, "acting_after") or (
        ends_with(before, "acting_before") and not starts_with(after, "receiving")
    )


def _tier_of(sentence: Sentence, scopes: list[Cue], last: Cue, places: ArticlePlaces) -> str:
    """One tier, or `all` where several are named together: "khối sở, UBND cấp huyện và 103 xã, phường"."""
    together = {last.value}
    at = last.start
    for cue in reversed([cue for cue in scopes if cue.end <= last.start]):
        gap = _COUNTED.sub("", sentence.words(cue.end, at))
        if " ".join(gap.strip(" ,").lower().split()) not in word_set("with_offices"):
            break
        together.add(cue.value)
        at = cue.start
    end = last.end
    for cue in [cue for cue in scopes if cue.start >= last.end]:  # "100% cơ quan cấp tỉnh, cấp huyện"
        if sentence.words(end, cue.start).strip(" ,").lower() not in word_set("with_offices"):
            break
        together.add(cue.value)
        end = cue.end
    if len(together) > 1 or last.value == "whole":
        return "all"
    if last.value != "office":
        return last.value
    named = next((p for p in sentence.places if p.kind == "named" and last.start <= p.start <= last.end + 1), None)
    whole = named is not None and named.end > last.end  # "UBND thành phố Bến Tre" in an article on the province
    return (named.tier if whole and named else None) or own_tier(places) or "all"
