"""Words that an operator makes a name of an indicator are in the series from the next run on, and say so."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree

import pytest
from sqlalchemy import text

from flows.corrections.fates import apply_corrections, fates
from flows.corrections.file import load_corrections
from flows.desk import open_desk
from flows.problems import CorrectionsProblem
from flows.settings import Settings
from models.database import reading
from models.points import series
from tests.sites import settings, stored
from tests.test_cli import solieu

__all__ = ["settings"]

HEAD = "Nha Trang: Kết quả giải quyết hồ sơ\n08:30, 12/01/2024\n"
LATE = HEAD + "Năm 2023, tỷ lệ giấy tờ nằm lâu của thành phố Nha Trang là 2,4%, theo báo cáo của văn phòng thành phố.\n"
PLAIN = (
    HEAD + "Năm 2023, tỷ lệ hồ sơ đúng hạn của thành phố Nha Trang là 97,5%, theo báo cáo của văn phòng thành phố.\n"
)
ENTRY = "- label: giấy tờ nằm lâu\n  into: dossier.late_rate\n  reason: so the office calls it\n  date: 2026-11-20\n"
NOTE = 'label "giấy tờ nằm lâu" → dossier.late_rate: so the office calls it (2026-11-20)'
ON_TIME = ("dossier.on_time_rate", "97.5", "")
NAMED = ("dossier.late_rate", "2.4", NOTE)


@pytest.fixture
def known(settings: Settings, tmp_path: Path) -> Settings:
    """Two articles in the database, one of which calls late dossiers by another name."""
    (tmp_path / "sources").mkdir(exist_ok=True)
    for name, said in {"late": LATE, "plain": PLAIN}.items():
        (tmp_path / f"{name}.txt").write_text(said)
        assert solieu("run", tmp_path / f"{name}.txt") == 0
    return settings


def shown(settings: Settings) -> list[tuple[str, str, str]]:
    """Indicator, value and correction of each point."""
    return [(row.indicator, row.value_text, row.correction) for row in series(stored(settings))]


def test_a_new_name_is_read_at_once_where_it_stands_and_nowhere_else(known: Settings) -> None:
    assert shown(known) == [ON_TIME]
    known.corrections_file.write_text(ENTRY)
    assert apply_corrections(open_desk(known)).corrected == 1
    assert shown(known) == [NAMED, ON_TIME]
    assert apply_corrections(open_desk(known)).corrected == 0
    assert [(fate.line, fate.state, fate.why) for fate in fates(open_desk(known))] == [
        (1, "applied", "articles that have it: 1, claims by it: 1")
    ]


def test_it_survives_a_replay_and_goes_with_its_entry(known: Settings) -> None:
    known.corrections_file.write_text(ENTRY)
    rmtree(known.data_dir / "db")
    assert solieu("replay") == 0
    assert shown(known) == [NAMED, ON_TIME]
    known.corrections_file.write_text("")
    assert apply_corrections(open_desk(known)).corrected == 1
    assert shown(known) == [ON_TIME]


def test_its_claim_may_be_replaced(known: Settings) -> None:
    replaced = (
        f'- replace: {{article: "{(Path.cwd() / "late.txt").as_uri()}", quote: "2,4%"}}\n  with: {{value: 2.5}}\n'
    )
    known.corrections_file.write_text(ENTRY + replaced + "  reason: a slip\n  date: 2026-11-21\n")
    apply_corrections(open_desk(known))
    assert shown(known) == [("dossier.late_rate", "2.5", f"{NOTE}; value 2.4 → 2.5: a slip (2026-11-21)"), ON_TIME]


def test_a_confirmed_claim_is_sure(known: Settings) -> None:
    confirmed = f'- confirm: {{article: "{(Path.cwd() / "plain.txt").as_uri()}", quote: "97,5%"}}\n'
    known.corrections_file.write_text(confirmed + "  reason: asked the office\n  date: 2026-11-21\n")
    apply_corrections(open_desk(known))
    query = "SELECT value_text, confidence, correction FROM claims WHERE withdrawn IS NULL"
    with reading(stored(known)) as conn:
        assert [tuple(row) for row in conn.execute(text(query))] == [
            ("97.5", 1.0, "as it was read: asked the office (2026-11-21)")
        ]


def test_a_name_that_no_article_has_waits(known: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    known.corrections_file.write_text(ENTRY.replace("nằm lâu", "bỏ quên"))
    capsys.readouterr()
    assert solieu("corrections") == 0
    assert "waits" in capsys.readouterr().out
    assert shown(known) == [ON_TIME]


def test_words_for_a_place_mean_the_unit_that_the_operator_names(known: Settings, tmp_path: Path) -> None:
    (tmp_path / "far.txt").write_text(PLAIN.replace("thành phố Nha Trang", "huyện Châu Thành"))
    assert solieu("run", tmp_path / "far.txt") == 0
    placed = f"- place: huyện Châu Thành\n  article: {(tmp_path / 'far.txt').as_uri()}\n  is: 708\n"
    known.corrections_file.write_text(placed + "  reason: from Kiên Giang\n  date: 2026-11-21\n")
    assert apply_corrections(open_desk(known)).corrected == 1
    note = 'place "huyện Châu Thành" → 708: from Kiên Giang (2026-11-21)'
    assert [(row.locality, row.value_text, row.correction) for row in series(stored(known))] == [
        ("568", "97.5", ""),
        ("708", "97.5", note),
    ]
    assert [str(fate) for fate in fates(open_desk(known))] == [
        "line 1: applied: articles that have it: 1, claims by it: 1"
    ]
    assert apply_corrections(open_desk(known)).corrected == 0
    rmtree(known.data_dir / "db")
    assert solieu("replay") == 0
    assert [row.correction for row in series(stored(known))] == ["", note]
    known.corrections_file.write_text((placed + "  reason: r\n  date: 2026-11-21\n").replace("far.txt", "none.txt"))
    assert apply_corrections(open_desk(known)).corrected == 1
    assert [str(fate) for fate in fates(open_desk(known))] == [
        "line 1: not applied: articles that have it: 0, claims by it: 0"
    ]


def test_a_file_is_extracted_with_the_names(known: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    known.corrections_file.write_text(ENTRY)
    capsys.readouterr()
    assert solieu("extract", "late.txt", "plain.txt", "--format", "json") == 0
    read = [json.loads(line)["observations"] for line in capsys.readouterr().out.splitlines()]
    assert [[(one["indicator"], one["value"], one.get("named_by")) for one in found] for found in read] == [
        [("dossier.late_rate", 2.4, "giấy tờ nằm lâu")],
        [("dossier.on_time_rate", 97.5, None)],
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (ENTRY.replace("late_rate", "lateness"), "line 1: into: no indicator 'dossier.lateness'; close to it: "),
        (
            ENTRY.replace("giấy tờ nằm lâu", "tỷ lệ hồ sơ đúng hạn"),
            "line 1: into: 'tỷ lệ hồ sơ đúng hạn' is dossier.on_time_rate in the catalogue; "
            "a single claim is mended by `replace`",
        ),
        (
            ENTRY + ENTRY.replace("late_rate", "late").replace("giấy", "Giấy"),
            "line 5: 'Giấy tờ nằm lâu' means dossier.late_rate in line 1; keep one",
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_one_line(known: Settings, said: str, told: str) -> None:
    known.corrections_file.write_text(said)
    with pytest.raises(CorrectionsProblem) as problem:
        load_corrections(known.corrections_file)
    assert told in str(problem.value)
    assert solieu("corrections") == 1
    assert shown(known) == [ON_TIME]


def test_words_that_name_nothing_are_read_as_before(known: Settings) -> None:
    known.corrections_file.write_text(ENTRY.replace("dossier.late_rate", "none"))
    assert apply_corrections(open_desk(known)).corrected == 0
    assert [str(fate) for fate in fates(open_desk(known))] == ["line 1: applied: “giấy tờ nằm lâu” is not asked about"]
