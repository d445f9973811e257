"""The page of one article: its text with every figure highlighted, what each says and why, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from extractors.facts import EXTRACTOR_VERSION, Article, Reading
from flows.pages.cards import ROLES, Card, cards_of, given_of, keys_of, place_name, spans_of
from flows.pages.frame import Words, render
from flows.pages.passages import Mark, Passage, marks_of, passages


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the text, or the rows of a table; below it the findings about its figures."""

    kind: str
    rows: tuple[tuple[Passage, ...], ...]
    findings: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and the keys of the figures that it is about."""

    check: str
    message: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that the template shows. `file` and `file_at` are the name and the address of the bytes that were read."""

    article: Article
    home: str
    file: str
    file_at: str
    shown: tuple[Shown, ...]
    cards: Mapping[str, Card]
    findings: tuple[Told, ...]
    marks: Mapping[str, tuple[str, ...]]
    version: str = EXTRACTOR_VERSION

    @property
    def title(self) -> str:
        return self.article.title or self.file

    @property
    def source_at(self) -> str:
        """The article's address, where it is one that may be followed: a page may state `javascript:…` as its own."""
        url = self.article.url or ""
        return url if url.startswith(("https://", "http://")) else ""

    @property
    def observed(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards.values() if card.observation)

    @property
    def roles(self) -> dict[str, int]:
        """The roles that the text has, and how many figures each."""
        printed = [card.role for card in self.cards.values() if card.key in self.marks]
        counted = {role: printed.count(role) for role in ROLES}
        return {role: count for role, count in counted.items() if count}


def article_html(reading: Reading, file: str, file_at: str, words: Words, *, derived: bool) -> str:
    """The page as one self-contained HTML file."""
    return render("article.html", words, page=article_page(reading, file, file_at, words, derived=derived))


def article_page(reading: Reading, file: str, file_at: str, words: Words, *, derived: bool = False) -> ArticlePage:
    keys, marks = figures_of(reading, derived=derived)
    told = [Told(f.check, f.message, tuple(keys[i] for i in f.observations if i in keys)) for f in reading.findings]
    shown = tuple(_shown(passages(reading.article, marks, given_of(reading, keys)), told))
    placed = [one for block in shown for one in block.findings]
    return ArticlePage(
        article=reading.article,
        home=place_name(reading.locality) if reading.locality else "",
        file=file,
        file_at=file_at,
        shown=shown,
        cards=cards_of(reading, keys, words),
        findings=tuple(one for one in told if one not in placed),
        marks=places_of(marks),
    )


def figures_of(reading: Reading, *, derived: bool) -> tuple[dict[int, str], list[Mark]]:
    """The key of each observation that is shown, and what is highlighted in the text."""
    keys = keys_of(reading, derived=derived)
    return keys, marks_of(spans_of(reading, keys))


def _shown(parts: Iterable[Passage], told: Iterable[Told]) -> Iterator[Shown]:
    """Blocks and tables in order, each finding below the first that has one of its figures."""
    waiting = list(told)
    lasting = (part for part in parts if part.block or part.text.strip())
    for _, group in groupby(lasting, key=_together):
        block = list(group)
        here = {key for part in block for run in part.runs if run.mark for key in run.mark.keys}
        findings = tuple(one for one in waiting if here & set(one.keys))
        waiting = [one for one in waiting if one not in findings]
        yield Shown(block[0].block.kind if block[0].block else "paragraph", tuple(_rows(block)), findings)


def _together(part: Passage) -> tuple[str, int | None]:
    """The same for all cells of a table, and for no two other blocks."""
    at = part.block
    return ("cell", at.table) if at and at.kind == "cell" else ("", at.start if at else id(part))


def _rows(block: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    for _, row in groupby(block, key=lambda part: part.block.row if part.block else None):
        yield tuple(row)


def places_of(marks: Iterable[Mark]) -> dict[str, tuple[str, ...]]:
    """The marks of each figure."""
    places: dict[str, tuple[str, ...]] = {}
    for mark in marks:
        for key in mark.keys:
            places[key] = (*places.get(key, ()), mark.id)
    return places
