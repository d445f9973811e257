"""Articles that a list named and that did not come yet: kept per source, in data/raw/<source>/waiting.json.

The file belongs to the archive, for the database may be deleted. It is written before a night asks for the first
article and again at its end: a night that is killed loses none.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from extractors.relevance import relevance
from flows.archive import GONE, WAITING, Archive
from flows.listing import Link
from flows.problems import ArchiveProblem, BadAnswer, FetchProblem

NIGHTS = 7
"""So many nights an article may fail; then it is given up once no list names it any more."""
SHARE = 5
"""Of so many places of a night one goes to the article that waits longest, whatever its title says."""


@dataclass(frozen=True)
class Waiting:
    """An article that waits: what lists say of it, since when, and the days on which it was asked for in vain."""

    link: Link
    first: AwareDatetime
    failed: tuple[date, ...] = ()

    def named(self, link: Link) -> Waiting:
        """The same, named by a list again."""
        return replace(self, link=self.link.joined(link))


_ROWS = TypeAdapter(list[Waiting])


class Queue:
    """The articles of one source that wait."""

    def __init__(self, archive: Archive, source: str) -> None:
        """Raises ArchiveProblem when the file is not what was written."""
        self._archive, self._source = archive, source
        self._kept = archive.waiting(source) or _written(())
        file = archive.store.shown(PurePosixPath(source, WAITING))
        self._all = {one.link.url: one for one in _read(self._kept, file)}

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, url: str) -> bool:
        return url in self._all

    def __iter__(self) -> Iterator[Waiting]:
        """The one that waits longest first; those of one night as they were listed."""
        return iter(sorted(self._all.values(), key=lambda one: one.first))

    def join(self, links: Iterable[Link], now: datetime) -> None:
        """Lists name these; what waits already keeps its place."""
        for link in links:
            self._all[link.url] = self._all.get(link.url, Waiting(link, now)).named(link)

    def failed(self, url: str, problem: FetchProblem, day: date) -> None:
        """It was asked for in vain; one that the site says it does not have waits no more."""
        if isinstance(problem, BadAnswer) and problem.status in GONE:
            self._all.pop(url, None)
        elif (one := self._all.get(url)) and len(one.failed) < NIGHTS:
            self._all[url] = replace(one, failed=tuple(sorted({*one.failed, day})))

    def drop_kept(self) -> None:
        """What the archive has waits no more."""
        for url in [url for url in self._all if self._archive.newest(self._source, url)]:
            del self._all[url]

    def give_up(self, listed: Iterable[str]) -> list[str]:
        """Drop what failed too often and is not listed any more; a line for each."""
        still = set(listed)
        lost = [one for one in self if len(one.failed) >= NIGHTS and one.link.url not in still]
        for one in lost:
            del self._all[one.link.url]
        return [f"{w.link.url}: given up: it failed on {len(w.failed)} nights since {w.failed[0]}" for w in lost]

    def save(self) -> None:
        """Write the file, where anything differs."""
        data = _written(self)
        if data != self._kept:
            self._archive.keep_waiting(self._source, data)
            self._kept = data


def in_turn(waiting: Sequence[Waiting], now: datetime, brought: Callable[[], int]) -> Iterator[Waiting]:
    """The likely first; but of every five that come, the first is the one that waits longest from an earlier night.

    `brought` says how many have come: what fails takes nobody's place.
    """
    longest = deque(sorted((one for one in waiting if one.first < now), key=lambda one: one.first))
    likely = deque(sorted(waiting, key=lambda one: -relevance(one.link.title, one.link.lead)))
    done: set[str] = set()
    while likely:
        line = longest if longest and brought() % SHARE == 0 else likely
        one = line.popleft()
        if one.link.url not in done:
            done.add(one.link.url)
            yield one


def _read(data: bytes, file: str) -> list[Waiting]:
    try:
        return _ROWS.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        why = f"{where}: {first['msg']}: mend it, or delete the file, and what no list names any more is not brought"
        raise ArchiveProblem(f"{file}: not a list of articles that wait ({why})") from None


def _written(waiting: Iterable[Waiting]) -> bytes:
    rows = _ROWS.dump_python(list(waiting), mode="json")
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")
