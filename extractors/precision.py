"""A number and what its last printed place is worth: 0,01 of "80,13 %", a hundred billion of "1,2 nghìn tỷ đồng"."""

from __future__ import annotations

from decimal import Decimal

from extractors.facts import Observation
from extractors.wording import compiled


def step_of(observation: Observation) -> Decimal:
    """One unit of the last printed place in the unit of the value; 1 for a number in words: "hai xã"."""
    digits = compiled(r"\D").sub("", observation.printed)
    if not digits or not isinstance(observation.value, Decimal):
        return Decimal(1)
    if not int(digits):
        return Decimal(1).scaleb(1 - len(digits))
    return abs(observation.value) / int(digits)


def number_of(observation: Observation) -> Decimal:
    """The value of what is no rating."""
    assert isinstance(observation.value, Decimal)
    return observation.value
