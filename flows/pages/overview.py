"""The start page: what is new since the last night, a search over places and indicators, what there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine

from flows.commands.show import value_words
from flows.commands.show import words as kind_words
from flows.pages.addresses import place_at, series_at
from flows.pages.cards import indicator_name, place_name
from flows.pages.frame import Words
from flows.pages.series import Anchors, Line
from flows.places import folded
from models.articles import NewClaim, StandingArticle, new_claims
from models.ledger import runs
from models.periods import read_period, time_period

NEWEST = 100
"""New figures and articles that the page shows; it counts the others."""


@dataclass
class Covered:
    """What a source has given."""

    name: str
    articles: int = 0
    claims: int = 0
    first: date | None = None
    last: date | None = None

    def take(self, article: StandingArticle) -> None:
        self.articles += 1
        self.claims += len(article.claims)
        if day := article.published:
            self.first, self.last = min(day, self.first or day), max(day, self.last or day)


@dataclass(frozen=True, slots=True)
class Entry:
    """A series in the list that is searched: `find` is what is compared, without accents."""

    place: str
    name: str
    at: str
    find: str


@dataclass
class Coverage:
    """What the site has, gathered while it is written."""

    sources: dict[str, Covered] = field(default_factory=dict)
    series: list[Entry] = field(default_factory=list)
    articles: list[tuple[str, str, str]] = field(default_factory=list)
    places_at: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)

    def take(self, article: StandingArticle, address: str) -> None:
        self.sources.setdefault(article.source, Covered(article.source_name)).take(article)
        self.articles.append((str(article.published or ""), article.title or article.identity, address))

    def take_series(self, line: Line, name: str) -> None:
        point = line.point
        place = f"{point.locality_name} ({point.locality})"
        said = (place, point.indicator, point.indicator_vi, point.indicator_en)
        self.places_at[place] = place_at(point.locality)
        self.indicators[point.indicator] = name
        self.series.append(Entry(place, name, line.at, folded(" ".join(said))))

    @property
    def places(self) -> dict[str, list[Entry]]:
        """The series of each place, by its name."""
        found: dict[str, list[Entry]] = {}
        for entry in sorted(self.series, key=lambda one: (folded(one.place), folded(one.name))):
            found.setdefault(entry.place, []).append(entry)
        return found


@dataclass(frozen=True, slots=True)
class New:
    """A figure that the last night brought; `at` are its words."""

    place: str
    name: str
    period: str
    what: str
    value: str
    at: str
    series_at: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """All that the template shows."""

    coverage: Coverage
    new: tuple[New, ...]
    new_claims: int
    new_since: date | None
    articles: tuple[tuple[str, str, str], ...]


def start_page(engine: Engine, coverage: Coverage, anchors: Anchors, words: Words) -> StartPage:
    last = next((run for run in runs(engine) if run.kind == "nightly" and run.ended), None)
    count, claims = new_claims(engine, last.id, limit=NEWEST) if last else (0, [])
    return StartPage(
        coverage=coverage,
        new=tuple(_new(claim, anchors, words) for claim in claims),
        new_claims=count,
        new_since=last.started.date() if last else None,
        articles=tuple(sorted(coverage.articles, reverse=True)[:NEWEST]),
    )


def _new(claim: NewClaim, anchors: Anchors, words: Words) -> New:
    row = claim.row
    value = row.value_text if row.value is None else row.value
    return New(
        place=place_name(row.locality),
        name=indicator_name(row.indicator, words.language),
        period=time_period(*read_period(row.period))[1],
        what=kind_words(row.status, row.measure, row.scope, words.labels),
        value=value_words(value, row.unit, row.bound, words.labels, words.decimal),
        at=anchors.get((claim.source, claim.article, row.key), ""),
        series_at=series_at(row.locality, row.indicator),
    )
