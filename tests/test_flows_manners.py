"""What the servers see of a night in which several sources are visited at once, by their own logs."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.nightly import night, plain_steps
from flows.settings import Settings
from flows.web.visit import Pauses
from tests.sites import desk_for, settings

__all__ = ["settings"]

GAP = 2.0
SITES = {"mot": "http://mot.bao.vn", "hai": "http://hai.bao.vn", "khac": "http://khac.vn"}
DOMAINS = {"mot": "bao.vn", "hai": "bao.vn", "khac": "khac.vn"}
LIST = "".join(f"<a href='/{name}.html'>{name}</a>" for name in "abcdef")


@dataclass
class Servers:
    """What is asked of a domain and when, by a clock that goes only when someone sleeps, and how many at a time."""

    now: float = 0.0
    begun: dict[str, list[float]] = field(default_factory=lambda: {"bao.vn": [], "khac.vn": []})
    busy: dict[str, int] = field(default_factory=lambda: {"bao.vn": 0, "khac.vn": 0})
    most: dict[str, int] = field(default_factory=lambda: {"bao.vn": 0, "khac.vn": 0})
    guard: threading.Lock = field(default_factory=threading.Lock)
    both: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=30))

    def sleep(self, seconds: float) -> None:
        with self.guard:
            self.now += seconds

    def answer(self, domain: str, request: Request) -> Response:
        with self.guard:
            self.begun[domain].append(self.now)
            self.busy[domain] += 1
            self.most[domain] = max(self.most[domain], self.busy[domain])
            first = len(self.begun[domain]) == 1
        if first:
            self.both.wait()  # each domain's first request ends only when the other's has begun
        with self.guard:
            self.busy[domain] -= 1
        return Response(LIST, content_type="text/html") if request.path == "/tin/" else Response("", 404)


@pytest.fixture
def servers(settings: Settings) -> Iterator[Servers]:
    made = Servers()
    settings.sources_dir.mkdir()
    with ExitStack() as stack:
        for name, host in SITES.items():
            server = stack.enter_context(HTTPServer(threaded=True))
            server.expect_request(re.compile(".*")).respond_with_handler(partial(made.answer, DOMAINS[name]))
            write(settings.sources_dir / f"{name}.yml", host, server.url_for("").rstrip("/"))
        yield made


def write(file: Path, host: str, served_at: str) -> None:
    said = {"name": host, "url": host, "served_at": served_at, "article": r"\.html$"}
    file.write_text(yaml.safe_dump(said | {"list": {"pages": [f"{host}/tin/"]}, "polite": {"gap": GAP}}))


def test_a_domain_has_one_request_at_a_time_and_a_gap_between_two_whoever_asks(
    settings: Settings, servers: Servers
) -> None:
    desk = desk_for(settings)
    desk.pauses = Pauses(lambda: servers.now, servers.sleep)
    night(desk, plain_steps(desk))
    assert servers.most == {"bao.vn": 1, "khac.vn": 1}
    assert {domain: len(begun) for domain, begun in servers.begun.items()} == {"bao.vn": 16, "khac.vn": 8}
    for begun in servers.begun.values():
        assert min(after - before for before, after in pairwise(begun)) >= GAP
