"""Two runs of a benchmark side by side, as ratios: 0.5 took half of what it took before.

Each is a file that the benchmark's `--json` kept. `python -m benchmarks.compare OLD NEW`
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path


def read(file: Path) -> dict[str, float]:
    """Raises ValueError for what no benchmark has kept."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError) as err:
        raise ValueError(f"{file}: cannot be read: {err}") from err
    if not isinstance(found, dict) or not all(isinstance(one, int | float) for one in found.values()):
        raise ValueError(f"{file}: not what --json of a benchmark keeps, one number a name")
    return found


def table(old: Mapping[str, float], new: Mapping[str, float]) -> Iterator[str]:
    """A line for each number; what only one of the runs has comes last."""
    both = [name for name in old if name in new]
    wide = max(map(len, both), default=0)
    yield f"{'':{wide}}{'old':>12}{'new':>12}{'ratio':>8}"
    for name in both:
        ratio = f"{new[name] / old[name]:8.2f}" if old[name] else f"{'–':>8}"
        yield f"{name:{wide}}{old[name]:12.4g}{new[name]:12.4g}{ratio}"
    yield from (f"only in the old run: {name}" for name in old if name not in new)
    yield from (f"only in the new run: {name}" for name in new if name not in old)


def main() -> int:
    given = ArgumentParser()
    given.add_argument("old", type=Path)
    given.add_argument("new", type=Path)
    asked = given.parse_args()
    try:
        print("\n".join(table(read(asked.old), read(asked.new))))
    except ValueError as err:
        print(err, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
