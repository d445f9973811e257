"""The body of an answer, whole and unpacked: gzip that is cut off is an error, gzip that swells stops at the cap."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import requests

PIECE = 65536
CODINGS = ("gzip", "deflate")
"""What we ask for."""
_ANY_HEADER, _NO_HEADER = 47, -15
"""zlib's numbers for gzip or zlib, and for the bare deflate that some servers call deflate."""


class UnknownCoding(Exception):
    """The body came in a coding that nobody asked for, such as br."""


class Full(Exception):
    """There is more than was wanted; `body` has what was."""

    def __init__(self, body: bytearray) -> None:
        super().__init__()
        self.body = body


def read_body(response: requests.Response, most: int, look: Callable[[], None] = lambda: None) -> bytes:
    """The whole body; `look` is called with every packet. Raises UnknownCoding, Full, ValueError when it is not whole.

    Both are counted, what is sent and what it unpacks to. Neither urllib3 nor requests sees that a packed body ends
    too early when its length is as announced.
    """
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    body, sent = bytearray(), 0
    try:
        # not stream(), which waits for a whole piece: a site that sends a byte now and then would never be looked at
        while packed := response.raw.read1(PIECE, decode_content=False):
            look()
            sent += len(packed)
            for piece in unpack.feed(packed):
                body += piece
                if max(sent, len(body)) > most:
                    del body[most:]
                    raise Full(body)
        body += unpack.end()
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return bytes(body)


def _unpacker(header: str) -> _Plain | _Packed:
    codings = [name for part in header.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not codings:
        return _Plain()
    if len(codings) > 1 or codings[0].removeprefix("x-") not in CODINGS:
        raise UnknownCoding(", ".join(codings))
    return _Packed(bare=codings[0] == "deflate")


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> bytes:
        return b""


class _Packed:
    """gzip, in several members too, or zlib; with `bare` also deflate without any header."""

    def __init__(self, bare: bool) -> None:
        self._bare = bare
        self._rest = b""
        """The first byte of a member, kept until the second tells what it is."""
        self._member: zlib._Decompress | None = None
        self._padding = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._rest + data
        self._rest = b""
        while data and not self._padding:
            if (self._member is None or self._member.eof) and not self._begin(data):
                return
            assert self._member is not None
            yield self._member.decompress(data, PIECE)
            data = self._member.unconsumed_tail or self._member.unused_data

    def _begin(self, data: bytes) -> bool:
        """Begin a member where one begins: what else follows the first is padding, which everyone ignores."""
        if len(data) < 2:
            self._rest = data
            return False
        if self._member is None:
            has_header = data[:2] == b"\x1f\x8b" or (data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0)
            self._member = zlib.decompressobj(_NO_HEADER if self._bare and not has_header else _ANY_HEADER)
        elif data[:2] == b"\x1f\x8b":
            self._member = zlib.decompressobj(_ANY_HEADER)
        else:
            self._padding = True
        return not self._padding

    def end(self) -> bytes:
        """What is still inside. Raises ValueError when more was to come; a body of no bytes at all is an empty page."""
        if self._member is None and not self._rest:
            return b""
        last = self._member.flush() if self._member else b""
        if self._member is None or not self._member.eof:
            raise ValueError("the compressed body is cut off")
        return last
