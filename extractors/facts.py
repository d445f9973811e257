"""What the rooms hand to one another: an `Article` goes in, a `Reading` of `Observation`s comes out.

The slots of an observation follow SDMX where SDMX has a term; periods are ISO 8601.
Offsets named `start` and `end` point into `Article.text`, the stored text, half open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

EXTRACTOR_VERSION = "11"
"""Goes up when the same bytes would give other observations."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article in reading order.

    `kind`: title, lead, heading, paragraph, item (of a list), cell (of a table), caption,
    byline, dateline or chrome (menus, counters, related links: never read for figures).
    """

    kind: str
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page as a reader sees it. `published` None means that no date could be read."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    url: str | None = None
    author: str | None = None
    section: str | None = None
    """Where the page says it stands: "Kinh tế > Đầu tư"."""
    updated_at: datetime | None = None
    """When the page says it was changed last, with its time zone; None too where it gives a day alone."""
    locality: str | None = None
    """Home locality code: of the source, given by hand, or read from the masthead; a hint, not a verdict."""
    origin: str | None = None
    """The address of the article that it says it repeats, or the host alone ("baokhanhhoa.vn")."""
    layers: dict[str, str] = field(default_factory=dict)
    """Which layer answered each slot: {"title": "json-ld", "published": "selector", …}."""
    issues: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """What an operator knows of it: words that stand for a place, and the id of the unit that they mean."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Both days inclusive; a stock at a day has `start == end` and prints as one date."""

    start: date
    end: date

    @property
    def iso(self) -> str:
        """ISO 8601: `2023-01-01/2023-12-31`, or `2023-08-31` for one day."""
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a slot was found, and the words that say it (`start` and `end` are None where no words of the text do).

    `how`: explicit (said with the figure), inherited (said before it), column (said by a table's head) or default
    (said nowhere).
    """

    slot: str
    how: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One statement that an indicator had a value in a locality over a period (gold/GUIDELINES slots)."""

    locality: str
    indicator: str
    period: str
    value: Decimal | str
    unit: str
    quote: str
    start: int
    end: int
    scope: str = "all"
    breakdown: tuple[tuple[str, str], ...] = ()
    status: str = "actual"
    measure: str = "level"
    base: str | None = None
    out_of: Decimal | None = None
    group: str | None = None
    bound: str = "eq"
    printed: str = ""
    """The numeral as the article prints it: `1.245`, `0,72`; decides the printed precision."""
    confidence: float = 1.0
    derived: bool = False
    follows: tuple[int, ...] = ()
    """The observations of the same reading that it follows from, when two of them give it; it is quoted where the
    later step is told, and each of their places is a mention."""
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    """What makes it less sure, in words: "name far away"."""
    mentions: tuple[tuple[int, int], ...] = ()
    """Every further place in the text that says the same."""
    named_by: str = ""
    """The operator's own words without which its indicator would not have been known."""
    placed_by: str = ""
    """Its words for a place that only the operator knew."""


@dataclass(frozen=True, slots=True)
class Uncatalogued:
    """A figure that became no observation, kept with its words for review.

    `label` is what the words around it seem to be about, for grouping. `why`: aside (a rule's threshold, one
    company's, a part), unnamed (no indicator fits), tie (two fit alike), undated (no period), unplaced (no locality),
    crowded (in a sentence too long to be read).
    """

    text: str
    value: Decimal
    unit: str
    start: int
    end: int
    label: str = ""
    why: str = "unnamed"
    place: str = ""
    """Of an unplaced one: the words for its place."""
    candidates: tuple[str, ...] = ()
    """The ids of the units that those words may mean; empty for a place that nobody knows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up; `observations` are indexes into the reading's list."""

    check: str
    message: str
    observations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article says."""

    article: Article
    locality: str | None
    observations: tuple[Observation, ...]
    uncatalogued: tuple[Uncatalogued, ...] = ()
    findings: tuple[Finding, ...] = ()
