"""Plots: what is drawn, in which words, and that no text of an article lives in them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.settings import Settings
from tests.points import ARTICLE, late, points, store
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["points", "settings"]


def words(svg: Path) -> list[str]:
    """All that is written on a picture."""
    return [node.text for node in ElementTree.fromstring(svg.read_text()).iter() if node.text and node.text.strip()]


def test_a_plot_tells_in_vietnamese_what_it_shows(points: Settings, tmp_path: Path) -> None:
    assert solieu("series", "--plot", tmp_path / "a.svg", "--measure", "level") == 0
    assert {
        *("Tỷ lệ hồ sơ trễ hạn, quá hạn", "giá trị (%)", "kỳ", "Thành phố Nha Trang (568)", "2023"),
        *("thực hiện", "mục tiêu", "thay đổi địa giới 01/07/2025"),
    } <= set(words(tmp_path / "a.svg"))


def test_words_are_left_out_and_counted(points: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("series", "--plot", tmp_path / "a.png", "--labels", "en") == 0
    assert capsys.readouterr().err == f"{tmp_path}/a.png: 5 points; in words and not drawn: 1\n"
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_derived_is_hollow_and_a_bound_has_its_sign(settings: Settings, tmp_path: Path) -> None:
    store(settings, ARTICLE, late(2022, "3.78", derived=True), late(2023, "2.61"), late(2024, "2", bound="lt"))
    assert solieu("series", "--plot", tmp_path / "a.svg", "--labels", "en") == 0
    nodes = list(ElementTree.fromstring((tmp_path / "a.svg").read_text()).iter())
    points = [node for node in nodes if node.get("aria-roledescription") == "point"]
    hollow = [
        "3.78 %" in str(node.get("aria-label")) for node in points if node.get("fill") in (None, "transparent", "none")
    ]
    assert (len(points), hollow) == (3, [True])
    assert "<" in words(tmp_path / "a.svg")


def test_no_title_is_alive_in_a_page_that_needs_no_network(points: Settings, tmp_path: Path) -> None:
    assert solieu("series", "--plot", tmp_path / "a.html") == 0
    page = (tmp_path / "a.html").read_text()
    assert "\\u003c/script>\\u003cb>" in page
    assert "</script><b>" not in page
    assert "<script src" not in page


def test_more_series_than_can_be_told_apart_are_refused(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [late(2023, "1", breakdown=(("part", str(number)),)) for number in range(25)]
    store(settings, ARTICLE, *parts)
    assert solieu("series", "--plot", tmp_path / "a.svg") == 2
    assert "25 series do not fit a plot of 24; ask for fewer" in capsys.readouterr().err
