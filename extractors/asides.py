"""Figures that are nobody's here: thresholds of rules, one company's or family's, parts that no indicator expresses."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.aims import is_divisor
from extractors.apart import is_apart
from extractors.clauses import Clause
from extractors.cues import Cue, any_of, ends_with, starts_with, word_set
from extractors.departments import is_departments, serving
from extractors.foreign import is_foreign
from extractors.inhabitants import NAME, hamlets, is_in_place, persons, takes_over
from extractors.places.names import place_words
from extractors.portions import is_portion
from extractors.sentences import Sentence, Spanned, nearest_before
from extractors.slots import Span
from extractors.wording import choices

_COMPANY_REACH = 2
"""So many commas on a company still speaks, one of several too."""
_NEAR = 16
_POPULATION = "social.population"
_FIRMS = ("business.", "invest.")
_WHOLE = 100
_KINDS = frozenset(("rule", "asked", "asked_bound", "ruled", "running", "stock", "company", "site", "others", "part"))
_WORD_BEHIND = regex.compile(r" \p{L}")


def is_aside(clause: Clause) -> bool:
    """Thresholds of rules, one company's or family's figures, parts that the catalogue does not express."""
    if is_threshold(clause) or _counts_some(clause) or is_divisor(clause) or is_departments(clause) or is_apart(clause):
        return True
    if is_portion(clause):
        return True
    return _speaks_of_others(clause.sentence) and (_is_of_rule(clause) or _is_nobodys(clause))


def goes_on(clause: Clause) -> bool:
    """Whether what such a figure is of is spoken of further: behind a threshold, a department's own score, some of the
    dossiers."""
    return is_threshold(clause) or is_departments(clause) or is_portion(clause)


@lru_cache(maxsize=16)
def _speaks_of_others(sentence: Sentence) -> bool:
    """Whether any figure of the sentence may be of a rule, a company, a family, a part."""
    cued = any(cue.kind in _KINDS for cue in sentence.cues)
    named = any(any_of(kind).may_be_in(sentence.text) for kind in ("hamlets", "persons"))
    return cued or named or bool(serving(sentence))


def _is_of_rule(clause: Clause) -> bool:
    sentence = clause.sentence
    rules = [c for c in sentence.of_kind("rule") if not ends_with(sentence.words(c.start - 10, c.start), "denials")]
    told = any(not sentence.parted(*sorted((cue.start, clause.at))) for cue in rules)
    return told or _is_asked(clause) or _is_ruled(clause)


def _is_nobodys(clause: Clause) -> bool:
    return clause.figure.kind != "rank" and any(
        is_nobodys(clause) for is_nobodys in (_is_ones_own, _is_stock, _is_of_others, _is_of_part)
    )


def is_threshold(clause: Clause) -> bool:
    """ "Ba đơn vị trên 90% là …", "16 tỉnh có 100% số xã đạt chuẩn": what the units counted are beyond."""
    if _is_bound(clause) and _is_mark(clause):
        return True
    if not _is_bound(clause) and not (clause.figure.unit == "percent" and clause.figure.value == _WHOLE):
        return False
    words = clause.sentence.words(clause.lead[0], clause.figure.bound_start).lower().split()
    return " ".join(words[-2:]) in word_set("counted_units") or _counts_units(clause)


def _is_mark(clause: Clause) -> bool:
    """ "chỉ Cao Lãnh (93,65%) và Sa Đéc (92,4%) vượt mốc 92%"."""
    sentence, at = clause.sentence, clause.figure.bound_start
    alike = [f for f in sentence.figures if f.unit == clause.figure.unit and f.end <= at]
    reached = any(not sentence.commas(f.end, at) for f in alike)
    return reached and ends_with(clause.sentence.words(clause.at - _NEAR, clause.at), "marks")


def _counts_units(clause: Clause) -> bool:
    """ "9/13 huyện có Chỉ số CCHC trên 85%", "3 đơn vị để trễ hạn trên 2%": units are counted by what they reached."""
    counted = [f for f in clause.sentence.figures if f.end <= clause.figure.bound_start and f.unit == "count"]
    if not counted or counted[-1].noun.lower().split(",")[0] not in word_set("units_without"):
        return False
    end = counted[-1].end
    if clause.parted(end) or ends_with(clause.sentence.words(end, clause.figure.bound_start), "working"):
        return False
    behind = clause.sentence.words(end, clause.at).rpartition(", ")[2].lower()
    return not clause.commas(end) or (clause.commas(end) == 1 and starts_with(behind, "reached_by_units"))


def _is_bound(clause: Clause) -> bool:
    return clause.figure.bound in ("gt", "ge", "lt", "le")


def _is_asked(clause: Clause) -> bool:
    """ "được công nhận khi tỷ lệ hộ nghèo dưới 5%"; "để được công nhận, xã phấn đấu …" is an aim, "đã đạt" a fact."""
    sentence = clause.sentence
    timeless = not any(period.end <= clause.at for period in sentence.periods)
    cues = sentence.of_kind("asked") + (sentence.of_kind("asked_bound") if timeless and _is_bound(clause) else [])
    if not cues or any_of("aiming").search(sentence.words(sentence.start, clause.at)):
        return False
    done = nearest_before(sentence.of_kind("status", "actual"), clause.at)
    before = [cue for cue in cues if cue.end <= clause.at and not clause.parted(cue.end)]
    return any(done is None or done.start < cue.end for cue in before)


def _is_ruled(clause: Clause) -> bool:
    """ "dưới 60% phải giải trình", "nếu dưới 95%, người đứng đầu phải …": a bound and its consequence, and no aim."""
    sentence, end = clause.sentence, clause.figure.end
    aims = [cue for cue in sentence.of_kind("status", "target") if cue.end <= clause.at]
    if not _is_bound(clause) or any(not clause.parted(cue.end) for cue in aims):
        return False
    cues = [cue for cue in sentence.of_kind("ruled") if cue.start >= end and not sentence.parted(end, cue.start)]
    supposed = any_of("supposing").search(sentence.words(sentence.start, clause.at)) is not None
    return any(sentence.commas(end, cue.start) <= int(supposed) for cue in cues)


def _counts_some(clause: Clause) -> bool:
    """ "Toàn tỉnh có 38 người chết" are not all people, "Toàn xã có 14.905 người, trong đó …" are."""
    figure, sentence = clause.figure, clause.sentence
    if figure.unit != "persons":
        return False
    people = [label for label in sentence.labels if label.codes[0] == _POPULATION and label.start < figure.start]
    if not any(figure.start < label.end for label in people):
        return bool(people) and any_of("some_people").search(clause.lead_words) is not None
    behind = sentence.words(figure.end, sentence.end)
    return _WORD_BEHIND.match(behind) is not None and not starts_with(behind.lstrip(), "of_all")


def _is_stock(clause: Clause) -> bool:
    """ "243 doanh nghiệp mới, nâng tổng số doanh nghiệp lên 9.870": all there are, not the new ones."""
    if any(clause.figure.start < cue.start < clause.figure.end for cue in clause.sentence.of_kind("running")):
        return True
    named = any(clause.in_lead(label) and not label.codes[0].startswith(_FIRMS) for label in clause.sentence.labels)
    if named or is_foreign(clause):
        return False
    return any(cue.end <= clause.at and not clause.parted(cue.end) for cue in clause.sentence.of_kind("stock"))


def _is_ones_own(clause: Clause) -> bool:
    """A company's, a site's, a family's, a hamlet's: theirs up to where a place or "toàn tỉnh" speaks again."""
    sentence = clause.sentence
    companies = [cue for cue in sentence.of_kind("company") if cue.end <= clause.at]
    if any(_is_near(clause, cue) for cue in companies):
        return True
    ones = [span for cue in [*companies, *sentence.of_kind("site")] if (span := _one(sentence, cue))]
    ones += [*hamlets(sentence), *persons(clause), *serving(sentence)]
    return any(end <= clause.at and not _speaks_again(clause, end) for _, end in ones)


def _is_near(clause: Clause, cue: Cue) -> bool:
    """Within so many commas several companies speak too: "các công ty …, nộp ngân sách 410 tỷ đồng"."""
    near = not clause.parted(cue.end) and clause.commas(cue.end) <= _COMPANY_REACH
    return near and not any_of("everywhere").search(clause.sentence.words(cue.end, clause.at))


def _one(sentence: Sentence, cue: Cue) -> Span | None:
    """Where one company or site stands, its name included: a name or "này" follows, or it begins the sentence."""
    before = sentence.words(cue.start - _NEAR, cue.start).lower().rstrip()
    if before[-1:].isdigit() or ends_with(before, "several") or ends_with(before, "by_way_of"):
        return None
    if is_in_place(sentence, cue.start, cue.end):
        return None
    behind = sentence.words(cue.end, sentence.end)
    name = _name_behind().match(behind)
    if name is None and cue.start > sentence.start and not starts_with(behind.lstrip(), "pointing"):
        return None
    return cue.start, cue.end + (name.end() if name else 0)


@cache
def _name_behind() -> regex.Pattern[str]:
    """ " quốc tế Cam Ranh", " CP Dệt may Nha Trang"; but not " du lịch của Hà Nam"."""
    stops = choices(place_words()["bearers"]["prepositions"])
    return regex.compile(rf"(?: (?!(?:{stops}) )\p{{Ll}}++){{0,4}} {NAME}")


def _speaks_again(clause: Clause, end: int) -> bool:
    """Whether behind a company or a person a place takes over: not its address, "Thôn A, xã B có 320 hộ"."""
    sentence = clause.sentence
    if any_of("everywhere").search(sentence.words(end, clause.at)):
        return True
    subjects: list[Spanned] = [*sentence.places, *sentence.of_kind("scope")]
    return any(takes_over(sentence, end, one.start) for one in subjects if end <= one.start and one.end <= clause.at)


def _is_of_others(clause: Clause) -> bool:
    """ "Tỷ lệ hài lòng của người bệnh đạt 93,4%"; "lao động có thu nhập bình quân đầu người …" is everybody's."""
    cues = [cue for cue in clause.sentence.of_kind("others") if clause.in_lead(cue)]
    cues = [cue for cue in cues if not clause.commas(cue.end) and not clause.parted(cue.end)]
    return bool(cues) and any_of("per_head").search(clause.lead_words) is None


def _is_of_part(clause: Clause) -> bool:
    """ "nhóm giao thông, giảm 0,29%": a change is of a part even across one comma, a level only of one that opens its
    words: "Nhóm hàng chế biến giữ vai trò chủ lực, đạt 2,7 tỷ USD"."""
    sentence = clause.sentence
    cues = [cue for cue in sentence.of_kind("part") if clause.in_lead(cue) and not clause.parted(cue.end)]
    cues = [cue for cue in cues if not sentence.is_named(cue) and not _is_named_behind(clause, cue)]
    moves = any(cue.kind in ("up", "down") and clause.in_lead(cue) for cue in sentence.cues)
    return any(clause.commas(cue.end) <= int(moves or _opens(sentence, cue)) for cue in cues)


def _is_named_behind(clause: Clause, cue: Cue) -> bool:
    """ "Nhờ nông, lâm nghiệp phát triển, GRDP tăng 8%": behind a comma an indicator speaks."""
    labels = (label for label in clause.sentence.labels if label.codes[0] and cue.end <= label.start < clause.at)
    return any(clause.sentence.commas(cue.end, label.start) for label in labels)


def _opens(sentence: Sentence, cue: Cue) -> bool:
    return sentence.since_stop(cue.start).strip().lower() in word_set("opening_parts")
