"""A Dask cluster stores what one process does, and its limits hold there; with a real scheduler and two workers."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.articles import fill
from flows.archive import Archive
from flows.cluster import check_cluster, store_batch
from flows.desk import desk_with
from flows.problems import ClusterProblem
from flows.replay import replay
from flows.settings import Settings
from flows.workers import by_article, likeness
from tests.programs import COMMAND, environment
from tests.sites import prefect_home, settings
from tests.test_cli import solieu
from tests.test_flows_nightly import csv_of
from tests.test_workers import demanding

__all__ = ["prefect_home", "settings"]
distributed = pytest.importorskip("distributed", reason="needs the extra dask: pip install 'solieu[dask]'")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two workers, each a process."""
    kind = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**kind) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def kept(settings: Settings, postgres_url: str) -> Settings:
    """Eight articles lie in the archive, of which a task has three; the database is on a server."""
    fill(Archive(settings.raw_dir), 8)
    settings.sources_dir.mkdir()
    return settings.model_copy(update={"database_url": SecretStr(postgres_url), "batch_size": 3})


def test_two_workers_and_postgresql_give_the_csv_of_one_process(
    scheduler: str, settings: Settings, kept: Settings, prefect_home: Path
) -> None:
    assert replay(desk_with(settings, [])).ok
    env = environment(SOLIEU_DATABASE_URL=kept.database, SOLIEU_BATCH_SIZE="3")
    done = subprocess.run([*COMMAND, "replay", "--dask", scheduler], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("replay run 1: 2 of 2 sources: 8 new, 0 changed, ")
    assert csv_of(kept) == csv_of(settings)


def test_an_article_that_is_too_much_for_a_worker_is_told_of_and_the_others_are_stored(
    scheduler: str, kept: Settings
) -> None:
    desk = desk_with(kept, [])
    desk.reader = demanding
    batch = by_article(desk.archive.entries("khanhhoa")[:4])
    with distributed.Client(scheduler, set_as_default=False) as client:
        loaded = client.submit(store_batch, likeness(desk), batch).result()
    told = [one.problem.removeprefix(f"{one.entry.url}: not read: ")[:17] if one.problem else "" for one in loaded]
    assert told == ["", "it takes more tha", "it takes more tha", "its reader ended "]


def test_the_password_is_in_nothing_that_is_shown(settings: Settings) -> None:
    desk = desk_with(settings, [])
    desk.settings = settings.model_copy(update={"database_url": SecretStr("postgresql://app:canary@db/solieu")})
    like = likeness(desk)
    assert b"canary" in like.get_secret_value()
    assert "canary" not in f"{like} {like!r}"


def unboxed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_what_cannot_be_is_told(
    settings: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("replay", "--dask", "tcp://127.0.0.1:9") == 2
    assert "several machines cannot write one SQLite file" in unboxed(capsys)
    monkeypatch.setenv("SOLIEU_DATABASE_URL", postgres_url)
    assert solieu("replay", "--dask", "tcp://127.0.0.1:9", "--workers", 2) == 2
    assert "leave out --workers" in unboxed(capsys)
    with pytest.raises(ClusterProblem, match="no Dask scheduler at tcp"):
        check_cluster("tcp://127.0.0.1:9", None)
    with pytest.raises(ClusterProblem, match="PREFECT_API_URL has to name a server"):
        check_cluster("tcp://192.0.2.1:8786", None)
