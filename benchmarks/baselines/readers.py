"""The readers that are compared. Each takes an annotated article and gives what it finds, as `Facts`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import regex

from benchmarks.baselines.gold import Annotated, Facts
from benchmarks.baselines.nearest import read_nearest
from extractors.facts import Observation
from extractors.reader import read_article

_SEPARATOR = regex.compile(r"(?<=\d)[.,](?=\d)")
_SWAPPED = {".": ",", ",": "."}
_UNITS = {
    "dimensionless": "count",
    "percentage": "percent",
    "percentage point": "pp",
    "vietnamese dong": "VND",
    "united states dollar": "USD",
    "tonne": "tonnes",
    "hectare": "ha",
    "kilometre": "km",
    "cubic metre": "m3",
    "kilowatt hour": "kWh",
    "year": "years",
}
"""Units of quantulum3 and ours; those that are not here keep their names, which no annotation has."""


def read_solieu(given: Annotated) -> Iterator[Facts]:
    """solieu, which is told what `solieu extract` is told, and not the annotated locality."""
    return (facts_of(o) for o in read_article(given.article).observations if not o.derived)


def facts_of(o: Observation) -> Facts:
    value = o.value if isinstance(o.value, str) else float(o.value)
    slots = ("locality", "scope", "indicator", "period", "status", "measure", "base", "unit")
    return {**{slot: getattr(o, slot) for slot in slots}, "breakdown": dict(o.breakdown), "value": value}


def read_quantulum(given: Annotated) -> Iterator[Facts]:
    """quantulum3: values and units of everything that it takes for a quantity."""
    for line in given.lines():
        yield from find_quantities(line)


def find_quantities(line: str) -> Iterator[Facts]:
    """ "trễ hạn 0,7%" → {"value": 0.7, "unit": "percent"}; a range is its lower end, as it is annotated."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # it chooses between units by the English words around them
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that it is off
        for quantity in parser.parse(swap_separators(line)):
            unit = _UNITS.get(quantity.unit.name, quantity.unit.name)
            yield {"value": quantity.value - (quantity.uncertainty or 0), "unit": unit}


def swap_separators(text: str) -> str:
    """Numerals as English writes them: "1.245 hồ sơ, 0,7%" → "1,245 hồ sơ, 0.7%"."""
    return _SEPARATOR.sub(lambda match: _SWAPPED[match.group()], text)


READERS: dict[str, Callable[[Annotated], Iterator[Facts]]] = {
    "quantulum3": read_quantulum,
    "NER + nearest": read_nearest,
    "solieu": read_solieu,
}
