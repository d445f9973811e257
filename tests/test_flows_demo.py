"""The demo over the sample sites with the real reader; Prefect is seen by test_flows_schedule.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    no_server = {"PREFECT_API_URL": "http://127.0.0.1:9/api"}
    return {**os.environ, **no_server, "PYTHONPATH": str(ROOT), "SOLIEU_DATA_DIR": str(tmp_path / "data")}


def solieu(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "flows.cli", *words], env=env, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    return done.stdout


def test_the_demo_twice_and_its_replay(env: dict[str, str], tmp_path: Path) -> None:
    first = solieu(env, "demo")
    assert "nightly run 1: 3 of 3 sources: 16 new, 0 changed" in first
    assert "To mend" not in first
    assert f"sqlite3 {tmp_path}/data/db/solieu.db 'select * from latest limit 5'" in first
    second = solieu(env, "demo")
    assert "nightly run 2: 3 of 3 sources: 0 new, 0 changed, 0 figures added, 0 withdrawn" in second
    assert "0 new, 0 changed: the database already held all of it." in second
    before = solieu(env, "series", "--format", "csv")
    shutil.rmtree(tmp_path / "data" / "db")
    solieu(env, "replay")
    assert solieu(env, "series", "--format", "csv") == before
    assert before.count("\n") > 140
