"""The archive as WARC files, out and in: ours without loss, other tools' by the sources, hostile ones refused."""

from __future__ import annotations

import gzip
import json
import shutil
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.archive import Archive, Entry
from flows.entries import sidecar_of
from flows.export import rows_csv
from flows.nightly import night, plain_steps
from flows.replay import replay
from flows.settings import Settings
from models.points import COLUMNS, series
from tests.sites import HOST, Site, desk_for, settings, site, stored
from tests.test_cli import solieu
from tests.test_flows_archive import files_of

__all__ = ["settings", "site"]
PAGE = "<p>Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo.</p>".encode()
DAY = "2024-04-19T02:00:00Z"
READ = "; `solieu replay` reads them\n"
Said = pytest.CaptureFixture[str]
Named = dict[str, str]


def tree(root: Path) -> dict[str, bytes]:
    """Every file of an archive by its name in it, but for what waits, which is no page that came."""
    files = [p for p in sorted(root.rglob("*")) if p.is_file() and p.name != "waiting.json"]
    return {str(p.relative_to(root)): p.read_bytes() for p in files}


@pytest.fixture
def nights(site: Site, settings: Settings) -> Settings:
    """The settings of an archive with two articles, one of which changed and one of which is gone."""
    for name, rate in (("a", "1,5"), ("b", "1,8")):
        site.article(name, rate)
    site.list_articles("a", "b")
    night(desk_for(settings), plain_steps(desk_for(settings)))
    site.article("a", "2,5")
    site.take_down("b")
    night(desk_for(settings), plain_steps(desk_for(settings)))
    return settings


@pytest.fixture
def elsewhere(nights: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of another machine, for commands too."""
    monkeypatch.setenv("SOLIEU_DATA_DIR", str(tmp_path / "elsewhere"))
    return Settings()


def warc(path: Path, *records: tuple[str, str, bytes, Named], status: str = "200 OK", **http: str) -> Path:
    """A WARC file of another tool: type, address, body and WARC headers of each record."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for kind, url, body, headers in records:
            said = [("Content-Type", "text/html"), *((k.replace("_", "-"), v) for k, v in http.items())]
            answer = StatusAndHeaders(status, said, "HTTP/1.1") if kind == "response" else None
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    BytesIO(body),
                    len(body),
                    warc_headers_dict={"WARC-Date": DAY, **headers},
                    http_headers=answer,
                )
            )
    return path


def response(name: str, body: bytes = PAGE, **headers: str) -> tuple[str, str, bytes, Named]:
    return ("response", f"{HOST}/{name}.html", body, headers)


def test_an_archive_goes_elsewhere_and_gives_the_same_series(
    nights: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    file, again = tmp_path / "all.warc.gz", tmp_path / "again.warc.gz"
    assert solieu("archive", "export", file) == 0
    assert capsys.readouterr().out == f"{file}: 4 responses, 1 of them of articles that are gone\n"
    points = rows_csv(series(stored(nights)), COLUMNS)
    monkeypatch.setenv("SOLIEU_DATA_DIR", str(tmp_path / "elsewhere"))
    assert solieu("archive", "import", file) == 0
    assert capsys.readouterr().out == f"4 responses kept, 0 there already{READ}"
    there = Settings()
    assert tree(there.raw_dir) == tree(nights.raw_dir)
    shutil.rmtree(tmp_path / "sources")
    (tmp_path / "sources").mkdir()
    assert replay(desk_for(there)).ok
    assert rows_csv(series(stored(there)), COLUMNS) == points
    assert solieu("archive", "import", file, file) == 0
    assert capsys.readouterr().out == "0 responses kept, 8 there already\n"
    assert tree(there.raw_dir) == tree(nights.raw_dir)
    assert solieu("archive", "export", again) == 0
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("name", ["all.warc", "all.warc.gz"])
def test_what_is_written_is_a_whole_warc_of_version_1_1(nights: Settings, tmp_path: Path, name: str) -> None:
    assert solieu("archive", "export", tmp_path / name) == 0
    assert Checker(SimpleNamespace(inputs=[str(tmp_path / name)], verbose=False)).process_all() == 0
    with (tmp_path / name).open("rb") as file:
        records = [
            (
                r.rec_headers.protocol,
                r.rec_type,
                r.http_headers and r.http_headers.statusline,
                r.content_stream().read(),
            )
            for r in ArchiveIterator(file)
        ]
    assert {version for version, *_ in records} == {"WARC/1.1"}
    kinds = ["warcinfo", "resource", *["metadata", "response"] * 4]
    assert [kind for _, kind, *_ in records] == kinds
    assert sorted((status, bool(body)) for _, kind, status, body in records if kind == "response") == [
        ("200 OK", True),
        ("200 OK", True),
        ("200 OK", True),
        ("410 Gone", False),
    ]


def test_a_file_given_by_hand_is_no_answer_of_a_site(
    site: Site, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    page, file = tmp_path / "bai.txt", tmp_path / "all.warc"
    page.write_text("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo của văn phòng tỉnh.")
    assert solieu("run", page, "--published", "2024-01-12") == 0
    assert solieu("archive", "export", file) == 0
    with file.open("rb") as stream:
        assert [record.rec_type for record in ArchiveIterator(stream)] == ["warcinfo", "metadata", "resource"]
    monkeypatch.setenv("SOLIEU_RAW_URL", f"memory://{tmp_path.name}/raw")
    assert solieu("archive", "import", file) == 0
    assert files_of(f"memory://{tmp_path.name}/raw") == files_of(settings.raw_dir)


def test_a_part_of_the_archive_by_source_and_day(site: Site, settings: Settings, tmp_path: Path, capsys: Said) -> None:
    made = warc(tmp_path / "x.warc", response("a"), response("b", **{"WARC-Date": "2024-05-01T00:00:00Z"}))
    assert solieu("archive", "import", made) == 0
    parts = {
        "since": ("--since", "2024-04-20"),
        "until": ("--until", "2024-04-19"),
        "both": ("--source", "bao", "--since", "2024-04-19", "--until", "2024-05-01"),
    }
    capsys.readouterr()
    for name, words in parts.items():
        assert solieu("archive", "export", tmp_path / f"{name}.warc", *words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.rpartition("/")[2] for line in lines] == [
        "since.warc: 1 responses",
        "until.warc: 1 responses",
        "both.warc: 2 responses",
    ]
    assert solieu("archive", "export", tmp_path / "none.warc", "--since", "2030-01-01") == 1
    assert "none.warc: not written: the archive has nothing of that source and time" in capsys.readouterr().err
    assert not (tmp_path / "none.warc").exists()
    assert solieu("archive", "export", tmp_path / "none.warc", "--source", "khac") == 2
    assert "no source khac in the archive; there are: bao" in capsys.readouterr().err
    for wrong in ("both.warc", "x.zip", "no/folder.warc"):
        assert solieu("archive", "export", tmp_path / wrong) == 2


def test_a_damaged_page_is_named_and_the_others_are_exported(nights: Settings, tmp_path: Path, capsys: Said) -> None:
    page = next(nights.raw_dir.rglob("a-html-*.html.gz"))
    page.write_bytes(gzip.compress(b"<p>other"))
    assert solieu("archive", "export", tmp_path / "all.warc") == 1
    said = capsys.readouterr()
    assert said.out.endswith("all.warc: 3 responses, 1 of them of articles that are gone\n")
    assert f"{page.name}: not the bytes that were kept" in said.err


def test_other_tools_pages_go_to_the_source_that_they_fit(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said
) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    files = [
        warc(tmp_path / "plain.warc", response("a"), ("request", f"{HOST}/a.html", b"GET / HTTP/1.1\r\n\r\n", {})),
        warc(tmp_path / "gzip.warc.gz", response("b", packed), Content_Encoding="gzip", ETag='"1"'),
        warc(
            tmp_path / "chunked.warc.gz",
            response("c", chunked),
            response("d"),
            Content_Encoding="GZip",
            Transfer_Encoding="Chunked",
        ),
        warc(tmp_path / "deflate.warc", response("e", zlib.compress(PAGE)[2:-4]), Content_Encoding="deflate"),
        warc(tmp_path / "resource.warc", ("resource", f"{HOST}/f.html#top", PAGE, {"Content-Type": "text/html"})),
        warc(tmp_path / "gone.warc", response("g"), status="404 Not Found"),
        warc(
            tmp_path / "rest.warc.gz",
            ("response", "https://other.example/a.html", PAGE, {}),
            ("response", f"{HOST}/tin/", PAGE, {}),
            response("h", b" "),
            ("revisit", f"{HOST}/a.html", b"", {}),
            ("resource", f"{HOST}/i.html", b"x", {"Content-Type": "image/png"}),
            ("metadata", f"{HOST}/a.html", b"a: b\r\n", {}),
            ("response", "dns:bao.example", b"x", {"Content-Type": "text/dns"}),
        ),
    ]
    assert solieu("archive", "import", *files) == 0
    said = capsys.readouterr()
    assert said.out.startswith("6 responses kept, 0 there already, 9 skipped (2 belong to no source, ")
    for why in ("1 request", "1 revisit", "1 answered 404", "1 empty", "1 neither HTML", "1 metadata", "1 no web page"):
        assert why in said.out
    entries = {entry.url: entry for entry in Archive(settings.raw).entries("bao")}
    assert sorted(entries) == [f"{HOST}/{name}.html" for name in "abcdef"]
    assert {Archive(settings.raw).read(entry) for entry in entries.values()} == {PAGE}
    assert entries[f"{HOST}/b.html"].headers == {"content-type": "text/html", "etag": '"1"'}
    assert {entry.fetched_at.isoformat() for entry in entries.values()} == {"2024-04-19T02:00:00+00:00"}
    before = tree(settings.raw_dir)
    assert solieu("archive", "import", *reversed(files)) == 0
    assert capsys.readouterr().out.startswith("0 responses kept, 6 there already, 9 skipped (")
    assert tree(settings.raw_dir) == before


def test_versions_of_a_page_come_in_any_order_and_once(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said
) -> None:
    days = ["2024-04-03T00:00:00Z", "2024-04-01T00:00:00Z", "2024-04-02T00:00:00.5Z", "2024-04-02T00:00:00.5Z"]
    pages = zip((b"<p>1", b"<p>1", b"<p>2", b"<p>3"), days, strict=True)
    file = warc(tmp_path / "x.warc", *(response("a", body, **{"WARC-Date": day}) for body, day in pages))
    for kept in (4, 0, 0):
        assert solieu("archive", "import", file) == 0
        assert capsys.readouterr().out.startswith(f"{kept} responses kept, {4 - kept} there already")
    archive = Archive(settings.raw)
    assert sorted(map(archive.read, archive.entries("bao"))) == [b"<p>1", b"<p>1", b"<p>2", b"<p>3"]


def test_pages_may_be_said_to_be_a_sources(site: Site, settings: Settings, tmp_path: Path, capsys: Said) -> None:
    file = warc(
        tmp_path / "x.warc",
        ("response", "https://mirror.example/tin-1", PAGE, {}),
        ("response", "https://mirror.example/robots.txt", PAGE, {}),
    )
    assert solieu("archive", "import", file) == 0
    assert capsys.readouterr().out == "0 responses kept, 0 there already, 2 skipped (2 belong to no source)\n"
    assert solieu("archive", "import", file, "--source", "bao") == 0
    assert capsys.readouterr().out == f"1 responses kept, 0 there already, 1 skipped (1 belong to no source){READ}"
    assert solieu("archive", "import", file, "--source", "khac") == 2
    assert "no source khac" in capsys.readouterr().err


def test_a_page_that_fits_two_sources_is_given_to_none(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said
) -> None:
    site.source("hai")
    file = warc(tmp_path / "x.warc", response("a"))
    assert solieu("archive", "import", file) == 0
    assert "1 skipped (1 fit bao and hai (--source decides))" in capsys.readouterr().out
    assert solieu("archive", "import", file, "--source", "hai") == 0
    assert Archive(settings.raw).sources() == ["hai"]


def own(settings: Settings, name: str | None = None, **fields: object) -> list[tuple[str, str, bytes, Named]]:
    """The records of one entry as we write them, with another name or other fields in its sidecar."""
    entry = _entry(settings)
    sidecar = json.dumps(json.loads(sidecar_of(entry)) | fields).encode()
    to = {"Solieu-Entry": name or str(entry.path), "WARC-Refers-To": "<urn:uuid:1>", "Content-Type": "application/json"}
    return [("metadata", entry.url, sidecar, to), response("a", **{"WARC-Record-ID": "<urn:uuid:1>"})]


def _entry(settings: Settings) -> Entry:
    moment = datetime.fromisoformat(DAY)
    return Archive(settings.raw).propose("bao", f"{HOST}/a.html", PAGE, fetched_at=moment)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("../x/2024/04/{name}", {}),
        ("/tmp/2024/04/{name}", {}),
        ("bao/../../{name}", {}),
        ("bao/2024/05/{name}", {}),
        ("bao/2024/04/other.json", {}),
        ("BAO x/2024/04/{name}", {}),
        (".", {}),
        (None, {"file": "../../x"}),
        (None, {"file": ""}),
        (None, {"sha256": "0" * 64}),
        (None, {"status": 500}),
        (None, {"status": "200"}),
        (None, {"url": ["x"]}),
        (None, {"url": "http://["}),
        (None, {"url": "\ud800"}),
        (None, {"headers": {"a": 1}}),
        (None, {"facts": []}),
        (None, {"fetched_at": "2024-04-19T02:00:00"}),
        (None, {"fetched_at": "0001-01-01T00:00:00+14:00"}),
        (None, {"path": "../x"}),
    ],
)
def test_a_sidecar_that_no_archive_wrote_is_refused(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said, name: str | None, fields: dict[str, object]
) -> None:
    name = name and name.format(name=_entry(settings).path.name)
    file = warc(tmp_path / "x.warc.gz", *own(settings, name, **fields), response("b"))
    before = set(tmp_path.rglob("*"))
    assert solieu("archive", "import", file) == 1
    said = capsys.readouterr()
    assert said.out == f"1 responses kept, 0 there already{READ}"
    assert said.err.startswith(f"solieu: {file}: <urn:uuid:1> {HOST}/a.html: ")
    assert len(said.err.splitlines()) == 1
    new = {str(p.relative_to(tmp_path)) for p in set(tmp_path.rglob("*")) - before if p.is_file()}
    assert {Path(p).name.partition("-")[0] for p in new} == {"b"}
    assert all(p.startswith("data/raw/bao/2024/04/") for p in new)


def test_the_same_entry_is_whole_and_is_kept(site: Site, settings: Settings, tmp_path: Path) -> None:
    assert solieu("archive", "import", warc(tmp_path / "x.warc.gz", *own(settings))) == 0
    assert Archive(settings.raw).entries("bao") == [_entry(settings)]


@pytest.mark.parametrize("source", ["../x", "", "a/b", "bao"])
def test_a_source_that_is_none_is_refused(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said, source: str
) -> None:
    file = warc(tmp_path / "x.warc", ("resource", "urn:x", b"name: only", {"Solieu-Source": source}))
    assert solieu("archive", "import", file) == 1
    assert "no id of a source" in (said := capsys.readouterr().err) or "bao/source.yml: " in said
    assert not settings.raw_dir.exists()


def whole(tmp_path: Path, name: str) -> Path:
    """A file of three pages."""
    bodies = [b"<p>%d %s" % (n, PAGE * 40) for n in range(3)]
    return warc(tmp_path / name, *(response(f"a{n}", body) for n, body in enumerate(bodies)))


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_of_a_file_that_breaks_off_what_is_whole_is_kept(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said, name: str
) -> None:
    file = whole(tmp_path, name)
    data = file.read_bytes()
    for length in sorted({1, 5, 9, 15, 30, *range(60, len(data) - 4, len(data) // 20), len(data) - 5}):
        shutil.rmtree(settings.data_dir, ignore_errors=True)
        file.write_bytes(data[:length])
        assert solieu("archive", "import", file) in (0, 1)
        said = capsys.readouterr()
        kept = [Archive(settings.raw).read(entry) for entry in Archive(settings.raw).entries("bao")]
        assert all(body.endswith(PAGE * 40) for body in kept)
        assert len(kept) == 3 or said.err.startswith(f"solieu: {file}: "), length
        assert len(said.err.splitlines()) <= 1


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_of_a_file_with_wrong_bytes_nothing_wrong_is_kept(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said, name: str
) -> None:
    file = whole(tmp_path, name)
    data = file.read_bytes()
    good = {b"<p>%d %s" % (n, PAGE * 40) for n in range(3)}
    for at in range(3, len(data), len(data) // 30):
        shutil.rmtree(settings.data_dir, ignore_errors=True)
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :])
        assert solieu("archive", "import", file) in (0, 1)
        said = capsys.readouterr()
        kept = {Archive(settings.raw).read(entry) for entry in Archive(settings.raw).entries("bao")}
        assert kept <= good, at
        assert len(kept) == 3 or said.err or "skipped" in said.out, at


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty.warc": (b"", "an empty file, no WARC"),
    "page.warc": (PAGE, "not a WARC file"),
    "page.warc.gz": (gzip.compress(PAGE), "not a WARC file"),
    "zeros.warc": (b"\0" * 100, "not a WARC file"),
    "no-length.warc": (b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n", "without its length"),
    "arc.warc": (b"filedesc://x.arc 0.0.0.0 20240101000000 text/plain 8\n1 0 Tool\n\n\n", "an ARC file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_warc_is_named_and_the_other_files_are_read(
    site: Site, settings: Settings, tmp_path: Path, capsys: Said, name: str
) -> None:
    data, why = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    assert solieu("archive", "import", tmp_path / name, warc(tmp_path / "good.warc", response("a"))) == 1
    said = capsys.readouterr()
    assert said.out == f"1 responses kept, 0 there already{READ}"
    assert said.err.startswith(f"solieu: {tmp_path / name}: ")
    assert why in said.err
    assert len(said.err.splitlines()) == 1
    assert solieu("archive", "import", tmp_path / "none.warc", tmp_path / name) == 2
    assert f"{tmp_path / 'none.warc'}: no such file" in capsys.readouterr().err
    assert solieu("archive", "import", tmp_path) == 1
    assert capsys.readouterr().err == f"solieu: {tmp_path}: a folder, no WARC\n"


def bodies() -> Iterator[tuple[str, bytes, Named, Named]]:
    """Pages that cannot be kept: what is said, the body as sent, HTTP headers, WARC headers."""
    packed = gzip.compress(PAGE * 200)
    yield "more than 2000 bytes", b"<p>" + b"x" * 2000, {}, {}
    yield "more than 2000 bytes", gzip.compress(b"0" * 10_000_000), {"Content-Encoding": "gzip"}, {}
    yield "a gzip body that is not whole", packed[: len(packed) // 2], {"Content-Encoding": "gzip"}, {}
    yield "packed as zstd", b"x", {"Content-Encoding": "zstd"}, {}
    yield "a chunked body that is not whole", b"50\r\n<p>", {"Transfer-Encoding": "chunked"}, {}
    yield "WARC-Truncated: length", PAGE, {}, {"WARC-Truncated": "length"}
    yield "WARC-Date 'x' is no moment", PAGE, {}, {"WARC-Date": "x"}


@pytest.mark.parametrize(("why", "body", "http", "headers"), list(bodies()))
def test_an_article_that_cannot_be_kept_is_named(
    site: Site,
    settings: Settings,
    tmp_path: Path,
    capsys: Said,
    why: str,
    body: bytes,
    http: Named,
    headers: Named,
) -> None:
    site.source(polite={"max_bytes": 2000})
    assert solieu("archive", "import", warc(tmp_path / "x.warc", response("a", body, **headers), **http)) == 1
    said = capsys.readouterr()
    assert said.out == "0 responses kept, 0 there already\n"
    assert f" {HOST}/a.html: {why}" in said.err or f" {HOST}/a.html: cut off when it was collected ({why}" in said.err
    assert not settings.raw_dir.exists()


def test_nothing_of_an_address_leads_out_of_the_archive(site: Site, settings: Settings, tmp_path: Path) -> None:
    site.source(article="")
    urls = [
        f"{HOST}/../../x",
        f"{HOST}/%2e%2e/%2e%2e/y.html",
        f"{HOST}/..%2f..%2fz?a=../../b",
        "http://[",
        "http://a\x1b[",
    ]
    before = set(tmp_path.rglob("*"))
    file = warc(tmp_path / "x.warc", *(("response", url, PAGE, {}) for url in urls))
    assert solieu("archive", "import", file, "--source", "bao") in (0, 1)
    new = {p.relative_to(tmp_path) for p in set(tmp_path.rglob("*")) - before if p.is_file()} - {Path("x.warc")}
    assert {str(p.parent) for p in new} == {"data/raw/bao/2024/04"}
    assert len(new) == 6
