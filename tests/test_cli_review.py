"""What a person is shown of a reading: why each figure was taken or left, and what waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["settings"]

TEXT = """Nha Trang: Kết quả giải quyết hồ sơ
08:30, 12/01/2024
Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%. Thành phố mở 3 lớp tập huấn và 4 lớp tập huấn.
"""


@pytest.fixture
def article(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "sources").mkdir(exist_ok=True)
    path = tmp_path / "bai.txt"
    path.write_text(TEXT)
    return path


def test_nothing_waits_before_anything_was_read(
    article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("db", "upgrade") == 0
    assert solieu("review") == 0
    assert capsys.readouterr().err == "nothing waits\n"


def test_what_waits_is_grouped_for_people_and_listed_for_programs(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solieu("run", article)
    capsys.readouterr()
    assert solieu("review", "--why", "unnamed") == 0
    heads, row = (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    assert heads == "why label unit figures articles for example in"
    assert row.startswith("unnamed lớp tập huấn count 2 1 3 lớp tập huấn ")
    assert solieu("review", "--format", "json") == 0
    waiting = json.loads(capsys.readouterr().out)
    assert [(one["why"], one["label"], one["quote"]) for one in waiting] == [
        ("unnamed", "lớp tập huấn", "3 lớp tập huấn"),
        ("unnamed", "lớp tập huấn", "4 lớp tập huấn"),
    ]


def test_a_reason_that_is_none_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("review", "--why", "doubt") == 2


def test_explain_tells_of_every_figure(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("extract", article, "--explain") == 0
    told = capsys.readouterr().out
    assert "'1,5%': percent: taken, confidence 0.9" in told
    assert "    locality   568                      explicit 'thành phố Nha Trang'\n" in told
    assert "'3 lớp tập huấn': count: left" in told
    assert solieu("extract", article, "--explain", "--format", "json") == 0
    (observation,) = json.loads(capsys.readouterr().out)["observations"]
    found = {one["slot"]: (one["how"], one["start"]) for one in observation["evidence"]}
    assert found["period"] == ("explicit", TEXT.index("Năm 2023"))
