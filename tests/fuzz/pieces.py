"""Texts of no sense in the words of the language: pieces of the sentences of tests/spec in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from extractors.encoding import NotVietnamese, Unreadable
from extractors.facts import Article
from extractors.page import read_page
from extractors.reader import read_article

SPEC = Path(__file__).parents[1] / "spec"
MARKS = (
    ", ",
    "; ",
    ". ",
    ": ",
    " (",
    ") ",
    " - ",
    "\n",
    "\n\n",
    "<p>",
    "</p>",
    "<td>",
    "</td></tr><tr>",
    "\u00a0",
    "%",
)
LONGEST = 4
FACTS = {"published": date(2024, 7, 15).isoformat(), "locality": "56"}


def pieces() -> list[str]:
    """Runs of one to four words, and marks."""
    runs = (
        " ".join(words[at : at + length])
        for text in _texts()
        for words in [text.split()]
        for length in range(1, LONGEST + 1)
        for at in range(0, len(words), length)
    )
    return [*dict.fromkeys([*MARKS, *runs])]


def _texts() -> Iterator[str]:
    for file in sorted(SPEC.rglob("*.yml")):
        yield from _strings(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader))


def _strings(told: Any) -> Iterator[str]:
    """The sentences of a file of the specification, wherever they are."""
    if isinstance(told, dict):
        yield from (told["text"],) if "text" in told else ()
        yield from (one for value in told.values() for one in _strings(value))
    elif isinstance(told, list):
        yield from (one for value in told for one in _strings(value))


def check_page(data: bytes) -> None:
    """A page is read, or refused with a reason; what it states is where it says it is."""
    try:
        article = read_page(data, name="page", facts=FACTS)
    except (Unreadable, NotVietnamese):
        return
    check_article(article)


def check_article(article: Article) -> None:
    reading = read_article(article)
    for said in reading.observations:
        assert article.text[said.start : said.end] == said.quote, (said.start, said.end, said.quote)
    spans: Sequence[tuple[int, int]] = [(one.start, one.end) for one in reading.uncatalogued]
    assert all(0 <= start < end <= len(article.text) for start, end in spans), spans
    assert len(set(spans)) == len(spans), spans
