"""How sure a reading is: log odds added up from how each slot was found, calibrated on annotated articles.

The weights are data (catalogue/confidence.yml), made by `benchmarks/calibration.py`; a logistic model, because its
few numbers can be read, and because it says a probability that can be checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from extractors.facts import Observation
from extractors.wording import words_of


def confidence_of(o: Observation) -> float:
    """Between 0 and 1: of a hundred observations with 0.9, some ninety are right in every slot."""
    model = words_of("confidence")
    odds = model["all"] + sum(model["weights"].get(feature, 0) for feature in features_of(o))
    return round(1 / (1 + exp(-odds)), 3)


def threshold() -> float:
    """The least confidence of what series show; what is below waits for review."""
    return float(words_of("confidence")["threshold"])


def features_of(o: Observation) -> Iterator[str]:
    """What the confidence depends on: "period inherited", "measure rank", "name far away"."""
    for evidence in o.evidence:
        yield f"{evidence.slot} {evidence.how}"
    yield f"measure {o.measure}"
    yield f"unit {o.unit}"
    yield from o.doubts
    if o.mentions:
        yield "said again"
