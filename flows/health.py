"""Whether a source is well: a night's counts against what its YAML expects, and against its own earlier nights.

    silent: nothing new since 2026-11-12 (9 days), expected within 7 (flows/sources/baomau.yml, expect.silent_days)

What a normal night brings stands in the source's `expect:`; what is here says how many articles prove something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from flows.sources import Source
from models.ledger import Night
from models.records import SourceCounts

SLOTS = ("title", "published", "lead", "body", "author")
"""Of an article, what a redesign takes away."""
FEW = 6
"""Fewer articles prove nothing about a share."""
HABIT_DAYS = 30
HABIT_ARTICLES = 20
"""A habit is what a layer told of so many articles or more within these days …"""
HABIT_SHARE, LOST_SHARE = 0.9, 0.4
"""… in such a share of them; it is lost when the share falls so low."""
NONE = "none"
DRIFT = "drift"


@dataclass(frozen=True)
class Symptom:
    """`state` is what a table shows ("silent 9 d"), `line` says it with what was expected and where it is mended."""

    state: str
    line: str = ""
    grave: bool = True


def examine(source: Source, tonight: SourceCounts, nights: Sequence[Night], now: datetime) -> list[Symptom]:
    """What ails a source tonight, the gravest first; `nights` are its earlier ones, the newest first."""
    lately, before = _parted(source, tonight, nights, now)
    return [
        *_failed(source, tonight, nights, now),
        *_lost(source, tonight),
        *_silent(source, tonight, nights, now),
        *_drifted(source, lately, before),
        *_crowded(source, tonight),
        *_undated(source, tonight),
        *_bare(source, lately),
    ]


def volume(source: Source, listed: int) -> str:
    """How many articles the lists name, beside what is expected."""
    least, most = source.expect.articles
    return f"{listed} articles listed, expected {least} to {most} ({source.file}, expect.articles)"


def _failed(source: Source, tonight: SourceCounts, nights: Sequence[Night], now: datetime) -> Iterator[Symptom]:
    """Nights are counted by their days: a night that a person repeats by hand is one."""
    if not tonight.error:
        return
    bad = [night.started for night in takewhile(lambda night: night.counts.error, nights)]
    days = len({moment.date() for moment in (now, *bad)})
    if days == 1:
        yield Symptom("failed")
        return
    good = [night.started for night in nights[len(bad) :]]
    last = f"last good night {good[0]:%Y-%m-%d}" if good else f"no good night since {bad[-1]:%Y-%m-%d}"
    yield Symptom(f"failed {days} nights", f"failed {days} nights in a row, {last} ({source.file})")


def _lost(source: Source, tonight: SourceCounts) -> Iterator[Symptom]:
    """A site that blocks us or takes everything down: articles were asked for, and too many did not come."""
    lost, most = tonight.failed - tonight.unread + tonight.retracted, source.expect.failed
    if not tonight.error and tonight.asked >= FEW and lost > most * tonight.asked:
        gone = f" ({tonight.retracted} are taken down)" if tonight.retracted else ""
        expected = f"expected a share of at most {most:g} ({source.file}, expect.failed)"
        line = f"{lost} of {tonight.asked} articles asked for did not come{gone}, {expected}"
        yield Symptom(f"lost {lost} of {tonight.asked}", line)


def _silent(source: Source, tonight: SourceCounts, nights: Sequence[Night], now: datetime) -> Iterator[Symptom]:
    """Since the last new article, or since the first visit; a source that failed says more than that."""
    if tonight.error or not source.expect.silent_days or not nights or _brought(tonight):
        return
    last = next((night for night in nights if _brought(night.counts)), nights[-1])
    days = (now - last.started).days
    if days > source.expect.silent_days:
        expected = f"expected within {source.expect.silent_days} ({source.file}, expect.silent_days)"
        line = f"silent: nothing new since {last.started:%Y-%m-%d} ({days} days), {expected}"
        yield Symptom(f"silent {days} d", line)


def _brought(counts: SourceCounts) -> bool:
    return counts.new + counts.left_out + counts.waiting > 0


def _parted(
    source: Source, tonight: SourceCounts, nights: Sequence[Night], now: datetime
) -> tuple[list[SourceCounts], list[SourceCounts]]:
    """The nights whose articles were read with tonight's layout: so many of the last as prove something, and those
    before them. A night that had drifted tells of no habit, or the drift would become one.
    """
    layout, begin = source.layout(now.date()), now - timedelta(days=HABIT_DAYS)
    same = [n.counts for n in nights if n.started >= begin and source.layout(n.started.date()) == layout]
    lately, before = [tonight], [counts for counts in same if counts.read]
    while before and _read(lately) < FEW:
        lately.append(before.pop(0))
    return lately, [counts for counts in before if DRIFT not in counts.health]


def _read(nights: Iterable[SourceCounts]) -> int:
    return sum(counts.read for counts in nights)


def _drifted(source: Source, lately: Sequence[SourceCounts], before: Sequence[SourceCounts]) -> Iterator[Symptom]:
    """A slot that one layer told of nearly every article, and lately of few."""
    of, now_of = _read(before), _read(lately)
    if of < HABIT_ARTICLES or now_of < FEW:
        return
    for slot in SLOTS:
        told = _layers(slot, lately)
        ((layer, times),) = _layers(slot, before).most_common(1)
        if layer != NONE and times >= HABIT_SHARE * of and told[layer] <= LOST_SHARE * now_of:
            others = ", ".join(f"{other} {count}" for other, count in told.most_common() if other != layer and count)
            habit = f"{slot} was read by {layer} in {times / of:.0%} of {of} articles"
            lost = f"in {told[layer]} of the last {now_of} ({others})"
            where = f"the site may have been redesigned ({source.file}, page.{slot})"
            yield Symptom(DRIFT, f"layout drift: {habit}, {lost}: {where}")


def _layers(slot: str, nights: Sequence[SourceCounts]) -> Counter[str]:
    """Layer → of how many articles it told the slot."""
    told: Counter[str] = Counter()
    for counts in nights:
        told.update(counts.layers.get(slot, {}))
    told[NONE] = _read(nights) - told.total()
    return told


def _crowded(source: Source, tonight: SourceCounts) -> Iterator[Symptom]:
    if tonight.listed - tonight.left_out > source.expect.articles[1]:
        yield Symptom("many listed", volume(source, tonight.listed), grave=False)


def _undated(source: Source, tonight: SourceCounts) -> Iterator[Symptom]:
    if tonight.read and tonight.dated < source.expect.dated * tonight.read:
        expected = f"expected a share of {source.expect.dated:g} ({source.file}, expect.dated and page.published)"
        line = f"{tonight.dated} of {tonight.read} articles read have a date, {expected}"
        yield Symptom("few dated", line, grave=False)


def _bare(source: Source, lately: Sequence[SourceCounts]) -> Iterator[Symptom]:
    read, with_figures = _read(lately), sum(counts.with_figures for counts in lately)
    if read >= FEW and with_figures < source.expect.figures * read:
        expected = f"expected a share of {source.expect.figures:g} ({source.file}, expect.figures)"
        line = f"{with_figures} of the last {read} articles read have a figure, {expected}"
        yield Symptom("few figures", line, grave=False)
