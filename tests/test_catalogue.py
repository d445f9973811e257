"""Every entry of the catalogue is whole, and every example under it reads as it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import indicators
from extractors.facts import Article, Block, Observation
from extractors.indicators import Indicator, catalogue
from extractors.reader import read_article

UNITS = {
    *("percent", "pp", "count", "times", "points", "rank", "rating", "persons", "years"),
    *("VND", "USD", "tonnes", "ha", "kWh", "m3", "km"),
}
ASSUMED = {"status": "actual", "measure": "level", "bound": "eq", "scope": "all"}
SLOTS = ("value", "period", "unit", "base", "out_of", "breakdown", *ASSUMED)
YAML_FILE = Path(indicators.__file__).parent / "catalogue" / "indicators.yml"
ENTRIES: dict[str, dict[str, Any]] = yaml.safe_load(YAML_FILE.read_text(encoding="utf-8"))["indicators"]
EXAMPLES = [
    pytest.param(code, given, id=f"{code}-{n}")
    for code, indicator in catalogue().indicators.items()
    for n, given in enumerate(indicator.examples, 1)
]


def read(text: str) -> tuple[Observation, ...]:
    """What a paper of Khánh Hòa of 15 July 2024 says in one paragraph."""
    block = Block("paragraph", 0, len(text))
    article = Article(text=text, blocks=(block,), published=date(2024, 7, 15), locality="56")
    return read_article(article).observations


def shown(slot: str, value: Any) -> Any:
    """One form for what YAML and what an observation holds: 0.5 and Decimal("0.50"), a date and its text."""
    if slot == "breakdown":
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)).normalize()
    return value


def as_wanted(given: Mapping[str, Any]) -> dict[str, Any]:
    """The slots that the example gives, and the ones that every plain statement has."""
    slots = ASSUMED | {slot: value for slot, value in given.items() if slot in SLOTS}
    return {slot: shown(slot, value) for slot, value in slots.items()}


def as_read(observation: Observation, slots: Mapping[str, Any]) -> dict[str, Any]:
    """The same slots of what was read, with its code."""
    return {slot: shown(slot, getattr(observation, slot)) for slot in ("indicator", *slots)}


def complaints(code: str, given: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the reading of one example; nothing when it reads as it says."""
    found = read(given["text"])
    decoy = "none" in given or "other" in given
    for observation in found:
        if decoy and observation.indicator == code:
            yield f"{given['text']!r}: {observation.quote!r} was read as {code}"
    if "none" in given:
        return
    slots = as_wanted(given)
    wanted = {"indicator": given.get("other", code), **slots}
    got = [as_read(observation, slots) for observation in found]
    if wanted not in got:
        yield f"{given['text']!r}: hoped for {wanted}, got {got}"


@pytest.mark.parametrize(("code", "given"), EXAMPLES)
def test_an_example_reads_as_it_says(code: str, given: dict[str, Any]) -> None:
    assert list(complaints(code, given)) == []


@pytest.mark.parametrize(("code", "given"), EXAMPLES)
def test_an_example_is_written_in_known_words(code: str, given: dict[str, Any]) -> None:
    assert given.keys() <= {"text", "none", "other", *SLOTS}
    assert ("value" in given) != (given.get("none") is True), "either a value or none: true"
    assert given.get("other") in {None, *ENTRIES} - {code}


class OnceOnly(yaml.SafeLoader):
    """YAML keeps the last of two equal keys and says nothing."""


def _mapping(loader: OnceOnly, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]  # type: ignore[no-untyped-call]
    assert len(keys) == len(set(keys)), f"{node.start_mark}: {[key for key in keys if keys.count(key) > 1]} come twice"
    return dict(loader.construct_pairs(node, deep=True))


OnceOnly.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("file", sorted(YAML_FILE.parent.glob("*.yml")), ids=lambda file: file.stem)
def test_no_key_of_the_catalogue_comes_twice(file: Path) -> None:
    assert yaml.load(file.read_text(encoding="utf-8"), Loader=OnceOnly)


@pytest.mark.parametrize("code", ENTRIES)
def test_an_entry_is_whole(code: str) -> None:
    entry = ENTRIES[code]
    assert entry["name"].keys() == {"vi", "en"}
    assert all(entry["name"].values())
    assert entry.get("better", "less") in ("less", "more")
    assert entry["unit"] in UNITS
    # offices by rating are named by the rating itself: "15 đơn vị xếp loại Khá"
    assert entry.get("labels") or {"rate_of", "value_of"} & entry.keys() or code == "par.rated_units"


@pytest.mark.parametrize("code", ENTRIES)
def test_an_entry_has_examples_and_a_decoy(code: str) -> None:
    examples = catalogue()[code].examples
    assert len(examples) >= 4, f"{YAML_FILE.name}: {code} has {len(examples)} examples, hoped for 4 or more"
    assert any("none" in given or "other" in given for given in examples), f"{YAML_FILE.name}: {code} has no decoy"


@pytest.mark.parametrize(
    ("better", "codes"),
    [
        ("more", "par.index par.satisfaction index.pci dossier.on_time_rate online.dossier_rate tasks.on_time_rate"),
        ("more", "econ.grdp budget.revenue invest.fdi_registered tourism.visitors env.forest_cover_rate"),
        ("less", "dossier.late dossier.late_rate tasks.overdue social.poverty_rate social.near_poverty_rate"),
        (None, "social.population econ.cpi budget.expenditure trade.imports dossier.received par.rated_units"),
    ],
)  # fmt: skip
def test_which_way_is_better(better: str | None, codes: str) -> None:
    assert {code: catalogue()[code].better for code in codes.split()} == dict.fromkeys(codes.split(), better)


@pytest.mark.parametrize("one", catalogue().indicators.values(), ids=lambda one: one.code)
def test_opposites_are_better_the_other_way(one: Indicator) -> None:
    if one.opposite:
        assert {one.better, catalogue()[one.opposite].better} == {"less", "more"}
