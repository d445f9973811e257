"""A full disk, a database that goes away: one line names the file, nothing is by half, and the next run mends it."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, event, make_url, text

from flows.archive import Archive, Entry
from flows.corrections.writing import append_correction
from flows.desk import Desk
from flows.nightly import night, plain_steps
from flows.pages.folder import MANIFEST, site_folder
from flows.problems import CorrectionsProblem, Problem
from flows.reading import Read
from flows.report import Report
from flows.settings import Settings
from models import DatabaseProblem, reading
from models.ledger import runs
from tests.points import points
from tests.programs import COMMAND
from tests.sites import Site, desk_for, rates, settings, site, stored
from tests.test_cli import solieu
from tests.test_flows_corrections_file import ENTRIES, WRITTEN

__all__ = ["points", "settings", "site"]


@pytest.fixture
def articles(site: Site) -> None:
    for name, rate in (("a", "1,5"), ("b", "1,6"), ("c", "1,7")):
        site.article(name, rate)
    site.list_articles("a", "b", "c")


@contextmanager
def full_disk(files: int = 0) -> Iterator[None]:
    """So many more files have room on the disk."""
    written, real = count(), os.fsync

    def sync(file: int) -> None:
        if next(written) >= files:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", sync)
        yield


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def one_night(desk: Desk) -> Report:
    return night(desk, plain_steps(desk))


def in_the_end(settings: Settings) -> None:
    """Run again, it is all there."""
    assert one_night(desk_for(settings)).ok
    archive = Archive(settings.raw)
    assert [archive.read(entry)[:6] for entry in archive.entries("bao")] == [b"<html>"] * 3
    (told,) = rates(stored(settings))
    assert told.startswith("2023 1.")
    assert "of 3 in" in told


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("files", range(6))
def test_a_full_archive_costs_the_source_and_nothing_is_there_by_half(files: int, settings: Settings) -> None:
    with full_disk(files):
        report = one_night(desk_for(settings))
    (line,) = report.mend
    assert line.startswith(f"bao: {settings.raw_dir}/bao/")
    assert line.endswith(": cannot be written (No space left on device): mend that and run it again")
    assert not any(name.startswith(".new-") for name in files_in(settings.raw_dir))
    assert report.total("added") == len(Archive(settings.raw).entries("bao")) == max(0, files - 1) // 2
    in_the_end(settings)


def test_a_full_database_ends_the_run_and_the_archive_has_what_came(
    site: Site, settings: Settings, articles: None
) -> None:
    long = (
        site.pages["/c.html"].get_data(as_text=True).replace("<p>", "<p>" + "Nha Trang có nhiều việc phải làm. " * 2000)
    )
    site.put("/c.html", long)
    desk = desk_for(settings)

    @event.listens_for(desk.engine, "begin")
    def full(conn: Connection) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count = {conn.exec_driver_sql('PRAGMA page_count').scalar_one()}")

    with pytest.raises(DatabaseProblem, match=r"solieu\.db: database or disk is full; check .* that the disk has room"):
        one_night(desk)
    assert len(Archive(settings.raw).entries("bao")) == 3
    with reading(stored(settings)) as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    in_the_end(settings)


def before_reading(desk: Desk, happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens when articles are in the archive and not yet in the database."""
    extract = desk.extract

    def after(articles: Sequence[Entry]) -> list[Read]:
        happens()
        return extract(articles)

    monkeypatch.setattr(desk, "extract", after)


@pytest.mark.usefixtures("articles")
def test_a_database_that_is_deleted_meanwhile_ends_the_run_and_nothing_is_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_for(settings)

    def lose() -> None:
        for file in (settings.data_dir / "db").glob("solieu.db*"):
            file.unlink()

    before_reading(desk, lose, monkeypatch)
    with pytest.raises(
        DatabaseProblem, match=r"solieu\.db: the file was deleted or replaced meanwhile; .* run it again"
    ):
        one_night(desk)
    in_the_end(settings)


@pytest.fixture
def server(postgres_url: str) -> Iterator[Callable[[bool], None]]:
    """Takes PostgreSQL's database away from everyone, and gives it back."""
    name = make_url(postgres_url).database
    engine = create_engine(make_url(postgres_url).set(database="postgres"), isolation_level="AUTOCOMMIT")

    def there(allowed: bool) -> None:
        with engine.connect() as conn:
            conn.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}"))
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            conn.execute(text(end), {"name": name})

    yield there
    engine.dispose()


@pytest.mark.usefixtures("articles")
def test_a_server_that_goes_away_ends_the_run_and_nothing_is_lost(
    settings: Settings, postgres_url: str, server: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = settings.model_copy(update={"database_url": SecretStr(postgres_url)})
    desk = desk_for(there)
    before_reading(desk, lambda: server(False), monkeypatch)
    with pytest.raises(
        DatabaseProblem, match=r"^postgresql\+psycopg://app@.*: .* not currently accepting connections$"
    ):
        one_night(desk)
    server(True)
    in_the_end(there)
    assert [run.state for run in runs(stored(there))] == ["done", "killed"]


def test_an_export_without_room_leaves_the_file_of_before(
    points: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.csv", "a.xlsx", "a.svg"):
        file, how = tmp_path / name, "--plot" if name.endswith("svg") else "--out"
        file.write_text("mine")
        with full_disk():
            assert solieu("series", "--indicator", "dossier.late_rate", how, file, "--force") == 1
        told = f"solieu: {file}: cannot be written (No space left on device): mend that and run it again\n"
        assert (capsys.readouterr().err, file.read_text()) == (told, "mine")
    assert not any(name.startswith(".new-") for name in files_in(tmp_path))


def test_an_output_without_room_is_told(points: Settings) -> None:
    command = [*COMMAND, "series", "--format", "csv"]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=env)
    told = "solieu: the output: cannot be written (No space left on device): mend that and run it again\n"
    assert (done.returncode, done.stderr) == (1, told)


@pytest.mark.parametrize("files", [0, 1, 2])
def test_a_report_without_room_is_ours_the_next_time(files: int, tmp_path: Path) -> None:
    def write(*names: str) -> None:
        with site_folder(tmp_path / "site") as pages:
            for name in names:
                pages.put(name, name)

    with pytest.raises(Problem, match=r"site: cannot be written \(No space left"), full_disk(files):
        write("a.html", "b.html")
    write("b.html")
    assert files_in(tmp_path / "site") >= {"b.html", MANIFEST}


def test_a_correction_without_room_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yml"
    file.write_text(WRITTEN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 5, limits[1]))
    try:
        with pytest.raises(CorrectionsProblem, match=r"corrections\.yml: cannot be written \(File too large\)"):
            append_correction(file, ENTRIES[0])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_text() == WRITTEN
