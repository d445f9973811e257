"""Sentences of ours and everything they state, as whole tuples (tests/spec/statements/)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.facts import Observation, Reading
from extractors.page import read_page
from extractors.reader import read_article

Spec = dict[str, list[dict[str, Any]]]
FILES = sorted((Path(__file__).parent / "spec" / "statements").glob("*.yml"))
SPEC: dict[str, Spec] = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES}
GAPS: Spec = yaml.safe_load((Path(__file__).parent / "spec" / "gaps.yml").read_text(encoding="utf-8"))


def cases_of(name: str, spec: Spec) -> list[Any]:
    """The cases of a file, named by their pattern."""
    return [
        pytest.param(case, id=f"{name}-{pattern}-{n}")
        for pattern, cases in spec.items()
        for n, case in enumerate(cases, 1)
    ]


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


def said(case: dict[str, Any]) -> list[str]:
    """What the text of a case is read to state, without what follows from it (test_derived.py)."""
    given = {key: case[key] for key in ("published", "locality") if key in case}
    return [told(o) for o in read(case["text"], **given).observations if not o.derived]


@pytest.mark.parametrize("case", [one for name, spec in SPEC.items() for one in cases_of(name, spec)])
def test_everything_that_is_stated(case: dict[str, Any]) -> None:
    assert said(case) == case["says"]


@pytest.mark.xfail(reason="not read yet: tests/spec/gaps.yml", strict=True)
@pytest.mark.parametrize("case", cases_of("gaps", GAPS))
def test_what_is_not_read_yet(case: dict[str, Any]) -> None:
    assert said(case) == case["says"]
