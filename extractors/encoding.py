"""Bytes of a page become text: byte-order mark, header, meta tag, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs

import regex
from charset_normalizer import from_bytes

LIMIT = 8 * 1024 * 1024
"""Largest text in bytes that is read; a news page has a few hundred kilobytes."""


class Unreadable(Exception):
    """A file that holds no article; the message names the file and the reason."""


class NotVietnamese(Unreadable):
    """A readable text in another language, or in letters that lost their encoding."""


_MAGIC = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "an image or sound file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "an RTF document",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_META = regex.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w\-]{2,20})", regex.IGNORECASE)
_HEADER = regex.compile(r"charset\s*=\s*[\"']?([\w\-]{2,20})", regex.IGNORECASE)


def decode(data: bytes, name: str, content_type: str | None = None) -> tuple[str, list[str]]:
    """The text without its byte-order mark, and what went wrong on the way; raises `Unreadable`."""
    _refuse(data, name)
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if b"\x00" in data[:65536]:
        raise Unreadable(f"{name}: binary data, not a page or a text")
    for encoding in ("utf-8", *_declared(data, content_type)):
        try:
            return data.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data, name)


def _refuse(data: bytes, name: str) -> None:
    if not data.strip():
        raise Unreadable(f"{name}: empty file")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable(f"{name}: {what}, not a page or a text")
    if len(data) > LIMIT:
        raise Unreadable(f"{name}: {len(data) / 1048576:.1f} MiB, more than the {LIMIT // 1048576} MiB of a page")


def _declared(data: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(data[:4096])
    return [m for m in (header and header[1], meta and meta[1].decode("ascii", "replace")) if m]


def _lenient(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return text, [f"encoding: {broken} characters could not be read as {encoding}"] if broken else []


def _guess(data: bytes, name: str) -> tuple[str, list[str]]:
    """UTF-8 with few broken places (a cut file) is UTF-8; the rest is left to charset-normalizer."""
    text, issues = _lenient(data, "utf-8")
    if text.count("\ufffd") * 50 <= len(data):
        return text, issues
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise Unreadable(f"{name}: the character encoding is not known; save the file as UTF-8")
    text, issues = _lenient(data, best.encoding)
    return text, [f"encoding: taken for {best.encoding}", *issues]
