"""What articles are compared by to find copies, and the original of each; written beside the current version.

keys of an article   text:9f86d0…                 the text itself
                     page:baomau.vn/bai-123       its own address, and the one that it says it repeats
                     band:635:03a1…               a part of its fingerprint, shared by near copies of that time
                     band:equal:91b2…             all of its fingerprint: it may have no date
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import (
    JSON,
    BindParameter,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, table_of
from models.copies import BAND, NEAR_DAYS
from models.keys import page_key, text_key
from models.records import ArticleRecord, Fingerprint
from models.types import CODE

WAITING = text("linked IS NULL OR linked <> digest")


class LikenessRow(Base):
    """An article as it is compared with others. `origin_id` is the article it is a copy of, NULL for an original.

    `stated` is the address (or the host alone) that it says it repeats; `digest` is of all it is compared by, and
    `linked` what that was when the original was sought: an article whose two differ waits for it.
    """

    __tablename__ = "likeness"
    __table_args__ = (
        Index("ix_likeness_origin_id", "origin_id"),
        Index("ix_likeness_waiting", "article_id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, autoincrement=False)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("likeness.article_id"))
    stated: Mapped[str | None]
    numbers: Mapped[str]
    shingles: Mapped[bytes]
    digest: Mapped[str] = mapped_column(CODE)
    linked: Mapped[str | None] = mapped_column(CODE)


class LikenessKey(Base):
    """Articles that may be copies of one another share a key."""

    __tablename__ = "likeness_key"
    __table_args__ = ({"sqlite_with_rowid": False},)  # the table is its own index: half the room

    key: Mapped[str] = mapped_column(CODE, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("likeness.article_id"), primary_key=True, index=True)


DIGEST = select(LikenessRow.digest).where(LikenessRow.article_id == bindparam("article"))
ADD = insert(table_of(LikenessRow))
ARTICLE: BindParameter[int] = bindparam("article", type_=Integer)
LISTED = {
    "sqlite": select(func.json_each(bindparam("keys", type_=JSON)).table_valued("value").c.value, ARTICLE),
    "postgresql": select(func.unnest(bindparam("keys", type_=ARRAY(Text))), ARTICLE),
}
ADD_KEYS = {
    kind: insert(table_of(LikenessKey)).from_select(["key", "article_id"], keys) for kind, keys in LISTED.items()
}
"""An article has a hundred: they go in one list."""


def sync_likeness(conn: Connection, article_id: int, record: ArticleRecord, *, new: bool) -> None:
    """Keep what the version that is now current is compared by; nothing is written where nothing differs. Of a `new`
    article there is nothing yet."""
    row, keys = _row(record), _keys(record)
    row["digest"] = _digest(record, row, keys)
    stored = None if new else conn.scalar(DIGEST, {"article": article_id})
    if stored == row["digest"]:
        return
    if stored is None:
        conn.execute(ADD, {"article_id": article_id, **row})
    else:
        conn.execute(update(LikenessRow).where(LikenessRow.article_id == article_id).values(row))
        conn.execute(delete(LikenessKey).where(LikenessKey.article_id == article_id))
    if keys:
        conn.execute(ADD_KEYS[conn.dialect.name], {"article": article_id, "keys": keys})


def _row(record: ArticleRecord) -> dict[str, object]:
    """A version without words, of an article that was taken back, is like no other."""
    print_ = record.fingerprint if record.text else None
    return {
        "stated": _stated(record),
        "numbers": " ".join(print_.numbers) if print_ else "",
        "shingles": struct.pack(f"<{len(print_.shingles)}I", *print_.shingles) if print_ else b"",
    }


def _own(record: ArticleRecord) -> str:
    return record.url or record.identity


def _stated(record: ArticleRecord) -> str | None:
    """A page that names itself repeats nothing."""
    told = record.origin and record.text and page_key(record.origin) != page_key(_own(record))
    return record.origin if told else None


def _keys(record: ArticleRecord) -> list[str]:
    if not record.text:
        return []
    pages = {page_key(address) for address in (_own(record), _stated(record)) if address}
    return sorted(
        {
            f"text:{text_key(record.text)}",
            *(f"page:{page}" for page in pages if "/" in page),  # a host alone is no article
            *(_bands(record.fingerprint, record.published) if record.fingerprint else ()),
        }
    )


def _bands(print_: Fingerprint, published: date | None) -> Iterator[str]:
    """A report that is written every month with the same sentences is compared with those of its time alone."""
    written = json.dumps([print_.shingles, print_.numbers, print_.bands])
    yield f"{BAND}equal:{hashlib.sha256(written.encode()).hexdigest()[:16]}"
    if published is not None:
        for time in times_of(published):
            yield from (f"{BAND}{time}:{band}" for band in print_.bands)


def times_of(published: date) -> tuple[int, int]:
    """Numbers of spans of days: two days that are near enough for copies have one of theirs in common."""
    span = published.toordinal() // (NEAR_DAYS + 1)
    return span, span + 1


def _digest(record: ArticleRecord, row: Mapping[str, object], keys: list[str]) -> str:
    said = [record.url, record.published and record.published.isoformat(), *row.values(), *keys]
    written = json.dumps([part.hex() if isinstance(part, bytes) else part for part in said])
    return hashlib.sha256(written.encode()).hexdigest()
