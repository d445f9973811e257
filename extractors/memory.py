"""What one sentence leaves to the next: how the `Frame` is kept while an article is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from extractors.frame import Frame
from extractors.meanings import INDICES
from extractors.periods import PeriodMention
from extractors.sentences import Sentence
from extractors.timing import NOW, is_month, main_mentions
from extractors.where import TIERS

_HEADING_REST = 2


def announce(frame: Frame, title: Sentence) -> None:
    """What a title says of the period, the index it is about, and whether the article is about a plan."""
    mains = _fixed(main_mentions(title, "target"))
    frame.mention = mains[0] if mains else None
    frame.planned = frame.plan = bool(title.of_kind("status", "target"))
    heaviest = max(title.labels, key=lambda label: label.weight, default=None)
    if heaviest is not None and heaviest.codes[0].startswith(INDICES):
        frame.topic = heaviest.codes


def enter(frame: Frame, heading: Sentence) -> None:
    """A heading such as "2. Cấp huyện" gives the section its offices."""
    frame.scope = None
    for cue in heading.of_kind("scope"):
        rest = heading.text.replace(heading.words(cue.start, cue.end), "").split()
        if len(rest) <= _HEADING_REST and cue.value in TIERS:
            frame.scope = cue.value


def for_title(frame: Frame) -> Frame:
    """The frame in which the title is read, last: it leans on the period that the body spoke of first."""
    return Frame(mention=frame.first, report=frame.first, plan=frame.planned, target=frame.target)


def remember_period(frame: Frame, sentence: Sentence, claimed: frozenset[int], published: date | None) -> None:
    """A period stays until the next one; what leans on another ("cùng kỳ") or is of a plan does not stay."""
    frame.former = None
    mains = [p for p in _fixed(main_mentions(sentence, "actual")) if p.start not in claimed]
    mains = [p for p in mains if sentence.bracket(p.start) is None]
    begun = [p for p in mains if p.period and (published is None or p.period.start <= published)]
    if begun and not (sentence.of_kind("status", "target") and frame.mention):
        _speak_of(frame, begun[0])
    months = [p for p in begun if p.period and is_month(p.period)]
    frame.month = months[0] if months else frame.month
    if frame.month and not begun and any(p.rule == "previous_month" for p in sentence.periods):
        frame.mention = frame.month  # "giảm 7,8% so tháng trước" speaks of a month again
    over = any(p.period and published and p.period.end <= published for p in begun)
    if sentence.of_kind("status", "actual") or over:
        frame.plan = False
    elif sentence.of_kind("status", "target"):
        frame.plan = frame.planned


def _speak_of(frame: Frame, mention: PeriodMention) -> None:
    frame.mention = mention
    frame.first = frame.first or mention
    if mention.rule not in NOW:
        frame.report = mention


def _fixed(mentions: Iterable[PeriodMention]) -> list[PeriodMention]:
    return [mention for mention in mentions if mention.kind != "relative" and mention.period is not None]


def remember_rest(frame: Frame, sentence: Sentence, spoken: tuple[str, ...], published: date | None) -> None:
    """The indicator, the places and the period of targets that a sentence spoke of last."""
    if sentence.figures:
        frame.codes = spoken
    named = tuple(place for place in sentence.places if place.kind == "named")
    frame.listed = named or frame.listed
    if not sentence.of_kind("status", "target"):
        return
    for mention in _fixed(main_mentions(sentence, "target")):
        if mention.kind == "span" and mention.period and published and mention.period.end >= published:
            frame.target = mention.period
