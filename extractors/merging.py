"""What an article says several times is one observation with several mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.facts import Block, Observation, Uncatalogued

_ROUNDING = Decimal("0.02")
_SUMMED = ("count", "persons", "VND", "USD")
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
        if original is None and _inside(observation, titles):
            observation = _as_in_body(observation, body.values())
        if original is None and _is_plain(observation):
            original = tiers.get(_but_scope(observation))
        yield replace(original, start=observation.start, end=observation.end) if original else observation


def _as_in_body(title: Observation, body: Iterable[Observation]) -> Observation:
    """ "Hơn 1.200 doanh nghiệp thành lập mới" above "11 tháng là 1.213 doanh nghiệp": of the same time."""
    if (
        title.bound == "eq"
        or title.unit not in _SUMMED
        or any(e.slot == "period" and e.how == "explicit" for e in title.evidence)
    ):
        return title
    meant = (o for o in body if _of_what(o) == _of_what(title) and _rounds(title, o))
    told = next(meant, None)
    return replace(title, period=told.period, status=told.status, base=told.base) if told else title


def _of_what(o: Observation) -> tuple[object, ...]:
    return (o.locality, o.indicator, o.breakdown, o.measure, o.unit)


def _rounds(title: Observation, o: Observation) -> bool:
    """Whether a number is a rounder form of another: "hơn 1.200" of 1.213, "gần 2.000" of 1.987."""
    if not isinstance(o.value, Decimal) or not isinstance(title.value, Decimal):
        return False
    beyond = {"gt": o.value > title.value, "lt": o.value < title.value}.get(title.bound, o.value != title.value)
    return beyond and abs(o.value - title.value) <= _ROUNDING * abs(o.value)


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
