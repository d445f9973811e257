"""Sentences of ours and everything they state, as whole tuples (tests/spec/statements.yml)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.facts import Observation, Reading
from extractors.page import read_page
from extractors.reader import read_article

SPEC: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "spec" / "statements.yml").read_text(encoding="utf-8")
)
CASES = [pytest.param(case, id=f"{pattern}-{n}") for pattern, cases in SPEC.items() for n, case in enumerate(cases, 1)]


def told(o: Observation) -> str:
    """An observation in the words of the spec file."""
    value = o.value if isinstance(o.value, str) else f"{o.value.normalize():f}"
    parts = [f"{o.quote} = {o.locality} {o.scope} {o.indicator} {o.period} {o.status} {o.measure} {value} {o.unit}"]
    parts += [o.bound] if o.bound != "eq" else []
    parts += [f"base {o.base}"] if o.base else []
    parts += [f"of {o.out_of:f}"] if o.out_of is not None else []
    parts += ["{" + ", ".join(f"{key}: {part}" for key, part in o.breakdown) + "}"] if o.breakdown else []
    return " ".join(parts)


def read(text: str, published: date | None = date(2024, 7, 15), locality: str = "56") -> Reading:
    """A short article of a paper of Khánh Hòa of 15 July 2024, lines as they stand."""
    facts = {"published": published.isoformat() if published else None, "locality": locality}
    return read_article(read_page(text.encode(), name="case.txt", facts=facts))


@pytest.mark.parametrize("case", CASES)
def test_everything_that_is_stated(case: dict[str, Any]) -> None:
    given = {key: case[key] for key in ("published", "locality") if key in case}
    assert [told(o) for o in read(case["text"], **given).observations] == case["says"]
