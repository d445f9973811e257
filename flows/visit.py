"""Manners on the network, shared by all sources: pauses between requests, and robots.txt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import requests
from protego import Protego

from flows.addresses import domain
from flows.sources import Source

ROBOT = "solieu"
"""Our name in a robots.txt."""
LONGEST_DELAY = 30.0
"""Seconds; a longer Crawl-delay is not waited for."""


@dataclass
class _Lane:
    busy: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Pauses:
    """One request in flight a registrable domain, whoever asks, and a gap after each."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.clock, self.sleep = clock, sleep
        self._lanes: dict[str, _Lane] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, url: str, gap: float) -> Iterator[None]:
        """Wait for this address's turn; its domain is ours until the block ends."""
        with self._guard:
            lane = self._lanes.setdefault(domain(url), _Lane())
        with lane.busy:
            if (wait := lane.free_at - self.clock()) > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                lane.free_at = self.clock() + gap


@dataclass(frozen=True)
class Limits:
    """What a run is held to: of new articles, those that lists date from `since` to `until`, and `most` of them."""

    since: date | None = None
    """An article without a date in its list is kept."""
    most: int | None = None
    """A source; pages that do not come are not counted, so that they keep nothing else out."""
    until: date | None = None
    deep: bool = False
    """For past days: lists are read as far back as `since`, and what the archive has is not asked for again."""

    def allow(self, day: date | None) -> bool:
        return day is None or (self.since or day) <= day <= (self.until or day)


@dataclass
class Visit:
    """One source being visited: the session, its manners, what its robots.txt said."""

    source: Source
    session: requests.Session
    pauses: Pauses
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    rules: dict[str, Protego] = field(default_factory=dict)
    limits: Limits = Limits()

    @property
    def most(self) -> int | None:
        """At most so many new articles: the run's limit or, on a night, the source's own, the smaller."""
        own = None if self.limits.deep else self.source.polite.new_a_night
        return min((n for n in (self.limits.most, own) if n), default=None)

    def gap(self, origin: str) -> float:
        """Seconds between two requests: the source's, or a longer Crawl-delay."""
        asked = self.rules[origin].crawl_delay(ROBOT) if origin in self.rules else None
        return max(self.source.polite.gap, min(float(asked or 0), LONGEST_DELAY))


def new_session(agent: str) -> requests.Session:
    """A session that says who we are and reads no credentials or proxies from the machine."""
    session = requests.Session()
    session.trust_env = False
    session.headers.update(
        {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
    )
    return session
