"""What a cell's number says of an indicator: a level, a growth, a share of the plan, a rank; else None."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.indicators import Indicator, catalogue
from extractors.meanings import RATED_UNITS
from extractors.numbers import scaled
from extractors.table_cells import Cell, Number
from extractors.table_columns import Column
from extractors.table_names import Named, counts_in, is_index
from extractors.table_words import says
from extractors.units import Unit

_MOST_GROWTH = 50
_NEAR_HUNDRED = (80, 130)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell as an observation has it; `derived` where it follows from what is printed ("107,9" of 100 is 7,9)."""

    indicator: Indicator
    measure: str
    value: Decimal | str
    unit: str
    printed: str
    out_of: Decimal | None = None
    bound: str = "eq"
    derived: bool = False


def level_of(named: Named, cell: Cell, units: Iterable[Unit | None], said: str) -> Value | None:
    """A level in the first unit known; `said` are the words of head and row, which may call it a rate."""
    number = cell.number
    if number is None or named.indicator.code == RATED_UNITS:
        return None
    unit = number.unit or next((unit for unit in units if unit is not None), None)
    if named.moves:
        return _growth_printed_as_level(named, number, unit)
    if not _is_level(named.indicator, number, unit, said):
        return None
    factor = unit.factor if unit else Decimal(1)
    value = scaled(number.value, factor)
    bounds = named.indicator.bounds
    if bounds is not None and not bounds[0] <= value <= bounds[1]:
        return None
    out_of = scaled(number.out_of, factor) if number.out_of is not None else None
    return Value(named.indicator, "level", value, named.indicator.unit, number.printed, out_of, number.bound)


def _is_level(indicator: Indicator, number: Number, unit: Unit | None, said: str) -> bool:
    counted = indicator.unit in ("count", "persons")
    if number.value < 0 or (counted and number.decimals and (unit is None or unit.factor == 1)):
        return False
    if unit is not None:
        return counts_in(indicator, unit)
    if indicator.unit == "percent":
        return indicator.kind == "index" or says("rate").search(said) is not None
    return counted or indicator.unit == "points"


def _growth_printed_as_level(named: Named, number: Number, unit: Unit | None) -> Value | None:
    """A row "Tốc độ tăng GRDP (%)" holds 7,9; one of a price index may hold 103,2 of 100."""
    if unit is not None and unit.unit != "percent":
        return None
    low, high = _NEAR_HUNDRED
    if named.indicator.growth_only and low <= number.value <= high:
        return _percent(named.indicator, "growth", number, "index")
    return _percent(named.indicator, "growth", number) if abs(number.value) < _MOST_GROWTH else None


def change_of(named: Named, cell: Cell, column: Column, printed: str | None) -> Value | None:
    """A movement: growth of a quantity, change in points of a rate or a score."""
    number, indicator = cell.number, named.indicator
    if number is None or (named.moves and not indicator.growth_only):
        return None
    moves = says("moves").search(column.words) is not None
    if indicator.unit == "points" or (is_index(indicator) and says("score").search(column.words)):
        points = moves and says("score").search(column.words) and abs(number.value) < _MOST_GROWTH
        unit = "points" if indicator.unit == "points" else "pp"
        return Value(indicator, "change", number.value, unit, number.printed) if points else None
    if printed is None:
        return None
    if indicator.unit == "percent" and not indicator.growth_only:
        plain = printed == "moved" and moves
        return Value(indicator, "change", number.value, "pp", number.printed) if plain else None
    return _percent(indicator, "growth", number, printed)


def share_of(named: Named, cell: Cell) -> Value | None:
    """A share of the plan; of what has a rate of its own for that ("tỷ lệ giải ngân"), the rate."""
    number = cell.number
    if number is None or number.value < 0 or named.moves or (number.unit is not None and number.unit.unit != "percent"):
        return None
    rates = [i for i in catalogue().indicators.values() if i.rate_of == named.indicator.code and i.of_plan]
    if rates or named.indicator.of_plan:
        return _percent(rates[0] if rates else named.indicator, "level", number)
    return _percent(named.indicator, "share_of_plan", number)


def rank_of(named: Named, cell: Cell) -> Value | None:
    """A place in a list, alone or with how many there are: "3", "3/12"."""
    number = cell.number
    if number is None or number.unit is not None or number.decimals or number.value < 1:
        return None
    return Value(named.indicator, "rank", number.value, "rank", number.printed, number.out_of)


def grade_of(named: Named, cell: Cell) -> Value | None:
    """A grade in words."""
    grade = cell.grade
    return Value(named.indicator, "rating", grade, "rating", grade) if grade and is_index(named.indicator) else None


def _percent(indicator: Indicator, measure: str, number: Number, printed: str = "moved") -> Value:
    derived = printed == "index"
    value = number.value - 100 if derived else number.value
    return Value(indicator, measure, value, "percent", number.printed, bound=number.bound, derived=derived)
