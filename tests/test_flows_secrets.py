"""Nobody reads the operator's passwords: not on a screen, not in a file, not in a table, whatever a run fails at."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import fsspec
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from sqlalchemy import MetaData, create_engine, make_url, select

from flows.browse.metadata import metadata
from flows.nightly import keep_schedule, night, plain_steps
from flows.settings import Settings, read_settings
from models.database import reading
from tests.programs import COMMAND, environment
from tests.sites import Site, desk_for, prefect_home, settings, site, stored
from tests.test_cli import solieu

__all__ = ["prefect_home", "settings", "site"]

SECRET = "canary"
DEAD = f"postgresql://app:{SECRET}-db@127.0.0.1:9/solieu"
VERBS = (
    "replay",
    "sources",
    "sources check bao",
    "findings --format json",
    "review --list --format csv",
    "corrections --check",
    "db upgrade",
    "db info",
    "series --format csv",
    "series --out series.xlsx",
    "archive export out.warc.gz",
    "archive import out.warc.gz",
    "run page.txt",
    "extract page.txt --format json",
    "browse",
)
WITHOUT_DATABASE = ("nightly", "replay", "sources", "findings", "db upgrade", "series", "report", "run page.txt")


@pytest.fixture
def secrets(
    settings: Settings,
    prefect_home: Path,
    site: Site,
    postgres_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """A database and an archive that only open with a password, and a source of two that does not answer."""
    site.article("a", "1,5")
    site.list_articles("a")
    site.source("chet", url="http://chet.example", served_at="http://127.0.0.1:9")
    url = make_url(postgres_url).set(username="app", password=f"{SECRET}-db").render_as_string(hide_password=False)
    monkeypatch.setenv("SOLIEU_DATABASE_URL", url)
    monkeypatch.setenv("SOLIEU_RAW_URL", f"memory://key:{SECRET}-raw@{tmp_path.name}/raw")
    monkeypatch.setenv("SOLIEU_REPORT", "en")
    monkeypatch.setenv("SOLIEU_TRACEBACK", "1")
    (tmp_path / "page.txt").write_text("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo.")
    return url


def by_prefect() -> str:
    """What a night says on the screen, with Prefect and its database."""
    env = environment(PREFECT_LOGGING_LEVEL="DEBUG")
    done = subprocess.run([*COMMAND, "nightly"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 1
    return done.stdout


def test_no_secret_is_written_anywhere(
    secrets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = [by_prefect()]
    assert "failed: bao, chet" in told[0]
    night(desk_for(read_settings()), plain_steps(desk_for(read_settings())))
    codes = {verb: solieu(*verb.split()) for verb in VERBS}
    # the processes that read have an archive in memory of their own
    assert {verb for verb, code in codes.items() if code} == {"sources", "browse", "replay"}
    monkeypatch.setenv("SOLIEU_DATABASE_URL", DEAD)
    assert {solieu(*verb.split()) for verb in WITHOUT_DATABASE} == {1}
    monkeypatch.setenv("SOLIEU_DATABASE_URL", secrets)
    monkeypatch.setenv("SOLIEU_RAW_URL", f"nowhere://key:{SECRET}@box/raw")
    assert {solieu(verb) for verb in ("replay", "report")} == {1}
    told += [*capfd.readouterr(), json.dumps(metadata(stored(Settings())))]
    assert [text for text in told if SECRET in text] == []
    assert [str(file) for file in tmp_path.rglob("*") if file.is_file() and SECRET in bytes_of(file)] == []
    assert SECRET not in everything_in(secrets) + "".join(map(str, objects(tmp_path.name)))


def test_a_schedule_says_where_prefect_is_without_what_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("flows.nightly.serve", lambda *_, **__: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with temporary_settings({PREFECT_API_URL: f"https://op:{SECRET}@prefect.example/api"}):
        keep_schedule(Settings(data_dir=tmp_path), said.append)
    assert said == ["nightly at '0 2 * * *' Asia/Ho_Chi_Minh; Prefect: https://***@prefect.example; Ctrl-C ends it"]


def bytes_of(file: Path) -> str:
    data = file.read_bytes()
    if file.suffix == ".gz":
        data = gzip.decompress(data)
    return data.decode("latin-1")


def everything_in(url: str) -> str:
    """Every row of every table and view."""
    engine, tables = create_engine(make_url(url).set(drivername="postgresql+psycopg")), MetaData()
    with reading(engine) as conn:
        tables.reflect(conn, views=True)
        found = "".join(str(row) for table in tables.tables.values() for row in conn.execute(select(table)))
    engine.dispose()
    return found


def objects(box: str) -> list[bytes]:
    fs, root = fsspec.url_to_fs(f"memory://{box}/raw")
    return [fs.cat_file(path) for path in fs.find(root)]
