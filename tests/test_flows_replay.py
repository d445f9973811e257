"""A replay reads what could be read otherwise now, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.articles import fill
from flows.archive import Archive
from flows.desk import desk_with
from flows.replay import replay
from flows.settings import Settings
from models.points import counts
from tests.sites import settings, stored

__all__ = ["settings"]

LABEL = """\
- label: hồ sơ để quá ngày
  into: dossier.late_rate
  reason: the same by another name
  date: 2026-11-20
"""


@pytest.fixture
def kept(settings: Settings) -> Settings:
    """Three articles lie in the archive."""
    fill(Archive(settings.raw_dir), 3)
    return settings


def read_by(settings: Settings) -> tuple[int, int, int]:
    """How many articles a replay read, found new, and found as they were."""
    report = replay(desk_with(settings, []))
    assert report.ok
    return report.total("read"), report.total("new"), report.total("unchanged")


def test_what_this_program_has_read_is_not_read_again(kept: Settings) -> None:
    assert read_by(kept) == (3, 3, 0)
    before = counts(stored(kept))
    assert read_by(kept) == (0, 0, 3)
    assert counts(stored(kept)) == before | {"run": 2, "run_source": 2}


def test_another_program_reads_everything(kept: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read_by(kept)
    monkeypatch.setattr("flows.desk.program", lambda: "another")
    assert read_by(kept) == (3, 0, 3)


def test_other_corrections_or_another_source_file_read_everything(kept: Settings) -> None:
    read_by(kept)
    kept.corrections_file.write_text(LABEL, "utf-8")
    assert read_by(kept) == (3, 0, 3)
    copy = Path(kept.raw_dir, "khanhhoa", "source.yml")
    copy.write_text(copy.read_text("utf-8") + "# looked at\n", "utf-8")
    assert read_by(kept) == (3, 0, 3)
    assert read_by(kept) == (0, 0, 3)


def test_an_article_of_an_older_program_is_read(kept: Settings) -> None:
    read_by(kept)
    with stored(kept).begin() as conn:
        conn.exec_driver_sql("UPDATE article_version SET read_by = '' WHERE id = 2")
    assert read_by(kept) == (1, 0, 3)
