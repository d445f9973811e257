"""What was read goes into the database: observations become claims, one transaction an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select

from extractors.facts import Observation, Reading
from flows.archive import Entry
from flows.corrections.correcting import correct
from flows.corrections.file import NONE, Corrections
from flows.places import link_rows, name_rows, place_rows
from flows.program import program
from flows.reading import Read
from flows.sources import Source
from flows.web.addresses import canonical
from models.catalogue import is_stored_by, load_catalogue, load_parameters, load_sources
from models.database import reading as query
from models.database import writing
from models.linking import link_copies
from models.load import LoadCounts, load_article
from models.problems import LoadProblem
from models.records import (
    ArticleRecord,
    Block,
    Claim,
    Evidence,
    FindingRecord,
    Fingerprint,
    Mention,
    SourceRecord,
    UncataloguedRecord,
)
from models.retract import Retraction, retract_article
from models.statistics import learn_sizes
from models.tables import Article, ArticleVersion

CURRENT = (
    select(Article.identity, ArticleVersion.fetched_at, ArticleVersion.content_hash)
    .join(ArticleVersion, ArticleVersion.article_id == Article.id)
    .where(Article.source_id == bindparam("source"), ArticleVersion.superseded_at.is_(None))
)
READINGS = (
    select(Article.identity, ArticleVersion.fetched_at, ArticleVersion.content_hash, ArticleVersion.read_by)
    .join(ArticleVersion, ArticleVersion.article_id == Article.id)
    .where(Article.source_id == bindparam("source"))
)


@dataclass(frozen=True)
class Loaded:
    """One article after loading; `counts` None means that it could not be stored, and `problem` says why."""

    entry: Entry
    counts: LoadCounts | None
    findings: int = 0
    dated: bool = False
    with_figures: bool = False
    layers: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    copy: bool = False
    """It repeats another article, and counts as that one."""


def prepare(engine: Engine, sources: Iterable[Source], *, anew: bool = False) -> None:
    """Bring places, indicators, the threshold and sources up to date; nothing is written where nothing differs. Places
    and indicators that this very program has stored are compared again only `anew`."""
    from extractors.confidence import threshold

    with writing(engine) as conn:
        if anew or not is_stored_by(conn, program()):
            load_catalogue(conn, place_rows(), _indicator_rows(), link_rows(), name_rows(), program=program())
        load_parameters(conn, {"published_threshold": threshold()})
        load_sources(conn, [SourceRecord(id=s.id, name=s.name, url=s.url, locality=s.locality) for s in sources])


def _indicator_rows() -> list[dict[str, object]]:
    from extractors.indicators import catalogue

    columns = ("code", "name_vi", "name_en", "unit", "additive", "better")
    return [{name: getattr(one, name) for name in columns} for one in catalogue().indicators.values()]


def load_reads(
    engine: Engine,
    reads: Iterable[Read],
    *,
    run_id: int | None,
    now: Callable[[], datetime],
    corrections: Corrections = NONE,
) -> list[Loaded]:
    """Store a batch as corrections leave it, then link its copies. An article that cannot be stored does not stop the
    others; a broken database does."""
    loaded = [load_one(engine, read, run_id=run_id, now=now, corrections=corrections) for read in reads]
    return linked(engine, loaded)


def linked(engine: Engine, loaded: Iterable[Loaded]) -> list[Loaded]:
    """Link copies, of these articles and of what an interrupted batch left unlinked."""
    with writing(engine) as conn:
        learn_sizes(conn)
        copies = link_copies(conn)
    return [replace(one, copy=(one.entry.source, one.entry.url) in copies) for one in loaded]


def load_one(
    engine: Engine, read: Read, *, run_id: int | None, now: Callable[[], datetime], corrections: Corrections = NONE
) -> Loaded:
    """Store an article, its copies aside."""
    if read.entry.gone:
        return _take_back(engine, read.entry, run_id)
    if read.reading is None:
        return Loaded(read.entry, None, problem=read.problem)
    said, record, claims = stated(read.entry, read.reading, corrections)
    try:
        record = replace(record, fingerprint=fingerprint_of(said), read_by=read.by)
        details = uncatalogued_of(said), findings_of(said)
        with writing(engine) as conn:
            # new bytes say something from when they were fetched; another reading of known bytes does from now
            counts = load_article(conn, record, claims, *details, run_id=run_id, now=record.fetched_at, again=now())
    except LoadProblem as problem:
        return Loaded(read.entry, None, problem=str(problem))
    dated, with_figures = said.article.published is not None, bool(said.observations)
    return Loaded(read.entry, counts, len(said.findings), dated, with_figures, said.article.layers)


def _take_back(engine: Engine, entry: Entry, run_id: int | None) -> Loaded:
    why = f"{entry.url}: the site answers {entry.status}: its claims are withdrawn"
    gone = Retraction(entry.source, entry.url, entry.sha256, entry.fetched_at, why)
    with writing(engine) as conn:
        return Loaded(entry, retract_article(conn, gone, run_id=run_id))


def current_versions(conn: Connection, source: str) -> dict[str, tuple[datetime, str]]:
    """When the version that the database now holds of each article of a source was fetched, and its hash."""
    rows = conn.execute(CURRENT, {"source": source})
    return {name: (fetched_at, digest) for name, fetched_at, digest in rows}


def readings(engine: Engine, source: str) -> dict[tuple[str, datetime, str], str]:
    """What read each stored version of a source's articles, by its address, time and hash."""
    with query(engine) as conn:
        return {(identity, at, digest): by for identity, at, digest, by in conn.execute(READINGS, {"source": source})}


def pending(engine: Engine, source: str, entries: Iterable[Entry]) -> list[Entry]:
    """Entries of the archive that came after what the database holds, in their order: new ones, and those that an
    interrupted run or a deleted database left behind."""
    with query(engine) as conn:
        stored = current_versions(conn, source)
    return [e for e in entries if e.url not in stored or (e.fetched_at, e.sha256) > stored[e.url]]


def stated(entry: Entry, reading: Reading, corrections: Corrections) -> tuple[Reading, ArticleRecord, list[Claim]]:
    """What an article says once it is corrected, and as it is stored; a claim says which words of the operator brought
    it, and what was put right in it."""
    made = correct(reading, corrections.of(entry.source, entry.url))
    record = record_of(entry, made.reading)
    record = replace(record, corrections=corrections.digest(entry.source, entry.url, record.text))
    claims = claims_of(made.reading)
    for n, one in enumerate(made.reading.observations):
        notes = [*corrections.notes_on(entry.source, entry.url, one.named_by, one.placed_by), made.notes.get(n)]
        if any(notes):
            claims[n] = replace(claims[n], correction="; ".join(filter(None, notes)))
    return made.reading, record, claims


def record_of(entry: Entry, reading: Reading) -> ArticleRecord:
    """The article's row: how these bytes were read."""
    from extractors.facts import EXTRACTOR_VERSION

    article = reading.article
    return ArticleRecord(
        source=entry.source,
        identity=entry.url,
        content_hash=entry.sha256,
        fetched_at=entry.fetched_at,
        text=article.text,
        extractor_version=EXTRACTOR_VERSION,
        title=article.title,
        published=article.published,
        url=article.url,
        locality=reading.locality,
        archive_path=entry.path.with_name(entry.file).as_posix(),
        origin=canonical(article.origin) if article.origin and "://" in article.origin else article.origin,
        author=article.author,
        layers=article.layers,
        blocks=tuple(Block(b.kind, b.start, b.end, b.table, b.row, b.column) for b in article.blocks),
    )


def fingerprint_of(reading: Reading) -> Fingerprint | None:
    """What its copies are known by; not needed to compare an article with what is stored of it."""
    from extractors.fingerprint import fingerprint

    found = fingerprint(reading.article)
    return None if found is None else Fingerprint(shingles=found.shingles, numbers=found.numbers, bands=found.bands)


def claims_of(reading: Reading) -> list[Claim]:
    """The reading's observations, in its order: findings point into it."""
    return [_claim(one) for one in reading.observations]


def _claim(said: Observation) -> Claim:
    places = dict.fromkeys([(said.start, said.end), *said.mentions])
    return Claim(
        locality=said.locality,
        indicator=said.indicator,
        period=said.period,
        value=said.value,
        unit=said.unit,
        printed=said.printed,
        scope=said.scope,
        breakdown=said.breakdown,
        status=said.status,
        measure=said.measure,
        base=said.base,
        out_of=said.out_of,
        group=said.group,
        bound=said.bound,
        confidence=said.confidence,
        derived=said.derived,
        mentions=tuple(Mention(start, end) for start, end in places),
        evidence=tuple(Evidence(found.slot, found.how, found.start, found.end) for found in said.evidence),
        doubts=said.doubts,
        follows=said.follows,
    )


def uncatalogued_of(reading: Reading) -> list[UncataloguedRecord]:
    return [
        UncataloguedRecord(
            text=u.text,
            value=u.value,
            unit=u.unit,
            start=u.start,
            end=u.end,
            label=u.label,
            why=u.why,
            place=u.place,
            candidates=u.candidates,
        )
        for u in reading.uncatalogued
    ]


def findings_of(reading: Reading) -> list[FindingRecord]:
    return [FindingRecord(check=f.check, message=f.message, claims=f.observations) for f in reading.findings]
