"""`solieu findings` as a person types it, over articles that contradict themselves and each other."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["settings"]

PLAN = """Nha Trang: Kế hoạch cải cách hành chính
08:30, 12/01/2023
Năm 2023, thành phố Nha Trang phấn đấu giảm tỷ lệ hồ sơ trễ hạn xuống dưới 0,5%.
"""
REPORT = """Nha Trang: Kết quả giải quyết hồ sơ
08:30, 12/01/2024
Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 0,8%; tỷ lệ hồ sơ đúng hạn đạt 98,2%.
"""


@pytest.fixture
def articles(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sources").mkdir(exist_ok=True)
    for name, text in {"plan.txt": PLAN, "report.txt": REPORT}.items():
        (tmp_path / name).write_text(text)
        assert solieu("run", tmp_path / name) == 0
    capsys.readouterr()


def test_nothing_is_found_where_nothing_was_read(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("findings") == 0
    assert capsys.readouterr() == ("", "nothing is found that does not add up\n")


def test_each_finding_is_a_paragraph(articles: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("findings") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "complement · Thành phố Nha Trang (568) · dossier.late_rate 2023",
        "  dossier.late_rate and dossier.on_time_rate make 99.0 %, not 100 %",
        "  on time and late should make 100 %",
    ]
    assert lines[3].startswith("    dossier.late_rate 2023: 0.8 %, '0,8%' in adhoc 2024-01-12 file://")
    assert lines[5:8] == [
        "target_vs_actual · Thành phố Nha Trang (568) · dossier.late_rate 2023",
        "  target under 0.5 %, actual 0.8 %: missed by 0.3 percentage points",
        "  a notice: what was aimed at, and what came of it",
    ]
    assert len(lines) == 10


def test_programs_get_a_row_a_claim_or_a_tree(articles: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("findings", "--check", "target_vs_actual", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    shown = ("finding", "check", "status", "bound", "value_text", "quote", "published")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("1", "target_vs_actual", "target", "lt", "0.5", "dưới 0,5%", "2023-01-12"),
        ("1", "target_vs_actual", "actual", "eq", "0.8", "0,8%", "2024-01-12"),
    ]
    assert solieu("findings", "--indicator", "dossier.on_time_rate", "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["check"], found["title"]) == ("complement", "Nha Trang: Kết quả giải quyết hồ sơ")
    assert [(c["indicator"], c["value"], c["quote"]) for c in found["claims"]] == [
        ("dossier.late_rate", 0.8, "0,8%"),
        ("dossier.on_time_rate", 98.2, "98,2%"),
    ]


@pytest.mark.parametrize("wrong", [("--check", "jmp"), ("--locality", "Nha Tràng"), ("--indicator", "late")])
def test_a_word_that_is_none_is_refused(articles: None, wrong: tuple[str, str]) -> None:
    assert solieu("findings", *wrong) == 2
