"""What other rooms hand in: plain values, no database and no extractor types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """A publisher; `id` is the name of its YAML file, `locality` the id of its home."""

    id: str
    name: str
    url: str | None = None
    locality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What tells a near copy of a text: hashes (32 bits) of runs of words, printed numbers, and bands.

    Two texts are compared when they share a band.
    """

    shingles: tuple[int, ...]
    numbers: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """One version of an article: the bytes that were archived, and how they were read.

    `identity` is the canonical URL, or the file name of an ad-hoc file: with `source` it says which article this is.
    `content_hash` is the sha256 of the archived bytes; `fetched_at` (with a zone) is when they arrived, as the
    archive's sidecar tells, because versions are put in order by it.
    """

    source: str
    identity: str
    content_hash: str
    fetched_at: datetime
    text: str
    extractor_version: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    author: str | None = None
    locality: str | None = None
    """What the article is about; a claim about this very place counts as its own report."""
    archive_path: str | None = None
    origin: str | None = None
    """The address that it says it repeats, or the host alone."""
    fingerprint: Fingerprint | None = None
    """None for a text too short to be known again."""
    layers: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    """How the text is laid out."""
    corrections: str = ""
    """Digest of the corrections that were applied, '' for none."""


class Block(NamedTuple):
    """A heading, a paragraph, a cell of a table, …: characters of `ArticleRecord.text`, half open."""

    kind: str
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    column: int | None = None


class Evidence(NamedTuple):
    """How a slot of a claim was found, and the characters that say it, where any do."""

    slot: str
    how: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Where the article says it: characters of `ArticleRecord.text`, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That an indicator had (or is to have) a value in a locality over a period.

    `period` and `base` are ISO 8601 (`2023-01-01/2023-12-31`, or one day); `value` is a Decimal in `unit`,
    or the grade's words for a rating; `confidence` is between 0 and 1.
    """

    locality: str
    indicator: str
    period: str
    value: Decimal | str
    unit: str
    printed: str = ""
    scope: str = "all"
    breakdown: tuple[tuple[str, str], ...] = ()
    status: str = "actual"
    measure: str = "level"
    base: str | None = None
    out_of: Decimal | None = None
    group: str | None = None
    bound: str = "eq"
    confidence: float = 1.0
    derived: bool = False
    correction: str = ""
    """What was put right by hand, and why; '' for a claim as it was read."""
    mentions: tuple[Mention, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    """What makes it less sure."""
    follows: tuple[int, ...] = ()
    """Of a derived one, the positions of those that it follows from, in the list of claims handed in with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncataloguedRecord:
    """A figure that became no claim: its words, what they are about (`label`), and why it was left.

    `place` are the words for its place, `candidates` the ids of the localities they may mean, when that is why.
    """

    text: str
    value: Decimal
    unit: str
    start: int
    end: int
    label: str = ""
    why: str = "unnamed"
    place: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """Something that does not add up; `claims` are positions in the list of claims handed in with it."""

    check: str
    message: str
    claims: tuple[int, ...] = ()


@dataclass(slots=True)
class SourceCounts:
    """What a run did for one source. Counts are of articles, but for `added` and `withdrawn`, which are of claims."""

    source: str
    _: KW_ONLY
    listed: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    """Could not be fetched, read or loaded."""
    added: int = 0
    withdrawn: int = 0
    findings: int = 0
    error: str | None = None
    """Why the source as a whole failed."""
    read: int = 0
    dated: int = 0
    """Read with a date of publication."""
    with_figures: int = 0
    """Read with at least one observation."""
    retracted: int = 0
    """The site no longer has them."""
    left_out: int = 0
    """New, and dated outside of the days that were asked for."""
    waiting: int = 0
    """The next nights bring them: beyond `--max`, not tried, or failed."""
    again: int = 0
    """Asked again though no list names them; they count as any other but in `listed`."""
    asked: int = 0
    """The site was asked for them, whatever it answered."""
    unread: int = 0
    """Came and could not be read or stored."""
    layers: dict[str, dict[str, int]] = field(default_factory=dict)
    """Slot → layer that told it → how many of those read: {"title": {"selector": 12}}."""
    health: str = ""
    """Of a nightly run: "ok", or what ails the source: "silent 9 d, few dated"."""
    unwell: bool = False
    """Whether that is grave."""
    note: str = ""
    """What ails the source with its reasons, one a line."""
