"""What one sentence leaves to the next: how the `Frame` is kept while an article is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from extractors.aims import heads_aims, sets_aims
from extractors.candidates import is_of_prices, longest_of, main_mentions
from extractors.cues import ends_with, starts_with, word_set
from extractors.customs import remember_customs
from extractors.frame import Frame
from extractors.holidays import lasting, remember_holiday
from extractors.labels import counts
from extractors.meanings import INDICES
from extractors.periods import PeriodMention
from extractors.places.mentions import PlaceMention
from extractors.sentences import Sentence
from extractors.spans import is_month
from extractors.timing import NOW, YEAR_ENDS

_PASSING = 8
_SERIES = 3
_LAST = ("last_months", "half_last", "last_quarter")
_JUST_OVER = timedelta(days=31)
_OPENING = 2
"""So many blocks may say what the whole article reports on."""


def has_begun(mention: PeriodMention, published: date | None) -> bool:
    if published is None or mention.period is None:
        return published is None
    ended = mention.period.end - published <= _JUST_OVER  # "nhiệm vụ 6 tháng cuối năm", said in July, is to come
    return mention.period.start <= published and (ended or mention.rule not in _LAST)


def _ends_ahead(mention: PeriodMention, published: date | None) -> bool:
    return published is not None and mention.period is not None and mention.period.end >= published


def begin(frame: Frame, opening: Sentence) -> None:
    """A new paragraph speaks again of what the article reports on, unless it goes on: "Trong đó, khách quốc tế …"."""
    frame.blocks += 1
    frame.section = only_place(opening) or frame.section  # "Thị xã Ninh Hòa:" alone is as a heading
    if starts_with(opening.text, "going_on"):
        return
    frame.office = frame.wide = frame.place = None
    frame.outlined = frame.minor = False
    frame.holiday = frame.festive and frame.main is None
    frame.mention = frame.main or frame.mention


def only_place(heading: Sentence) -> PlaceMention | None:
    """ "2. TP. Hồ Chí Minh", "* Huyện Diên Khánh:"."""
    place = next((place for place in heading.places if place.kind == "named"), None)
    rest = heading.text.replace(heading.words(place.start, place.end), "", 1) if place else heading.text
    return None if any(c.isalpha() for c in rest) else place


def remember_period(frame: Frame, sentence: Sentence, claimed: frozenset[int], published: date | None) -> None:
    """A period stays until the next one; what leans on another ("cùng kỳ") or is of a plan does not stay."""
    frame.former = None
    frame.opened = _opened(sentence) or frame.opened
    mains = [p for p in fixed(main_mentions(sentence, "actual")) if p.start not in claimed]
    begun = [p for p in lasting(sentence, mains) if has_begun(p, published) or _is_foreseen(sentence, p, published)]
    begun = [p for p in begun if not _passes(frame, sentence, p)]
    begun = [p for p in begun if not ends_with(_before(sentence, p)[-_PASSING:], "in_passing")] or begun
    leading = [p for p in begun if not sentence.figures or p.end <= sentence.figures[0].start or frame.mention is None]
    aside = _is_series(begun) or sentence.of_kind("status", "target")
    if leading and not (aside and frame.mention):
        _speak_of(frame, longest_of(sentence, leading), published)
    remember_holiday(frame, sentence, dated=bool(begun))
    months = [p for p in begun if p.period and is_month(p.period)]
    frame.month = months[0] if months else frame.month
    if frame.month and not begun and any(p.rule == "previous_month" for p in sentence.periods):
        frame.mention = frame.month  # "giảm 7,8% so tháng trước" speaks of a month again
    if heads_aims(sentence, published):
        frame.planned = frame.plan = True
    elif sets_aims(sentence):
        frame.plan = True
    elif sentence.of_kind("status", "actual") or any(_is_over(frame, p, published) for p in begun):
        frame.plan = False
    elif sentence.of_kind("status", "target"):
        frame.plan = frame.planned


def _is_foreseen(sentence: Sentence, mention: PeriodMention, published: date | None) -> bool:
    """ "Dự ước đến hết năm 2023, …", said in November: what follows is of that year too."""
    end = mention.period.end if mention.period and mention.rule in YEAR_ENDS else None
    estimated = any(cue.end <= mention.start for cue in sentence.of_kind("status", "estimate"))
    return estimated and end is not None and published is not None and end.year == published.year


def _passes(frame: Frame, sentence: Sentence, mention: PeriodMention) -> bool:
    """ "6 tháng đầu năm, … CPI tháng 6 tăng 0,55%": a month of the passage's time that is of prices alone."""
    whole, month = frame.mention.period if frame.mention else None, mention.period
    if not whole or not month or not is_month(month) or not whole.start < month.start <= month.end <= whole.end:
        return False
    return is_of_prices(sentence, mention)


def _opened(sentence: Sentence) -> date | None:
    """ "Đi vào hoạt động từ ngày 1-7": the day."""
    days = [p for p in sentence.periods if p.period and p.period.start == p.period.end]
    opened = (p.period.start for p in days if p.period and ends_with(_before(sentence, p), "opened"))
    return next(opened, None)


def _before(sentence: Sentence, mention: PeriodMention) -> str:
    words = sentence.words(sentence.start, mention.start).lower().rstrip()
    return next((words.removesuffix(f" {word}") for word in word_set("since") if words.endswith(f" {word}")), words)


def _is_series(mentions: list[PeriodMention]) -> bool:
    """ "tháng 7 đạt 58,3%, tháng 8 đạt 66,9%, tháng 9 …": none of them is what the passage goes on with."""
    return len({mention.period for mention in mentions if mention.kind == "span"}) >= _SERIES


def _is_over(frame: Frame, mention: PeriodMention, published: date | None) -> bool:
    """Past when the article came out, or before what the plan is for: "Nhìn lại năm 2016", said in December 2016."""
    if mention.period is None or published is None:
        return False
    return mention.period.end <= (frame.target.start if frame.target else published)


def _goes_on(mention: PeriodMention, published: date | None) -> bool:
    """ "Chỉ hơn một tháng nữa là kết thúc năm 2025": nothing is reported of it as a whole yet."""
    return published is not None and mention.period is not None and mention.period.end - published > _JUST_OVER


def _speak_of(frame: Frame, mention: PeriodMention, published: date | None) -> None:
    frame.mention = mention
    frame.first = frame.first or mention
    if frame.main is None and frame.blocks <= _OPENING and mention.kind == "span" and not _goes_on(mention, published):
        frame.main = mention
    if mention.rule not in NOW:
        frame.report = mention
    if mention.kind == "span":
        frame.span = mention


def fixed(mentions: Iterable[PeriodMention]) -> list[PeriodMention]:
    return [mention for mention in mentions if mention.kind != "relative" and mention.period is not None]


def remember_rest(
    frame: Frame, sentence: Sentence, spoken: tuple[str, ...], head: tuple[str, ...], published: date | None
) -> None:
    """The indicator, the places and the period of targets that a sentence spoke of last."""
    if sentence.figures:
        frame.codes, frame.head = spoken, head
    elif announced := _announced(sentence):
        frame.codes = frame.head = announced
    elif indices := [label.codes for label in sentence.labels if label.codes[0].startswith(INDICES)]:
        frame.codes = frame.head = frame.topic = indices[-1]
        frame.indices.clear()
    if frame.blocks <= _OPENING:
        remember_customs(frame, sentence)
    named = tuple(place for place in sentence.places if place.kind == "named")
    frame.listed = named or frame.listed
    if sentence.of_kind("status", "target") or _looks_ahead(sentence, published):
        remember_target(frame, sentence, published)


def _looks_ahead(sentence: Sentence, published: date | None) -> bool:
    """ "Năm 2025, tỉnh dự kiến bố trí 9.210 tỷ đồng. Các chỉ tiêu được đề xuất gồm: …"."""
    mains = fixed(main_mentions(sentence, "target"))
    return published is not None and any(p.period and p.kind == "span" and p.period.start > published for p in mains)


def _announced(sentence: Sentence) -> tuple[str, ...]:
    """ "Tỷ lệ hồ sơ đúng hạn của các cấp như sau:": what the list below is of."""
    return named_in(sentence) if sentence.text.rstrip().endswith(":") else ()


def named_in(sentence: Sentence) -> tuple[str, ...]:
    """What a heading or an announcement is about; of names that cross the longer one."""
    labels = [label for label in sentence.labels if label.codes[0] and counts(sentence, label, ())]
    return max(labels, key=lambda label: label.weight).codes if labels else ()


def remember_target(frame: Frame, sentence: Sentence, published: date | None) -> None:
    """The period ahead that a sentence on targets names."""
    for mention in fixed(main_mentions(sentence, "target")):
        if mention.kind == "span" and _ends_ahead(mention, published):
            frame.target = mention.period
