"""What becomes of corrections: articles whose corrections changed are read again, and what fits nothing is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows.archive import Entry
from flows.corrections.correcting import APPLIED, UNFIT, correct
from flows.corrections.file import Corrections, note_of
from flows.corrections.parts import Correction, Merge, Place
from flows.desk import Desk, run_of
from flows.load import Loaded
from flows.problems import ArchiveProblem
from flows.report import Report, SourceReport
from models.corrected import CorrectedArticle, claims_by_note, corrected_articles
from models.retract import CHECK as RETRACTED

NO_ARTICLE = "no such article is in the database"
TO_COME = "its article has not been read again yet"
GONE = "the site no longer has the article"


@dataclass(frozen=True)
class Fate:
    """What became of a correction: applied, not applied, to come, moot where its article is gone; a name waits for an
    article that has it."""

    line: int
    correction: Correction
    state: str
    why: str

    @property
    def is_problem(self) -> bool:
        return self.state in ("not applied", "to come")

    def __str__(self) -> str:
        return f"line {self.line}: {self.state}: {self.why}"


def apply_corrections(desk: Desk) -> Report:
    """Read again the articles whose corrections changed, and no others. Raises AlreadyRunning."""
    with run_of(desk, "corrections") as report:
        report.sources += [SourceReport(source) for source in sorted({article.source for article in _behind(desk)})]
        settle_corrections(desk, report)
    return report


def settle_corrections(desk: Desk, report: Report) -> None:
    """Apply what changed in the file, and say in the report which corrections fit nothing."""
    for loaded in _again(desk, report):
        source = loaded.entry.source
        line = next((line for line in report.sources if line.source == source), None)
        report.corrected += 1
        if loaded.counts is None:
            report.problems.append(f"{source}: {loaded.problem}")
        elif line is not None:
            line.take_again(loaded.counts)
    report.problems += problems_of(desk, fates(desk))


def problems_of(desk: Desk, found: Iterable[Fate]) -> list[str]:
    """The corrections that fit nothing, each with its file and line."""
    return [f"{desk.corrections.file}: {fate}" for fate in found if fate.is_problem]


def _again(desk: Desk, report: Report) -> Iterator[Loaded]:
    entries, done = list(_entries(desk, report)), 0
    for batch in desk.store(entries):
        yield from batch
        done += len(batch)
        desk.watch("corrections", done, len(entries))


def _entries(desk: Desk, report: Report) -> Iterator[Entry]:
    """The newest bytes of the articles whose corrections changed."""
    for article in _behind(desk):
        try:
            yield _newest(desk, article)
        except ArchiveProblem as problem:
            report.problems.append(f"{article.source}: {problem}")


def _newest(desk: Desk, article: CorrectedArticle) -> Entry:
    """Raises ArchiveProblem when the archive has none."""
    entry = desk.archive.newest(article.source, article.identity)
    if entry is None:
        raise ArchiveProblem(f"{article.identity}: not in the archive, and so it cannot be read again")
    return entry


def try_corrections(desk: Desk) -> list[Fate]:
    """What would become of each correction; writes nothing. Raises ArchiveProblem."""
    return _sorted(desk, [_as_tried(desk, one) if _is_behind(desk, one) else one for one in _articles(desk)])


def _as_tried(desk: Desk, article: CorrectedArticle) -> CorrectedArticle:
    """The article as it would stand; as it is where it cannot be read."""
    (read,) = desk.extract([_newest(desk, article)])
    if read.reading is None:
        return article
    mine = desk.corrections
    said = correct(read.reading, mine.of(article.source, article.identity)).reading.findings
    told = tuple((one.check, one.message) for one in said if one.check in (APPLIED, UNFIT))
    return replace(article, digest=_wanted(desk, article), findings=told)


def fates(desk: Desk) -> list[Fate]:
    """What became of each correction of an article, in the order of the file; reads only."""
    return _sorted(desk, _articles(desk))


def _sorted(desk: Desk, articles: Iterable[CorrectedArticle]) -> list[Fate]:
    articles = list(articles)
    found = [fate for article in articles for fate in _fates_in(article, desk.corrections)]
    met = {fate.line for fate in found}
    named = (pair for several in desk.corrections.on_articles.values() for pair in several)
    found += [Fate(line, one, "not applied", NO_ARTICLE) for line, one in named if line not in met]
    found += _of_words(desk, articles)
    return sorted(found, key=lambda fate: fate.line)


def _fates_in(article: CorrectedArticle, corrections: Corrections) -> Iterator[Fate]:
    mine = corrections.lined(article.source, article.identity)
    if _is_gone(article):
        yield from (Fate(line, one, "moot", GONE) for line, one in mine)
    elif article.digest != corrections.digest(article.source, article.identity, article.text):
        yield from (Fate(line, one, "to come", TO_COME) for line, one in mine)
    else:
        for (line, one), (check, message) in zip(mine, article.findings, strict=True):
            yield Fate(line, one, "applied" if check == APPLIED else "not applied", message)


def _of_words(desk: Desk, articles: Sequence[CorrectedArticle]) -> Iterator[Fate]:
    """Names of indicators and places; a name need not be in any article yet."""
    mine, there = desk.corrections, [article for article in articles if not _is_gone(article)]
    having = [(one, {*mine.names_in(one.text)}, {*mine.places_of(one.source, one.identity)}) for one in there]
    claims = claims_by_note(desk.engine) if mine.names or mine.places else {}
    for line, one in zip(mine.lines, mine.entries, strict=True):
        if isinstance(one, Merge) and not one.into:
            yield Fate(line, one, "applied", f"“{one.label}” is not asked about")
        elif isinstance(one, Merge | Place):
            if isinstance(one, Merge):
                its = [article for article, names, _ in having if (one.label, one.into) in names]
            else:
                its = [article for article, _, places in having if (one.place, one.is_) in places]
            late = any(_is_behind(desk, article) for article in its)
            missing = "waits" if isinstance(one, Merge) else "not applied"
            brought = sum(number for note, number in claims.items() if note_of(one) in note)
            why = f"articles that have it: {len(its)}, claims by it: {brought}"
            yield Fate(line, one, "to come" if late else "applied" if its else missing, why)


def _behind(desk: Desk) -> list[CorrectedArticle]:
    return [article for article in _articles(desk) if _is_behind(desk, article)]


def _is_behind(desk: Desk, article: CorrectedArticle) -> bool:
    """Whether its corrections changed; there is nothing to correct in an article that is gone."""
    return not _is_gone(article) and article.digest != _wanted(desk, article)


def _wanted(desk: Desk, article: CorrectedArticle) -> str:
    return desk.corrections.digest(article.source, article.identity, article.text)


def _articles(desk: Desk) -> list[CorrectedArticle]:
    """Those that were corrected, that the file names, and that have a name of the operator's."""
    mine, checks = desk.corrections, (APPLIED, UNFIT, RETRACTED)
    names = (lambda text: bool(mine.names_in(text))) if mine.names else None
    return corrected_articles(desk.engine, {*mine.on_articles, *mine.places}, checks, names)


def _is_gone(article: CorrectedArticle) -> bool:
    return any(check == RETRACTED for check, _ in article.findings)
