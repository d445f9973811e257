"""Nights whose archive is an object store: fsspec's own in memory, with credentials that nobody may see."""

from __future__ import annotations

import shutil
from pathlib import Path

import fsspec
import pytest
from sqlalchemy import text

from flows.export import rows_csv
from flows.nightly import night, plain_steps
from flows.replay import replay
from flows.settings import Settings
from models.database import reading
from models.points import COLUMNS, series
from tests.sites import Site, desk_for, prefect_home, rates, settings, site, stored
from tests.test_cli import solieu

__all__ = ["prefect_home", "settings", "site"]
SECRET = "s3cr-et"


@pytest.fixture
def in_bucket(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same settings with the archive in an object store of this test's own."""
    monkeypatch.setenv("SOLIEU_RAW_URL", f"memory://key:{SECRET}@{tmp_path.name}/raw")
    return Settings()


def objects(settings: Settings) -> dict[str, bytes]:
    fs, root = fsspec.url_to_fs(str(settings.raw))
    return {path.removeprefix(root): fs.cat_file(path) for path in fs.find(root)}


def test_a_night_a_second_night_and_a_replay(site: Site, in_bucket: Settings) -> None:
    site.article("a", "1,5")
    site.article("b", "1,8")
    site.list_articles("a", "b")
    first = night(desk_for(in_bucket), plain_steps(desk_for(in_bucket)))
    assert first.headline() == "1 of 1 sources: 2 new, 0 changed, 2 figures added, 0 withdrawn"
    kept = objects(in_bucket)
    assert (len(kept), "/bao/source.yml" in kept, in_bucket.raw_dir.exists()) == (6, True, False)
    site.take_down("b")
    second = night(desk_for(in_bucket), plain_steps(desk_for(in_bucket)))
    assert second.headline() == "1 of 1 sources: 0 new, 0 changed, 1 retracted, 0 figures added, 1 withdrawn"
    assert objects(in_bucket).items() > kept.items()
    points = rows_csv(series(stored(in_bucket)), COLUMNS)
    shutil.rmtree(in_bucket.data_dir / "db")
    assert replay(desk_for(in_bucket)).ok
    assert rates(stored(in_bucket)) == ["2023 1.5 of 1 in Kết quả giải quyết hồ sơ a"]
    assert rows_csv(series(stored(in_bucket)), COLUMNS) == points


def test_a_store_that_fails_costs_the_source_and_shows_no_credentials(
    site: Site,
    in_bucket: Settings,
    prefect_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> bytes:
        raise ConnectionError(f"no way to key:{SECRET}@host")

    site.article("a", "1,5")
    site.list_articles("a")
    fs, _ = fsspec.url_to_fs("memory://")
    monkeypatch.setattr(type(fs), "pipe_file", fail)
    assert solieu("nightly") == 1
    said = "".join(capsys.readouterr())
    assert "cannot be written (no way to ***@host)" in said
    with reading(stored(in_bucket)) as conn:
        ledger = "".join(
            map(str, [*conn.execute(text("SELECT * FROM run")), *conn.execute(text("SELECT * FROM run_source"))])
        )
    assert "cannot be written" in ledger
    assert SECRET not in said + ledger


def test_a_file_given_by_hand_goes_into_the_store(
    site: Site, in_bucket: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "bai.txt"
    page.write_text("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo của văn phòng tỉnh.")
    assert solieu("run", page) == 0
    assert "added 1" in capsys.readouterr().out
    assert [Path(name).parts[1] for name in objects(in_bucket)] == ["adhoc", "adhoc"]
    with reading(stored(in_bucket)) as conn:
        (kept,) = conn.scalars(text("SELECT archive_path FROM claims"))
    assert f"/{kept}" in objects(in_bucket)


def test_a_place_that_cannot_be_used_is_one_line(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOLIEU_RAW_URL", f"nowhere://key:{SECRET}@bucket")
    for command in ("replay", "nightly"):
        assert solieu(command) == 1
        assert capsys.readouterr().err.startswith("solieu: SOLIEU_RAW_URL nowhere://***@bucket: Protocol not known")
