"""A logistic model of being right, and how it does on sources that it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from sklearn.linear_model import LogisticRegression

from benchmarks.calibration.rows import Row

_LEAST = 15
"""A feature of fewer rows gets no weight."""
_STRENGTH = 0.3
"""Inverse strength of the regularisation: few rows are wrong, so weights are kept small."""


@dataclass(frozen=True, slots=True)
class Model:
    """Log odds: `all` for every row, and the weights of its features."""

    all: float
    weights: dict[str, float]

    def confidence(self, row: Row) -> float:
        """Between 0 and 1."""
        odds = self.all + sum(self.weights.get(feature, 0) for feature in row.features)
        return 1 / (1 + exp(-odds))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a threshold leaves: the share of rows, and how many of them are right."""

    threshold: float
    coverage: float
    precision: float


def fit(rows: Sequence[Row]) -> Model:
    """The model that fits the rows; the same rows give the same weights."""
    counted = Counter(feature for row in rows for feature in row.features)
    names = sorted(name for name, count in counted.items() if count >= _LEAST)
    table = [[name in row.features for name in names] for row in rows]
    found = LogisticRegression(C=_STRENGTH, max_iter=5000).fit(table, [row.right for row in rows])
    weights = dict(zip(names, found.coef_[0], strict=True))
    return Model(round(float(found.intercept_[0]), 2), {name: round(float(w), 2) for name, w in weights.items()})


def left_out(rows: Sequence[Row], others: Sequence[Row] = ()) -> list[tuple[Row, float]]:
    """Every row with the confidence of a model that has seen no row of its source."""
    found = []
    for source in sorted({row.source for row in rows}):
        model = fit([row for row in [*rows, *others] if row.source != source])
        found += [(row, model.confidence(row)) for row in rows if row.source == source]
    return found


def kept_at(judged: Sequence[tuple[Row, float]], threshold: float) -> Kept:
    """What is left at a threshold."""
    right = [row.right for row, confidence in judged if confidence >= threshold]
    return Kept(threshold, len(right) / len(judged), sum(right) / len(right) if right else 0.0)
