"""What must hold of every article: our samples, and those that others annotated where they lie beside the working copy.

How a text is encoded, spaced and ended changes nothing; nor does the order of reading or who reads; every stored value
is read again from its own words.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from extractors.facts import Observation, Reading
from extractors.figures import read_figure
from extractors.page import read_page
from extractors.reader import read_article
from tests.test_samples import EXPECTED, article_of

SHARED = Path(__file__).parents[2] / "shared"
TEXTS = [*sorted((SHARED / "gold" / "dev").glob("*.txt")), *sorted((SHARED / "seeds").glob("*.txt"))]
SLOTS = (
    *("locality", "scope", "indicator", "breakdown", "period", "status", "measure", "base"),
    *("value", "unit", "out_of", "bound", "confidence"),
)
TONES = [
    pair.split() for pair in ("òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ", "òe oè", "óe oé", "ùy uỳ", "úy uý", "ủy uỷ")
]


def sample_texts() -> list[str]:
    """The samples as plain text, one paragraph a line."""
    articles = [article_of(file) for file in EXPECTED]
    blocks = [[a.text[b.start : b.end] for b in a.blocks if b.kind in ("title", "lead", "paragraph")] for a in articles]
    return ["\n".join(lines) for lines in blocks]


def with_tones(text: str, old: int, new: int) -> str:
    """Tone marks of open syllables as one school writes them: "hòa", "hoà"; "quý" is the same in both."""
    for pair in TONES:
        text = regex.sub(rf"(?<![qQ]){pair[old]}(?!\p{{L}})", pair[new], text)
    return text


VARIANTS: dict[str, Callable[[str], str]] = {
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "tone marks of one school": lambda text: with_tones(unicodedata.normalize("NFC", text), 0, 1),
    "tone marks of the other": lambda text: with_tones(unicodedata.normalize("NFC", text), 1, 0),
    "no-break spaces": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "narrow spaces": lambda text: regex.sub(r"(?<=\d) (?=%|tỷ|triệu)", "\N{NARROW NO-BREAK SPACE}", text),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
}


@cache
def facts_of(file: Path) -> dict[str, Any] | None:
    card = file.with_suffix(".json")
    return json.loads(card.read_text(encoding="utf-8")) if card.exists() else None


def read(text: str, facts: dict[str, Any] | None) -> Reading:
    given = {key: value for key, value in (facts or {}).items() if isinstance(value, str)}
    return read_article(read_page(text.encode(), name="article.txt", facts=given))


def slots(reading: Reading) -> list[tuple[Any, ...]]:
    return [tuple(getattr(o, slot) for slot in SLOTS) for o in reading.observations]


def articles() -> list[tuple[str, dict[str, Any] | None]]:
    """Every text, with what is known of it from outside."""
    dated = {"published": "2024-07-15"}
    return [(file.read_text(encoding="utf-8"), facts_of(file)) for file in TEXTS] + [
        (text, dated) for text in sample_texts()
    ]


@pytest.fixture(scope="module")
def once() -> list[Reading]:
    """Every article, read once, in order."""
    return [read(*one) for one in articles()]


@pytest.mark.parametrize("name", VARIANTS)
def test_the_encoding_of_a_text_changes_nothing(name: str, once: list[Reading]) -> None:
    again = [read(VARIANTS[name](text), facts) for text, facts in articles()]
    assert [a.article.title for a, b in zip(once, again, strict=True) if slots(a) != slots(b)] == []


def test_neither_order_nor_workers_change_anything(once: list[Reading]) -> None:
    given = list(reversed(articles()))
    with ThreadPoolExecutor(4) as workers:
        again = [slots(reading) for reading in workers.map(lambda one: read(*one), given)]
    assert again == [slots(reading) for reading in reversed(once)]


def test_every_value_is_read_again_from_its_own_words(once: list[Reading]) -> None:
    said = [(reading.article.text, o) for reading in once for o in reading.observations]
    assert len(said) > 100
    assert [o for text, o in said if text[o.start : o.end] != o.quote] == []
    assert [(o.quote, o.value) for _, o in said if not o.derived and not reads_again(o)] == []


def reads_again(o: Observation) -> bool:
    """A grade is its words; "không có loại Yếu" holds no numeral; a fall is printed without its sign."""
    if isinstance(o.value, str):
        return o.value in o.quote
    if o.value == 0 and not regex.search(r"\d", o.quote):
        return o.quote.lower().startswith(("không", "chưa"))
    return abs(read_figure(o.quote)) == abs(Decimal(o.value))
