"""Articles that others annotated; `conftest.py` leaves them out where they do not lie beside the working copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.facts import Observation
from extractors.page import read_page
from extractors.reader import read_article
from tests.test_samples import agreement

SHARED = Path(__file__).parents[2] / "shared"
GOLD = sorted((SHARED / "gold" / "dev").glob("*.yaml"))
SETS = {"all": (GOLD, 0.96), "seeds": ([file for file in GOLD if file.stem.isdigit()], 1.0)}
"""Files, and the share of agreement (F1) that was reached with them."""


Facts = dict[str, Any]


def seen_in(file: Path) -> tuple[list[Facts], list[Observation]]:
    """What is annotated of an article, and what is read from it."""
    expected: Facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    page = next(path for folder in file.parents if (path := folder / expected["article"]).exists())
    card = page.with_suffix(".json")
    known = json.loads(card.read_text(encoding="utf-8")) if card.exists() else {}
    facts = {slot: value for slot, value in known.items() if isinstance(value, str)}
    seen = read_article(read_page(page.read_bytes(), name=page.name, facts=facts)).observations
    return expected["observations"], [o for o in seen if not o.derived]


@pytest.fixture(scope="module")
def everything() -> dict[Path, tuple[list[Facts], list[Observation]]]:
    return {file: seen_in(file) for file in GOLD}


Everything = dict[Path, tuple[list[Facts], list[Observation]]]


@pytest.mark.parametrize("name", SETS)
def test_the_annotated_articles_are_read_as_well_as_before(name: str, everything: Everything) -> None:
    files, floor = SETS[name]
    gold = found = right = 0
    for wanted, seen in (everything[file] for file in files):
        hits, spare = agreement(wanted, seen)
        gold += sum(not facts.get("optional") for facts in wanted)
        found += hits + spare
        right += hits
    score = 2 * right / (gold + found)
    assert score >= floor, f"F1 {score:.3f}: {right} right of {gold} wanted and {found} found"


def test_articles_without_an_observation_give_none(everything: Everything) -> None:
    assert {file.stem: seen for file, (wanted, seen) in everything.items() if not wanted and seen} == {}


def test_no_target_is_taken_for_an_actual_value(everything: Everything) -> None:
    slots = ("locality", "indicator", "period", "measure", "unit")
    taken = [
        (file.stem, o.quote)
        for file, (wanted, seen) in everything.items()
        for o in seen
        for facts in wanted
        if facts.get("status") == "target" and o.status == "actual" and o.value == facts["value"]
        if all(getattr(o, slot) == facts.get(slot, "level") for slot in slots)
        and not any(same(facts, other) for other in wanted)
    ]
    assert taken == []


def same(aim: Facts, other: Facts) -> bool:
    """An aim that was met to the point is annotated twice."""
    slots = ("indicator", "value", "locality", "period")
    return other.get("status", "actual") == "actual" and all(aim[slot] == other[slot] for slot in slots)
