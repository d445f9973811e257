"""What is read from annotated articles, and whether it is right: one row an observation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.baselines.gold import Annotated, read_folder
from benchmarks.baselines.readers import facts_of
from benchmarks.baselines.score import first_match, is_forgiven
from extractors.confidence import features_of
from extractors.places.gazetteer import locality
from extractors.reader import read_article


@dataclass(frozen=True, slots=True)
class Row:
    """`source` is the province whose papers are left out together; `features` are those of the confidence."""

    source: str
    features: frozenset[str]
    right: bool


def read_rows(folder: Path) -> list[Row]:
    """The rows of a folder of annotated articles. Raises NotAnnotated."""
    return [row for article in read_folder(folder) for row in _rows_of(article)]


def _rows_of(article: Annotated) -> Iterator[Row]:
    """Optional observations, and other readings of them, are neither right nor wrong and give no row."""
    wanted = list(article.wanted)
    for seen in read_article(article.article).observations:
        facts = facts_of(seen)
        match = first_match(wanted, facts)
        if match is not None:
            wanted.remove(match)
        optional = match.get("optional") if match else is_forgiven(facts, article.wanted)
        if not optional and not seen.derived:
            yield Row(_province(article.locality), frozenset(features_of(seen)), match is not None)


def _province(code: str | None) -> str:
    """The province that a paper is of, by its code before the mergers of 2025: "568" → "56"."""
    unit = locality(code) if code else None
    while unit is not None and unit.parent not in (None, "VN"):
        unit = locality(str(unit.parent))
    return unit.code.partition("@")[0] if unit else ""
