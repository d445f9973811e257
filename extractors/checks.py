"""Does the article add up? Counts against rates, parts against wholes, on time against late; nothing is mended."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.facts import Finding, Observation


def find_findings(observations: Sequence[Observation]) -> tuple[Finding, ...]:
    """What does not add up in one article's observations."""
    return ()
