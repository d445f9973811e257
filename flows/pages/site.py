"""The site: every article with its figures, every series with its claims; no server, nothing asked of the network.

site = write_site(engine, Path("report"), archive=Path("data/raw"), language="vi")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine

from extractors.facts import Reading
from flows.pages.addresses import RUNS, START, article_at, indicator_at, place_at, root_of
from flows.pages.article import article_page, figures_of, places_of
from flows.pages.chart import charts_js, vega_at, vega_js
from flows.pages.folder import SiteFolder, site_folder
from flows.pages.frame import STATIC, Words, render
from flows.pages.indicators import compared, indicator_page
from flows.pages.overview import Coverage, start_page
from flows.pages.places import Place, place_of, place_page
from flows.pages.running import NOBODY, Known, known_to, runs_page
from flows.pages.series import Line, lines_of, series_page
from flows.pages.stored import reading_of
from flows.pages.told import health_words
from flows.places import folded
from flows.problems import Problem
from flows.program import program
from flows.settings import Settings
from models.articles import StandingArticle, standing_articles
from models.points import LatestRow, latest
from models.problems import DatabaseProblem, MissingLibrary
from models.sourced import places_with_series, sources_of

NO_CHARTS = "The pages have no charts: pip install 'solieu[notebook]' brings what draws them."


class Site:
    """What the pages of a site have in common. `archive` is None where no folder of this machine has the bytes."""

    def __init__(self, engine: Engine, folder: SiteFolder, archive: Path | None, words: Words, known: Known) -> None:
        self.engine, self.folder, self.archive, self.words, self.known = engine, folder, archive, words, known
        self.anchors: dict[tuple[str, str, str], str] = {}
        self.coverage = Coverage()
        self.vega = ""
        """The library that draws, "" where it is not installed."""

    def put(
        self, template: str, address: str, of: tuple[object, ...], make: Callable[[], Mapping[str, object]]
    ) -> bool:
        """Write a page at its address, unless it is there already and was made `of` the same; was it written?"""
        digest = sha256(repr((program(), self.words.language, self.vega, *of)).encode()).hexdigest()
        if self.folder.keep(address, digest):
            return False
        at = {"root": root_of(address), "of": digest, "indicator_at": indicator_at, "vega": self.vega}
        self.folder.put(address, render(template, self.words, **at, **make()))  # type: ignore[arg-type]
        return True

    def write(self) -> None:
        library = self._write_shared()
        for article in standing_articles(self.engine):
            self._write_article(article)
        newest = _by_place(latest(self.engine))
        there = places_with_series(self.engine)
        for locality in there:
            self._write_place(place_of(self.engine, locality, newest.get(locality, ())), frozenset(there))
        for code in sorted(self.coverage.indicators):
            self._write_indicator(code)
        told = runs_page(self.engine, self.known, self.words)
        self.put("runs.html", RUNS, (told,), lambda: {"page": told, "health": health_words})
        page = start_page(self.engine, self.coverage, self.anchors, self.words)
        series_there = {entry.at for entry in self.coverage.series}
        self.put("start.html", START, (page,), lambda: {"page": page, "series": series_there, "folded": folded})
        if library:
            self.folder.put(self.vega, library())

    def _write_shared(self) -> Callable[[], bytes] | None:
        """Style and scripts; what is begun and comes at the end is the library that draws, where it is not there."""
        for name in ("site.css", "site.js", "lists.js"):
            self.folder.put(name, (STATIC / name).read_bytes())
        try:
            self.vega = vega_at()
            library = None if self.folder.keep(self.vega) else vega_js()
            self.folder.put("charts.js", charts_js(self.words))
        except MissingLibrary:
            self.vega = ""
            return None
        return library

    def _write_article(self, article: StandingArticle) -> None:
        address = article_at(article.source, article.identity)
        reading, file_at = reading_of(article), self._file_at(article, address)
        self.coverage.take(article, address)
        self.anchors |= dict(_anchors(article, reading, address))

        def make() -> Mapping[str, object]:
            file = article.archive_path or article.identity
            page = article_page(reading, file, file_at, self.words, derived=True)
            return {"page": replace(page, version=article.extractor_version)}

        self.put("article.html", address, (article, file_at), make)

    def _file_at(self, article: StandingArticle, address: str) -> str:
        """The archived file from the page's folder."""
        if self.archive is None or not article.archive_path:
            return ""
        here = (self.folder.root / address).parent.resolve()
        return quote(Path(os.path.relpath((self.archive / article.archive_path).resolve(), here)).as_posix())

    def _write_place(self, place: Place, there: Set[str]) -> None:
        others = sorted({event.other for event in place.history if event.other and event.other in there})
        locality = place.points[0].locality
        facts = {"there": others, "place_at": place_at}
        self.put(
            "place.html",
            place_at(locality),
            (place, others),
            lambda: {"page": place_page(place, self.words), **facts},
        )
        for line in lines_of(place.points, sources_of(self.engine, locality), self.anchors):
            self._write_series(line)

    def _write_series(self, line: Line) -> None:
        self.coverage.take_series(line, self.words.labels.indicator(line.point))

        def make() -> Mapping[str, object]:
            page = series_page(line, self.words)
            self.folder.put(line.csv_at, page.csv)  # before the page: where that is as it should be, so is this
            return {"page": page}

        if not self.put("series.html", line.at, (line,), make) and not self.folder.keep(line.csv_at):
            make()

    def _write_indicator(self, code: str) -> None:
        rows = compared(self.engine, code)
        page = indicator_at(code)
        self.put("indicator.html", page, (rows,), lambda: {"page": indicator_page(code, rows, self.words)})


def write_site(engine: Engine, out: Path, *, archive: Path | None, language: str, known: Known = NOBODY) -> Site:
    """Bring the folder up to date. Raises Problem when it cannot be written, or holds what is not ours."""
    with site_folder(out) as folder:
        site = Site(engine, folder, archive, Words(language), known)
        site.write()
    return site


def site_of(engine: Engine, settings: Settings, out: Path, language: str | None = None) -> Site:
    """The site as the settings say it."""
    archive = settings.raw_dir if settings.raw_url is None else None
    spoken = language or ("vi" if settings.report == "off" else settings.report)
    return write_site(engine, out, archive=archive, language=spoken, known=known_to(settings))


def refresh(engine: Engine, settings: Settings) -> str | None:
    """Bring the report up to date after a night; one line where that fails, as what the night brought is stored."""
    try:
        site_of(engine, settings, settings.report_dir)
    except Exception as fault:
        told = str(fault) if isinstance(fault, Problem | DatabaseProblem) else f"{type(fault).__name__}: {fault}"
        return f"the report was not written: {told} (solieu report writes it, SOLIEU_REPORT=off does without)"
    return None


def _anchors(article: StandingArticle, reading: Reading, address: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Where the words of each claim are: its first mark in the text, else its card."""
    keys, marks = figures_of(reading, derived=True)
    places = places_of(marks)
    for at, key in keys.items():
        place = next(iter(places.get(key, ())), key)
        yield (article.source, article.identity, article.claims[at].row.key), f"{address}#{place}"


def _by_place(rows: Iterable[LatestRow]) -> dict[str, list[LatestRow]]:
    found: dict[str, list[LatestRow]] = {}
    for row in rows:
        found.setdefault(row.locality, []).append(row)
    return found
