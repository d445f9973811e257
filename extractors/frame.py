"""What one sentence leaves to the next: the period, the indicator, the plan spoken of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from extractors.facts import Period
from extractors.periods import PeriodMention
from extractors.places.mentions import PlaceMention
from extractors.slots import Slot


@dataclass(slots=True)
class Frame:
    """The state of a reading; each field says what it holds."""

    mention: PeriodMention | None = None
    """The period spoken of last."""
    report: PeriodMention | None = None
    """The period spoken of last that is not just "đến nay"."""
    span: PeriodMention | None = None
    """The months, quarter or year spoken of last."""
    day: tuple[PeriodMention | None, str] = (None, "")
    """The day that a figure named last, and the domain of that figure."""
    opened: date | None = None
    """The day from which an office is open: "đi vào hoạt động từ ngày 1-7"; what it did is counted from then on."""
    month: PeriodMention | None = None
    """The month spoken of last."""
    first: PeriodMention | None = None
    """The period the body spoke of first; the title leans on it."""
    main: PeriodMention | None = None
    """What the article reports on, by its title or its beginning; every paragraph starts from it."""
    dated: dict[str, Period] = field(default_factory=dict)
    """The day of the last stock that named one, by its indicator: the score "tính đến ngày 20/3"."""
    holiday: bool = False
    """A holiday was named as a time and not its days, up to the next time or paragraph."""
    festive: bool = False
    """The title names a holiday as the time of the article."""
    blocks: int = 0
    """How many blocks of the body were begun."""
    target: Period | None = None
    """The period of the targets spoken of last."""
    former: Period | None = None
    """In a sentence, the period that levels came from: "từ 11,42% ở kỳ trước"."""
    announced: bool = False
    """The title is about a plan."""
    planned: bool = False
    """The section is about a plan."""
    outlined: bool = False
    """A plan was announced, and numbered headings lay it out: "Một số chỉ tiêu như sau:", "1. Cải cách thể chế"."""
    plan: bool = False
    """The passage is about it: what it does not date is a target."""
    aimed: bool = False
    """The sentence before ended with an aim: "Trong đó: …" goes on with it."""
    scope: str | None = None
    """The offices of the section: "2. Cấp huyện"."""
    office: str | None = None
    """The offices of the sentence before, where all its figures were of the same."""
    wide: PlaceMention | None = None
    """In a paper on a commune or a district, "toàn tỉnh" of the sentence before: up to the next place or paragraph."""
    section: PlaceMention | None = None
    """The place that is all of the heading: "Hà Nội" above what is told of it."""
    place: Slot[str] | None = None
    """Whose all levels of the sentence before were; "Trong đó" goes on with it."""
    minor: bool = False
    """A hamlet or a single department is spoken of, up to the next place or paragraph: "Toàn ấp có 120 hộ"."""
    topic: tuple[str, ...] = ()
    """The index that the title speaks of."""
    codes: tuple[str, ...] = ()
    """The indicator spoken of last, with its rate and value."""
    head: tuple[str, ...] = ()
    """The indicator that the last sentence began with."""
    indices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The index named last, by the unit its figures had."""
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The indicator of the last level in each unit: "tỷ lệ này" is of the last percentage."""
    customs: str = ""
    """The part of the revenue that the article's customs office collects."""
    part: tuple[tuple[str, str], ...] = ()
    """The breakdown of the figure before."""
    listed: tuple[PlaceMention, ...] = ()
    """The places that the sentence before listed."""
