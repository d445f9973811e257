"""Why every numeral of an article became what it became: taken, queued, left, or no figure at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.confidence import threshold
from extractors.facts import Observation, Reading
from extractors.figures import find_figures
from extractors.numerals import find_numerals
from extractors.ratings import find_ratings
from extractors.text import Text, normalise
from extractors.zeros import find_zeros


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the words at `start:end` of the article's text.

    `kind` is the class of the figure (percent, money, count, rank …) or of the numeral (date, document, phone …).
    `verdict`: taken, queued (below the threshold), left (`why` as in `Uncatalogued`), or none (no figure).
    """

    start: int
    end: int
    kind: str
    verdict: str
    why: str = ""
    label: str = ""
    observation: Observation | None = None


def account_for(reading: Reading) -> list[Account]:
    """One account for everything printed in the article that holds a number, in the order of the text."""
    text = normalise(reading.article.text)
    kinds = _kinds(text)
    told = [*_taken(reading, kinds), *_left(reading, kinds)]
    spans = sorted({(account.start, account.end) for account in told})
    told.extend(a for a in _numerals(reading, text) if not _overlaps(a.start, a.end, spans))
    return sorted(told, key=lambda account: (account.start, account.end))


def _kinds(text: Text) -> dict[int, str]:
    """The class of the figure that ends at a place of the stored text."""
    figures = [*find_ratings(text.norm), *find_figures(text.norm), *find_zeros(text.norm)]
    return {text.to_raw(figure.start, figure.end)[1]: figure.kind for figure in figures}


def _taken(reading: Reading, kinds: dict[int, str]) -> Iterator[Account]:
    for o in (one for one in reading.observations if not one.follows):
        verdict = "taken" if o.confidence >= threshold() else "queued"
        for start, end in [(o.start, o.end), *o.mentions]:
            yield Account(start, end, kinds.get(end, o.unit), verdict, observation=o)


def _left(reading: Reading, kinds: dict[int, str]) -> Iterator[Account]:
    for item in reading.uncatalogued:
        yield Account(item.start, item.end, kinds.get(item.end, item.unit), "left", item.why, item.label)


def _numerals(reading: Reading, text: Text) -> Iterator[Account]:
    """Numerals of the text that a person reads: dates, documents, and numbers that count nothing known."""
    shown = [(block.start, block.end) for block in reading.article.blocks if block.kind != "chrome"]
    for numeral in find_numerals(text.norm):
        start, end = text.to_raw(numeral.start, numeral.end)
        if any(left <= start and end <= right for left, right in shown):
            yield Account(start, end, numeral.kind, "none")


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(left < end and start < right for left, right in spans)
