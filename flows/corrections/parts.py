"""The parts of a correction: which words of which article, and what a claim should say instead.

`none` empties a slot that may be empty. Unknown words are refused with those that there are.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from flows.source_parts import Part
from models.periods import period_of
from models.problems import LoadProblem
from models.rows import ALLOWED

_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,20})?")
"""What a database can hold."""
_NOTHING = ("", "none", "null", "~")


def _indicator(code: str) -> str:
    from extractors.indicators import catalogue

    codes = catalogue().indicators
    if code not in codes:
        close = get_close_matches(code, codes, n=3)
        hint = f"close to it: {', '.join(close)}" if close else "`solieu indicators WORD` finds it"
        raise ValueError(f"no indicator {code!r}; {hint}")
    return code


def _locality(id: str) -> str:
    from extractors.places.gazetteer import locality

    if locality(id) is None:
        raise ValueError(f"no locality has the id {id!r}; `solieu localities NAME` finds it")
    return id


def _period(label: str) -> str:
    try:
        return period_of(label)
    except LoadProblem:
        raise ValueError(f"{label!r} is no period; write 2023, 2023-Q1, 2023-04, or first and last day") from None


def _value(text: object) -> Decimal | str:
    if not isinstance(text, str):
        raise ValueError("a value is a number, or the words of a rating")
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if not text or re.match(r"[-+.]?\d", text):
        raise ValueError(f"{text!r} is no number; write 1245 or 0.24: a point, and nothing between thousands")
    return text


def _unit(code: str) -> str:
    from extractors.indicators import catalogue
    from extractors.units import known_units

    known = {one.unit for one in catalogue().indicators.values()} | known_units()
    if code not in known:
        raise ValueError(f"no unit {code!r}; there are {', '.join(sorted(known))}")
    return code


def _word(slot: str) -> AfterValidator:
    def check(word: str) -> str:
        if word not in ALLOWED[slot]:
            raise ValueError(f"no {slot} {word!r}; it is one of {', '.join(sorted(ALLOWED[slot]))}")
        return word

    return AfterValidator(check)


def _or_none(text: object) -> object:
    return None if text in _NOTHING else text


Text = Annotated[str, Field(min_length=1)]
Indicator = Annotated[str, AfterValidator(_indicator)]
Locality = Annotated[str, AfterValidator(_locality)]
Period = Annotated[str, AfterValidator(_period)]
Nothing = BeforeValidator(_or_none)
"""`none` is nothing."""


class Words(Part):
    """Which claims are meant: those of an article that were read from these words; the rest tells them apart."""

    article: Text
    """Its address, or `file:///…` of a file given by hand."""
    quote: Text
    source: str | None = None
    at: int | None = Field(None, ge=0)
    """Where in the article's text the words begin (`char_start`)."""
    indicator: Indicator | None = None
    locality: Locality | None = None
    period: Period | None = None


class Slots(Part):
    """What a claim should say; only what is written (`model_fields_set`) is replaced."""

    value: Annotated[Decimal | str, BeforeValidator(_value)] = ""
    """A number in the unit, or the words of a rating."""
    unit: Annotated[str, AfterValidator(_unit)] = ""
    indicator: Indicator = ""
    locality: Locality = ""
    scope: Annotated[str, _word("scope")] = ""
    period: Period = ""
    status: Annotated[str, _word("status")] = ""
    measure: Annotated[str, _word("measure")] = ""
    base: Annotated[Period | None, Nothing] = None
    bound: Annotated[str, _word("bound")] = ""
    breakdown: Annotated[dict[str, str] | None, Nothing] = None
    out_of: Annotated[Decimal | None, Nothing, Field(gt=0, max_digits=15)] = None
    among: Annotated[str | None, Nothing] = None

    @model_validator(mode="after")
    def _not_empty(self) -> Slots:
        if not self.model_fields_set:
            raise ValueError(f"no slot is named; there are {', '.join(Slots.model_fields)}")
        return self


class Withdraw(Part):
    """What was read from these words is no claim."""

    withdraw: Words
    reason: Text
    date: date


class Replace(Part):
    """The claim that was read from these words should say something else."""

    replace: Words
    with_: Slots = Field(alias="with")
    reason: Text
    date: date


class Merge(Part):
    """Words name an indicator, wherever they stand; with `none`, no question is asked about them any more."""

    label: Text
    into: Annotated[Indicator | None, Nothing]
    reason: Text
    date: date

    @field_validator("into")
    @classmethod
    def _can_be_named(cls, code: str | None, before: ValidationInfo) -> str | None:
        from extractors.own_names import fault_of

        if code and (fault := fault_of(before.data.get("label", ""), code)):
            raise ValueError(fault)
        return code


class Confirm(Part):
    """The claim that was read from these words is right."""

    confirm: Words
    reason: Text
    date: date


class Place(Part):
    """Words of an article for a place mean this unit."""

    place: Text
    article: Text
    source: str | None = None
    is_: Locality = Field(alias="is")
    reason: Text
    date: date


OnArticle = Withdraw | Replace | Confirm
Correction = OnArticle | Merge | Place
KINDS: dict[str, type[Withdraw] | type[Replace] | type[Confirm] | type[Merge] | type[Place]] = {
    "withdraw": Withdraw,
    "replace": Replace,
    "confirm": Confirm,
    "label": Merge,
    "place": Place,
}
"""The word that tells what an entry is."""
