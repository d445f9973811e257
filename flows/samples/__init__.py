"""Three small web sites of our own, served on loopback for the demo and the tests.

Each folder here is one site of a family of content systems: `source.yml` as any source has it, and
`site/` with robots.txt, lists or RSS, and articles whose words and figures are made up. What a
careful reader finds in them stands in tests/sources.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

FOLDER = Path(__file__).parent

_TYPES = {".html": "text/html; charset=utf-8", ".rss": "application/rss+xml; charset=utf-8"}


def sample_sources() -> list[Path]:
    """The `source.yml` of every sample site; the name of its folder is the source's id."""
    return sorted(FOLDER.glob("*/source.yml"))


@contextmanager
def serve_samples(port: int | None = None) -> Iterator[dict[str, str]]:
    """Serve the sites on 127.0.0.1: gives source id → address, for the source's `served_at`.

    `port` is that of the first site, the others follow; None takes any free ports. Raises OSError
    when a port is taken.
    """
    with ExitStack() as stack:
        addresses = {}
        for index, source in enumerate(sample_sources()):
            site = source.parent
            addresses[site.name] = stack.enter_context(serve_folder(site / "site", port + index if port else 0))
        yield addresses


@contextmanager
def serve_folder(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve one folder on loopback, at any free port when none is given: its address. Raises OSError."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Site, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Site(SimpleHTTPRequestHandler):
    """Files of one folder with ETag and Last-Modified, and 304 for whoever has them already."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever asked has hung up, or was killed
            super().handle()

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = file.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", self.date_time_string(int(file.stat().st_mtime)))
        if not known:
            self.send_header("Content-Type", _TYPES.get(file.suffix, "text/plain; charset=utf-8"))
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and not known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the demo prints its own report."""
