"""A real Prefect server: `solieu serve` starts one, its cron fires, and a night by hand is seen by it too.

The one slow test: a cron of a minute cannot be hurried, and other versions of SQLAlchemy or FastAPI break it silently.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from flows.settings import Settings
from models.database import open_database
from models.ledger import RunRow, runs
from models.problems import DatabaseProblem
from tests.sites import Site, settings, site

__all__ = ["settings", "site"]
ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "flows.cli"]


def environment(**more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**own, "PYTHONPATH": str(ROOT), **more}


@pytest.fixture
def served(site: Site, settings: Settings, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`solieu serve` with a cron of every minute."""
    site.article("a", "1,5")
    site.list_articles("a")
    env = environment(SOLIEU_SCHEDULE_CRON="* * * * *", SOLIEU_PREFECT_PORT=str(site.server.port + 1))
    with (tmp_path / "errors").open("w") as errors:
        child = subprocess.Popen([*COMMAND, "serve"], env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
    yield child
    child.terminate()  # not kill: its server would stay behind
    child.wait(60)


def until(what: Callable[[], list[RunRow]], seconds: float) -> list[RunRow]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.5)
    return []


def finished(settings: Settings) -> list[RunRow]:
    try:
        engine = open_database(settings.database, create=False)
    except DatabaseProblem:
        return []
    return [run for run in runs(engine) if run.state != "running"]


def test_a_cron_fires_on_a_real_server_and_a_night_by_hand_is_seen_there(
    served: subprocess.Popen[str], settings: Settings, tmp_path: Path
) -> None:
    assert served.stdout is not None
    said = served.stdout.readline()
    found = re.match(r"nightly at '\* \* \* \* \*' Asia/Ho_Chi_Minh; Prefect: (http://127\.0\.0\.1:\d+);", said)
    assert found, said + (tmp_path / "errors").read_text()
    api = f"{found[1]}/api"

    (first, *_) = until(lambda: finished(settings), 150) or [None]
    assert first is not None, (tmp_path / "errors").read_text()
    (part,) = first.sources
    assert (first.kind, first.state, part.source, part.new) == ("nightly", "done", "bao", 1), first.note

    by_hand = subprocess.run(
        [*COMMAND, "nightly"], env=environment(PREFECT_API_URL=api), capture_output=True, text=True
    )
    assert (by_hand.returncode, "Prefect is not there" in by_hand.stderr) == (0, False), by_hand.stderr
    seen = requests.post(f"{api}/flow_runs/filter", json={"sort": "START_TIME_ASC"}, timeout=10).json()
    assert {run["state_type"] for run in seen if run["auto_scheduled"] and run["start_time"]} == {"COMPLETED"}
    assert [run["state_type"] for run in seen if not run["auto_scheduled"]] == ["COMPLETED"]
    shown = requests.post(f"{api}/artifacts/latest/filter", json={}, timeout=10).json()
    assert {one["key"]: one["type"] for one in shown} == {"nightly-sources": "table", "nightly-report": "markdown"}

    served.send_signal(signal.SIGTERM)
    served.wait(60)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{api}/health", timeout=2)
