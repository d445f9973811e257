"""Find figures in a text: "8,35%", "1.234 tỷ đồng", "hơn 5 triệu lượt", "đứng thứ 8/8", "gấp gần 32 lần".

A figure is a numeral that may be data, with its unit, its bound ("gần", "tối thiểu", "từ … trở lên") and the noun it
counts. What it is a figure *of* is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from extractors.bounds import read_bound
from extractors.numbers import NUMBER, decimals_of, read_number, read_spelled, scaled
from extractors.numerals import FIGURE_KINDS, Numeral, find_numerals
from extractors.openings import Opening
from extractors.overlaps import reaching
from extractors.ranks import find_ranks, read_rank
from extractors.units import Unit, in_place, read_unit, smaller_part, word_multiples
from extractors.wording import choices, compiled, opening, starting, words_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at `start:end` of the normalised text: the numeral with its unit; for a rank the cue word too.

    `bound_start` is where the words that bound it begin ("gần", "từ"). `value` is scaled to `unit`: "134 triệu đồng" is
    134000000 VND. `kind`: percent, pp, money, count, fraction (a/b of a count, b in `out_of`), rank, steps (places
    gained or lost), points, multiple, area, weight, length, volume, energy, power, years, bare (no unit printed).
    A figure that borrows the unit of a list's last member is `noun_shared`; the upper end of a range is `range_end`.
    """

    start: int
    end: int
    bound_start: int
    kind: str
    value: Decimal
    unit: str
    noun: str = ""
    out_of: Decimal | None = None
    bound: str = "eq"
    printed: str = ""
    decimals: int = 0
    per: str = ""
    range_end: bool = False
    noun_shared: bool = False


def find_figures(norm: str, numerals: Sequence[Numeral] | None = None) -> list[Figure]:
    """Every figure of a normalised text from left to right; pass `numerals` when they are known already."""
    figures = [*_ranks(norm), *_worded_multiples(norm), *_unnumbered(norm)]
    worded = reaching((figure.start, figure.end) for figure in figures)
    taken = 0
    for numeral in find_numerals(norm) if numerals is None else numerals:
        if numeral.kind not in FIGURE_KINDS or numeral.value is None or numeral.start < taken:
            continue
        if not worded(numeral.end, numeral.start):
            figures.extend(_measure(norm, numeral))
            taken = figures[-1].end
    figures.sort(key=lambda figure: (figure.start, figure.range_end))
    return _pair_ranges(norm, _share_units(norm, figures))


def read_figure(text: str) -> Decimal:
    """The value of a figure's own words: the first numeral, scaled by the unit at the end of the text.

    For every figure found, `read_figure(norm[figure.start : figure.end]) == figure.value`.
    Raises ValueError when the words hold no readable numeral.
    """
    worded = word_multiples().get(" ".join(text.lower().split()))
    value = worded if worded is not None else read_rank(text)
    if value is not None:
        return value
    found = [numeral for numeral in find_numerals(text) if numeral.value is not None]
    if not found:
        return _alone(text)
    figure = _measure(text, found[0])[0]
    last = read_unit(text, found[-1].end) if len(found) > 1 and figure.kind == "bare" else None
    return scaled(figure.value, last.factor) if last else figure.value


def _alone(text: str) -> Decimal:
    """A numeral whose class hangs on words that are not there: "một chương trình", "hơn triệu lượt"."""
    words = text.split()
    units = (read_unit(" ".join(words[at:]), 0) for at in range(len(words)))
    scale = next((unit.factor for unit in units if unit is not None and unit.factor != 1), None)
    if scale is not None:
        return scale
    spelled = (read_spelled(" ".join(words[:count])) for count in range(len(words), 0, -1))
    plain = read_number(text.strip())
    value = plain if plain is not None else next((value for value in spelled if value is not None), None)
    if value is None:
        raise ValueError(f"no figure in {text!r}")
    return value


def _measure(norm: str, numeral: Numeral) -> list[Figure]:
    unit = read_unit(norm, numeral.end) or Unit(numeral.end, "bare", "count", "", Decimal(1))
    value, unit = _composite(norm, numeral, unit)
    unit = in_place(norm, numeral.start, unit)
    kind = unit.kind
    noun = unit.noun or (_noun_at(norm, unit.end) if kind in ("percent", "pp") else "")
    bound_start, bound = read_bound(norm, numeral.start, unit.end)
    figure = Figure(
        numeral.start, unit.end, bound_start, kind, scaled(value, unit.factor), unit.unit, noun,
        bound=bound, printed=numeral.text, decimals=decimals_of(numeral.text), per=unit.per,
    )  # fmt: skip
    if numeral.second is None:
        return [figure]
    second = scaled(numeral.second, unit.factor)
    if numeral.kind == "fraction":
        return [replace(figure, kind="fraction" if kind in ("count", "bare") else kind, out_of=second)]
    return _range(numeral, figure, second)


def _range(numeral: Numeral, figure: Figure, upper: Decimal) -> list[Figure]:
    """Both ends of "từ 60 - 65%"; with "khoảng" both are approximate."""
    approx = figure.bound == "approx"
    first, *_, last = compiled(NUMBER).findall(numeral.text)
    at = numeral.start + numeral.text.rindex(last)
    low = replace(figure, bound="approx" if approx else "ge", printed=first, decimals=decimals_of(first))
    high = replace(low, start=at, bound_start=at, value=upper, bound="approx" if approx else "le", range_end=True)
    return [low, replace(high, printed=last, decimals=decimals_of(last))]


def _composite(norm: str, numeral: Numeral, unit: Unit) -> tuple[Decimal, Unit]:
    """ "3 triệu 150 ngàn lượt": the second part is a smaller scale of the same number."""
    value = numeral.value if numeral.value is not None else Decimal(0)
    if unit.factor == 1 or unit.noun or numeral.kind != "number":
        return value, unit
    tail = smaller_part().match(norm, unit.end)
    rest = read_unit(norm, tail.end()) if tail else None
    if tail is None or rest is None or rest.factor >= unit.factor:
        return value, unit
    return value * unit.factor / rest.factor + Decimal(tail[1]), rest


def _noun_at(norm: str, at: int) -> str:
    unit = read_unit(norm, at)
    return unit.noun if unit is not None and unit.kind == "count" and unit.factor == 1 else ""


def _ranks(norm: str) -> Iterator[Figure]:
    """ "xếp thứ 9/63": the whole is the figure, with the word that makes it a rank."""
    for rank in find_ranks(norm):
        yield Figure(
            rank.start, rank.end, rank.start, "rank", rank.place, "rank",
            out_of=rank.out_of, bound=rank.bound, printed=rank.printed,
        )  # fmt: skip


def _worded_multiples(norm: str) -> Iterator[Figure]:
    """ "gấp đôi", "gấp rưỡi": a multiple without a numeral."""
    for match in _multiples().finditer(norm):
        value = word_multiples()[" ".join(match.group().lower().split())]
        at, bound = read_bound(norm, *match.span())
        yield Figure(match.start(), match.end(), at, "multiple", value, "times", bound=bound, printed=match.group())


def _unnumbered(norm: str) -> Iterator[Figure]:
    """ "hơn triệu lượt khách": a scale without a numeral is one of it."""
    for match in _scales_alone().finditer(norm):
        unit = read_unit(norm, match.end())
        if unit is not None and unit.factor != 1 and (unit.noun or unit.kind == "money"):
            at, bound = read_bound(norm, match.end(), unit.end)
            yield Figure(match.end(), unit.end, at, unit.kind, unit.factor, unit.unit, unit.noun, bound=bound)


@cache
def _multiples() -> Opening:
    return opening(word_multiples(), rf"(?i)(?<!\p{{L}})(?:{choices(word_multiples())})(?!\p{{L}}| +\d)")


@cache
def _scales_alone() -> Opening:
    words, scales = (words_of("units")["scale_alone"][key] for key in ("before", "scales"))
    return opening(words, rf"(?i)(?<!\p{{L}})(?:{choices(words)}) +(?=(?:{choices(scales)}) )")


@cache
def _listing() -> regex.Pattern[str]:
    return regex.compile(rf" *(?:[,;]|,? +(?:{choices(words_of('units')['last_of_list'])})) *")


@cache
def _up_to() -> regex.Pattern[str]:
    return regex.compile(rf" +(?:{choices(words_of('numerals')['up_to'])}) +| *[-–] *")


def _share_units(norm: str, figures: list[Figure]) -> list[Figure]:
    """ "512, 498 và 470 hồ sơ": the unit of the last of a list is the unit of all."""
    shared = list(figures)
    for n in range(len(shared) - 2, -1, -1):
        left, right = shared[n], shared[n + 1]
        alone = left.kind == "bare" and left.end - left.start == len(left.printed) and not left.range_end
        if not alone or right.kind in ("bare", "rank", "fraction") or right.range_end:
            continue
        if _listing().fullmatch(norm[left.end : right.bound_start]):
            shared[n] = _like(norm, left, right)
        elif _moves_to(norm, left, right):
            moved = _like(norm, left, right)
            shared[n] = moved if moved.end == left.end else left
    return shared


def _moves_to(norm: str, left: Figure, right: Figure) -> bool:
    """ "từ 65,2 lên 68,9 điểm": a level left behind has the unit of the one reached."""
    left_behind = left.bound == "eq" and starting("units", "origin").match(norm, left.bound_start)
    if right.kind in ("multiple", "steps", "pp") or not left_behind:
        return False
    to = choices(words_of("units")["moves_to"])
    gap = compiled(rf"(?i)(?:[^\d.;\n]|\b(?:19|20)\d\d\b){{0,40}}?\b(?:{to}) +")
    return gap.fullmatch(norm[left.end : right.start]) is not None


def _like(norm: str, left: Figure, right: Figure) -> Figure:
    """A bare figure in the unit of the one after it; its span reaches to that unit where the unit scales it."""
    value = read_number(right.printed) or Decimal(1)
    factor = right.value / value if value and right.value != value else Decimal(1)
    return replace(
        left, kind=right.kind, unit=right.unit, noun=right.noun, per=right.per, noun_shared=True,
        value=scaled(left.value, factor), end=right.end if factor != 1 else left.end,
    )  # fmt: skip


def _pair_ranges(norm: str, figures: list[Figure]) -> list[Figure]:
    """ "từ 86 triệu đồng đến 88 triệu đồng": two figures with the same unit that bound one value."""
    paired = list(figures)
    for n in range(len(paired) - 1):
        low, high = paired[n], paired[n + 1]
        if low.kind != high.kind or low.kind == "rank" or low.range_end or high.range_end or low.value >= high.value:
            continue
        if _up_to().fullmatch(norm[low.end : high.start]):
            approx = low.bound == "approx"
            paired[n] = replace(low, bound="approx" if approx else "ge")
            paired[n + 1] = replace(high, bound="approx" if approx else "le", range_end=True)
    return paired
