"""Tables: the header names the indicators, the first column the places or months, the words above it the rest.

"Đơn vị | Tiếp nhận (hồ sơ) | Trễ hạn | Tỷ lệ hồ sơ trực tuyến (%)" over "Phường A | 2.318 | 6 | 93,18".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.cues import any_of
from extractors.facts import Block, Observation, Period
from extractors.figures import Figure
from extractors.frame import Frame
from extractors.indicators import Indicator, catalogue
from extractors.localities import ArticlePlaces
from extractors.periods import find_periods
from extractors.places import PlaceMention
from extractors.sentences import Document
from extractors.timing import resolved
from extractors.where import OFFICE_DOMAINS

_TIME_UNITS = ("tháng", "năm", "quý")
_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: an indicator's levels, or ranks in it."""

    indicator: Indicator
    measure: str

    @property
    def unit(self) -> str:
        """The unit of its cells."""
        return "rank" if self.measure == "rank" else self.indicator.unit


def read_table(
    document: Document, cells: Sequence[Block], places: ArticlePlaces, frame: Frame, published: date | None, above: str
) -> Iterator[Observation]:
    """The observations of one table; `above` are the words that introduce it."""
    rows: dict[int, dict[int, Block]] = {}
    for cell in cells:
        rows.setdefault(cell.row or 0, {})[cell.column or 0] = cell
    header = {n: document.norm[cell.start : cell.end] for n, cell in rows.get(0, {}).items()}
    columns = _columns(header, above)
    scope = _scope_of(above, document)
    for number in sorted(rows):
        if number > 0:
            yield from _read_row(document, rows[number], header, columns, places, frame, published, scope)


def _columns(header: dict[int, str], above: str) -> dict[int, Column]:
    """The indicator of each column that names one; a column of ranks is of the only index there is."""
    columns = {
        n: Column(indicator, "level") for n, words in header.items() if (indicator := _indicator_of(words, above))
    }
    topic = _indicator_of(above, above) if not columns else None
    indices = {c.indicator.code: c.indicator for c in columns.values()}
    index = next(iter(indices.values())) if len(indices) == 1 else topic
    for n, words in header.items():
        if n not in columns and index is not None and any_of("rank_column").search(words):
            columns[n] = Column(index, "rank")
    return columns


def _indicator_of(words: str, above: str) -> Indicator | None:
    """The indicator that a header names; with "%" or "tỷ lệ" the rate, else the count."""
    if any_of("moved_column").search(words):
        return None
    labels = sorted(catalogue().find(words), key=lambda label: (-label.weight, label.start - label.end))
    lowered = f"{above} {words}".lower()
    for label in labels:
        if not label.codes[0]:
            return None
        found = [catalogue()[code] for code in label.codes]
        if any(i.near and not any(word in lowered for word in i.near) for i in found[:1]):
            continue
        wanted = [
            i for i in found if (i.unit == "percent") == bool(any_of("rate_column").search(words)) or i.kind == "index"
        ]
        if wanted:
            return wanted[0]
    return None


def _scope_of(above: str, document: Document) -> str:
    """The offices that the words above a table name, if they name one tier."""
    start = document.norm.rfind(above)
    tiers = {c.value for c in document.cues if c.kind == "scope" and start <= c.start < start + len(above)}
    tier = tiers.pop() if len(tiers) == 1 else "all"
    return tier if tier in ("province", "district", "commune") else "all"


def _read_row(
    document: Document, row: dict[int, Block], header: dict[int, str], columns: dict[int, Column],
    places: ArticlePlaces, frame: Frame, published: date | None, scope: str,
) -> Iterator[Observation]:  # fmt: skip
    subject = _subject_of(document, row, header, places, published)
    if subject is None:
        return
    place, own_period = subject
    period = own_period or (resolved(frame.mention, frame) if frame.mention else None)
    if period is None:
        return
    locality = places.resolve(place, period.end) if place else places.own_at(period.end)
    if locality is None:
        return
    how = "default" if place is None else "explicit"
    when = "explicit" if own_period else "inherited"
    for number, column in columns.items():
        figure = _only_figure(document, row.get(number))
        if figure is None or not _fits(column, figure):
            continue
        office = column.indicator.domain in OFFICE_DOMAINS and place is None and own_period is None
        yield Observation(
            locality=locality, scope=scope if office else "all", indicator=column.indicator.code, period=period.iso,
            measure=column.measure, value=figure.value, unit=column.unit,
            out_of=figure.out_of, printed=figure.printed, quote=document.norm[figure.start : figure.end],
            start=figure.start, end=figure.end, confidence=_CONFIDENCE,
            evidence=(("locality", how), ("scope", "default"), ("indicator", "explicit"), ("period", when)),
        )  # fmt: skip


def _subject_of(
    document: Document, row: dict[int, Block], header: dict[int, str], places: ArticlePlaces, published: date | None
) -> tuple[PlaceMention | None, Period | None] | None:
    """Whose row it is: a place, a time, or the whole ("Tổng cộng"); None where it is something else."""
    for number in sorted(row):
        words = document.norm[row[number].start : row[number].end].strip()
        period = _period_of(header.get(number, ""), words, published)
        if period is not None:
            return None, period
        found = places.find(words, cell=True)
        if found and found[0].kind == "named":
            return found[0], None
        if any_of("total_row").match(words) or (found and found[0].kind == "back"):
            return None, None
        if not words.replace(".", "").isdigit():
            return None
    return None


def _period_of(header: str, words: str, published: date | None) -> Period | None:
    """A row of times: "Tháng" over "10.2025", or "Quý I/2024" in the cell itself."""
    unit = next((unit for unit in _TIME_UNITS if header.lower().startswith(unit)), None)
    for text in (words, f"{unit} {words}" if unit else ""):
        mentions = find_periods(text, published) if text else []
        if len(mentions) == 1 and mentions[0].kind == "span" and len(text) - (mentions[0].end - mentions[0].start) <= 1:
            return mentions[0].period
    return None


def _only_figure(document: Document, cell: Block | None) -> Figure | None:
    """The one number of a cell; a cell with words or several numbers is not read."""
    if cell is None:
        return None
    figures = document.sentence(cell.start, cell.end).figures
    alone = len(figures) == 1 and figures[0].end - figures[0].start >= len(document.norm[cell.start : cell.end].strip())
    return replace(figures[0], bound="eq") if alone else None


def _fits(column: Column, figure: Figure) -> bool:
    if column.measure == "rank":
        return figure.decimals == 0
    bounds = column.indicator.bounds
    whole = column.indicator.unit not in ("count", "persons") or figure.decimals == 0
    return whole and (bounds is None or bounds[0] <= figure.value <= bounds[1])
