"""`solieu browse` as a person types it: it starts, is looked at, ends; and says what keeps it from starting."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from flows.settings import Settings
from tests.points import points
from tests.programs import COMMAND
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["points", "settings"]


def test_it_shows_the_database_until_ctrl_c(points: Settings) -> None:
    root = Path(__file__).parents[1]
    words = [*COMMAND, "browse", "--port", "0"]
    with subprocess.Popen(
        words, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        address, _, rest = said.partition(" ")
        assert rest == f"shows sqlite:///{points.data_dir}/db/solieu.db, to be read only; Ctrl-C ends it\n"
        assert requests.get(f"{address}solieu/series.json", timeout=60).json()["filtered_table_rows_count"] == 6
        child.send_signal(signal.SIGINT)
        assert child.communicate(timeout=60) == ("", "")
    assert child.returncode == 0


def test_a_taken_port_is_named(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert solieu("browse", "--port", str(port)) == 1
    assert capsys.readouterr() == (
        "",
        f"solieu: 127.0.0.1:{port}: Address already in use; another port is named with --port\n",
    )


def test_postgresql_is_asked_otherwise(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE_URL", "postgresql://app:canary@127.0.0.1:9/solieu")
    assert solieu("browse") == 2
    assert capsys.readouterr().err == (
        "solieu: postgresql://app:***@127.0.0.1:9/solieu: Datasette reads SQLite files only; "
        "here `solieu series` and psql ask\n"
    )


def test_a_database_that_is_not_there_is_named(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    path = settings.data_dir / "db" / "solieu.db"
    path.unlink()
    assert solieu("browse") == 1
    assert capsys.readouterr().err == (
        f"solieu: {path} does not exist yet: `solieu nightly` or `solieu run FILE` makes it\n"
    )
    assert not path.exists()


def test_a_library_that_is_not_there_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("datasette.", "flows.browse."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasette", None)
    assert solieu("browse") == 1
    assert capsys.readouterr().err == (
        "solieu: datasette is needed for this and is not installed: pip install 'solieu[browse]'\n"
    )
