"""The page of the runs: which sources are ill and what to mend, how much each brings, what waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile

from sqlalchemy import Engine

from flows.archive import Archive
from flows.corrections.correcting import UNFIT
from flows.pages.frame import Words
from flows.pages.places import curve
from flows.pages.told import health_words
from flows.problems import SourceProblem
from flows.reading import Shelf
from flows.settings import Settings
from flows.sources import Source, load_sources
from flows.standing import standing, why_of
from models.corrected import corrected_articles
from models.ledger import Night, RunRow, last_nights, nights, runs
from models.records import SourceCounts
from models.review import waiting_counts

NIGHTS = 30
"""Of a source, those whose volume is drawn, and back to which it is told since when it ails."""
Known = Callable[[str], Source | None]
"""What the YAML of a source says, where there is one."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it stands. `expected` are the fewest and most articles of a normal night, `curve` is what its lists
    named in the last ones; `since` is the first night of those that it has been ill without a break."""

    id: str
    last: SourceCounts
    night: datetime
    expected: str
    curve: str
    health: str
    unwell: bool
    why: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Unfit:
    """A correction that fits nothing in its article any more."""

    article: str
    message: str


@dataclass(frozen=True, slots=True)
class RunsPage:
    """All that the template shows; `mend` are sources with something to mend, the gravely ill first."""

    now: datetime | None
    sources: tuple[SourceLine, ...]
    unfit: tuple[Unfit, ...]
    waiting: Mapping[str, int]
    runs: tuple[RunRow, ...]

    @property
    def mend(self) -> list[SourceLine]:
        return sorted((one for one in self.sources if one.why), key=lambda one: not one.unwell)


def nobody(_: str) -> Source | None:
    """Where no YAML is at hand."""
    return None


def known_to(settings: Settings) -> Known:
    """The sources of the folder, else the archive's copies; a YAML that is broken says nothing."""
    sources = load_sources(settings.sources_dir)[0] if settings.sources_dir.is_dir() else []
    shelf = Shelf(sources, Archive(settings.raw))

    def known(id: str) -> Source | None:
        try:
            return shelf.get(id)
        except SourceProblem:
            return None

    return known


def runs_page(engine: Engine, known: Known, words: Words) -> RunsPage:
    """How things stood when the last run began: later than that nobody has looked."""
    last = runs(engine)
    now = last[0].started if last else None
    visited = [nights(engine, id, limit=NIGHTS) for id in sorted(last_nights(engine))] if now else []
    return RunsPage(
        now=now,
        sources=tuple(_line(known(of[0].counts.source), of, now, words) for of in visited if now),
        unfit=tuple(
            Unfit(one.identity, message)
            for one in corrected_articles(engine, (), {UNFIT})
            for _, message in one.findings
        ),
        waiting=waiting_counts(engine),
        runs=tuple(last),
    )


def _line(source: Source | None, of: Sequence[Night], now: datetime, words: Words) -> SourceLine:
    """A source of which nothing is known but its nights is as the last of them found it."""
    night, counts = of[0], of[0].counts
    health, unwell, why = counts.health, counts.unwell, "; ".join(why_of(counts))
    if source:
        stands = standing(source, night, now)
        health, unwell, why = stands.health, stands.unwell, stands.why
    return SourceLine(
        id=counts.source,
        last=counts,
        night=night.started,
        expected="–".join(map(str, source.expect.articles)) if source else "",
        curve=curve([Decimal(one.counts.listed) for one in reversed(of)]),
        health=health_words(health, words),
        unwell=unwell,
        why=why,
        since=_since(of),
    )


def _since(of: Sequence[Night]) -> date | None:
    """None where the last night found it well."""
    grave = of[0].counts.unwell
    ill = list(takewhile(lambda one: one.counts.unwell if grave else one.counts.health not in ("", "ok"), of))
    return ill[-1].started.date() if ill else None
