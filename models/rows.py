"""A claim as a row: checked, with its exact text, its time codes and its keys."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from models.keys import breakdown_text, claim_key, point_key
from models.periods import read_period, time_period
from models.problems import LoadProblem
from models.records import Claim
from models.types import plain

ALLOWED = {
    "scope": {"all", "province", "district", "commune"},
    "status": {"actual", "estimate", "target"},
    "measure": {"level", "change", "growth", "multiple", "share_of_plan", "rank", "rating"},
    "bound": {"eq", "approx", "gt", "lt", "ge", "le"},
}
LARGEST = Decimal(10) ** 18
"""Whole numbers below it are exact in both databases; no figure of a province comes near."""
DECIMALS = 40
"""A number smaller than this many decimals show is no figure either."""
DIGITS = 15
"""Significant digits that SQLite keeps of a fraction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """The stored slots of a claim, without article, run and time. Two equal rows say the same in the same words."""

    key: str
    point: str
    locality: str
    scope: str
    indicator: str
    breakdown: str
    period: str
    period_start: date
    period_end: date
    freq: str
    time_period: str
    status: str
    measure: str
    base: str
    value: Decimal | None
    value_text: str
    printed: str
    unit: str
    out_of: Decimal | None
    among: str | None
    bound: str
    confidence: float
    derived: bool
    correction: str

    def columns(self) -> dict[str, Any]:
        """Column names and values, for an insert."""
        return dict(zip(NAMES, _values(self), strict=True))


NAMES = tuple(field.name for field in fields(ClaimRow))
_values = attrgetter(*NAMES)


def row_of(claim: Claim) -> ClaimRow:
    """The row that a claim becomes; LoadProblem when a slot holds what no row can hold."""
    _check_words(claim)
    start, end = read_period(claim.period)
    freq, label = time_period(start, end)
    if claim.base is not None:
        read_period(claim.base)
    number, exact = _value(claim)
    slots: dict[str, Any] = {
        "locality": claim.locality,
        "scope": claim.scope,
        "indicator": claim.indicator,
        "breakdown": breakdown_text(claim.breakdown),
        "period": claim.period,
        "period_start": start,
        "period_end": end,
        "freq": freq,
        "time_period": label,
        "status": claim.status,
        "measure": claim.measure,
        "base": claim.base or "",
        "value": number,
        "value_text": exact,
        "printed": claim.printed,
        "unit": claim.unit,
        "out_of": _out_of(claim),
        "among": claim.group,
        "bound": claim.bound,
        "confidence": float(claim.confidence),
        "derived": claim.derived,
        "correction": claim.correction,
    }
    return ClaimRow(key=claim_key(slots), point=point_key(slots), **slots)


def row_from(stored: Row[Any]) -> ClaimRow:
    """The row as the database has it; its number is read from the exact text, which SQLite cannot round."""
    values = {name: getattr(stored, name) for name in NAMES}
    if values["value"] is not None:
        values["value"] = Decimal(stored.value_text)
    return ClaimRow(**values)


def _check_words(claim: Claim) -> None:
    for slot, words in ALLOWED.items():
        word = getattr(claim, slot)
        if word not in words:
            raise LoadProblem(f"{_name(claim)}: {slot} {word!r} is none of {', '.join(sorted(words))}")


def _value(claim: Claim) -> tuple[Decimal | None, str]:
    if isinstance(claim.value, str):
        return None, claim.value
    number = _number(claim, "value", claim.value)
    return number, plain(number)


def _out_of(claim: Claim) -> Decimal | None:
    if claim.out_of is None:
        return None
    number = _number(claim, "out_of", claim.out_of)
    if len(plain(number).strip("-0").replace(".", "")) > DIGITS:
        raise LoadProblem(f"{_name(claim)}: out_of {number} has more than {DIGITS} digits")
    return number


def _number(claim: Claim, slot: str, number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number) >= LARGEST or number.adjusted() < -DECIMALS:
        raise LoadProblem(f"{_name(claim)}: {slot} {number:.6g} is no number that a figure can have")
    return Decimal(plain(number))


def _name(claim: Claim) -> str:
    return f"{claim.indicator} of {claim.locality} in {claim.period}"
