"""Articles of the queue read again: what a figure stands in, how it is read now, and what an answer would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.facts import Observation, Reading
from extractors.merging import key_of
from flows.corrections.correcting import UNFIT, correct
from flows.corrections.meant import Unfit, meant, shown
from flows.corrections.parts import Replace, Slots, Words
from flows.reading import default_reader, extract_one

if TYPE_CHECKING:
    from extractors.indicators import Names
    from flows.corrections.file import Corrections
    from flows.desk import Desk
    from models.review import WaitingRow

TRIED = 20
"""So many articles are read to show what a name would bring."""
_BEFORE, _BEHIND = 220, 120


@dataclass(frozen=True)
class Effect:
    """What a name would bring in the articles that were read: claims that come, and how many go."""

    articles: int
    come: tuple[Observation, ...]
    gone: int


class Rereading:
    """Reads articles of the archive as the next run would, with these corrections."""

    def __init__(self, desk: Desk, corrections: Corrections) -> None:
        self.desk, self.corrections = desk, corrections
        self.read = lru_cache(maxsize=64)(self._read)

    def _read(self, source: str, article: str, names: Names = (), places: Names = ()) -> Reading | None:
        """The article as corrected, with further names and places; None where the archive does not have it."""
        entry, known = self.desk.archive.newest(source, article), self.corrections
        if entry is None:
            return None
        reader = default_reader((*known.names, *names), (*known.places_of(source, article), *places))
        read = extract_one(entry, self.desk.archive, self.desk.shelf, reader)
        return correct(read.reading, self.corrections.of(source, article)).reading if read.reading else None

    def still_waits(self, row: WaitingRow) -> bool:
        """Whether a figure would still be of no known indicator, or place."""
        reading = self.read(row.source, row.article)
        left = reading.uncatalogued if reading else ()
        return any((u.start, u.end, u.why) == (row.char_start, row.char_end, row.why) for u in left)

    def passage(self, row: WaitingRow) -> tuple[str, str]:
        """The words before a figure and behind it; none where they are not found."""
        reading = self.read(row.source, row.article)
        text = reading.article.text if reading else ""
        if text[row.char_start : row.char_end] != row.quote:
            return "", ""
        before = text[max(0, row.char_start - _BEFORE) : row.char_start].rpartition("\n")[2]
        behind = text[row.char_end : row.char_end + _BEHIND].partition("\n")[0]
        return before, behind

    def suggested(self, label: str, row: WaitingRow, code: str) -> str:
        """As much of a label as the article has in one piece and may name the indicator: of "lớp tập huấn cán bộ"
        perhaps "lớp tập huấn"."""
        from extractors.own_names import fault_of, names_in

        reading, words = self.read(row.source, row.article), label.split()
        while reading and words:
            name = " ".join(words)
            if not fault_of(name, code) and names_in(reading.article.text, ((name, code),)):
                return name
            words.pop()
        return ""

    def effect(self, rows: Iterable[WaitingRow], *, names: Names = (), places: Names = ()) -> Effect:
        """What further names or places would bring in the first articles of these figures."""
        articles = list(dict.fromkeys((row.source, row.article) for row in rows))[:TRIED]
        come, gone = list[Observation](), 0
        for source, article in articles:
            before, after = self.read(source, article), self._read(source, article, names, places)
            if before and after:
                known = _said(before)
                come += [one for one in after.observations if key_of(one) not in known and not one.derived]
                gone += len(known - _said(after))
        return Effect(len(articles), tuple(come), gone)

    def claim(self, row: WaitingRow) -> Observation | None:
        """The claim that waits; None where the article is not read so any more."""
        reading = self.read(row.source, row.article)
        span, slots = (row.char_start, row.char_end), (row.indicator, row.locality, row.period)
        for one in reading.observations if reading else ():
            told = (one.indicator, one.locality, one.period) == slots
            if told and span in ((one.start, one.end), *one.mentions) and not one.derived:
                return one
        return None

    def pointing_at(self, row: WaitingRow, claim: Observation) -> Words | None:
        """The fewest words that mean this claim and no other; None where none do."""
        reading = self.read(row.source, row.article)
        if reading is None:
            return None
        known = dict(enumerate(reading.observations))
        whose = {"indicator": claim.indicator, "locality": claim.locality, "period": claim.period}
        for more in ({}, {"indicator": claim.indicator}, {"at": row.char_start}, {"at": row.char_start, **whose}):
            words = Words.model_validate({"article": row.article, "quote": row.quote, **more})
            try:
                if [known[n] for n in meant(words, reading.article.text, known, several=False)] == [claim]:
                    return words
            except Unfit:
                pass
        return None

    def unfit(self, row: WaitingRow, words: Words, slots: Slots) -> str:
        """Why these slots cannot be those of the claim that the words mean, "" when they can."""
        reading = self.read(row.source, row.article)
        entry = Replace.model_validate({"replace": words, "with": slots, "reason": "-", "date": date.min})
        told = correct(reading, [entry]).reading.findings if reading else ()
        why = next((finding.message for finding in told if finding.check == UNFIT), "")
        return why.removesuffix(f": {entry.reason} ({entry.date})")


def slots_of(claim: Observation) -> Iterator[str]:
    """The slots of a claim as a correction names them: `locality 568 (Thành phố Nha Trang)`, `value 0.72`."""
    from extractors.places.gazetteer import locality

    unit = locality(claim.locality)
    for slot in Slots.model_fields:
        value = shown(slot, getattr(claim, {"among": "group"}.get(slot, slot)))
        if value != "none":
            yield f"{slot} {value}" + (f" ({unit.name})" if slot == "locality" and unit else "")


def _said(reading: Reading) -> set[tuple[object, ...]]:
    return {key_of(one) for one in reading.observations}
