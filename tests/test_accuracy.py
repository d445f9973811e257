"""Articles that others annotated; `conftest.py` leaves them out where they do not lie beside the working copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.page import read_page
from extractors.reader import read_article
from tests.test_samples import agreement

SHARED = Path(__file__).parents[2] / "shared"
GOLD = sorted((SHARED / "gold" / "dev").glob("*.yaml"))
SETS = {"all": (GOLD, 0.96), "seeds": ([file for file in GOLD if file.stem.isdigit()], 0.99)}
"""Files, and the share of agreement (F1) that was reached with them."""


@pytest.mark.parametrize("name", SETS)
def test_the_annotated_articles_are_read_as_well_as_before(name: str) -> None:
    files, floor = SETS[name]
    gold = found = right = 0
    for file in files:
        expected: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        page = next(path for folder in file.parents if (path := folder / expected["article"]).exists())
        card = page.with_suffix(".json")
        facts = json.loads(card.read_text(encoding="utf-8")) if card.exists() else None
        seen = read_article(read_page(page.read_bytes(), name=page.name, facts=facts)).observations
        hits, spare = agreement(expected["observations"], [o for o in seen if not o.derived])
        gold += sum(not o.get("optional") for o in expected["observations"])
        found += hits + spare
        right += hits
    score = 2 * right / (gold + found)
    assert score >= floor, f"F1 {score:.3f}: {right} right of {gold} wanted and {found} found"
