"""Which indicator a figure belongs to: the names in its own words first, then what the clause before spoke of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, one_of, word_set
from extractors.figures import Figure
from extractors.indicators import Indicator, Label, catalogue
from extractors.labels import Codes, own_labels
from extractors.meanings import INDICES, bare_growth, meaning_of
from extractors.sentences import Sentence
from extractors.slots import Span, span_of

_OFFICE_DOMAINS = ("tasks", "online", "dossier", "postal")
_JOINT = 40
"""No words that join two names are longer."""
_HEAVY = 1
_COUNTED = ("count", "persons")
_STRANGE = 2
_HEAVY_TARGET = 4
_WORD = regex.compile(r"\p{L}++")


@dataclass(frozen=True, slots=True)
class Choice:
    """An indicator for a figure, with the measure and unit that follow; `how` and `span` are those of a `Slot`."""

    indicator: Indicator
    measure: str
    unit: str
    how: str
    codes: Codes
    span: Span | None = None
    rival: str = ""
    """Another indicator whose name speaks as much for the figure: then neither is taken."""


def choose(clause: Clause, spoken_of: Codes, about: Codes = ()) -> Choice | None:
    """The indicator that the figure's own words name, or the one spoken of before when they name none.

    `about` is what the sentence before spoke of: "đón 620.000 lượt" is of visitors only behind such a sentence.
    """
    whole = is_whole(clause)
    for label in own_labels(clause, spoken_of or _telling(about)):
        if whole and label.start < clause.at:
            continue
        if not label.codes[0]:
            return None
        choice = _fitting(_as_spoken_of(label.codes, clause, spoken_of), clause, "explicit")
        if choice:
            return replace(choice, span=span_of(label), rival=_rival(clause, label, choice))
    if whole:
        return None
    allowed = _HEAVY_TARGET if clause.role.name == "target" else _HEAVY
    if spoken_of and clause.figure.unit == "percent" and catalogue()[spoken_of[0]].unit in _COUNTED:
        allowed = 0  # "thêm 6 xã nông thôn mới, giảm nghèo 0,5%"
    if clause.figure.unit in ("count", "persons") and (_is_other(clause) or _is_beside_rate(clause)):
        return None
    if clause.figure.unit == "rank" and _is_in_else(clause):
        return None
    if ends_with(clause.lead_words, "otherwise"):
        return None
    return _fitting(spoken_of, clause, "inherited") if points_back(clause) or is_light(clause, allowed) else None


def _rival(clause: Clause, label: Label, choice: Choice) -> str:
    """ "Xuất khẩu và nhập khẩu đạt 5 tỷ USD": a name listed beside it that weighs the same and fits as well."""
    for other in clause.sentence.labels:
        first, second = (label, other) if label.start <= other.start else (other, label)
        gap = second.start - first.end
        if other.weight != label.weight or not 0 <= gap <= _JOINT or not set(other.codes).isdisjoint(choice.codes):
            continue
        if clause.sentence.words(first.end, second.start).strip().lower() not in word_set("joining"):
            continue
        if not any(n.start <= first.start and second.end <= n.end for n in clause.sentence.labels):
            rival = _fitting(other.codes, clause, "explicit")
            if rival and (rival.measure, rival.unit) == (choice.measure, choice.unit):
                return rival.indicator.code
    return ""


def points_back(clause: Clause) -> bool:
    """ "phấn đấu nâng tỷ lệ này lên 99,5%", "Tỷ lệ này tại phường Phố Hiến (7.846 hồ sơ) là 91,3%"."""
    words = clause.lead_words
    if words.startswith(")"):
        words = clause.sentence.since_stop(clause.lead[0]) + words
    return any_of("pointing_back").search(words) is not None


def _is_other(clause: Clause) -> bool:
    """ "32 hồ sơ trong số đó vừa nộp": words behind a count that name no indicator make it another matter."""
    start, end = max(clause.figure.end, clause.tail[0]), clause.tail[1]
    return _strange_words(clause.sentence, start, end) > _STRANGE


def _is_beside_rate(clause: Clause) -> bool:
    """ "Tỷ lệ này tại phường Phố Hiến (7.790 hồ sơ) là 90,9%": not what the rate counts."""
    return points_back(clause) and any_of("rates").search(clause.lead_words) is not None


def _strange_words(sentence: Sentence, start: int, end: int) -> int:
    """How many words between two places are neither light nor known."""
    return sum(not sentence.is_known(at) for at in sentence.heavy(start, end))


def choose_named(clause: Clause, label: Label) -> Choice | None:
    """The indicator of a label that is known to be the figure's."""
    choice = _fitting(label.codes, clause, "explicit")
    return replace(choice, span=span_of(label)) if choice else None


def choose_topic(clause: Clause, topic: Codes) -> Choice | None:
    """A rank in a sentence that names no indicator is of the index that was spoken of: "năm 2018 đứng thứ 60"."""
    if not topic or not topic[0].startswith(INDICES) or _is_in_else(clause):
        return None
    return _fitting(topic, clause, "inherited")


def _is_in_else(clause: Clause) -> bool:
    """ "xếp trong tốp 5 của tỉnh về chuyển đổi số": what the place is in stands behind it."""
    return any_of("ranked_in").search(clause.sentence.words(*clause.tail)) is not None


def is_whole(clause: Clause) -> bool:
    """ "27 hồ sơ chậm hạn trên tổng số 41.306 hồ sơ đã giải quyết": only the words behind such a number are its own."""
    if clause.figure.unit not in ("count", "persons"):
        return False
    before = clause.sentence.words(clause.sentence.start, clause.figure.bound_start)
    earlier = any(figure.end <= clause.figure.bound_start for figure in clause.sentence.figures)
    return earlier and ends_with(before, "wholes")


def _telling(about: Codes) -> Codes:
    """Offices' figures are told apart by the words beside them alone."""
    return about if about and about[0].split(".")[0] not in _OFFICE_DOMAINS else ()


def named_by(clause: Clause) -> Codes:
    """The codes that a figure's own words name best, whether or not the figure can be theirs."""
    labels = own_labels(clause, ())
    return labels[0].codes if labels and labels[0].codes[0] else ()


def _as_spoken_of(codes: Codes, clause: Clause, spoken_of: Codes) -> Codes:
    """A rate or count keeps being the one spoken of; "trong đó có 79 thủ tục toàn trình" is a part of the 201."""
    if set(spoken_of) == set(codes):
        return spoken_of
    whole = catalogue()[codes[0]].within
    if whole in spoken_of and clause.figure.noun.lower() in {"", *catalogue()[whole].nouns}:
        return spoken_of
    return codes


def _fitting(codes: Codes, clause: Clause, how: str) -> Choice | None:
    """The first of the codes that such a figure can be of."""
    if clause.figure.kind == "bare" and not clause.figure.noun_shared and not _is_announced(clause):
        return None
    wanted = _wanted_unit(clause)
    codes = _counted(codes, clause)
    for code in sorted(codes, key=lambda code: _is_second(catalogue()[code], clause, wanted)):
        indicator = catalogue()[code]
        meaning = meaning_of(indicator, _with_noun(clause, indicator), clause.role)
        if meaning is None and how == "explicit":
            meaning = bare_growth(indicator, clause.figure)
        if meaning and _is_of(clause, indicator, how) and not (indicator.levels_only and meaning[0] != "level"):
            return Choice(indicator, *meaning, how, (code, *(other for other in codes if other != code)))
    return None


@cache
def _about() -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:{one_of('about')})\s([\p{{L}} ]{{2,20}})")


@cache
def _counters() -> regex.Pattern[str]:
    return regex.compile(rf"^(?:(?:{one_of('counters')})\s)+")


def _counted(codes: Codes, clause: Clause) -> Codes:
    """ "vốn đăng ký 1.310 tỷ đồng, tăng 5,4% về số doanh nghiệp": the count beside that value."""
    about = _about().match(clause.sentence.words(clause.figure.end, clause.figure.end + 30).lower())
    whole = catalogue()[codes[0]].value_of if codes and about else None
    if about is None or whole is None or whole in codes:
        return codes
    return (whole, *codes) if any(noun in about[1] for noun in catalogue()[whole].nouns) else codes


def _is_second(indicator: Indicator, clause: Clause, wanted: str | None) -> bool:
    """Of a count and its rate: "bằng 108,6% kế hoạch" keeps the count, unless the rate is itself a share of a plan."""
    return not indicator.of_plan if clause.role.name == "plan" else indicator.unit != wanted


def _is_right_behind(clause: Clause, label: Label) -> bool:
    return label.start > clause.at and not clause.sentence.words(clause.figure.end, label.start).strip()


def _is_of(clause: Clause, indicator: Indicator, how: str) -> bool:
    """Whether the noun behind a percentage, if there is one, is what the indicator is a percentage of; "giảm 1% biên
    chế" is of no indicator that was only spoken of before."""
    told = clause.role.name != "level" and (how == "explicit" or clause.role.name != "change")
    if clause.figure.unit != "percent" or told or indicator.growth_only:
        return True
    behind = _counters().sub("", clause.sentence.words(clause.figure.end, clause.tail[1]).lower().lstrip())
    if any(indicator.code in label.codes and _is_right_behind(clause, label) for label in clause.sentence.labels):
        return True
    word = _WORD.match(behind)
    if word is None or word.group() in word_set("continuing"):
        return True
    return any(behind.startswith(noun) for noun in indicator.of)


def _with_noun(clause: Clause, indicator: Indicator) -> Figure:
    """ "Số hồ sơ đã giải quyết là 74.310": the noun stands before the number."""
    figure = clause.figure
    words = clause.lead_words.lower()
    nouns = [noun for noun in indicator.nouns if noun in words] if figure.kind == "bare" and not figure.decimals else []
    return replace(figure, noun=nouns[0]) if nouns else figure


def _is_announced(clause: Clause) -> bool:
    """A number without a unit counts only after words like "đạt" or before a part: "lên 600", "492 một phần"."""
    sentence, figure = clause.sentence, clause.figure
    if any(cue.kind.startswith("breakdown.") and cue.start - figure.end in (0, 1) for cue in sentence.cues):
        return True
    before = sentence.words(sentence.start, figure.bound_start).rstrip()
    if any(label.end == sentence.start + len(before) for label in sentence.labels):
        return True
    return before.endswith(":") or any(cue.end == sentence.start + len(before) for cue in sentence.of_kind("reached"))


def _wanted_unit(clause: Clause) -> str | None:
    """Of a count, its rate and its value: a percent after "tỷ lệ" is the rate's, "về số tiền" the value's."""
    about = _about().match(clause.sentence.words(clause.figure.end, clause.figure.end + 30).lower())
    if clause.role.name in ("multiple", "change") and about:
        return "VND" if any_of("values").search(about[1]) else "count"
    if clause.figure.unit in ("percent", "pp") and any_of("rates").search(clause.lead_words):
        return "percent"
    if clause.figure.unit == "rank" and any_of("rates").search(clause.lead_words + clause.sentence.words(*clause.tail)):
        return "percent"
    return None


def is_light(clause: Clause, allowed: int = _HEAVY) -> bool:
    """Whether the words before a figure name no subject of their own, so that the last one carries on."""
    start, end = clause.lead
    part = end - len(clause.lead_words.rpartition(";")[2])
    return _strange_words(clause.sentence, max(start, part, clause.bracket_of_place()), end) <= allowed
