"""How readings, plans and series are shown: JSON Lines, and lines for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from extractors.facts import Observation, Reading
from flows.labels import CODES, Labels

if TYPE_CHECKING:
    from extractors.explain import Account
    from models.plan import Plan
    from models.points import SeriesRow, TerritoryRow
    from models.rows import ClaimRow

SLOTS = (
    *("locality", "scope", "indicator", "breakdown", "period", "status", "measure", "base", "value", "unit"),
    *("out_of", "group", "bound", "quote", "start", "end", "confidence", "derived"),
)


def number(value: Decimal) -> int | float:
    """A JSON number: 7, not 7.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def reading_line(file: str, reading: Reading, *, derived: bool, evidence: bool = False) -> str:
    """One line of JSON for an article: observations in the order of the text, findings pointing into them.

    With `evidence` every observation says how each slot was found and which words say it.
    """
    shown = [i for i, one in enumerate(reading.observations) if derived or not one.derived]
    shown.sort(key=lambda i: (reading.observations[i].start, reading.observations[i].end))
    place = {index: position for position, index in enumerate(shown)}
    article = reading.article
    line = {
        "file": file,
        "article": {
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "locality": reading.locality,
        },
        "observations": [
            observation(one)
            | {by: words for by in ("named_by", "placed_by") if (words := getattr(one, by))}
            | ({"follows": [place[i] for i in one.follows]} if one.follows else {})
            | ({"evidence": [asdict(e) for e in one.evidence]} if evidence else {})
            for one in (reading.observations[i] for i in shown)
        ],
        "uncatalogued": [
            {
                "text": u.text,
                "value": number(u.value),
                "unit": u.unit,
                "start": u.start,
                "end": u.end,
                "label": u.label,
                "why": u.why,
                **({"place": u.place, "candidates": list(u.candidates)} if u.why == "unplaced" else {}),
            }
            for u in reading.uncatalogued
        ],
        "findings": [
            {"check": f.check, "message": f.message, "observations": [place[i] for i in f.observations if i in place]}
            for f in reading.findings
        ],
    }
    return json.dumps(line, ensure_ascii=False)


def observation(said: Observation) -> dict[str, Any]:
    """An observation with its slots in the order of the guidelines; an empty slot is null."""
    slots = {name: getattr(said, name) for name in SLOTS}
    slots["breakdown"] = dict(said.breakdown) or None
    return {name: number(slot) if isinstance(slot, Decimal) else slot for name, slot in slots.items()}


READING_HEADS = ("locality", "indicator", "period", "what", "value", "quote")


def reading_rows(reading: Reading, *, derived: bool) -> list[list[str]]:
    """An article's observations for a table on the terminal."""
    from models.periods import read_period, time_period

    shown = sorted((o for o in reading.observations if derived or not o.derived), key=lambda o: (o.start, o.end))
    return [
        [
            o.locality,
            " ".join([o.indicator, *(part for _, part in o.breakdown)]),
            time_period(*read_period(o.period))[1],
            words(o.status, o.measure, o.scope) + (" derived" if o.derived else ""),
            value_words(o.value, o.unit, o.bound),
            o.quote,
        ]
        for o in shown
    ]


VERDICTS = {"taken": "taken", "queued": "queued: less sure than series ask for", "none": "no figure"}
REASONS = {
    "aside": "left: a rule's threshold, one company's, person's or part's figure",
    "unnamed": "left: no indicator of the catalogue fits",
    "tie": "left: two indicators fit alike",
    "undated": "left: nothing says its period",
    "unplaced": "left: its place is not one known unit",
    "crowded": "left: its sentence is too long to be read",
}


def account_lines(reading: Reading, accounts: Iterable[Account]) -> Iterator[str]:
    """Every figure with its class, what became of it and why, and below it the slots with the words that gave them."""
    text = reading.article.text
    for told in accounts:
        why = VERDICTS.get(told.verdict) or REASONS[told.why]
        label = f" ({told.label})" if told.label else ""
        sure = f", confidence {told.observation.confidence:g}" if told.observation else ""
        yield f"{told.start}–{told.end} {_one_line(text[told.start : told.end])!r}: {told.kind}: {why}{sure}{label}"
        if told.observation and told.start == told.observation.start:
            yield from _slot_lines(told.observation, text)


def _slot_lines(said: Observation, text: str) -> Iterator[str]:
    slots = observation(said)
    for found in said.evidence:
        spoken = found.start is not None and found.end is not None
        words = f" {_one_line(text[found.start : found.end])!r}" if spoken else ""
        yield f"    {found.slot:<10} {slots.get(found.slot, '')!s:<24} {found.how}{words}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def plan_lines(plan: Plan) -> Iterator[str]:
    """The rows that a file adds (+), changes (~) and withdraws (-)."""
    yield from (f"  + {claim_line(row)}" for row in plan.added)
    for before, after in plan.changed:
        yield f"  ~ {claim_line(before)}"
        yield f"    now {claim_line(after)}"
    yield from (f"  - {claim_line(row)}" for row in plan.withdrawn)


def claim_line(row: ClaimRow) -> str:
    """`568 dossier.late_rate 2023 district: 0.7 percent (confidence 0.97)`."""
    value = value_words(row.value if row.value is not None else row.value_text, row.unit, row.bound)
    base = f" against {row.base}" if row.base else ""
    marks = words(row.status, row.measure, row.scope)
    slots = " ".join(w for w in (row.locality, row.indicator, row.breakdown, row.time_period, marks) if w)
    return f"{slots}: {value}{base} (confidence {row.confidence:g})"


def words(status: str, measure: str, scope: str, labels: Labels = CODES, *, derived: bool = False) -> str:
    """The slots that are not at their default, as words."""
    said = {"status": status, "measure": measure, "scope": scope, **({"derived": "derived"} if derived else {})}
    shown = [labels.word(slot, word) for slot, word in said.items() if word not in ("actual", "level", "all")]
    return (", " if labels.language else " ").join(shown)


BILLION = 10**9
BOUNDS = {"eq": "", "approx": "≈", "gt": ">", "lt": "<", "ge": "≥", "le": "≤"}


def value_words(value: Decimal | str, unit: str, bound: str, labels: Labels = CODES, decimal: str = ".") -> str:
    """`≈1,800`, `0.7 %`, `134,000,000 VND`, `8,420.5 bn VND` (never rounded), `Khá`."""
    if unit == "VND" and isinstance(value, Decimal) and abs(value) >= BILLION and not value % (BILLION // 1000):
        value, unit = value / BILLION, "bn VND"
    shown = grouped(value, decimal) if isinstance(value, Decimal) else value
    unit = {"percent": " %", "rank": "", "rating": "", "count": ""}.get(unit, f" {labels.word('unit', unit)}")
    return f"{BOUNDS[bound]}{shown}{unit}"


def grouped(value: Decimal, decimal: str = ".") -> str:
    """`8,420.5`, with a decimal comma `8.420,5`."""
    shown = f"{number(value):,}"
    return shown if decimal == "." else shown.translate({ord(","): ".", ord("."): ","})


SERIES_HEADS = ("place, indicator", "period", "what", "value", "published", "source")


def series_table(
    rows: Iterable[SeriesRow], labels: Labels = CODES, decimal: str = ".", curves: Mapping[SeriesRow, str] | None = None
) -> Iterator[list[str]]:
    """Series for people: a line with the place, then its points; a column more for `curves`, and for corrections."""
    from flows.lines import parts_of

    rows = list(rows)
    corrected = any(row.correction for row in rows)
    more = bool(curves) + corrected
    for (code, name), points in groupby(rows, key=lambda row: (row.locality, row.locality_name)):
        rows_of = list(points)
        broken = f", {rows_of[0].series_break}" if rows_of[0].series_break else ""
        yield [f"{name} ({code}){broken}", *[""] * (len(SERIES_HEADS) - 1 + more)]
        for row in rows_of:
            said = row.value if row.value is not None else row.value_text
            among = f"/{number(row.out_of)}" if row.out_of is not None else ""
            yield [
                "  " + " ".join([labels.indicator(row), *parts_of(row)]),
                row.time_period,
                words(row.status, row.measure, row.scope, labels, derived=row.derived),
                value_words(said, row.unit, row.bound, labels, decimal) + among,
                str(row.published or ""),
                row.source,
                *([curves.get(row, "")] if curves else []),
                *([row.correction] if corrected else []),
            ]


TERRITORY_HEADS = ("place, indicator", "period", "what", "value", "parts")


def territory_table(rows: Iterable[TerritoryRow]) -> Iterator[list[str]]:
    """Sums for people: a line with the territory, then its points and of how many units each is."""
    for (code, name), points in groupby(rows, key=lambda row: (row.territory, row.territory_name)):
        yield [f"{name} ({code})", *[""] * (len(TERRITORY_HEADS) - 1)]
        for row in points:
            parts = json.loads(row.breakdown).values() if row.breakdown else ()
            what = words(row.status, "level", row.scope)
            value = value_words(row.value, row.unit, row.bound)
            yield ["  " + " ".join([row.indicator, *parts]), row.time_period, what, value, str(row.parts)]
