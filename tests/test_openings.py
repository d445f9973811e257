"""Trying a pattern only where it can begin finds what it finds everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.period_forms import opening_of, pattern_of
from extractors.period_readers import READERS
from extractors.text import normalise

SPEC = yaml.safe_load((Path(__file__).parent / "spec" / "periods.yml").read_text(encoding="utf-8"))
TEXT = normalise("\n".join(case["text"] for case in SPEC)).norm


@pytest.mark.parametrize("rule", READERS)
@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT.replace(" ", "  ")], ids=["as printed", "capitals", "gaps"])
def test_a_period_is_found_where_its_pattern_finds_it(rule: str, text: str) -> None:
    found = [match.span() for match in opening_of(rule).finditer(text)]
    assert found == [match.span() for match in pattern_of(rule).finditer(text)]
