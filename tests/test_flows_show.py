"""What others read: JSON Lines, CSV that no spreadsheet runs, reports."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from extractors.facts import Article, Finding, Observation, Reading, Uncatalogued
from flows.archive import Archive
from flows.commands.show import reading_line, value_words
from flows.export import rows_csv
from flows.files import open_document
from flows.lock import only_one
from flows.problems import AlreadyRunning, SettingsProblem
from flows.report import Report, SourceReport, render
from flows.settings import Settings, read_settings
from models.points import COLUMNS, SeriesRow


def said(start: int, value: str, derived: bool = False) -> Observation:
    return Observation("568", "dossier.late", "2023", Decimal(value), "count", value, start, start + 1, derived=derived)


def test_observations_follow_the_text_and_findings_point_to_them() -> None:
    reading = Reading(
        Article("x" * 50, ()),
        "568",
        (said(30, "3"), said(20, "2.5", derived=True), said(10, "1")),
        (Uncatalogued("9 cây", Decimal(9), "count", 40, 45, "cây"),),
        (Finding("parts", "1 and 3 are not 5", (0, 1, 2)),),
    )
    line = json.loads(reading_line("a.txt", reading, derived=False))
    assert [(one["start"], one["value"]) for one in line["observations"]] == [(10, 1), (30, 3)]
    assert line["uncatalogued"] == [
        {"text": "9 cây", "value": 9, "unit": "count", "start": 40, "end": 45, "label": "cây", "why": "unnamed"}
    ]
    assert line["findings"] == [{"check": "parts", "message": "1 and 3 are not 5", "observations": [1, 0]}]
    everything = json.loads(reading_line("a.txt", reading, derived=True))
    assert [(one["value"], one["derived"]) for one in everything["observations"]] == [
        (1, False),
        (2.5, True),
        (3, False),
    ]


def test_a_derived_value_points_to_what_it_follows_from() -> None:
    follows = replace(said(20, "2.5", derived=True), follows=(2, 0))
    line = reading_line(
        "a.txt", Reading(Article("x" * 50, ()), "568", (said(30, "3"), follows, said(10, "1"))), derived=True
    )
    assert [one.get("follows") for one in json.loads(line)["observations"]] == [None, [0, 2], None]


@pytest.mark.parametrize(
    ("value", "unit", "bound", "shown"),
    [
        (Decimal("134000000"), "VND", "approx", "≈134,000,000 VND"),
        (Decimal("8420500000000"), "VND", "eq", "8,420.5 bn VND"),
        (Decimal("1000000001"), "VND", "eq", "1,000,000,001 VND"),
        (Decimal("0.70"), "percent", "eq", "0.7 %"),
        (Decimal(8), "rank", "eq", "8"),
        ("Khá", "rating", "eq", "Khá"),
    ],
)
def test_values_as_people_read_them(value: Decimal | str, unit: str, bound: str, shown: str) -> None:
    assert value_words(value, unit, bound) == shown


def point(**slots: object) -> SeriesRow:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "") | {
        "value": Decimal("-4.060"),
        "value_text": "-4.06",
        "claims": 1,
    }
    return SeriesRow(**(row | {"published": date(2024, 1, 2), "derived": False} | slots))  # type: ignore[arg-type]


def test_csv_is_exact_and_its_numbers_stay_numbers() -> None:
    (row,) = csv.DictReader(io.StringIO(rows_csv([point(out_of=Decimal("1E+3"))], COLUMNS)))
    slots = ("value", "value_text", "out_of", "published", "derived")
    assert {name: row[name] for name in slots} == dict(
        zip(slots, ("-4.06", "-4.06", "1000", "2024-01-02", "false"), strict=True)
    )


@given(st.text(max_size=20))
def test_no_text_of_a_page_is_a_formula(title: str) -> None:
    rows = list(csv.DictReader(io.StringIO(rows_csv([point(title=title)], COLUMNS), newline="")))
    (cell,) = (row["title"] for row in rows)
    assert cell.removeprefix("'") == title.replace("\r", " ").removeprefix("'")
    assert cell[:1] not in ("=", "@", "\t", "\r")
    assert cell[:1] not in ("+", "-") or cell.lstrip("+-").replace(".", "", 1).isdigit()


def test_a_report_says_what_to_mend_where() -> None:
    report = Report(7, "nightly", [SourceReport("a", listed=2, new=1, added=12), SourceReport("b", error="down")])
    report.sources[1].mend = ["b: down"]
    assert render(report) == (
        "nightly run 7: 1 of 2 sources: 1 new, 0 changed, 12 figures added, 0 withdrawn; failed: b\n\n"
        "source  listed  fetched  new  changed  unchanged  failed  figures added  withdrawn  findings\n"
        "a            2        0    1        0          0       0             12          0         0\n"
        "b            0        0    0        0          0       0              0          0         0\n"
        "all          2        0    1        0          0       0             12          0         0\n\n"
        "To mend:\n  b: down\n"
    )


def test_the_ledger_keeps_the_first_things_to_mend() -> None:
    report = Report(1, "nightly", problems=[f"p{number}" for number in range(23)])
    assert report.note().splitlines()[-2:] == ["p19", "and 3 more"]


def test_settings_come_from_the_environment_and_from_env_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SOLIEU_DATABASE_URL=postgresql://app:canary@db/x\nSOLIEU_CONTACT=\nOTHER=1\n")
    monkeypatch.setenv("SOLIEU_DATA_DIR", "elsewhere")
    made = read_settings()
    assert (made.data_dir, made.contact, made.database_url) == (
        Path("elsewhere"),
        None,
        SecretStr("postgresql://app:canary@db/x"),
    )
    assert "canary" not in repr(made) + str(made)
    monkeypatch.setenv("SOLIEU_BATCH_SIZE", "0")
    with pytest.raises(SettingsProblem, match=r"SOLIEU_BATCH_SIZE: .*greater than or equal to 1"):
        read_settings()


def test_without_a_url_the_database_lies_under_data(tmp_path: Path) -> None:
    assert Settings(_env_file=None, data_dir=tmp_path / "dữ liệu").database.startswith("sqlite:////")
    assert Settings(_env_file=None, data_dir=Path("data")).database == "sqlite:///data/db/solieu.db"


def test_a_lock_is_free_again_when_its_holder_is_done(tmp_path: Path) -> None:
    path = tmp_path / "db" / "solieu.lock"
    with (
        only_one(path, "run"),
        pytest.raises(AlreadyRunning, match=r"another run is running \(process \d+"),
        only_one(path, "run"),
    ):
        pass
    with only_one(path, "run"):
        pass


def test_what_is_given_wins_over_the_sidecar(tmp_path: Path) -> None:
    article = tmp_path / "bai.html"
    article.write_text("<p>x</p>")
    (tmp_path / "bai.html.json").write_text('{"url": "https://bao.vn/a?utm_source=x#1", "published": "2024-01-01"}')
    document = open_document(article, {"published": "2024-02-02", "url": None}, Archive(tmp_path / "raw"))
    assert document.facts == {"url": "https://bao.vn/a?utm_source=x#1", "published": "2024-02-02"}
    assert document.identity == "https://bao.vn/a"
