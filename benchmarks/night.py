"""A night over 20 sites of 30 articles each, replicas on loopback without pauses: what every stage takes.

All articles have to end in the database, else it exits with 1. A second night asks only whether anything changed.
`python -m benchmarks.night [SITES [ARTICLES]] [--json FILE]`
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.results import keep, parser
from flows.archive import Entry
from flows.desk import Desk, open_desk
from flows.gather import Gathered
from flows.load import Loaded
from flows.nightly import Steps, night, plain_steps
from flows.report import Report
from flows.settings import Settings
from models.points import counts
from tests.replicas.sites import serve_replicas

T = TypeVar("T")
STAGES = ("discover, fetch, archive", "extract", "load")


class Watches:
    """Seconds spent in each stage; the sites are visited side by side, the rest is one after the other."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        start = perf_counter()
        try:
            return work()
        finally:
            self.seconds[stage] += perf_counter() - start

    def around(self, desk: Desk) -> Steps:
        first, extract, load = STAGES
        steps = plain_steps(desk)

        def gather(ids: Sequence[str]) -> Iterator[Gathered | Exception]:
            return iter(self.time(first, lambda: list(steps.gather(ids))))

        def store(entries: Sequence[Entry]) -> Iterator[list[Loaded]]:
            reads = self.time(extract, lambda: desk.extract(entries))
            yield self.time(load, lambda: desk.load(reads))

        return Steps(gather, store)


def one_night(desk: Desk) -> tuple[Report, float, Watches]:
    watches, start = Watches(), perf_counter()
    report = night(desk, watches.around(desk))
    return report, perf_counter() - start, watches


def tell(name: str, report: Report, whole: float, watches: Watches) -> None:
    print(f"{name}: {report.headline()}: {whole:.1f} s")
    for stage, seconds in watches.seconds.items():
        print(f"  {stage:26}{seconds:7.2f} s {seconds / whole:6.0%}")
    rest = whole - sum(watches.seconds.values())
    print(f"  {'everything else':26}{rest:7.2f} s {rest / whole:6.0%}")


def main() -> int:
    asked = parser(sites=20, articles=30).parse_args()
    sites, articles = asked.sites, asked.articles
    with (
        TemporaryDirectory() as folder,
        serve_replicas(Path(folder, "sites"), Path(folder, "sources"), sites, articles),
    ):
        settings = Settings(data_dir=Path(folder, "data"), sources_dir=Path(folder, "sources"))
        first = one_night(open_desk(settings))
        tell("first night", *first)
        second = one_night(open_desk(settings))
        tell("second night", *second)
        stored = counts(open_desk(settings).engine)
    keep({"first night: s": first[1], "second night: s": second[1]}, asked.json)
    print(f"in the database: {stored['article']} articles, {stored['observation']} claims")
    return int(stored["article"] != sites * articles or not first[0].ok)


if __name__ == "__main__":
    sys.exit(main())
