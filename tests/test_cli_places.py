"""What a person is told of places: their history, and what the territory of a unit had before."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Settings
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["settings"]

TEXT = """Khánh Hòa: Ngân sách trước và sau hợp nhất
08:30, 12/01/2026
Năm 2024, thu ngân sách nhà nước trên địa bàn tỉnh Khánh Hòa đạt 19.870 tỷ đồng, tỉnh Ninh Thuận đạt 4.310 tỷ đồng. \
Tỷ lệ hộ nghèo năm 2024 của tỉnh Khánh Hòa là 1,62%, của tỉnh Ninh Thuận là 3,08%.
Năm 2025, thu ngân sách nhà nước trên địa bàn tỉnh đạt 31.460 tỷ đồng.
"""


@pytest.fixture
def article(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "sources").mkdir(exist_ok=True)
    path = tmp_path / "bai.txt"
    path.write_text(TEXT)
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line.strip()]


def test_the_history_of_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("localities", "75@2025") == 0
    assert lines(capsys) == [
        "id name tier lies in valid",
        "75@2025 Thành phố Đồng Nai province Việt Nam 2025-07-01 to …",
        "id day decree",
        "75@2025 2025-07-01 takes over Tỉnh Bình Phước (70), Tỉnh Đồng Nai (75) 202/2025/QH15",
        "75@2025 2026-04-30 is called Thành phố Đồng Nai 30/2026/QH16",
    ]


def test_a_code_of_two_units_and_a_former_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("localities", "80") == 0
    assert [line.split()[0] for line in lines(capsys)[1:3]] == ["80", "80@2025"]
    assert solieu("localities", "thua thien hue") == 0
    assert "46 2025-01-01 is called Thành phố Huế 175/2024/QH15" in lines(capsys)


def test_what_became_of_a_district_that_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("localities", "413") == 0
    assert lines(capsys)[-1] == "413 2024-12-01 goes whole into Thành phố Vinh (412) 1243/NQ-UBTVQH15"


def test_the_territory_of_a_merged_province(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("run", article) == 0
    capsys.readouterr()
    assert solieu("territory", "Khánh Hòa") == 0
    assert lines(capsys) == [
        "place, indicator period what value parts",
        "Tỉnh Khánh Hòa (56@2025)",
        "budget.revenue 2024 24,180 bn VND 2",
        "budget.revenue 2025 31,460 bn VND 1",
    ]


def test_a_territory_of_which_nothing_adds_up(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solieu("run", article)
    capsys.readouterr()
    assert solieu("territory", "56@2025", "--indicator", "social.poverty_rate") == 0
    assert capsys.readouterr().err == "nothing adds up: every part needs a count or an amount for the same period\n"
    assert solieu("territory", "Xứ Trầm") == 2
    assert "no locality 'Xứ Trầm' in the database" in capsys.readouterr().err
