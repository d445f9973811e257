"""What a benchmark measured, one name a number: {"sqlite, new: ms an article": 5.1, …}; `--json FILE` keeps it.

`benchmarks.compare` lays two such files side by side.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path


def parser(**numbers: int) -> ArgumentParser:
    """Of a benchmark that takes these numbers, each with what it is where it is not given."""
    given = ArgumentParser()
    for name, usual in numbers.items():
        given.add_argument(name, type=int, nargs="?", default=usual)
    given.add_argument("--json", type=Path, metavar="FILE", help="keep what was measured, for benchmarks.compare")
    return given


def keep(found: Mapping[str, float], file: Path | None) -> None:
    if file is not None:
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
