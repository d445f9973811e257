"""What a figure would say of an indicator: the measure and unit, or None where it cannot be the indicator's.

"0,7%" is a level of a rate, "tăng 8,3%" a growth of a count, "1.245 hồ sơ" a level only of what is counted in dossiers.
"""

from __future__ import annotations

from extractors.clauses import Role
from extractors.cues import word_set
from extractors.figures import Figure
from extractors.indicators import Indicator

RATED_UNITS = "par.rated_units"
INDICES = ("par.index", "par.satisfaction", "index.")
TELLING_WEIGHT = 4
"""A rank, or a number without a noun, needs a telling label: "đã xử lý 33" is not enough."""
_MONEY = ("VND", "USD")
_MOST_GROWTH = 50

Meaning = tuple[str, str]
"""Measure and unit."""


def meaning_of(indicator: Indicator, figure: Figure, role: Role) -> Meaning | None:
    """The measure and unit that a figure has as this indicator's; "có thêm 94 doanh nghiệp mới" came about, as a flow
    does, "có thêm 9 xã đạt chuẩn" are so many more."""
    if role.name == "more":
        role = Role("level") if indicator.kind == "flow" else Role("change", cue=role.cue)
    if figure.kind == "rating":
        return ("rating", "rating") if indicator.code.startswith(INDICES) else None
    if role.name == "beyond":
        return None
    if indicator.code == RATED_UNITS:
        return ("change", "count") if role.name == "change" and figure.unit == "count" else None
    if role.name in ("rank", "former_rank"):
        return ("rank", "rank") if indicator.weight >= TELLING_WEIGHT else None
    if role.name == "multiple":
        return "multiple", "times"
    if role.name == "plan":
        return ("level", "percent") if indicator.of_plan else ("share_of_plan", "percent")
    return _movement(indicator, figure) if role.name == "change" else _level(indicator, figure)


def bare_growth(indicator: Indicator, figure: Figure) -> Meaning | None:
    """ "giữ CPI dưới 4%": a price index's percentage is its growth even without "tăng"."""
    small = indicator.growth_only and figure.unit == "percent" and figure.value < _MOST_GROWTH
    return ("growth", "percent") if small else None


def _movement(indicator: Indicator, figure: Figure) -> Meaning | None:
    if figure.unit in ("percent", "pp"):
        if indicator.unit == "percent" and not indicator.growth_only:
            return "change", "pp"
        return ("growth", "percent") if figure.unit == "percent" else None
    if figure.kind == "steps":
        return ("change", "rank") if indicator.kind in ("index", "stock") else None
    level = None if indicator.growth_only else _unit_of(indicator, figure)
    return ("change", "pp" if level == "percent" else level) if level else None


def _level(indicator: Indicator, figure: Figure) -> Meaning | None:
    if indicator.growth_only or not _in_bounds(indicator, figure):
        return None
    unit = _unit_of(indicator, figure)
    return ("level", unit) if unit else None


def _unit_of(indicator: Indicator, figure: Figure) -> str | None:
    """The unit in which the figure counts the indicator."""
    if figure.unit in _MONEY:
        if figure.per not in word_set("a_year") and not indicator.code.endswith("per_capita"):
            return None
        either = indicator.unit in _MONEY and indicator.code.endswith("per_capita")
        return figure.unit if figure.unit == indicator.unit or either else None
    if figure.unit == "points":
        return _points_of(indicator, figure)
    if figure.unit in ("count", "persons"):
        return _count_of(indicator, figure)
    return figure.unit if figure.unit == indicator.unit else None


def _points_of(indicator: Indicator, figure: Figure) -> str | None:
    """An index counted in percent is printed in points too: "PAR INDEX đạt 94,696 điểm"; "61/68 điểm" is a part's."""
    whole = indicator.unit == "percent" and indicator.kind == "index" and figure.out_of in (None, 100)
    return indicator.unit if indicator.unit == "points" or whole else None


def _count_of(indicator: Indicator, figure: Figure) -> str | None:
    counted = indicator.unit in ("count", "persons")
    if figure.noun:
        return indicator.unit if counted and _is_counted_in(figure.noun.lower(), indicator) else None
    if counted:
        return indicator.unit if not figure.decimals and indicator.weight >= TELLING_WEIGHT else None
    return indicator.unit if indicator.code.startswith(INDICES) and figure.decimals else None


def _is_counted_in(noun: str, indicator: Indicator) -> bool:
    """ "lượt khách quốc tế" is a kind of "lượt khách"."""
    return noun in indicator.nouns or any(noun.startswith(f"{known} ") for known in indicator.nouns)


def _in_bounds(indicator: Indicator, figure: Figure) -> bool:
    return indicator.bounds is None or indicator.bounds[0] <= figure.value <= indicator.bounds[1]
