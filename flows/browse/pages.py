"""Datasette on the database, on loopback, until Ctrl-C."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Response
from sqlalchemy import Engine

from flows.browse.database import Reading
from flows.browse.metadata import NAME, metadata
from flows.problems import ServerProblem

HOST = "127.0.0.1"
STATIC = str(Path(__file__).parent / "static")
SETTINGS = {
    "sql_time_limit_ms": 30_000,  # views are worked out when they are asked for
    "facet_time_limit_ms": 1_000,
    "suggest_facets": False,  # they would ask a view once more a column
    "default_cache_ttl": 0,  # what a night stores is there at the next look
    "allow_download": False,
}


class Pages(Datasette):  # type: ignore[misc]
    """Datasette to look at: what is sent to it is refused, whatever it would do with it."""

    def app(self) -> Any:
        look = super().app()

        async def answer(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
                await Response.text("These pages are there to be read.", status=405).asgi_send(send)
            else:
                await look(scope, receive, send)

        return answer


def pages(engine: Engine) -> Any:
    """Datasette on the engine's file; the engine has told what it knows, and is closed."""
    # it would print each address that is not there, and each refused query, as screenfuls of local variables
    pm.get_plugin("datasette.handle_exception").rich = None
    made = Pages([], metadata=metadata(engine), settings=SETTINGS, static_mounts=[("words", STATIC)])
    engine.dispose()
    made.remove_database("_memory")
    made.add_database(Reading(made, Path((engine.url.database or "").removeprefix("file:")).resolve()), name=NAME)
    return made


def listen(port: int) -> socket.socket:
    """The port, taken before anything is said of it; 0 is any free one. Raises ServerProblem."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()
    except OSError as problem:
        found.close()
        raise ServerProblem(f"{HOST}:{port}: {problem.strerror}; another port is named with --port") from None
    return found


def serve(made: Any, at: socket.socket) -> None:
    """Answer until Ctrl-C."""
    server = _Server(uvicorn.Config(made.app(), log_level="warning", lifespan="on", workers=1))
    server.database = made.get_database(NAME)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[at])


class _Server(uvicorn.Server):
    database: Reading

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.database.interrupt()
