"""What a robots.txt says ("User-agent: *", "Disallow: /tim-kiem/"), and for how long (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

ROBOT = "solieu"
"""Our name in a robots.txt."""
KEPT = timedelta(hours=24)
"""Then a robots.txt is asked for again."""
MOST_BYTES = 512 * 1024
"""So much of a robots.txt is read; what is beyond is as if it were not there."""
SHUT = "User-agent: *\nDisallow: /"


@dataclass(frozen=True)
class Rules:
    """What one origin said."""

    said: Protego
    until: datetime

    @property
    def sitemaps(self) -> list[str]:
        return [str(url) for url in self.said.sitemaps]

    def allow(self, url: str) -> bool:
        return bool(self.said.can_fetch(url, ROBOT))

    @property
    def delay(self) -> float:
        """Seconds that are asked for between two requests."""
        return float(self.said.crawl_delay(ROBOT) or 0)


def read_rules(text: str, now: datetime) -> Rules:
    return Rules(Protego.parse(text), now + KEPT)


def text_of(body: bytes) -> str:
    """The text of the file, up to the cap without its last line, which may be cut."""
    if len(body) >= MOST_BYTES:
        body = body[:MOST_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8", "replace")


def text_for(status: int) -> str:
    """What an answer without a file means: most of 4xx, and redirects without end, open the site; 401, 403, 429 and
    5xx close it, and so does 200, which is left here for a file in a coding that nobody asked for.
    """
    return "" if 300 <= status < 500 and status not in (401, 403, 429) else SHUT
