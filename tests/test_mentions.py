"""What a mention of a place means, or that nobody can say; sentences are in tests/spec/mentions.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.places.article import ArticlePlaces
from extractors.text import normalise

SPEC = yaml.safe_load((Path(__file__).parent / "spec" / "mentions.yml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = [case for cases in SPEC.values() for case in cases]
NOBODYS = ("none", "?", "group", "region", "abroad")
"""What gives a figure to no unit."""


def meaning(case: dict[str, Any]) -> str:
    """The unit's id, "?" for a place that is not one known unit, "none" where no place was found."""
    start, end = case["text"].index("⟦"), case["text"].index("⟧") - 1
    text = normalise(case["text"].replace("⟦", "").replace("⟧", ""))
    start, end = text.to_norm(start, end)
    published = case.get("published", date(2023, 10, 12))
    title = normalise(case["title"]).norm if "title" in case else None
    article = ArticlePlaces(title, text.norm, published, case.get("home"))
    found = article.find(text.norm)
    marked = [place for place in found if place.start < end and start < place.end]
    if not marked:
        return "none"
    place = max(marked, key=lambda place: min(place.end, end) - max(place.start, start))
    if place.kind in ("group", "region", "abroad"):
        return place.kind
    before = [other for other in found if other.end <= place.start]
    return article.resolve(place, case.get("day", published), before) or "?"


def is_right(case: dict[str, Any], meant: str) -> bool:
    return meant in NOBODYS if case["is"] in ("none", "?") else meant == case["is"]


def name_of(case: dict[str, Any]) -> str:
    return str(case["text"])[:60]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.xfail] if case.get("gap") else [], id=name_of(case)) for case in CASES],
)
def test_mention(case: dict[str, Any]) -> None:
    meant = meaning(case)
    assert is_right(case, meant), meant


def test_few_are_left_out_and_none_is_given_to_another() -> None:
    meant = [(case, meaning(case)) for case in CASES]
    right = sum(is_right(case, unit) for case, unit in meant)
    wrong = [(case["text"], unit) for case, unit in meant if not is_right(case, unit) and unit not in NOBODYS]
    assert (wrong, len(CASES) >= 250, right / len(CASES) >= 0.98) == ([], True, True)
