"""`solieu review` on a terminal: what is asked, and what the answers write into data/corrections.yml."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from flows.adhoc import trial_desk
from flows.commands.walk import walk_through
from flows.corrections.fates import apply_corrections
from flows.desk import open_desk
from flows.settings import Settings
from models.points import series
from models.review import waiting
from tests.programs import COMMAND
from tests.sites import settings, stored
from tests.test_cli import solieu

__all__ = ["settings"]

HEAD = "Nha Trang: Kết quả giải quyết hồ sơ\n08:30, 12/01/2024\n"
LATE = HEAD + (
    "Năm 2023, tỷ lệ giấy tờ nằm lâu của thành phố Nha Trang là 2,4%, còn của thị xã Ninh Hòa là 3,1%.\n"
    "Thành phố mở 3 lớp tập huấn.\n"
)
UNSURE = HEAD + (
    "Năm 2023, thành phố Nha Trang nhận hồ sơ nhiều hơn mọi năm, trong đó số trễ hạn theo thống kê mới nhất của "
    "bộ phận một cửa còn 12 hồ sơ.\nTỷ lệ hồ sơ đúng hạn của huyện Châu Thành đạt 91,2%.\n"
)
DAY = date(2026, 11, 20)


@pytest.fixture
def known(settings: Settings, tmp_path: Path) -> Settings:
    """Two articles in the database: one with another name for late dossiers, one that is hard to read."""
    (tmp_path / "sources").mkdir(exist_ok=True)
    for name, said in {"late": LATE, "unsure": UNSURE}.items():
        (tmp_path / f"{name}.txt").write_text(said)
        assert solieu("run", tmp_path / f"{name}.txt") == 0
    return settings


@pytest.fixture
def unsure() -> str:
    """The address of the article that is hard to read."""
    return (Path.cwd() / "unsure.txt").as_uri()


def walk(settings: Settings, monkeypatch: pytest.MonkeyPatch, *answers: str) -> str:
    """What the file has after these answers, and then nobody is there any more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
    desk = trial_desk(settings)
    walk_through(desk, waiting(desk.engine), DAY)
    file = settings.corrections_file
    return file.read_text() if file.exists() else ""


def entry(first: str, *lines: str, reason: str) -> str:
    return "\n  ".join([f"- {first}", *lines, f"reason: {reason}", "date: 2026-11-20\n"])


def test_a_label_becomes_a_name_of_an_indicator(known: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    named = entry("label: giấy tờ nằm lâu", "into: dossier.late_rate", reason="so the office calls it")
    assert walk(known, monkeypatch, "ty le tre han", "1", "", "so the office calls it") == named
    apply_corrections(open_desk(known))
    note = 'label "giấy tờ nằm lâu" → dossier.late_rate: so the office calls it (2026-11-20)'
    assert [(row.locality, row.value_text, row.correction) for row in series(stored(known))] == [
        ("568", "2.4", note),
        ("572", "3.1", note),
    ]


def test_what_it_asks_and_what_it_says(
    known: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], unsure: str
) -> None:
    capsys.readouterr()
    walk(known, monkeypatch, "dossier.late_rate", "", "", "s", "y", "")
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    late = unsure.replace("unsure", "late")
    for line in (
        "4 questions; at each of them s skips and q ends, and what was answered is kept",
        "1 of 4: 2 figures in 1 article, called “giấy tờ nằm lâu”",
        f"Nha Trang: Kết quả giải quyết hồ sơ (2024-01-12) {late}",
        "Năm 2023, tỷ lệ giấy tờ nằm lâu của thành phố Nha Trang là »2,4%«, còn của thị xã Ninh Hòa là 3,1%.",
        "dossier.late_rate of 568 in 2023, 2.4 percent, read from “2,4%”",
        "2 of 4: 1 figure in 1 article, called “lớp tập huấn”",
        "3 of 4: read with confidence 0.884",
        "value 12, unit count, indicator dossier.late, locality 568 (Thành phố Nha Trang), scope all, period 2023, "
        "status actual, measure level, bound eq",
        f"2 corrections written to {known.corrections_file}; `solieu corrections` applies what is new",
        "4 of 4: 1 figure of a place that is not one known unit, “huyện Châu Thành”",
    ):
        assert any(line in shown for shown in told), line


@pytest.mark.parametrize(
    ("answers", "kind", "lines", "reason"),
    [
        (("y", ""), "confirm", (), "read again and right"),
        (("w", "a slip of the desk"), "withdraw", (), "a slip of the desk"),
        (
            ("m", "value 21", "locality 572", "", ""),
            "replace",
            ("with: {value: 21, locality: 572}",),
            "the words say so",
        ),
        (
            ("x", "m", "valeu 21", "value 1.245", "value 21", "unit percent", "", ""),
            "replace",
            ("with: {value: 21, unit: percent}",),
            "the words say so",
        ),
    ],
)
def test_a_doubtful_claim_is_confirmed_mended_or_withdrawn(
    known: Settings, monkeypatch: pytest.MonkeyPatch, unsure: str, answers: tuple[str, ...], kind: str,
    lines: tuple[str, ...], reason: str,
) -> None:  # fmt: skip
    written = walk(known, monkeypatch, "s", "s", *answers)
    assert written == entry(f"{kind}: {{article: '{unsure}', quote: 12 hồ sơ}}", *lines, reason=reason)
    assert apply_corrections(open_desk(known)).problems == []


def test_a_figure_of_an_unclear_place_gets_one(known: Settings, monkeypatch: pytest.MonkeyPatch, unsure: str) -> None:
    """One of the candidates, or another that is looked for; the walk says what comes of it."""
    placed = ("place: huyện Châu Thành", f"article: {unsure}")
    first = walk(known, monkeypatch, "s", "s", "s", "1", "")
    assert first == entry(*placed, "is: 708", reason="the article means this one")
    known.corrections_file.unlink()
    assert walk(known, monkeypatch, "s", "s", "s", "nowhere", "van ninh", "1", "so it was meant") == entry(
        *placed, "is: 571", reason="so it was meant"
    )
    apply_corrections(open_desk(known))
    assert [(row.locality, row.value_text, row.correction) for row in series(stored(known))] == [
        ("571", "91.2", 'place "huyện Châu Thành" → 571: so it was meant (2026-11-20)')
    ]


def test_what_was_answered_is_not_asked_again(
    known: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known.corrections_file.write_text("# ours\n")
    file = walk(known, monkeypatch, "dossier.late_rate", "", "", "n", "", "w", "", "1", "")
    assert file.startswith("# ours\n- label: giấy tờ nằm lâu\n  into: dossier.late_rate\n  reason: the same by")
    assert "- label: lớp tập huấn\n  into: none\n  reason: not for us\n" in file
    capsys.readouterr()
    assert walk(known, monkeypatch) == file
    assert capsys.readouterr().out.startswith("0 questions")


def test_the_end_of_the_walk_loses_nothing(known: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = walk(known, monkeypatch, "s", "n", "not ours", "q")
    assert first == entry("label: lớp tập huấn", "into: none", reason="not ours")
    assert walk(known, monkeypatch, "dossier.late_rate") == first


def test_words_that_bring_nothing_are_asked_about(known: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ("dossier.late_rate", "tỷ lệ đúng hạn hồ sơ", "hồ sơ mất", "")
    assert walk(known, monkeypatch, *wrong, "q") == ""
    assert walk(known, monkeypatch, "dossier.late_rate", "hồ sơ mất", "y", "soon", "q") == entry(
        "label: hồ sơ mất", "into: dossier.late_rate", reason="soon"
    )


def test_without_a_terminal_it_is_a_list(known: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for words in ((), ("--list",)):
        assert solieu("review", *words) == 0
        assert capsys.readouterr().out.startswith("why")


def test_a_person_answers_on_a_terminal(known: Settings) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"dossier.late_rate\n\n\nq\n")
    done = subprocess.run(
        [*COMMAND, "review"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert known.corrections_file.read_text().startswith("- label: giấy tờ nằm lâu\n  into: dossier.late_rate\n")
