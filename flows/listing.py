"""What a source's lists name: articles with the day, the title and the lead that their list gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LONGEST = 300
"""Characters that are kept of a title or a lead."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article as a list names it; what the list does not say is empty."""

    url: str
    day: date | None = None
    title: str = ""
    lead: str = ""

    def joined(self, other: Link) -> Link:
        """Named twice: the later day, and the words of the one that has more (a picture, "xem thêm", the title)."""
        day = max((one for one in (self.day, other.day) if one), default=None)
        title, lead = max(self.title, other.title, key=len), max(self.lead, other.lead, key=len)
        return Link(self.url, day, title, lead)


@dataclass(frozen=True)
class Listing:
    """What a source lists today, first seen first; `problems` are its lists that could not be read."""

    found: tuple[Link, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left unread by a rule of ours."""
    skipped: int = 0
    """Addresses that would be articles but for the source's `skip`."""

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(link.url for link in self.found)

    @property
    def days(self) -> dict[str, date]:
        """Days that lists give to articles, the latest where several do."""
        return {link.url: link.day for link in self.found if link.day}


def words(texts: Iterable[object]) -> str:
    """Texts of a list as one line."""
    return " ".join(" ".join(str(text) for text in texts if text).split())[:LONGEST]
