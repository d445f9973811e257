"""Where pages lie: ("series", "56@2025", "dossier.late_rate") → `series/56@2025--dossier.late_rate.html`."""

from __future__ import annotations

import re
from hashlib import sha256

START, RUNS = "index.html", "runs.html"
_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9][a-z0-9._@-]{0,59}")
"""Names that every file system takes as they are, and tells apart: those of Windows take no `con`, and no case."""


def series_at(locality: str, indicator: str, ending: str = "html") -> str:
    return f"series/{safe(locality)}--{safe(indicator)}.{ending}"


def place_at(locality: str) -> str:
    return f"places/{safe(locality)}.html"


def indicator_at(indicator: str) -> str:
    return f"indicators/{safe(indicator)}.html"


def article_at(source: str, identity: str) -> str:
    """An article's identity is an address or the name of a file: nothing of it is fit for a name."""
    return f"articles/{safe(source)}--{_digest(identity)}.html"


def safe(id: str) -> str:
    """The id where it is fit for a name, else the letters of it that are, and a digest that no other id has."""
    if _SAFE.fullmatch(id):
        return id
    return f"{re.sub('[^a-z0-9]+', '-', id.casefold())[:40].strip('-')}-{_digest(id)}".strip("-")


def root_of(address: str) -> str:
    """From a page to the folder of the site, so that links work from a file system too: `../` or `./`."""
    return "../" * address.count("/") or "./"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
