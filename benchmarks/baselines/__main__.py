"""Print the scores: `python -m benchmarks.baselines [FOLDER…]`, for the sample sites and each folder of annotations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks.baselines.gold import Annotated, Facts, NotAnnotated, read_folder, read_samples
from benchmarks.baselines.readers import READERS
from benchmarks.baselines.score import LEVELS, Score, compare
from flows.commands.console import say, show_table, warn


def main(folders: Sequence[str]) -> int:
    """Every set by itself; 2 where a folder holds no annotations."""
    try:
        sets = {"sample sites": read_samples(), **{folder: read_folder(Path(folder)) for folder in folders}}
    except NotAnnotated as problem:
        warn(str(problem))
        return 2
    say(", ".join(f"{name} {version(name)}" for name in ("quantulum3", "underthesea", "solieu")))
    for name, articles in sets.items():
        _show(name, articles)
    return 0


def _show(name: str, articles: Sequence[Annotated]) -> None:
    required = sum(not facts.get("optional") for article in articles for facts in article.wanted)
    heads = [head for level in LEVELS for head in (f"{level} F1", "P", "R")] + ["seconds"]
    say("")
    title = f"{name}: {len(articles)} articles, {required} observations"
    show_table(title, ["reader", *heads], _rows(articles), right=heads)


def _rows(articles: Sequence[Annotated]) -> Iterator[list[str]]:
    for name, read in READERS.items():
        list(read(articles[0]))  # what has to be loaded once is loaded before the clock starts
        start = perf_counter()
        seen = [list(read(article)) for article in articles]
        seconds = perf_counter() - start
        scores = [_score(articles, seen, slots) for slots in LEVELS.values()]
        yield [name, *(cell for score in scores for cell in _cells(score)), f"{seconds:.1f}"]


def _score(articles: Sequence[Annotated], seen: Sequence[Sequence[Facts]], slots: Sequence[str]) -> Score:
    pairs = zip(articles, seen, strict=True)
    return sum((compare(article.wanted, found, slots) for article, found in pairs), Score())


def _cells(score: Score) -> list[str]:
    parts = (score.f1, score.precision, score.recall)
    return [f"{part:.3f}" if score.right else "-" for part in parts]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
