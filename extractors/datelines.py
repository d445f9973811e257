"""Read when an article was published: "Cập nhật ngày: 13/04/2024 - 19:42" → 13 April 2024.

Day first, always; years in four digits; a stamp that cannot be read is None, never a guess.
General date parsers are not used: they swap day and month or find dates in "1,94%".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache

import regex

from extractors.page_words import alternation, fold, spelled, split_pieces
from extractors.wording import compiled

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam has kept one offset without summer time since 1975."""

_YEARS = range(1990, 2100)
_OPENING = 80

_ISO = regex.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"
    # PHP's 'Y-m-dTH:i:s' prints the name of the zone where ISO has a T: 2024-04-13ICT19:42:00
    r"(?:(?:T|\s+|ICT|UTC|GMT|\+07(?::?00)?)(?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The local day in Vietnam and, where the page prints an hour, the moment."""

    day: date
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """All for folded text; each compiled when first asked."""

    whole: str
    """A line or a piece of one that is a stamp and nothing else."""
    beside: str
    """A day next to an hour, anywhere."""
    clock: str
    issue: str
    """ "(Báo Hải Dương, số ra ngày 5-4-2019)": the issue an article was printed in, and nothing else."""
    event: str
    """ "HNM - Sáng 5-4-2019, …": the day with which a text opens."""
    counted: str
    """ "tính đến ngày 5-4-2019": a day that was over when the text was written."""


@cache
def _patterns() -> _Patterns:
    hour, minute, month, year = (alternation(name) for name in ("hour", "minute", "month", "year"))
    half = f"(?:(?P<am>{alternation('morning')})|(?P<pm>{alternation('afternoon')}))"
    zone = r"\(?\s*(?:gmt|utc)\s*\+?\s*0?7(?::?00)?\s*\)?"
    clock = (
        rf"(?P<H>\d\d?)\s?(?::|h|g|{hour})\s?(?P<M>\d\d)(?:\s?:\s?(?P<S>\d\d))?(?:\s?(?:'|’|{minute}))?"
        rf"(?:\s?{half}(?![\p{{L}}\p{{M}}]))?"
    )
    numeric = r"(?<!\d)(?P<d>\d\d?)\s?(?P<sep>[/.\-–])\s?(?P<m>\d\d?)\s?(?P=sep)\s?(?P<y>\d{4})(?!\d)"
    worded = rf"(?<!\d)(?P<d>\d\d?)\s{month}\s(?P<m>\d\d?)(?:\s?,?\s{year}\s|\s?,\s?|\s)(?P<y>\d{{4}})(?!\d)"
    when = rf"(?:{numeric}|{worded})"
    gap = r"[\s,:;\-–|(\[]{0,5}"
    label = rf"(?:{alternation('dateline_labels')}{gap})?"
    weekday = rf"(?:{alternation('weekdays')}{gap})?"
    either = rf"(?:(?:{clock}{gap}{label}{weekday}{label})?{when}|{when}{gap}{clock})"
    whole = rf"[\s•\-–|(\[]*{label}{weekday}{label}{either}{gap}(?:{zone})?[\s.,;|)\]\-–]*"
    beside = rf"(?<![\d/.,\-]){clock}{gap}{label}{weekday}{label}{when}|{when}{gap}{clock}"
    days = rf"(?:{weekday}{label}){{0,2}}{when}"
    printed = rf"\W*(?:{alternation('issue_openings')}(?![\p{{L}}\p{{M}}])(?:[^.;!?]|\.(?=\d)){{0,80}}?[\s,(:\-–])?"
    issue = rf"{printed}{alternation('issue_labels')}{gap}{days}(?:{gap}{clock})?\W*"
    tag = r"\W*(?:[\p{L}\p{M}.]{2,14}(?:\s[\p{L}\p{M}]{1,8}){0,2}\W*[-–:|)]\s*)?"
    on = rf"\s*(?:{alternation('until')}|[-–])\s*[\p{{L}}\p{{M}}\s]*\d"
    event = rf"{tag}(?:{alternation('day_openings')}[\s,(]+)+{when}(?!{on})"
    counted = rf"{alternation('counted_until')}\s(?:{alternation('end_of')}\s)?(?:{alternation('day')}\s)?{when}"
    return _Patterns(whole, beside, rf"^{clock}", issue, event, counted)


_DAY = re.compile(r"\d(?:\s?[/.\-–]\s?\d\d?\s?[/.\-–]\s?\d{4}|\sth)")
"""Quickly told of a folded line, and in each of these patterns: "5-4-2019", "5 tháng 4 …"."""

# en-US servers print 2/9/2024 3:00:00 PM for 9 February: nobody can tell the day from the month.
_AMERICAN = regex.compile(r"\d\d?/\d\d?/\d{4} \d\d?:\d\d:\d\d [AP]M")


@cache
def _placed() -> regex.Pattern[str]:
    """ "Nha Trang, ngày 12/3/2023" closes a release."""
    place = r"\(?(?:\p{Lu}[\p{L}\p{M}.]*\s){0,4}\p{Lu}[\p{L}\p{M}.]*"
    return regex.compile(rf"^{place},\s+{spelled('day')}\s", regex.IGNORECASE)


def read_stamp(text: str) -> Stamp | None:
    """A field that should hold a date and nothing else: ISO 8601 or a Vietnamese stamp."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _from_iso(match)
    return None if _AMERICAN.fullmatch(text) else read_dateline(text)


def read_dateline(line: str) -> Stamp | None:
    """The stamp of a line that serves as dateline, None for a sentence that only mentions a date."""
    if len(line) > 300 or _DAY.search(fold(line)) is None:
        return None
    patterns = _patterns()
    pieces = [fold(piece) for piece in split_pieces(line.strip())]
    for index, piece in enumerate(pieces):
        if match := compiled(patterns.whole).fullmatch(piece):
            following = pieces[index + 1] if index + 1 < len(pieces) else ""
            hour = match if match["H"] else compiled(patterns.clock).match(following)
            return _from_vietnamese(match, hour)
    if match := compiled(patterns.issue).fullmatch(fold(line)):
        return _from_vietnamese(match, match if match["H"] else None)
    if len(line) > 120 or line.rstrip().endswith((".", ";", ":")):
        return None
    folded = fold(line)
    match = compiled(patterns.beside).search(folded)
    if match is not None and match.start() <= 60:
        return _from_vietnamese(match, match)
    if _placed().match(unicodedata.normalize("NFC", line)) and (
        match := compiled(patterns.whole).fullmatch(folded.split(",", 1)[1])
    ):
        return _from_vietnamese(match, match if match["H"] else None)
    return None


def read_event_day(lead: str, body: Iterable[str] = ()) -> Stamp | None:
    """The day, year and all, with which the first sentence opens: "Sáng 20-10-2021, UBND tỉnh họp …".

    News is of its day, so that this is nearly as good as a printed date. "Từ ngày …" and "Đến ngày …" open with a
    span of time and say nothing; nor does a day that the `body` counts beyond: "Ngày 5/1/2021, Chính phủ ban hành
    Nghị định … Tính đến ngày 30/6/2022, tỉnh …".
    """
    match = compiled(_patterns().event).match(fold(lead[:_OPENING]))
    stamp = _from_vietnamese(match, None) if match else None
    if stamp is None:
        return None
    pattern = compiled(_patterns().counted)
    counted = (_day(m["y"], m["m"], m["d"]) for text in body for m in pattern.finditer(fold(text)))
    return None if any(day and day > stamp.day for day in counted) else stamp


def _from_iso(match: regex.Match[str]) -> Stamp | None:
    day = _day(match["y"], match["m"], match["d"])
    if day is None or match["H"] is None:
        return Stamp(day) if day else None
    try:
        moment = datetime(day.year, day.month, day.day, int(match["H"]), int(match["M"]), int(match["S"] or 0))
        moment = moment.replace(tzinfo=_zone(match["zone"])).astimezone(VIETNAM)
    except ValueError:
        return None
    return Stamp(moment.date(), moment)


def _zone(text: str | None) -> tzinfo:
    if text is None:
        return VIETNAM
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _from_vietnamese(match: regex.Match[str], clock: regex.Match[str] | None) -> Stamp | None:
    day = _day(match["y"], match["m"], match["d"])
    if day is None or clock is None:
        return Stamp(day) if day else None
    try:
        hour, minute, second = int(clock["H"]), int(clock["M"]), int(clock["S"] or 0)
        if clock["pm"] and hour < 12:
            hour += 12
        elif clock["am"] and hour == 12:  # 12:05 AM is five past midnight
            hour = 0
        return Stamp(day, datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM))
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None
