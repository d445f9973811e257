"""The demo over the sample sites with the real reader and without Prefect, which test_flows_schedule.py has."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.desk import open_desk
from flows.export import rows_csv
from flows.replay import replay
from flows.settings import Settings
from models.ledger import runs
from models.points import COLUMNS, series
from tests.programs import COMMAND, ROOT
from tests.sites import settings, stored
from tests.test_cli import solieu

__all__ = ["settings"]


def demo() -> str:
    """What the command prints where no server answers."""
    env = {**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*COMMAND, "demo"], env=env, capture_output=True, text=True)
    assert "Prefect is not there (Failed to reach API" in done.stderr
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    return done.stdout


def csv_of(settings: Settings) -> str:
    return rows_csv(series(stored(settings)), COLUMNS)


def picture() -> list[str]:
    """What the Makefile asks for when it draws the README's chart."""
    (line,) = (line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith("PICTURE :="))
    return line.split()[3:]


def told(svg: Path) -> list[str]:
    """All that is written on a chart, and what its points say; where it stands depends on the fonts of a machine."""
    nodes = list(ElementTree.fromstring(svg.read_text("utf-8")).iter())
    return [text for node in nodes for text in (node.text, node.get("aria-label")) if text and text.strip()]


def test_the_demo_twice_and_its_replay(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = demo()
    assert "nightly run 1: 3 of 3 sources: 17 new, 0 changed" in first
    assert "To mend" not in first
    assert f"sqlite3 {tmp_path}/data/db/solieu.db 'select * from latest limit 5'" in first
    assert solieu("series", *picture(), "--plot", tmp_path / "a.svg") == 0
    assert told(tmp_path / "a.svg") == told(ROOT / "docs" / "series.svg")
    second = demo()
    assert "nightly run 2: 3 of 3 sources: 0 new, 0 changed, 0 figures added, 0 withdrawn" in second
    assert "0 new, 0 changed: the database already held all of it." in second
    assert [(run.kind, run.state) for run in runs(stored(settings))] == [("nightly", "done"), ("nightly", "done")]
    before = csv_of(settings)
    shutil.rmtree(tmp_path / "data" / "db")
    (tmp_path / "sources").mkdir()
    assert replay(open_desk(settings)).ok
    assert csv_of(settings) == before
    assert before.count("\n") > 140
