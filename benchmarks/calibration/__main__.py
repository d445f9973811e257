"""Fit the confidence: `python -m benchmarks.calibration [--write THRESHOLD] FOLDER [FOLDER…]`.

The first folder is judged, one source left out at a time; the others are fitted beside it. With --write the weights of
all folders go to extractors/catalogue/confidence.yml.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from benchmarks.baselines.gold import NotAnnotated
from benchmarks.calibration.model import Model, fit, kept_at, left_out
from benchmarks.calibration.rows import Row, read_rows
from flows.commands.console import say, show_table, warn

TARGET = Path(__file__).parents[2] / "extractors" / "catalogue" / "confidence.yml"
THRESHOLDS = (0.0, 0.85, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96)


def main(words: Sequence[str]) -> int:
    """The exit code: 2 where a folder holds no annotations."""
    parser = ArgumentParser(prog="benchmarks.calibration", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", type=float, metavar="THRESHOLD")
    given = parser.parse_args(words)
    try:
        sets = [read_rows(folder) for folder in given.folders]
    except NotAnnotated as problem:
        warn(str(problem))
        return 2
    _judge(given.folders[0], sets[0], [row for rows in sets[1:] for row in rows])
    if given.write is not None:
        rows = [row for rows in sets for row in rows]
        TARGET.write_text(_yaml(fit(rows), rows, given.write), encoding="utf-8")
        say(f"{TARGET}: weights of {len(rows)} readings")
    return 0


def _judge(folder: Path, rows: Sequence[Row], others: Sequence[Row]) -> None:
    judged = left_out(rows, others)
    kept = [kept_at(judged, threshold) for threshold in THRESHOLDS]
    lines = ([f"{k.threshold:.2f}", f"{k.precision:.4f}", f"{k.coverage:.3f}"] for k in kept)
    sources = len({row.source for row in rows})
    title = f"{folder}: {len(rows)} readings of {sources} sources, each judged by a model of the others"
    show_table(title, ["threshold", "precision", "coverage"], lines, right=["threshold", "precision", "coverage"])


def _yaml(model: Model, rows: Sequence[Row], threshold: float) -> str:
    wrong = sum(not row.right for row in rows)
    lines = [
        "# How sure a reading is: log odds, added up over what is true of it, and turned into a probability.",
        "# Written by `make calibration`: a logistic model of whether annotated observations were read right",
        f"# ({len(rows)} readings, {wrong} of them wrong). What is below the threshold is in no series and waits for",
        "# review; a figure read with more doubt is no worse a figure, only a less certain reading.",
        f"threshold: {threshold}",
        f"all: {model.all}",
        "weights:",
        *(f"  {name}: {weight}" for name, weight in sorted(model.weights.items())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
