"""`solieu series` as an analyst types it: tables, files that are read back, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from flows.settings import Settings
from tests.points import ARTICLE, TITLE, late, points, store
from tests.sites import settings
from tests.test_cli import solieu

__all__ = ["points", "settings"]


def printed(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    assert solieu("series", *words) == 0
    return capsys.readouterr().out


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_table_has_a_sparkline_for_three_points_and_more(
    points: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lines(printed(capsys)) == [
        "place, indicator period what value published source trend",
        "Thành phố Nha Trang (568), ends 2025-06-30: divided among 4 units",
        "dossier.late_rate 2022 change -0.27 pp 2024-01-15 baomau",
        "dossier.late_rate 2021 2.35 % 2024-01-15 baomau",
        "dossier.late_rate 2022 2.08 % 2024-01-15 baomau",
        "dossier.late_rate 2023 0.9 % 2024-01-15 baomau █▆▁",
        "dossier.late_rate 2023 target <0.5 % 2024-01-15 baomau",
        "par.index 2022 rating Khá 2024-01-15 baomau",
    ]


def test_what_was_put_right_is_told_beside_the_point(points: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    why = "value 2.08 → 2.8: told by telephone (2026-11-20)"
    store(points, ARTICLE, late(2022, "2.8", correction=why), late(2023, "0.9"))
    assert lines(printed(capsys)) == [
        "place, indicator period what value published source correction",
        "Thành phố Nha Trang (568), ends 2025-06-30: divided among 4 units",
        f"dossier.late_rate 2022 2.8 % 2024-01-15 baomau {why}",
        "dossier.late_rate 2023 0.9 % 2024-01-15 baomau",
    ]
    assert [row["correction"] for row in json.loads(printed(capsys, "--format", "json"))] == [why, ""]
    assert list(csv.reader(io.StringIO(printed(capsys, "--wide", "--format", "csv")))) == [
        [*HEADS, "dossier.late_rate (percent)", "dossier.late_rate (percent): correction"],
        ["568", "Thành phố Nha Trang", "2022", "2022-01-01/2022-12-31", "2.8", why],
        ["568", "Thành phố Nha Trang", "2023", "2023-01-01/2023-12-31", "0.9", ""],
    ]


def test_a_table_in_vietnamese(points: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(printed(capsys, "--labels", "vi", "--decimal", ",", "--measure", "change")) == [
        "địa phương, chỉ tiêu kỳ loại số liệu giá trị ngày đăng nguồn",
        "Thành phố Nha Trang (568), ends 2025-06-30: divided among 4 units",
        "Tỷ lệ hồ sơ trễ hạn, quá hạn 2022 mức tăng giảm -0,27 điểm phần trăm 2024-01-15 baomau",
    ]


HEADS = ["locality", "locality_name", "time_period", "period"]
WIDE = [
    ["568", "Thành phố Nha Trang", "2021", "2021-01-01/2021-12-31", "", "2.35", "", "", ""],
    ["568", "Thành phố Nha Trang", "2022", "2022-01-01/2022-12-31", "-0.27", "2.08", "", "", "Khá"],
    ["568", "Thành phố Nha Trang", "2023", "2023-01-01/2023-12-31", "", "0.9", "0.5", "lt", ""],
]


def test_wide_is_a_row_a_year_and_a_column_an_indicator(points: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    heads, *rows = csv.reader(io.StringIO(printed(capsys, "--wide", "--format", "csv")))
    assert heads == [
        *("locality", "locality_name", "time_period", "period"),
        "dossier.late_rate, change, year_before (pp)",
        "dossier.late_rate (percent)",
        "dossier.late_rate, target (percent)",
        "dossier.late_rate, target (percent): bound",
        "par.index, rating (rating)",
    ]
    assert rows == WIDE
    last = json.loads(printed(capsys, "--wide", "--format", "json", "--labels", "vi"))[-1]
    assert last["Tỷ lệ hồ sơ trễ hạn, quá hạn, mục tiêu (%)"] == 0.5
    assert last["Tỷ lệ hồ sơ trễ hạn, quá hạn, mục tiêu (%): mức độ chính xác"] == "dưới"
    assert "2.35" in printed(capsys, "--wide")


def test_csv_for_a_vietnamese_spreadsheet(points: Settings, tmp_path: Path) -> None:
    file = tmp_path / "nha-trang.csv"
    assert solieu("series", "--out", file, "--decimal", ",", "--bom", "--labels", "vi") == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfm\xc3\xa3")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))
    names = ("chỉ tiêu", "cách đo", "tình trạng", "giá trị", "giá trị chính xác", "đơn vị", "bài báo")
    assert [rows[0][name] for name in names] == [
        *("Tỷ lệ hồ sơ trễ hạn, quá hạn", "mức tăng giảm", "thực hiện", "-0,27", "-0,27", "điểm phần trăm"),
        f"'{TITLE}",
    ]
    frame = pd.read_csv(file, sep=";", decimal=",", encoding="utf-8-sig")
    assert list(frame["giá trị"].dropna()) == [-0.27, 2.35, 2.08, 0.9, 0.5]


@pytest.mark.parametrize("title", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_title_runs_in_a_spreadsheet(
    title: str, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store(settings, replace(ARTICLE, title=title), late(2023, "-0.27"))
    (row,) = csv.DictReader(io.StringIO(printed(capsys, "--format", "csv"), newline=""))
    assert row["title"][0] in "' "
    assert row["value"] == "-0.27"
    assert solieu("series", "--out", tmp_path / "a.xlsx") == 0
    heads, cells = openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    (cell,) = (c for head, c in zip(heads, cells, strict=True) if head.value == "title")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    (cell,) = (c for head, c in zip(heads, cells, strict=True) if head.value == "value")
    assert (cell.data_type, cell.value) == ("n", -0.27)


def test_a_workbook_has_numbers_days_and_words(points: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert solieu("series", "--out", file, "--status", "target") == 0
    heads, row = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    point = dict(zip(heads, row, strict=True))
    assert {name: point[name] for name in ("locality", "time_period", "value", "value_text", "bound", "title")} == {
        "locality": "568",
        "time_period": "2023",
        "value": 0.5,
        "value_text": "0.5",
        "bound": "lt",
        "title": TITLE,
    }
    assert (point["published"], point["locality_valid_to"]) == (datetime(2024, 1, 15), datetime(2025, 6, 30))
    assert solieu("series", "--out", file, "--force", "--wide") == 0
    _, *rows = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    assert [["" if cell is None else str(cell) for cell in row] for row in rows] == WIDE


def test_parquet_is_read_back_with_its_types(points: Settings, tmp_path: Path) -> None:
    long, wide = tmp_path / "a.parquet", tmp_path / "wide.parquet"
    assert solieu("series", "--out", long, "--locality", "Nha Trang") == 0
    frame = pd.read_parquet(long)
    assert list(frame["value_text"]) == ["-0.27", "2.35", "2.08", "0.9", "0.5", "Khá"]
    assert [str(frame[name].dtype) for name in ("value", "period_start", "published", "indicator")] == [
        *("float64", "datetime64[us]", "datetime64[us]", "category"),
    ]
    assert solieu("series", "--out", wide, "--wide") == 0
    assert list(pd.read_parquet(wide)["dossier.late_rate (percent)"]) == [2.35, 2.08, 0.9]


def test_a_file_that_is_there_is_kept(points: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine")
    assert solieu("series", "--out", file) == 2
    assert capsys.readouterr().err == f"solieu: {file}: is there already; --force overwrites it\n"
    assert file.read_text() == "mine"
    assert solieu("series", "--out", file, "--force") == 0
    assert capsys.readouterr().err == f"{file}: 6 points\n"
    assert file.read_text() == printed(capsys, "--format", "csv")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--status", "targt"], "no status 'targt'; it is one of actual, estimate, target"),
        (["--measure", "rate"], "no measure 'rate'; it is one of level, change"),
        (["--scope", "city"], "no scope 'city'; it is one of all, province"),
        (["--source", "baomao"], "no source 'baomao' in the database; close to it: baomau"),
        (["--indicator", "par.index", "--indicator", "par.indx"], "no indicator 'par.indx'"),
        (["--period", "2023-Q5"], "'2023-Q5' is no period; write 2023, 2023-S1"),
        (["--with-parts"], "name one"),
        (["--as-of", "yesterday"], "--as-of 'yesterday' is no moment; write 2024-04-19"),
        (["--format", "xlsx"], "xlsx is for files: add --out FILE.xlsx"),
        (["--out", "a.doc"], "a.doc: name a file that ends with .csv, .json, .parquet or .xlsx"),
        (["--out", "a.xlsx", "--decimal", ","], "in xlsx numbers are numbers"),
        (["--format", "json", "--bom"], "--bom is for csv"),
        (["--plot", "a.gif"], "a.gif: a plot is a file that ends with .svg, .png, .html"),
        (["--plot", "a.svg", "--measure", "rating"], "nothing to draw"),
    ],
)
def test_what_means_nothing_is_refused(
    words: list[str], told: str, points: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("series", *words) == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert not list(Path().glob("a.*"))


@pytest.mark.parametrize(
    ("words", "library"),
    [
        (["--out", "a.parquet"], "pyarrow"),
        (["--out", "a.parquet"], "pandas"),
        (["--out", "a.xlsx"], "openpyxl"),
        (["--plot", "a.svg"], "altair"),
        (["--plot", "a.svg"], "vl_convert"),
    ],
)
def test_a_library_that_is_not_there_is_named(
    words: list[str],
    library: str,
    points: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert solieu("series", *words) == 1
    assert capsys.readouterr().err == (
        f"solieu: {library} is needed for this and is not installed: pip install 'solieu[notebook]'\n"
    )
    assert solieu("series") == 0


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2024-04-19", "2024-04-19T23:59:59.999999+00:00"),
        ("2024-04-19T08:30:00+07:00", "2024-04-19T08:30:00+07:00"),
        ("2024-04-19T08:30", "2024-04-19T08:30:00+00:00"),
    ],
)
def test_as_of_a_day_is_as_of_its_end(
    given: str, moment: str, points: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        sys.modules["models.points"], "series", lambda _, **filters: asked.append(filters["as_of"]) or []
    )
    assert solieu("series", "--as-of", given) == 0
    assert asked == [datetime.fromisoformat(moment)]
