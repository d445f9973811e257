"""data/raw: written once, found again, safe from names."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import pytest
from fsspec.registry import known_implementations
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from flows.archive import Archive, Entry, slug
from flows.problems import ArchiveProblem, SettingsProblem
from flows.settings import Settings

URL = "https://bao.vn/tin/ty-le-dung-han-a1.html"
DAWN = datetime(2024, 4, 19, 2, 0, tzinfo=UTC)


Place = Path | str
"""A folder, or an object store by its URL."""


@pytest.fixture
def bucket(tmp_path: Path) -> str:
    """An object store of this test's own."""
    return f"memory://{tmp_path.name}/raw"


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path, bucket: str) -> Place:
    places: dict[str, Place] = {"folder": tmp_path, "file": tmp_path.as_uri(), "memory": bucket}
    return places[request.param]


def files_of(place: Place) -> dict[str, bytes]:
    """Every file of an archive by its name in it."""
    fs, root = fsspec.url_to_fs(str(place))
    return {path.removeprefix(root): fs.cat_file(path) for path in fs.find(root)}


def poke(place: Place, name: PurePosixPath, data: bytes | None) -> None:
    """Spoil a file of an archive, or take it away."""
    fs, root = fsspec.url_to_fs(str(place))
    if data is None:
        fs.rm_file(f"{root}/{name}")
    else:
        fs.pipe_file(f"{root}/{name}", data)


def keep(archive: Archive, url: str, data: bytes, **facts: Any) -> Entry | None:
    """The entry that is written, None when the archive has it."""
    entry = archive.propose("bao", url, data, **facts)
    return entry if archive.keep(entry, data) else None


def test_the_same_bytes_are_kept_once(place: Place) -> None:
    archive = Archive(place)
    first = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert first is not None
    assert keep(archive, URL, b"<p>1", fetched_at=DAWN + timedelta(days=1)) is None
    assert Archive(place).entries("bao") == [first]
    assert str(first.path).startswith("bao/2024/04/ty-le-dung-han-a1-html-")


def test_versions_come_back_in_the_order_they_came(place: Place) -> None:
    archive = Archive(place)
    bodies = [b"<p>1", b"<p>2", b"<p>1"]
    for hour, body in enumerate(bodies):
        keep(archive, URL, body, fetched_at=DAWN + timedelta(hours=hour), headers={"etag": str(hour)})
    again = Archive(place)
    assert [again.read(entry) for entry in again.entries("bao")] == bodies
    newest = again.newest("bao", URL)
    assert newest is not None
    assert newest.headers == {"etag": "2"}


def test_the_same_page_makes_the_same_files_everywhere(tmp_path: Path, bucket: str) -> None:
    places: list[Place] = [tmp_path / "one", tmp_path / "two", bucket]
    for place in places:
        archive = Archive(place)
        keep(archive, URL, b"<p>1", fetched_at=DAWN)
        archive.keep_gone("bao", URL, 404, DAWN + timedelta(hours=1))
        archive.keep_source("bao", b"name: Bao")
    one, two, three = map(files_of, places)
    assert one == two == three
    assert len(one) == 4


def test_bytes_without_a_sidecar_are_an_interrupted_write(place: Place) -> None:
    archive = Archive(place)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert entry is not None
    poke(place, entry.path, None)
    again = Archive(place)
    assert again.entries("bao") == []
    assert keep(again, URL, b"<p>1", fetched_at=DAWN) == entry


def test_an_article_that_is_gone_is_a_sidecar_alone_and_may_come_back(place: Place) -> None:
    archive = Archive(place)
    keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert archive.keep_gone("bao", URL, 410, DAWN + timedelta(hours=1))
    assert not archive.keep_gone("bao", URL, 404, DAWN + timedelta(hours=2))
    assert keep(archive, URL, b"<p>1", fetched_at=DAWN + timedelta(hours=3)) is not None
    again = Archive(place).entries("bao")
    assert [(entry.status, entry.gone, bool(entry.file)) for entry in again] == [
        (200, False, True),
        (410, True, False),
        (200, False, True),
    ]


def test_young_articles_are_those_kept_since_a_moment_for_the_first_time(place: Place) -> None:
    archive = Archive(place)
    for days, name in ((-40, "a"), (-1, "b"), (0, "c"), (20, "a"), (21, "d")):
        keep(archive, f"https://bao.vn/{name}.html", f"<p>{days}".encode(), fetched_at=DAWN + timedelta(days=days))
    young = Archive(place).first_kept_since("bao", DAWN)
    assert young == ["https://bao.vn/c.html", "https://bao.vn/d.html"]


def test_bytes_that_are_not_those_that_were_kept_are_refused(place: Place) -> None:
    archive = Archive(place)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    other = keep(archive, URL + "?2", b"<p>2", fetched_at=DAWN)
    assert entry is not None
    assert other is not None
    poke(place, entry.path.with_name(entry.file), archive.store.read(other.path.with_name(other.file)))
    with pytest.raises(ArchiveProblem, match="not the bytes that were kept"):
        archive.read(entry)


def test_a_sidecar_that_is_no_sidecar_is_named(place: Place) -> None:
    archive = Archive(place)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert entry is not None
    poke(place, entry.path, b"{}")
    with pytest.raises(ArchiveProblem, match=f"{entry.path.name}: not a sidecar"):
        Archive(place).entries("bao")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("file", "../../../../etc/passwd"),
        ("file", "/etc/passwd"),
        ("file", "..\\x.html.gz"),
        ("file", "a\0.html.gz"),
        ("file", "CON.html.gz"),
        ("file", "%2e%2e%2fx.html.gz"),
        ("file", f"{'a' * 5000}.html.gz"),
        ("file", ".."),
        ("file", 5),
        ("url", ["x"]),
        ("url", "http://["),
        ("url", "\ud800"),
        ("final_url", "http://["),
        ("headers", []),
        ("facts", {"published": 5}),
        ("status", "200"),
    ],
)
def test_a_sidecar_that_somebody_has_edited_leads_nowhere(place: Place, field: str, said: object) -> None:
    archive = Archive(place)
    entry = keep(archive, URL, b"<p>1", fetched_at=DAWN)
    assert entry is not None
    poke(place, entry.path, json.dumps(json.loads(archive.store.read(entry.path)) | {field: said}).encode())
    with pytest.raises(ArchiveProblem, match=rf"^.*{entry.path.name}: not a sidecar of the archive \(.*\)$"):
        Archive(place).entries("bao")


@given(st.text(max_size=200))
def test_no_address_leads_out_of_its_folder(tail: str) -> None:
    name = slug(f"https://bao.vn/{tail}")
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 80


def test_a_name_is_readable() -> None:
    assert slug("https://bao.vn/tin/Đạt-98%2C5-ở-Nha-Trang-a1.html") == "dat-98-5-o-nha-trang-a1-html"


def test_an_archive_that_is_not_there_yet_is_empty(place: Place) -> None:
    archive = Archive(place)
    assert (archive.sources(), archive.entries("bao"), archive.source_copy("bao")) == ([], [], None)
    keep(archive, URL, b"<p>1", fetched_at=DAWN)
    archive.keep_source("bao", b"name: Bao")
    assert (Archive(place).sources(), archive.source_copy("bao")) == (["bao"], b"name: Bao")


def test_a_source_is_listed_once_however_many_articles_it_has(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(bucket)
    for number in range(20):
        keep(archive, f"https://bao.vn/{number}.html", b"<p>1", fetched_at=DAWN)
    fs, _ = fsspec.url_to_fs(bucket)
    asked: list[str] = []
    for verb in ("find", "ls", "info", "exists"):
        real = getattr(type(fs), verb)
        monkeypatch.setattr(type(fs), verb, lambda *a, _v=verb, _r=real, **k: (asked.append(_v), _r(*a, **k))[1])
    assert len(Archive(bucket).entries("bao")) == 20
    assert asked == ["find"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("cloud://key:sec/ret@bucket/raw", "SOLIEU_RAW_URL cloud://***@bucket/raw: Install cloudfs to see clouds; "),
        ("cloud://me:sec%2Fret@host/raw", "SOLIEU_RAW_URL cloud://***@host/raw: Install cloudfs to see clouds; "),
        ("nowhere://bucket/raw", "SOLIEU_RAW_URL nowhere://bucket/raw: Protocol not known: nowhere; "),
    ],
)
def test_a_place_that_cannot_be_used_is_said_without_its_credentials(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = {"class": "cloudfs.CloudFileSystem", "err": "Install cloudfs to see clouds"}
    monkeypatch.setitem(known_implementations, "cloud", driver)
    with pytest.raises(SettingsProblem) as problem:
        Archive(url)
    mend = "s3://bucket/prefix needs the package s3fs, a folder is file:///srv/raw"
    assert str(problem.value) == said + mend
    assert "sec" not in repr(Settings(raw_url=SecretStr(url)))


def test_what_a_store_says_when_it_fails_is_one_line_without_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("Invalid bucket 'key:s3cret@bucket'\nwith more")

    archive = Archive("memory://key:s3cret@bucket/raw")
    fs, _ = fsspec.url_to_fs("memory://")
    monkeypatch.setattr(type(fs), "pipe_file", fail)
    with pytest.raises(ArchiveProblem) as problem:
        keep(archive, URL, b"<p>1", fetched_at=DAWN)
    where = r"memory://\*\*\*@bucket/raw/bao/2024/04/ty-le-dung-han-a1-html-[0-9a-f]{16}\.html\.gz"
    assert re.fullmatch(rf"{where}: cannot be written \(Invalid bucket '\*\*\*@bucket'\)", str(problem.value))
