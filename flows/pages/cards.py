"""What is told about each figure of an article: its role, its slots, and the words that gave each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.confidence import threshold
from extractors.facts import Evidence, Observation, Reading, Uncatalogued
from extractors.indicators import catalogue
from extractors.places.gazetteer import locality
from flows.commands.show import value_words
from flows.commands.show import words as kind_words
from flows.pages.frame import Words
from flows.pages.passages import Span
from models.periods import read_period, time_period

ROLES = ("actual", "estimate", "target", "change", "rank", "queued", "left")
"""What a figure is to a reader of the page, as its highlight shows it."""
SLOTS = (
    *("indicator", "breakdown", "locality", "scope", "period", "base"),
    *("value", "out_of", "group", "status", "measure"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot in words, how it was found, and the article's words that say it."""

    name: str
    said: str
    how: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of the text, or one that follows from others; `observation` None when it became none."""

    key: str
    role: str
    quote: str
    value: str
    slots: tuple[Slot, ...] = ()
    observation: Observation | None = None
    kind: str = ""
    sure: str = ""
    why: str = ""
    follows: tuple[str, ...] = ()

    def said(self, slot: str) -> str:
        return next((one.said for one in self.slots if one.name == slot), "")

    @property
    def tip(self) -> str:
        """One line: "Tỷ lệ hồ sơ trễ hạn, Thành phố Nha Trang, 2023"."""
        slots = ("indicator", "breakdown", "locality", "period", "label")
        return ", ".join(filter(None, map(self.said, slots)))


def keys_of(reading: Reading, *, derived: bool) -> dict[int, str]:
    """The observations to be shown, by their place in the reading, in the order of the text."""
    shown = [i for i, one in enumerate(reading.observations) if derived or not one.derived]
    shown.sort(key=lambda i: (reading.observations[i].start, reading.observations[i].end))
    return {i: f"o{n}" for n, i in enumerate(shown, 1)}


def cards_of(reading: Reading, keys: Mapping[int, str], words: Words) -> dict[str, Card]:
    """Every figure by its key, in the order of the text."""
    observed = [(reading.observations[i].start, _observed(reading, i, keys, words)) for i in keys]
    left = [(u.start, _left(f"u{n}", u, words)) for n, u in enumerate(reading.uncatalogued, 1)]
    return {card.key: card for _, card in sorted([*observed, *left], key=lambda one: one[0])}


def spans_of(reading: Reading, keys: Mapping[int, str]) -> list[Span]:
    """Where figures stand; what follows arithmetically stands nowhere."""
    observed = ((reading.observations[i], key) for i, key in keys.items())
    printed = [(o, key) for o, key in observed if not o.derived]
    return [
        *(Span(start, end, key) for o, key in printed for start, end in [(o.start, o.end), *o.mentions]),
        *(Span(u.start, u.end, f"u{n}") for n, u in enumerate(reading.uncatalogued, 1)),
    ]


def given_of(reading: Reading, keys: Mapping[int, str]) -> list[Span]:
    """Where the words stand that gave the slots."""
    return [
        Span(found.start, found.end, key)
        for i, key in keys.items()
        for found in reading.observations[i].evidence
        if found.start is not None and found.end is not None
    ]


def role_of(said: Observation) -> str:
    """What it is first of all: not sure enough, aimed at or estimated, else what it measures."""
    if said.confidence < threshold():
        return "queued"
    if said.status != "actual":
        return said.status
    return {"rank": "rank", "rating": "rank", "change": "change", "growth": "change", "multiple": "change"}.get(
        said.measure, "actual"
    )


def _observed(reading: Reading, index: int, keys: Mapping[int, str], words: Words) -> Card:
    o = reading.observations[index]
    return Card(
        key=keys[index],
        role=role_of(o),
        quote=o.quote,
        value=value_words(o.value, o.unit, o.bound, words.labels, words.decimal),
        slots=tuple(_slots(o, reading.article.text, words)),
        observation=o,
        kind=kind_words(o.status, o.measure, o.scope, words.labels, derived=o.derived),
        sure=f"{o.confidence:g}".replace(".", words.decimal),
        follows=tuple(keys[i] for i in o.follows if i in keys),
    )


def _left(key: str, item: Uncatalogued, words: Words) -> Card:
    said = {"label": item.label, "place": item.place, "candidates": "; ".join(map(place_name, item.candidates))}
    slots = tuple(Slot(name, text, "") for name, text in said.items() if text)
    value = value_words(item.value, item.unit, "eq", words.labels, words.decimal)
    return Card(key, "left", item.text, value, slots, why=item.why)


def _slots(o: Observation, text: str, words: Words) -> Iterator[Slot]:
    found = {one.slot: one for one in o.evidence}
    for name in SLOTS:
        if said := _said(o, name, words):
            yield Slot(name, said, *_found(o, found.get(name), name, text))


def _found(o: Observation, evidence: Evidence | None, name: str, text: str) -> tuple[str, str]:
    if name == "value" and not o.derived:
        return "explicit", o.quote
    if evidence is None:
        return "", ""
    return evidence.how, text[evidence.start : evidence.end] if evidence.start is not None else ""


def _said(o: Observation, slot: str, words: Words) -> str:
    """A slot as a person reads it; empty where it says nothing."""
    match slot:
        case "indicator":
            return indicator_name(o.indicator, words.language)
        case "breakdown":
            return ", ".join(part for _, part in o.breakdown)
        case "locality":
            return place_name(o.locality)
        case "period" | "base":
            iso = o.period if slot == "period" else o.base
            return time_period(*read_period(iso))[1] if iso else ""
        case "value":
            return value_words(o.value, o.unit, o.bound, words.labels, words.decimal)
        case "out_of":
            return value_words(o.out_of, "count", "eq", words.labels, words.decimal) if o.out_of is not None else ""
        case "group":
            return o.group or ""
    return words.word(slot, getattr(o, slot))


def indicator_name(code: str, language: str) -> str:
    known = catalogue().indicators.get(code)
    return str(getattr(known, f"name_{language}")) if known else code


def place_name(id: str) -> str:
    """`Thành phố Nha Trang (568)`."""
    known = locality(id)
    return f"{known.name} ({id})" if known else id
