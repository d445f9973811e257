"""Manners on the network: pauses between requests, shared by all sources, and what a visit of one source remembers."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import requests

from flows.problems import GivenUp
from flows.sources import Source
from flows.web.addresses import domain
from flows.web.bodies import CODINGS
from flows.web.patience import Patience
from flows.web.robots import Rules
from flows.web.wire import Session, Wire

LONGEST_WAIT = 120.0
"""Seconds; a site that asks for more in Retry-After is left alone for the night."""
LONGEST_DELAY = 30.0
"""Seconds; a longer Crawl-delay is not waited for."""


@dataclass
class _Lane:
    busy: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    shut_until: float = 0.0


class Pauses:
    """One request in flight a registrable domain, whoever asks, and a gap after each."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        luck: random.Random | None = None,
    ) -> None:
        self.clock, self.sleep = clock, sleep
        self._luck = luck or random.Random()  # noqa: S311 (spreads attempts, keeps no secret)
        self._lanes: dict[str, _Lane] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, url: str, gap: float) -> Iterator[None]:
        """Wait for this address's turn; its domain is ours until the block ends. Raises GivenUp when it is shut."""
        lane = self._lane(url)
        with lane.busy:
            if (shut := lane.shut_until - self.clock()) > 0:
                raise GivenUp(f"{domain(url)} asks to be left alone for {shut:.0f} s (Retry-After)")
            if (wait := lane.free_at - self.clock()) > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                lane.free_at = max(lane.free_at, self.clock() + gap)

    def hold(self, url: str, seconds: float) -> None:
        """Leave a domain alone for as long as it asks, whoever's turn is next; beyond LONGEST_WAIT it is shut."""
        lane, until = self._lane(url), self.clock() + seconds
        if seconds > LONGEST_WAIT:
            lane.shut_until = max(lane.shut_until, until)
        else:
            lane.free_at = max(lane.free_at, until)

    def back_off(self, attempt: int) -> None:
        """Sleep 1 to 2 seconds before the second attempt, 2 to 4 before the third, and so on."""
        self.sleep(2 ** (attempt - 1) * (1 + self._luck.random()))

    def _lane(self, url: str) -> _Lane:
        with self._guard:
            return self._lanes.setdefault(domain(url), _Lane())


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
    """One source being visited: its session, its manners, what its robots.txt said.

    The session is made fit for this source alone: its connections, and the name that the source's YAML gives us.
    """

    source: Source
    session: requests.Session
    pauses: Pauses
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    rules: dict[str, Rules] = field(default_factory=dict)
    limits: Limits = Limits()
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        wire = Wire(self.source)
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, wire)
        if agent := self.source.polite.user_agent:
            self.session.headers["User-Agent"] = agent

    @property
    def most(self) -> int | None:
        """At most so many new articles: the run's limit or, on a night, the source's own, the smaller."""
        own = None if self.limits.deep else self.source.polite.new_a_night
        return min((n for n in (self.limits.most, own) if n), default=None)

    def gap(self, origin: str) -> float:
        """Seconds between two requests: the source's, or a longer Crawl-delay."""
        asked = self.rules[origin].delay if origin in self.rules else 0.0
        return max(self.source.polite.gap, min(asked, LONGEST_DELAY))


def new_session(agent: str) -> requests.Session:
    """A session that says who we are and reads no credentials or proxies from the machine."""
    session = Session()
    session.trust_env = False
    session.headers.update(
        {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": ", ".join(CODINGS),
        }
    )
    return session
