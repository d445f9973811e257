"""When a source is left alone: ten pages in a row that failed by its own fault, or five that gave no answer at all."""

from __future__ import annotations

from dataclasses import dataclass

from flows.problems import BadAnswer, FetchProblem, Forbidden, GivenUp, TooLarge, Unreachable

FAILURES = 10
SILENCES = 5
NOT_THERE = (404, 410)
"""A page that is not there says nothing against its site."""


@dataclass
class Patience:
    """Lists and articles are counted alike, as `fetch` brings them; a page is counted once, after all its attempts."""

    failed: int = 0
    silent: int = 0
    over: str | None = None
    """Why nothing more is asked."""

    def check(self) -> None:
        """Raise GivenUp when there is none left."""
        if self.over:
            raise GivenUp(self.over)

    def answered(self) -> None:
        self.failed = self.silent = 0

    def lost(self, problem: FetchProblem) -> None:
        """Count a page that did not come. What we refuse to ask for is no fault of the site, nor an answer."""
        if isinstance(problem, Forbidden | GivenUp):
            return
        if isinstance(problem, TooLarge) or (isinstance(problem, BadAnswer) and problem.status in NOT_THERE):
            self.answered()
            return
        self.failed += 1
        self.silent = self.silent + 1 if isinstance(problem, Unreachable) else 0
        if self.silent == SILENCES:
            self.over = f"{SILENCES} pages in a row gave no answer"
        elif self.failed == FAILURES:
            self.over = f"{FAILURES} pages in a row failed ({str(problem).partition(': ')[2]})"
