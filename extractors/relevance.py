"""How likely an article has figures of our indicators, by its title: "Quý I, tỷ lệ hồ sơ trễ hạn còn 0,7%"."""

from __future__ import annotations

from functools import cache

from extractors.figures import find_figures
from extractors.indicators import NOTHING, catalogue
from extractors.periods import find_periods
from extractors.phrases import Phrases
from extractors.text import normalise
from extractors.wording import words_of

TITLE_COUNTS = 2
"""Times as much as the lead."""
_MOST = 400
"""Characters of a title or a lead that are looked at."""


def relevance(title: str, lead: str = "") -> int:
    """Above 0 for what is likely, below for sport, shows, accidents; 0 also where nothing is known. Only an order."""
    return TITLE_COUNTS * _points(title) + _points(lead)


def _points(text: str) -> int:
    if not text:
        return 0  # a sitemap lists thousands without a title
    norm = normalise(text[:_MOST]).norm
    found: dict[str, int] = words_of("relevance")["found"]
    points = sum(_worth(name) for name in {hit.meaning for hit in _groups().find(norm)})
    points += found["indicator"] * any(label.codes != NOTHING for label in catalogue().find(norm))
    points += found["figure"] * any(figure.kind != "bare" for figure in find_figures(norm))
    return points + found["period"] * bool(find_periods(norm, None))


def _worth(group: str) -> int:
    return int(words_of("relevance")["groups"][group]["points"])


@cache
def _groups() -> Phrases[str]:
    groups = words_of("relevance")["groups"]
    return Phrases((phrase, name) for name, group in groups.items() for phrase in group["phrases"])
