"""What titles, headings and words before a list say of all that follows: the time, the index, the plan, the offices."""

from __future__ import annotations

from datetime import date

import regex

from extractors.candidates import longest_of, main_mentions
from extractors.cues import Cue, ends_with
from extractors.customs import remember_customs
from extractors.frame import Frame
from extractors.holidays import announces_holiday, lasting
from extractors.meanings import INDICES
from extractors.memory import fixed, has_begun, named_in, only_place, remember_target
from extractors.sentences import Sentence
from extractors.tiers import TIERS

_HEADING_REST = 2
_NUMBERED = regex.compile(r"\s*(?:\d{1,2}|[IVX]{1,5})[.)/]")


def announce(frame: Frame, title: Sentence, published: date | None) -> None:
    """What a title says of the period, the index it is about, and whether the article is about a plan."""
    mains = lasting(title, [p for p in fixed(main_mentions(title, "target")) if has_begun(p, published)])
    frame.festive = announces_holiday(title)
    frame.mention = frame.main = longest_of(title, mains) if mains else None
    remember_target(frame, title, published)
    frame.plan = any(not _is_met(title, aim) for aim in title.of_kind("status", "target"))
    frame.announced = frame.planned = frame.plan
    remember_customs(frame, title)
    heaviest = max(title.labels, key=lambda label: label.weight, default=None)
    if heaviest is not None and heaviest.codes[0].startswith(INDICES):
        frame.topic = heaviest.codes


def _is_met(title: Sentence, aim: Cue) -> bool:
    """ "Khánh Hòa sắp cán đích mục tiêu du lịch năm 2025" reports."""
    return ends_with(title.words(title.start, aim.start), "meeting_aims")


def introduce(frame: Frame, sentence: Sentence, published: date | None) -> None:
    """ "Mục tiêu cụ thể của năm 2026:" makes targets of what follows it; to be asked of what ends so."""
    if not _aims(sentence):
        return
    mentions = fixed(main_mentions(sentence, "target"))
    if sentence.of_kind("status", "target") or any(
        p.period and published and p.period.end >= published for p in mentions
    ):
        frame.planned = frame.plan = frame.outlined = True
        remember_target(frame, sentence, published)


def ask(frame: Frame, question: Sentence, published: date | None) -> None:
    """ "Mục tiêu trong năm 2023 là gì, thưa bà?" makes targets of the answer; any other question ends them."""
    if not question.figures:
        frame.planned = frame.plan = frame.announced
        introduce(frame, question, published)


def _aims(sentence: Sentence) -> bool:
    return bool(sentence.of_kind("status", "target") or sentence.of_kind("aims"))


def enter(frame: Frame, heading: Sentence, published: date | None) -> None:
    """A heading such as "2. Cấp huyện" gives the section its offices, "Mục tiêu năm 2021" makes targets of it."""
    frame.scope = None
    frame.section = only_place(heading)
    if named := named_in(heading):
        frame.codes = frame.head = named
    ahead = any(not has_begun(p, published) for p in fixed(main_mentions(heading, "target")))
    frame.outlined = frame.outlined and _NUMBERED.match(heading.text) is not None
    aims = (_aims(heading) or ahead) and not heading.figures
    frame.planned = frame.plan = frame.announced or frame.outlined or aims
    if frame.plan:
        remember_target(frame, heading, published)
    for cue in heading.of_kind("scope"):
        rest = heading.text.replace(heading.words(cue.start, cue.end), "").split()
        if len(rest) <= _HEADING_REST and cue.value in TIERS:
            frame.scope = cue.value


def for_title(frame: Frame) -> Frame:
    """The frame in which the title is read, last: it leans on the period that the body spoke of first."""
    spoken = frame.main or frame.first
    return Frame(mention=spoken, report=spoken, plan=frame.announced, target=frame.target)
