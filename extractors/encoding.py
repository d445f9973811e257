"""Bytes of a page become text: byte-order mark, UTF-8, the header or meta tag that makes it Vietnamese, then a guess.

Letters of the old fonts (TCVN3, VNI) come through as the windows-1252 that they are to a program;
`extractors.old_letters` tells them from the article's own words.
"""

from __future__ import annotations

import codecs
import unicodedata

import regex

from extractors.old_letters import code_page
from extractors.syllables import holds_own_letters, reads_vietnamese, visible

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
_FROM_BYTES = {byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_TO_BYTES = {ord(char): byte for byte, char in _FROM_BYTES.items()}
_META = regex.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w\-]{2,20})", regex.IGNORECASE)
_HEADER = regex.compile(r"charset\s*=\s*[\"']?([\w\-]{2,20})", regex.IGNORECASE)
_HALF = regex.compile("[\\ud800-\\udfff]")


def decode(data: bytes, name: str, content_type: str | None = None) -> tuple[str, list[str]]:
    """The text without its byte-order mark, and what went wrong on the way; raises `Unreadable`."""
    _refuse(data, name)
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            text, issues = _lenient(data[len(mark) :], encoding)
            return (text, issues) if issues else _undoubled(text)
    if b"\x00" in data[:65536]:
        return _two_bytes(data, name)
    try:
        return _undoubled(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _one_byte(data, name, _declared(data, content_type))


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


def _two_bytes(data: bytes, name: str) -> tuple[str, list[str]]:
    """UTF-16 that lost its mark is told by its words; every other file with zero bytes is no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text, issues = _lenient(data, encoding)
        if not issues and "\x00" not in text and reads_vietnamese(visible(text)):
            return text, [f"encoding: taken for {encoding}"]
    raise Unreadable(f"{name}: binary data, not a page or a text")


def _undoubled(text: str) -> tuple[str, list[str]]:
    """`tá»‰nh` → `tỉnh`: UTF-8 that was taken for windows-1252 and encoded again, when that explains the whole text."""
    if text.isascii() or holds_own_letters(text):
        return text, []
    try:
        mended = text.translate(_TO_BYTES).encode("latin-1").decode("utf-8").removeprefix("\ufeff")
    except UnicodeError:
        return text, []
    if not reads_vietnamese(visible(mended)):
        return text, []
    return mended, ["encoding: read as UTF-8 that was encoded twice"]


def _one_byte(data: bytes, name: str, declared: list[str]) -> tuple[str, list[str]]:
    """Not UTF-8: the encoding that makes it Vietnamese, declared or not; else the declared one, else a guess."""
    cut, broken = _lenient(data, "utf-8")
    if cut.count("\ufffd") * 50 <= len(data) and reads_vietnamese(visible(cut)):
        return cut, broken
    texts = [(encoding, text) for encoding in (*declared, "windows-1258") if (text := _named(data, encoding))]
    for encoding, text in texts:
        if reads_vietnamese(visible(text)):
            said = [] if encoding in declared[:1] else [f"encoding: read as {encoding}"]
            return unicodedata.normalize("NFC", text), said
    western = _western(data)
    if code_page(visible(western)):
        return western, []
    if declared and texts and texts[0][0] in declared:
        return texts[0][1], []
    return _guess(data, name)


def _named(data: bytes, encoding: str) -> str | None:
    """The text in the encoding of that name; Latin-1 means windows-1252, as for every browser."""
    try:
        known = codecs.lookup(encoding).name
        if known.startswith(("utf-16", "utf-32")):
            return None  # without a zero byte no page is
        return _western(data) if known in ("iso8859-1", "ascii", "cp1252") else data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _western(data: bytes) -> str:
    """windows-1252, its five empty places left as they are."""
    return data.decode("latin-1").translate(_FROM_BYTES)


def _lenient(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return text, [f"encoding: {broken} characters could not be read as {encoding}"] if broken else []


def _guess(data: bytes, name: str) -> tuple[str, list[str]]:
    """UTF-8 with few broken places (a cut file) is UTF-8; the rest is left to charset-normalizer."""
    text, issues = _lenient(data, "utf-8")
    if text.count("\ufffd") * 50 <= len(data):
        return text, issues
    from charset_normalizer import from_bytes  # here, because few pages come so far

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise Unreadable(f"{name}: the character encoding is not known; save the file as UTF-8")
    text, issues = _lenient(data, best.encoding)
    return text, [f"encoding: taken for {best.encoding}", *issues]


def whole_letters(text: str) -> str:
    """Without the halves of letters that JSON can say (UTF-16's surrogates), which no file or database takes."""
    return _HALF.sub("\ufffd", text)
