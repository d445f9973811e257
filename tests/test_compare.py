"""Two runs of a benchmark side by side: `python -m benchmarks.compare OLD NEW`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.compare import main, table
from benchmarks.results import keep


def compared(monkeypatch: pytest.MonkeyPatch, *files: Path) -> int:
    monkeypatch.setattr("sys.argv", ["compare", *map(str, files)])
    return main()


def test_each_number_has_a_ratio_and_what_only_one_run_has_is_named() -> None:
    assert list(
        table({"a page: ms": 20.0, "none": 0.0, "gone": 1.0}, {"a page: ms": 5.0, "none": 2.0, "here": 3.0})
    ) == [
        "                   old         new   ratio",
        "a page: ms          20           5    0.25",
        "none                 0           2       –",
        "only in the old run: gone",
        "only in the new run: here",
    ]


def test_what_a_benchmark_keeps_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep({"một trang: ms": 4.0}, tmp_path / "old.json")
    keep({"một trang: ms": 2.0}, tmp_path / "new.json")
    assert compared(monkeypatch, tmp_path / "old.json", tmp_path / "new.json") == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["một trang: ms           4           2    0.50"]


@pytest.mark.parametrize("written", ["", "[1]", '{"a": "b"}', '{"a": true', "\x00"])
def test_a_file_that_no_benchmark_kept_is_named(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.json"
    file.write_text(written)
    assert compared(monkeypatch, file, file) == 2
    assert capsys.readouterr().err.startswith(f"{file}: ")
