"""A reader without grammar: every number takes the indicator, place and period that stand nearest in its sentence.

Names of indicators and codes of places are solieu's, what is a place is underthesea's to say. What a sentence does
not say is the article's own locality, which this reader is told, and the first period that the article named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import regex

from benchmarks.baselines.gold import Annotated, Facts
from benchmarks.baselines.numbers import Number, find_numbers
from benchmarks.baselines.time_words import Time, find_times, year_of
from extractors.indicators import Indicator, Label, catalogue
from extractors.places.gazetteer import province_of
from extractors.places.names import bearers
from extractors.sentences import Spanned
from extractors.text import sentences

S = TypeVar("S", bound=Spanned)

_TARGET = regex.compile(r"phấn đấu|mục tiêu|chỉ tiêu|kế hoạch", regex.IGNORECASE)
_ESTIMATE = regex.compile(r"\bước\b", regex.IGNORECASE)
_OFFICES = regex.compile(
    r"(?P<commune>cấp xã|xã, phường|phường, xã)|(?P<province>cấp tỉnh|sở, (?:ban, )?ngành)"
    r"|(?P<district>cấp huyện|UBND (?:huyện|thành phố|thị xã))"
)
_TYPE = regex.compile(r"^(?:tỉnh|thành phố|tp\.?|thị xã|tx\.?|huyện|quận|phường|xã|thị trấn)\s+", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A place's code or a tier of offices, and where it stands."""

    start: int
    end: int
    meaning: str


def read_nearest(given: Annotated) -> Iterator[Facts]:
    """One observation for every number in whose sentence an indicator is named."""
    named: str | None = None
    for line in given.lines():
        for start, end in sentences(line):
            sentence = line[start:end]
            times = list(find_times(sentence, given.published))
            yield from _read_sentence(sentence, times, named or year_of(given.published.year), given)
            named = named or next((time.iso for time in times if not time.compared), None)


def _read_sentence(sentence: str, times: Sequence[Time], period: str, given: Annotated) -> Iterator[Facts]:
    labels = [label for label in catalogue().find(sentence) if label.codes[0]]
    numbers = [n for n in find_numbers(sentence) if not any(t.start < n.end and n.start < t.end for t in times)]
    if not labels or not numbers:
        return
    places, offices = find_places(sentence, given), list(_find_offices(sentence))
    for number in numbers:
        label, time = _nearest(labels, number), _nearest([t for t in times if not t.compared], number)
        place, office = _nearest(places, number), _nearest(offices, number)
        assert label is not None
        yield {
            **_figure(number, _indicator(label, number)),
            "locality": place.meaning if place else given.locality,
            "scope": office.meaning if office else "all",
            "period": time.iso if time else period,
            "status": _status(sentence),
        }


def _nearest(found: Sequence[S], number: Number) -> S | None:
    """The last one before the number, else the first one behind it: that reads better than counting letters alone."""

    def distance(other: S) -> tuple[bool, int]:
        behind = other.start >= number.end
        return behind, other.start - number.end if behind else number.start - other.end

    return min(found, key=distance, default=None)


def _indicator(label: Label, number: Number) -> Indicator:
    """Of a rate and its count, which share their names, the one that has the number's unit."""
    known = [catalogue()[code] for code in label.codes]
    return next((indicator for indicator in known if indicator.unit == (number.unit or "count")), known[0])


def _figure(number: Number, indicator: Indicator) -> Facts:
    """Value, unit and measure: "tăng 8,1%" of a rate is in points, of anything else growth."""
    unit, measure = number.unit, number.measure
    if measure == "change" and unit == "percent":
        measure, unit = ("change", "pp") if indicator.unit == "percent" else ("growth", unit)
    if unit == "points" or (not unit and indicator.unit != "percent"):
        unit = indicator.unit
    return {"indicator": indicator.code, "value": number.value, "unit": unit or "count", "measure": measure}


def _status(sentence: str) -> str:
    if _TARGET.search(sentence):
        return "target"
    return "estimate" if _ESTIMATE.search(sentence) else "actual"


def _find_offices(sentence: str) -> Iterator[Word]:
    for match in _OFFICES.finditer(sentence):
        yield Word(match.start(), match.end(), str(match.lastgroup))


def find_places(sentence: str, given: Annotated) -> list[Word]:
    """Named entities that are units of the day's list: "huyện Diên Khánh" → 574."""
    found = []
    for start, end in _entities(sentence):
        code = _code(_TYPE.sub("", sentence[start:end]), given.published, given.locality)
        found += [Word(start, end, code)] if code else []
    return found


def _code(name: str, on: date, home: str | None) -> str | None:
    """The unit of that name, that of the article's own province before others, None if several are left."""
    codes = {unit.id for unit in bearers().get(name, ()) if unit.bears_it(on)}
    near = {code for code in codes if home and province_of(code) == province_of(home)}
    best = sorted(near or codes, key=len)
    return best[0] if near or len(best) == 1 else None


def _entities(sentence: str) -> Iterator[tuple[int, int]]:
    """Where underthesea sees a location; its words come without offsets."""
    from underthesea import ner  # here, because loading it takes longer than most sentences

    at = 0
    spans: list[tuple[int, int]] = []
    for word, _, _, tag in ner(sentence):
        start = sentence.find(word, at)
        at = start + len(word) if start >= 0 else at
        if start >= 0 and tag == "B-LOC":
            spans.append((start, at))
        elif start >= 0 and tag == "I-LOC" and spans:
            spans[-1] = (spans[-1][0], at)
    yield from spans
