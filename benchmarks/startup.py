"""What a command costs before it does anything: seconds and memory of whole processes, and an empty Python beside them.

The quickest of five rounds, one command after the other; ratios to `python -c pass` compare between machines.
`python -m benchmarks.startup [ROUNDS] [--json FILE]`
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import run
from benchmarks.results import keep, parser

SAMPLES = Path(__file__).parents[1] / "flows" / "samples"
EMPTY = "python -c pass"


def commands() -> dict[str, list[str]]:
    page = max(SAMPLES.rglob("*.html"), key=lambda path: (path.stat().st_size, path))
    solieu = [sys.executable, "-m", "flows.cli"]
    return {
        EMPTY: [sys.executable, "-c", "pass"],
        "solieu --help": [*solieu, "--help"],
        "solieu extract PAGE": [*solieu, "extract", str(page)],
    }


def measure(rounds: int) -> dict[str, tuple[float, int]]:
    """Seconds and megabytes of each command; a round more comes first, so that everything is on the disk's cache."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in commands()}
    with TemporaryDirectory() as folder:
        for _ in range(rounds + 1):
            for name, command in commands().items():
                found[name].append(run(command, {"SOLIEU_DATA_DIR": folder}))
    return {name: min(took[1:] or took) for name, took in found.items()}


def main() -> int:
    asked = parser(rounds=5).parse_args()
    measured = measure(asked.rounds)
    print(f"{'':24}{'s':>8}{'ratio':>8}{'MB':>8}")
    for name, (seconds, megabytes) in measured.items():
        print(f"{name:24}{seconds:8.3f}{seconds / measured[EMPTY][0]:8.1f}{megabytes:8}")
    found = {f"{name}: s": seconds for name, (seconds, _) in measured.items()}
    found |= {f"{name}: MB": megabytes for name, (_, megabytes) in measured.items()}
    keep(found, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
