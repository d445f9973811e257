"""Prefect's own server as a child process on loopback, for as long as `solieu serve` runs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import requests

from flows.problems import ServerProblem

HOST = "127.0.0.1"
START_SECONDS = 90.0
STOP_SECONDS = 10.0


@contextmanager
def prefect_server(port: int, log: Path) -> Iterator[str]:
    """The API address of a fresh server; a free port is taken when `port` is not. Raises ServerProblem."""
    port = port if _is_free(port) else _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with log.open("ab") as out:
        # its own session: Ctrl-C reaches us first, and we stop it when our runs have ended
        child = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        url = f"http://{HOST}:{port}/api"
        _wait_until_healthy(url, child, log)
        yield url
    finally:
        _stop(child)


def _wait_until_healthy(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if child.poll() is not None:
            raise ServerProblem(f"Prefect's server ended at its start with {child.returncode}; it says why in {log}")
        with suppress(requests.RequestException):
            if requests.get(f"{url}/health", timeout=2).ok:
                return
        time.sleep(0.2)
    raise ServerProblem(f"Prefect's server gave no answer at {url} for {START_SECONDS:g} s; see {log}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
