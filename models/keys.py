"""Keys made of what is said, so that loading twice changes nothing and every machine makes the same ones."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from models.types import plain

POINT = ("locality", "scope", "indicator", "breakdown", "period", "status", "measure", "base")
"""What a claim speaks about: claims that agree on these belong to one point of one series."""
SAID = (*POINT, "value_text", "unit", "out_of", "among", "bound", "derived")
"""All that a claim says. How sure the reader was, and where the words stand, is not part of it."""
_json = json.JSONEncoder(ensure_ascii=False).encode


def breakdown_text(pairs: Iterable[tuple[str, str]]) -> str:
    """`{"rating":"Tốt"}` with sorted keys; '' for the total."""
    parts = dict(sorted(pairs))
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else ""


def point_key(slots: dict[str, object]) -> str:
    """Key of the point a claim belongs to."""
    return _digest(slots[name] for name in POINT)


def claim_key(slots: dict[str, object]) -> str:
    """Key of all that a claim says."""
    return _digest(slots[name] for name in SAID)


def text_key(text: str) -> str:
    """The same for syndicated copies: form of accents and spacing do not count."""
    return _digest([" ".join(unicodedata.normalize("NFC", text).split())])


def page_key(address: str) -> str:
    """One for a page however its address is written: `https://www.bao.vn/a/b-1/` → `bao.vn/a/b-1`; or `bao.vn`."""
    host, slash, rest = address.removeprefix("https://").removeprefix("http://").partition("/")
    path, mark, query = rest.partition("?")
    host = host.casefold().removeprefix("www.").removeprefix("m.")
    return f"{host}{slash}{path}".rstrip("/") + mark + query


def _digest(parts: Iterable[object]) -> str:
    written = [plain(part) if isinstance(part, Decimal) else part for part in parts]
    return hashlib.sha256(_json(written).encode("utf-8", "surrogatepass")).hexdigest()
