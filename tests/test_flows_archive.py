"""data/raw: written once, found again, safe from names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive import Archive, Entry, slug
from flows.problems import ArchiveProblem

URL = "https://bao.vn/tin/ty-le-dung-han-a1.html"
DAWN = datetime(2024, 4, 19, 2, 0, tzinfo=UTC)


def keep(archive: Archive, url: str, data: bytes, **facts: Any) -> Entry | None:
    """The entry that is written, None when the archive has it."""
    entry = archive.propose("bao", url, data, **facts)
    return entry if archive.keep(entry, data) else None


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert first is not None
    assert keep(archive, URL, b"<p>1", fetched_at=DAWN + timedelta(days=1)) is None
    assert Archive(tmp_path).entries("bao") == [first]
    assert first.path.relative_to(tmp_path).as_posix().startswith("bao/2024/04/ty-le-dung-han-a1-html-")


def test_versions_come_back_in_the_order_they_came(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    bodies = [b"<p>1", b"<p>2", b"<p>1"]
    for hour, body in enumerate(bodies):
        keep(archive, URL, body, fetched_at=DAWN + timedelta(hours=hour), headers={"etag": str(hour)})
    again = Archive(tmp_path)
    assert [again.read(entry) for entry in again.entries("bao")] == bodies
    newest = again.newest("bao", URL)
    assert newest is not None
    assert newest.headers == {"etag": "2"}


def test_the_same_page_makes_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        keep(Archive(tmp_path / folder), URL, b"<p>1", fetched_at=DAWN)
    one, two = ([p.read_bytes() for p in sorted((tmp_path / f).rglob("*.*"))] for f in ("one", "two"))
    assert one == two


def test_bytes_without_a_sidecar_are_an_interrupted_write(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert entry is not None
    entry.path.unlink()
    again = Archive(tmp_path)
    assert again.entries("bao") == []
    assert keep(again, URL, b"<p>1", fetched_at=DAWN) == entry


def test_an_article_that_is_gone_is_a_sidecar_alone_and_may_come_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert archive.keep_gone("bao", URL, 410, DAWN + timedelta(hours=1))
    assert not archive.keep_gone("bao", URL, 404, DAWN + timedelta(hours=2))
    assert keep(archive, URL, b"<p>1", fetched_at=DAWN + timedelta(hours=3)) is not None
    again = Archive(tmp_path).entries("bao")
    assert [(entry.status, entry.gone, bool(entry.file)) for entry in again] == [
        (200, False, True),
        (410, True, False),
        (200, False, True),
    ]


def test_young_articles_are_those_kept_since_a_moment_for_the_first_time(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for days, name in ((-40, "a"), (-1, "b"), (0, "c"), (20, "a"), (21, "d")):
        keep(archive, f"https://bao.vn/{name}.html", f"<p>{days}".encode(), fetched_at=DAWN + timedelta(days=days))
    young = Archive(tmp_path).first_kept_since("bao", DAWN)
    assert young == ["https://bao.vn/c.html", "https://bao.vn/d.html"]


def test_bytes_that_are_not_those_that_were_kept_are_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    other = keep(archive, URL + "?2", b"<p>2", fetched_at=DAWN)
    assert entry is not None
    assert other is not None
    entry.path.with_name(entry.file).write_bytes(other.path.with_name(other.file).read_bytes())
    with pytest.raises(ArchiveProblem, match="not the bytes that were kept"):
        archive.read(entry)


def test_a_sidecar_that_is_no_sidecar_is_named(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert entry is not None
    entry.path.write_text("{}")
    with pytest.raises(ArchiveProblem, match=f"{entry.path.name}: not a sidecar"):
        Archive(tmp_path).entries("bao")


@given(st.text(max_size=200))
def test_no_address_leads_out_of_its_folder(tail: str) -> None:
    name = slug(f"https://bao.vn/{tail}")
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 80


def test_a_name_is_readable() -> None:
    assert slug("https://bao.vn/tin/Đạt-98%2C5-ở-Nha-Trang-a1.html") == "dat-98-5-o-nha-trang-a1-html"
