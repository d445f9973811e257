"""Read a text file of an article: title, date, author and kinds of lines from the words alone."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.captions import mark_captions, part_captions
from extractors.datelines import Stamp, read_event_day
from extractors.facts import Block
from extractors.flat_tables import mark_tables
from extractors.furniture import mark_chrome, mark_tail, mark_teasers
from extractors.lines import Line, is_name, mark_bylines, mark_datelines, mark_headings, mark_items, split_lines
from extractors.mastheads import find_home, mark_mastheads
from extractors.page_words import fold

_TOP, _BOTTOM = 15, 4
"""A dateline stands among the first or the last lines or after the last paragraph."""

_LONGEST_TITLE = 250
_LONGEST_LEAD = 700
_SHORTEST_LEAD = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines say about their article."""

    blocks: tuple[Block, ...]
    title: str | None
    stamp: Stamp | None
    author: str | None
    event: Stamp | None
    """The day with which the first sentence opens; for want of a dateline."""
    home: str | None
    """The unit whose paper or office the masthead names."""


def read_plain(text: str, title: str | None = None) -> Layout:
    """Blocks of `text`, whose offsets point into it; `title` is the title when it is known already."""
    return lay_out(split_lines(text), title)


def lay_out(lines: list[Line], title: str | None = None) -> Layout:
    """Name every line that has no kind yet, from the surest signs to the least sure."""
    lines = part_captions(lines)
    mark_datelines(lines)
    mark_chrome(lines)
    mark_mastheads(lines)
    mark_tail(lines)
    heading = _mark_title(lines, title)
    top_author = _mark_top_byline(lines)
    _mark_lead(lines)
    lines = mark_tables(lines)
    author = mark_bylines(lines)
    mark_captions(lines)
    mark_teasers(lines)
    mark_items(lines)
    mark_headings(lines)
    stamp, event = _stamp(lines), _event(lines)
    day = stamp or event
    home = find_home(lines, day.day if day else None)
    return Layout(tuple(map(_block, lines)), heading, stamp, top_author or author, event, home)


def _block(line: Line) -> Block:
    return Block(line.kind or "paragraph", line.start, line.end, line.table, line.row, line.column)


def _mark_title(lines: list[Line], title: str | None) -> str | None:
    """The known title where the text has it, or else the first line that reads like one."""
    if title is not None:
        same = next((line for line in lines[:_TOP] if fold(line.text) == fold(title)), None)
        if same is not None:
            same.kind = "title"
        return title
    if any(line.kind == "title" for line in lines):
        return None
    first = next((line for line in lines if not line.kind), None)
    if first is None or len(first.text) > _LONGEST_TITLE or _ends_a_sentence(first.text):
        return None
    first.kind = "title"
    return first.text


def _ends_a_sentence(text: str) -> bool:
    return text.endswith((".", ";", ",")) and not text.endswith("...")


def _mark_top_byline(lines: list[Line]) -> str | None:
    """ "T.M" alone between title and text."""
    at = next((i for i, line in enumerate(lines) if line.kind == "title"), None)
    if at is None:
        return None
    for line in lines[at + 1 : at + 4]:
        if not line.kind:
            if is_name(line.text):
                line.kind = "byline"
                return line.text
            return None
    return None


def _mark_lead(lines: list[Line]) -> None:
    """The paragraph under the title, when the article has more than that one."""
    rest = [line for line in lines if not line.kind]
    kinds = {line.kind for line in lines}
    if len(rest) < 2 or "title" not in kinds or "lead" in kinds:
        return
    if rest[0].prose and len(rest[0].text) <= _LONGEST_LEAD:
        rest[0].kind = "lead"


def _stamp(lines: list[Line]) -> Stamp | None:
    """The first dateline near the top, or the last one among the last lines or below the text."""
    stamps = [(i, line.stamp) for i, line in enumerate(lines) if line.kind == "dateline" and line.stamp]
    top = [stamp for i, stamp in stamps if i < _TOP]
    prose = max((i for i, line in enumerate(lines) if line.kind in ("paragraph", "item", "")), default=0)
    below = [stamp for i, stamp in stamps if i > min(prose, len(lines) - _BOTTOM)]
    return next(iter(top), None) or (below[-1] if below else None)


def _event(lines: list[Line]) -> Stamp | None:
    """The day of the first sentence, unless the text counts up to a later one: it was written after that."""
    prose = [line.text for line in lines if line.kind in ("lead", "paragraph", "item", "")]
    return read_event_day(next((text for text in prose if len(text) > _SHORTEST_LEAD), ""), prose)
