"""Bodies as servers send them: packed in every way that is asked for, in pieces of any size, whole or not."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator

import pytest
import requests

from flows.web.bodies import Full, UnknownCoding, read_body
from tests.faulty import Faulty, answer

WORDS = ("Tỷ lệ hồ sơ trễ hạn của phường là 1,5%. " * 5000).encode()
BARE = zlib.compress(WORDS)[2:-4]
PACKED = {
    "plain": ("identity", WORDS),
    "gzip": ("gzip", gzip.compress(WORDS)),
    "x-gzip": ("x-gzip", gzip.compress(WORDS)),
    "two members": ("gzip", gzip.compress(WORDS[:999]) + gzip.compress(WORDS[999:])),
    "padding behind": ("gzip", gzip.compress(WORDS) + b"\0" * 70),
    "zlib": ("deflate", zlib.compress(WORDS)),
    "bare deflate": ("deflate", BARE),
    "gzip called deflate": ("deflate", gzip.compress(WORDS)),
}


def chunked(body: bytes, size: int) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.fixture
def server() -> Iterator[Faulty]:
    made = Faulty({})
    yield made
    made.close()


def body_of(server: Faulty, most: int = 10**6) -> bytes:
    with requests.get(server.url, stream=True, timeout=5) as response:
        return read_body(response, most)


@pytest.mark.parametrize("size", [None, 1, 1000])
@pytest.mark.parametrize("kind", PACKED)
def test_a_body_is_the_same_however_it_is_packed(server: Faulty, kind: str, size: int | None) -> None:
    coding, packed = PACKED[kind]
    packed = packed[:20_000] if kind == "plain" and size == 1 else packed
    said = f"Content-Encoding: {coding}"
    if size is None:
        server.said["/"] = answer("200 OK", packed, said)
    else:
        head = f"HTTP/1.1 200 OK\r\n{said}\r\nTransfer-Encoding: chunked\r\n\r\n"
        server.said["/"] = head.encode() + chunked(packed, size)
    assert body_of(server) == (packed if kind == "plain" else WORDS)


@pytest.mark.parametrize("left", [1, 2, 10, -9, -1])
@pytest.mark.parametrize("kind", ["gzip", "zlib", "bare deflate", "two members"])
def test_a_packed_body_that_ends_too_early_is_an_error_though_its_length_is_as_announced(
    server: Faulty, kind: str, left: int
) -> None:
    coding, packed = PACKED[kind]
    server.said["/"] = answer("200 OK", packed[:left], f"Content-Encoding: {coding}")
    with pytest.raises(ValueError, match=r"^the compressed body is cut off$"):
        body_of(server)


def test_every_packet_is_looked_at_as_it_comes() -> None:
    looked_at, in_time = threading.Semaphore(0), list[bool]()

    def trickle() -> None:
        connection, _ = listener.accept()
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na")
        for _ in range(3):
            in_time.append(looked_at.acquire(timeout=2))
            connection.sendall(b"a")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=trickle, daemon=True).start()
        with requests.get(f"http://127.0.0.1:{listener.getsockname()[1]}", stream=True, timeout=9) as response:
            assert read_body(response, 9, looked_at.release) == b"aaaa"
    assert in_time == [True, True, True]


def test_no_bytes_are_an_empty_page_also_packed(server: Faulty) -> None:
    server.said["/"] = answer("200 OK", b"", "Content-Encoding: gzip")
    assert body_of(server) == b""


def test_the_cap_counts_what_it_unpacks_to_and_what_is_sent(server: Faulty) -> None:
    server.said["/"] = answer("200 OK", gzip.compress(WORDS), "Content-Encoding: gzip")
    with pytest.raises(Full) as full:
        body_of(server, 5000)
    assert full.value.body == WORDS[:5000]
    server.said["/"] = answer("200 OK", gzip.compress(b"") * 500, "Content-Encoding: gzip")
    with pytest.raises(Full):
        body_of(server, 5000)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
def test_a_coding_that_nobody_asked_for_is_refused_by_name(server: Faulty, coding: str) -> None:
    server.said["/"] = answer("200 OK", b"abc", f"Content-Encoding: {coding}")
    with pytest.raises(UnknownCoding, match=coding):
        body_of(server)
