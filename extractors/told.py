"""What an article has told already: a second, other level of the same is of some of it, or of another matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.facts import Observation, Uncatalogued

_ROUNDING = Decimal("0.02")
_ENDS = ("ge", "le")
Key = tuple[object, ...]


@dataclass(slots=True)
class Levels:
    """The levels of an article up to a figure, by everything that would tell two of them apart."""

    _values: defaultdict[Key, list[Decimal]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, o: Observation) -> None:
        """Adds an observation, if it is a level."""
        if o.measure == "level" and isinstance(o.value, Decimal):
            self._values[_key(o)].append(o.value)

    def is_told_otherwise(self, found: Iterable[Observation | Uncatalogued]) -> bool:
        """ "xuất khẩu 2,3 tỷ USD (thép 1,7 tỷ USD)": whether a figure that names no indicator is another level of what
        was told; neither a rounder form of it nor an end of a range."""
        levels = (o for o in found if isinstance(o, Observation) and o.measure == "level" and o.bound not in _ENDS)
        return any(_differs(o.value, self._values.get(_key(o), [])) for o in levels)


def _key(o: Observation) -> Key:
    return (o.locality, o.scope, o.indicator, o.breakdown, o.period, o.status, o.unit)


def _differs(value: Decimal | str, told: list[Decimal]) -> bool:
    return isinstance(value, Decimal) and told != [] and all(abs(value - one) > _ROUNDING * abs(one) for one in told)
