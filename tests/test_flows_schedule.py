"""A real Prefect server: `solieu serve` starts one, its cron fires twice, and a night by hand is seen by it too.

The one slow test: a cron of a minute cannot be hurried, and other versions of SQLAlchemy or FastAPI break it silently.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import requests

from flows.settings import Settings
from models.database import open_database
from models.ledger import RunRow, runs
from models.problems import DatabaseProblem
from tests.programs import COMMAND, environment
from tests.replicas import many
from tests.sites import Site, prefect_home, settings, site

__all__ = ["prefect_home", "settings", "site"]
HELD = "/bai3.html"
"""The page at which the first night is killed."""


@pytest.fixture
def articles(site: Site) -> int:
    """A replica with its selectors, and its source; how many articles it lists."""
    pages = {f"bai{number}": page for number, page in enumerate(many("a_yyyymm", 6, "lịch"))}
    for name, page in pages.items():
        site.put(f"/{name}.html", page.page.decode())
    site.source(page=dict(pages["bai0"].selectors))
    site.list_articles(*pages)
    return len(pages)


@pytest.fixture
def served(articles: int, site: Site, prefect_home: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`solieu serve` with a cron of every minute."""
    site.gates[HELD] = Event()
    env = environment(SOLIEU_SCHEDULE_CRON="* * * * *", SOLIEU_PREFECT_PORT=str(site.server.port + 1))
    with (tmp_path / "errors").open("w") as errors:
        child = subprocess.Popen([*COMMAND, "serve"], env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
    yield child
    site.gates[HELD].set()
    child.terminate()  # not kill: its server would stay behind
    child.wait(60)


def until(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.5)
    return False


def ledger(settings: Settings) -> list[RunRow]:
    """Every run so far, the first first."""
    try:
        return runs(open_database(settings.database, create=False))[::-1]
    except DatabaseProblem:
        return []


def test_a_cron_fires_twice_and_what_kill_9_left_undone_is_done_by_the_next_night(
    served: subprocess.Popen[str], articles: int, site: Site, settings: Settings, tmp_path: Path
) -> None:
    assert served.stdout is not None
    said = served.stdout.readline()
    found = re.match(r"nightly at '\* \* \* \* \*' Asia/Ho_Chi_Minh; Prefect: (http://127\.0\.0\.1:\d+);", said)
    assert found, said + (tmp_path / "errors").read_text()
    api = f"{found[1]}/api"

    assert until(lambda: f"{HELD} 200" in site.asked, 150), (tmp_path / "errors").read_text()
    os.kill(int((settings.data_dir / "db" / "solieu.lock").read_text()), signal.SIGKILL)
    site.gates[HELD].set()
    kept = len(list(settings.raw_dir.rglob("bai*.html.gz")))
    assert 0 < kept < articles

    assert until(lambda: "done" in [run.state for run in ledger(settings)], 150), (tmp_path / "errors").read_text()
    killed, done, *_ = ledger(settings)
    assert (killed.kind, killed.state, killed.sources) == ("nightly", "killed", ())
    (part,) = done.sources
    assert (done.kind, part.source, part.new, part.fetched) == ("nightly", "bao", articles, articles - kept), done.note
    assert {path.name[:4] for path in settings.raw_dir.rglob("bai*.html.gz")} == {f"bai{n}" for n in range(articles)}

    by_hand = subprocess.run(
        [*COMMAND, "nightly"], env=environment(PREFECT_API_URL=api), capture_output=True, text=True
    )
    assert (by_hand.returncode, "Prefect is not there" in by_hand.stderr) == (0, False), by_hand.stderr
    seen = requests.post(f"{api}/flow_runs/filter", json={"sort": "START_TIME_ASC"}, timeout=10).json()
    cron = [run["state_type"] for run in seen if run["auto_scheduled"] and run["end_time"]]
    assert (cron[0], set(cron[1:])) == ("CRASHED", {"COMPLETED"})
    assert [run["state_type"] for run in seen if not run["auto_scheduled"]] == ["COMPLETED"]
    shown = requests.post(f"{api}/artifacts/latest/filter", json={}, timeout=10).json()
    assert {one["key"]: one["type"] for one in shown} == {"nightly-sources": "table", "nightly-report": "markdown"}

    served.send_signal(signal.SIGTERM)
    served.wait(60)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{api}/health", timeout=2)
