"""A server of bytes: whatever a broken site, a hostile one or half of one may send."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field

STALL = b"stall"
"""At the end of what is said: it says no more, and does not hang up."""
RESET = b"reset"
"""At the end of what is said: it hangs up without a word."""


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + body


def moved(where: str) -> bytes:
    return answer("302 Found", b"", f"Location: {where}")


MISSING = answer("404 Not Found")


@dataclass
class Faulty:
    """A server that says exactly the bytes it is to say, which no well-kept server would."""

    said: dict[str, bytes]
    tls: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)
    open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http{'s' if self.tls else ''}://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                connection = self.listener.accept()[0]
                with suppress(OSError):  # the other side hung up
                    self._answer(self.tls.wrap_socket(connection, server_side=True) if self.tls else connection)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head and (piece := connection.recv(4096)):
            head += piece
        if not head:
            connection.close()
            return
        self.asked.append(head.split(b" ")[1].decode())
        said = self.said.get(self.asked[-1], MISSING)
        with suppress(OSError):
            connection.sendall(said.removesuffix(STALL).removesuffix(RESET))
        if said.endswith(STALL):
            self.open.append(connection)  # says no more, and does not hang up
            return
        if said.endswith(RESET):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def close(self) -> None:
        for connection in (self.listener, *self.open):
            connection.close()
