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
"""Of a source, those whose volume is drawn."""


@dataclass(frozen=True, slots=True)
class Known:
    """The sources `here`, in their folder, and of one that is not there the archive's `copy`, where it has one.

    `broken` says what is wrong with a YAML that cannot be read."""

    here: Mapping[str, Source]
    copy: Callable[[str], Source | None]
    broken: tuple[str, ...] = ()


NOBODY = Known({}, lambda _: None)


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
    broken: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    unfit: tuple[Unfit, ...]
    waiting: Mapping[str, int]
    runs: tuple[RunRow, ...]

    @property
    def mend(self) -> list[SourceLine]:
        return sorted((one for one in self.sources if one.why), key=lambda one: not one.unwell)


def known_to(settings: Settings) -> Known:
    """What the settings lead to."""
    sources, problems = load_sources(settings.sources_dir) if settings.sources_dir.is_dir() else ([], [])
    shelf = Shelf(sources, Archive(settings.raw))

    def copy(id: str) -> Source | None:
        try:
            return shelf.get(id)
        except SourceProblem:
            return None

    return Known({source.id: source for source in sources}, copy, tuple(map(str, problems)))


def runs_page(engine: Engine, known: Known, words: Words) -> RunsPage:
    """How things stood when the last run began: later than that nobody has looked."""
    last = runs(engine)
    now = last[0].started if last else None
    visited = [nights(engine, id) for id in sorted(last_nights(engine))]
    newest = max((of[0].started for of in visited), default=None)
    return RunsPage(
        now=now,
        broken=known.broken,
        sources=tuple(_line(of, known, now, of[0].started == newest, words) for of in visited if now),
        unfit=tuple(
            Unfit(one.identity, message)
            for one in corrected_articles(engine, (), {UNFIT})
            for _, message in one.findings
        ),
        waiting=waiting_counts(engine),
        runs=tuple(last),
    )


def _line(of: Sequence[Night], known: Known, now: datetime, is_last: bool, words: Words) -> SourceLine:
    counts = of[0].counts
    source = known.here.get(counts.source) or known.copy(counts.source)
    health, unwell, why = _stands(of[0], known.here.get(counts.source), now, is_last)
    return SourceLine(
        id=counts.source,
        last=counts,
        night=of[0].started,
        expected="–".join(map(str, source.expect.articles)) if source else "",
        curve=curve([Decimal(one.counts.listed) for one in reversed(of[:NIGHTS])]),
        health=health_words(health, words),
        unwell=unwell,
        why=why,
        since=_since(of),
    )


def _stands(night: Night, source: Source | None, now: datetime, is_last: bool) -> tuple[str, bool, str]:
    """Health, whether that is grave, and why. A source that is no longer in the folder is as its last night found it,
    and nothing of it is to be mended once other nights have passed it by."""
    if source:
        stands = standing(source, night, now)
        return stands.health, stands.unwell, stands.why
    if is_last:
        return night.counts.health, night.counts.unwell, "; ".join(why_of(night.counts))
    return night.counts.health, False, ""


def _since(of: Sequence[Night]) -> date | None:
    """None where the last night found it well."""
    grave = of[0].counts.unwell
    ill = list(takewhile(lambda one: one.counts.unwell if grave else one.counts.health not in ("", "ok"), of))
    return ill[-1].started.date() if ill else None
