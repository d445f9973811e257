"""The sample sites: their pages are read whole, and their figures are found as a careful reader finds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.facts import Article, Observation
from extractors.page import read_page
from extractors.reader import read_article
from flows.samples import FOLDER

ROOT = Path(__file__).parent.parent
EXPECTED = sorted((ROOT / "tests" / "sources").glob("*/*.yaml"))
FLOOR = 0.90
"""Share of agreement (F1) below which the reader has lost something; it goes up when the reader gets better."""

Facts = Mapping[str, Any]


def load(file: Path) -> Facts:
    facts: Facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    return facts


def article_of(file: Path) -> Article:
    expected = load(file)
    source = load(FOLDER / file.parent.name / "source.yml")
    page = ROOT / expected["article"]
    given = {"url": expected["url"], "locality": source["locality"]}
    return read_page(page.read_bytes(), name=page.name, selectors=source.get("page", {}), facts=given)


def test_the_samples_are_many_enough_to_show_something() -> None:
    assert len(EXPECTED) >= 14
    assert sum(len(load(file)["observations"]) for file in EXPECTED) >= 140
    pages = {page for page in FOLDER.rglob("*.html") if _is_article(page.read_text(encoding="utf-8"))}
    assert {ROOT / load(file)["article"] for file in EXPECTED} == pages


def _is_article(markup: str) -> bool:
    return any(mark in markup for mark in ("page-detail-meta", "Cập nhật ngày", "datePublished"))


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem[:40])
def test_a_sample_page_is_read_whole(file: Path) -> None:
    expected, article = load(file), article_of(file)
    assert (article.title, article.published) == (expected["title"], date.fromisoformat(expected["published"]))
    assert article.author
    assert article.issues == ()
    read = [article.text[b.start : b.end] for b in article.blocks if b.kind not in ("chrome", "byline", "dateline")]
    lost = [o["quote"] for o in expected["observations"] if not any(o["quote"] in block for block in read)]
    assert lost == []
    furniture = ("truy cập", "Tin liên quan", "Thăm dò", "Giảm 50%", "23:59", "Lượt xem")
    assert [word for word in furniture if word in article.text] == []


def test_the_figures_of_the_samples_are_found() -> None:
    gold = found = right = 0
    for file in EXPECTED:
        wanted, seen = load(file)["observations"], read_article(article_of(file)).observations
        hits, spare = agreement(wanted, [o for o in seen if not o.derived])
        gold += sum(not o.get("optional") for o in wanted)
        found += hits + spare
        right += hits
    score = 2 * right / (gold + found)
    assert score >= FLOOR, f"F1 {score:.3f}: {right} right of {gold} wanted and {found} found"


def agreement(wanted: list[Facts], seen: list[Observation]) -> tuple[int, int]:
    """How many of the wanted observations were seen, and how many were seen that nobody wanted."""
    left, hits = list(seen), 0
    for facts in wanted:
        match = next((o for o in left if _agree(facts, o)), None)
        if match is not None:
            left.remove(match)
            hits += not facts.get("optional")
    return hits, len(left)


def _agree(facts: Facts, seen: Observation) -> bool:
    value = seen.value if isinstance(seen.value, str) else float(seen.value)
    slots = {"scope": "all", "breakdown": {}, "status": "actual", "measure": "level", **facts}
    said = {"breakdown": dict(seen.breakdown), "value": value}
    names = ("locality", "scope", "indicator", "breakdown", "period", "status", "measure", "value", "unit")
    return all(said.get(n, getattr(seen, n)) in [slots[n], *facts.get(f"{n}_alt", [])] for n in names)
