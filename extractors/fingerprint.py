"""What tells a copy from another article: "Năm 2022, toàn tỉnh phát sinh …" → its runs of four words, its numbers.

Title, captions, bylines and furniture are not part of it: a copy often has others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from extractors.alone import part_of
from extractors.facts import Article
from extractors.text import normalise

if TYPE_CHECKING:
    from datasketch import MinHash

RUN = 4
"""Words of a shingle."""
LEAST = 40
"""A text of fewer shingles is too short to be told from another one on the same matter."""
BANDS, ROWS = 42, 3
"""Of two texts with half of their shingles in common 99.6 % share a band, of two with a twentieth 0.5 %."""

_BODY = frozenset({"lead", "heading", "paragraph", "item", "cell"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashed shingles and distinct printed numbers, both in ascending order, and bands: near copies share one."""

    shingles: tuple[int, ...]
    numbers: tuple[str, ...]
    bands: tuple[str, ...]


def fingerprint(article: Article) -> Fingerprint | None:
    """None for a text that is too short."""
    text = _body(article)
    words = re.findall(r"[^\W_]++", text)
    runs = zip(*(words[at:] for at in range(RUN)), strict=False)
    shingles = sorted({crc32(" ".join(run).encode()) for run in runs})
    if len(shingles) < LEAST:
        return None
    numbers = sorted(set(re.findall(r"\d++(?:[.,]\d++)*+", text)))
    return Fingerprint(tuple(shingles), tuple(numbers), _bands(shingles))


def _body(article: Article) -> str:
    parts = (article.text[block.start : block.end] for block in article.blocks if block.kind in _BODY)
    return normalise("\n".join(parts)).norm.casefold()


def _bands(shingles: Sequence[int]) -> tuple[str, ...]:
    """MinHash values, a few at a time: as many texts agree on a band as agree on all of its values."""
    sketch = _empty_sketch().copy()
    sketch.update_batch(shingles)
    values = sketch.hashvalues.astype("<u4").reshape(BANDS, ROWS)
    return tuple(
        hashlib.blake2b(bytes([number]) + band.tobytes(), digest_size=8).hexdigest()
        for number, band in enumerate(values)
    )


@cache
def _empty_sketch() -> MinHash:
    sketch: MinHash = part_of("datasketch", "minhash", "MinHash")(
        num_perm=BANDS * ROWS, hashfunc=int, scheme="affine32"
    )
    return sketch
