"""What an article says several times is one observation with several mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.facts import Block, Observation, Uncatalogued

Found = Observation | Uncatalogued


def echoed(found: Sequence[Found], blocks: Sequence[Block]) -> Iterator[Observation]:
    """A title's figure that the body states too is a mention of the body's, which says more exactly when, and how sure.

    So is one of no offices, where the same is said of some: the body repeats what a lead or a caption says.
    """
    titles = [(block.start, block.end) for block in blocks if block.kind == "title"]
    observations = [item for item in found if isinstance(item, Observation)]
    body = {_gist(o): o for o in reversed(observations) if not _inside(o, titles)}
    tiers = {_but_scope(o): o for o in reversed(observations) if o.scope != "all"}
    for observation in observations:
        original = body.get(_gist(observation)) if _inside(observation, titles) else None
        if original is not None and original.status != observation.status and not _is_unsaid(observation, "status"):
            original = None
        if original is None and _is_plain(observation):
            original = tiers.get(_but_scope(observation))
        yield replace(original, start=observation.start, end=observation.end) if original else observation


def _but_scope(o: Observation) -> tuple[object, ...]:
    return (o.locality, *key_of(o)[2:])


def _is_plain(o: Observation) -> bool:
    """Said of no offices, of a number that no two of them have by chance: the caption's "đạt 39,33%"."""
    return _is_unsaid(o, "scope") and o.scope == "all" and ("," in o.printed or "." in o.printed)


def _is_unsaid(o: Observation, slot: str) -> bool:
    return any(e.slot == slot and e.how == "default" for e in o.evidence)


def _inside(observation: Observation, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= observation.start < end for start, end in spans)


def _gist(o: Observation) -> tuple[object, ...]:
    return (o.indicator, o.measure, o.value, o.unit, o.bound)


def key_of(o: Observation) -> tuple[object, ...]:
    """What an observation says, wherever it says it."""
    return (o.locality, o.scope, o.indicator, o.breakdown, o.period, o.status, o.measure, o.base, o.value, o.unit)


def merged(found: Iterable[Observation]) -> list[Observation]:
    """One observation for what is said several times, in reading order, with its further mentions."""
    by_key: dict[tuple[object, ...], list[Observation]] = {}
    for observation in found:
        by_key.setdefault(key_of(observation), []).append(observation)
    return sorted(map(_as_one, by_key.values()), key=lambda observation: (observation.start, observation.end))


def _as_one(same: Sequence[Observation]) -> Observation:
    first, *rest = same
    if not rest:
        return first
    spans = dict.fromkeys([*first.mentions, *((again.start, again.end) for again in rest)])
    spans.pop((first.start, first.end), None)
    return replace(first, mentions=tuple(spans))


def left_over(found: Iterable[Found], observations: Sequence[Observation]) -> list[Uncatalogued]:
    """Figures of no observation, each place of the text once."""
    taken = {span for o in observations for span in [(o.start, o.end), *o.mentions]}
    left: dict[tuple[int, int], Uncatalogued] = {}
    for item in found:
        if isinstance(item, Uncatalogued) and (item.start, item.end) not in taken:
            left.setdefault((item.start, item.end), item)
    return list(left.values())
