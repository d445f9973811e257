"""What an operator puts right is in the series at once and after every replay, and never rewrites what was known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from flows.corrections.fates import apply_corrections, fates, try_corrections
from flows.desk import Desk
from flows.nightly import night, plain_steps
from flows.problems import CorrectionsProblem
from flows.replay import replay
from flows.report import Report
from flows.settings import Settings
from models.database import reading
from models.points import series
from tests.sites import HOST, Site, desk_for, rates, read_rates, settings, site, stored
from tests.test_cli import TEXT, solieu

__all__ = ["settings", "site"]

MADE = "reason: told by telephone\n  date: 2026-11-20\n"
WITHDRAWN = f'- withdraw: {{article: {HOST}/a.html, quote: "1,5%"}}\n  {MADE}'
REPLACED = f'- replace: {{article: {HOST}/a.html, quote: "1,5"}}\n  with: {{value: 0.5}}\n  {MADE}'


@pytest.fixture
def file(settings: Settings) -> Path:
    return settings.corrections_file


def one_night(settings: Settings, days: float = 0) -> Report:
    """A night, so many days from now."""
    desk = _at(settings, days)
    return night(desk, plain_steps(desk))


def applied(settings: Settings, days: float = 0) -> Report:
    """The file applied, so many days from now."""
    return apply_corrections(_at(settings, days))


def _at(settings: Settings, days: float) -> Desk:
    desk = desk_for(settings)
    real = desk.now
    desk.now = lambda: real() + timedelta(days=days)
    return desk


@pytest.fixture
def known(site: Site, settings: Settings) -> Settings:
    """A night with the articles a (1,5%) and b (1,8%)."""
    site.article("a", "1,5")
    site.article("b", "1,8")
    site.list_articles("a", "b")
    assert one_night(settings).ok
    return settings


def shown(settings: Settings) -> list[tuple[str, str]]:
    """Value and correction of each point."""
    return [(row.value_text, row.correction) for row in series(stored(settings))]


def claims(settings: Settings) -> list[tuple[object, ...]]:
    """Every claim with what was put right in it, and whether it stands."""
    query = "SELECT title, value_text, printed, confidence, correction, withdrawn IS NULL FROM claims ORDER BY 1, 2"
    with reading(stored(settings)) as conn:
        return [(*row[:-1], bool(row[-1])) for row in conn.execute(text(query))]


def told(settings: Settings) -> list[tuple[str, str]]:
    """Every finding about corrections."""
    query = "SELECT check_name, message FROM finding WHERE check_name LIKE 'correction%' ORDER BY id"
    with reading(stored(settings)) as conn:
        return [(row[0], row[1]) for row in conn.execute(text(query))]


A, B = "Kết quả giải quyết hồ sơ a", "Kết quả giải quyết hồ sơ b"
"""Titles of the articles."""


def test_a_withdrawn_claim_goes_and_a_finding_says_what_it_was(known: Settings, file: Path) -> None:
    file.write_text(WITHDRAWN)
    report = applied(known)
    assert (report.ok, report.corrected) == (True, 1)
    assert rates(stored(known)) == [f"2023 1.8 of 1 in {B}"]
    assert told(known) == [
        (
            "correction",
            "'1,5%': withdrawn: dossier.late_rate of 568 in 2023, 1.5 percent: told by telephone (2026-11-20)",
        )
    ]


def test_a_replaced_claim_keeps_its_printed_words_and_is_sure(known: Settings, file: Path) -> None:
    file.write_text(REPLACED)
    applied(known)
    why = "value 1.5 → 0.5: told by telephone (2026-11-20)"
    assert claims(known) == [
        (A, "0.5", "1,5", 1.0, why, True),
        (A, "1.5", "1,5", 1.0, "", False),
        (B, "1.8", "1,8", 1.0, "", True),
    ]
    assert told(known) == [("correction", f"'1,5': dossier.late_rate of 568 in 2023, 1.5 percent: {why}")]


def test_the_next_night_applies_what_changed_in_the_file_and_nothing_else(known: Settings, file: Path) -> None:
    file.write_text(REPLACED)
    report = one_night(known, days=1)
    assert report.headline() == "1 of 1 sources: 0 new, 1 changed, 1 figures added, 1 withdrawn"
    again = one_night(known, days=2)
    assert again.headline() == "1 of 1 sources: 0 new, 0 changed, 0 figures added, 0 withdrawn"
    assert again.corrected == 0


def test_an_entry_that_is_taken_out_brings_the_claim_back(known: Settings, file: Path) -> None:
    before = rates(stored(known))
    file.write_text(WITHDRAWN)
    applied(known)
    file.write_text("# nothing any more\n")
    assert applied(known, days=1).corrected == 1
    assert (rates(stored(known)), told(known)) == (before, [])
    assert applied(known, days=2).corrected == 0


def test_as_of_an_earlier_moment_the_series_show_what_was_known_then(known: Settings, file: Path) -> None:
    before = datetime.now(UTC)
    file.write_text(f"{WITHDRAWN}{REPLACED.replace('/a.', '/b.').replace('1,5', '1,8')}")
    applied(known, days=1)
    assert shown(known) == [("0.5", "value 1.8 → 0.5: told by telephone (2026-11-20)")]
    then = series(stored(known), as_of=before)
    assert [(row.value_text, row.claims, row.correction) for row in then] == [("1.5", 2, "")]


def test_a_database_that_is_built_again_has_the_corrections(known: Settings, file: Path) -> None:
    file.write_text(REPLACED)
    applied(known)
    before = series(stored(known))
    for part in (known.data_dir / "db").iterdir():
        part.unlink()
    assert replay(desk_for(known)).ok
    assert series(stored(known)) == before
    assert replay(desk_for(known)).headline() == "1 of 1 sources: 0 new, 0 changed, 0 figures added, 0 withdrawn"


def test_a_new_version_of_the_article_is_corrected_too(site: Site, known: Settings, file: Path) -> None:
    file.write_text(REPLACED)
    applied(known)
    site.article("a", "1,5", day="13/01/2024")
    assert one_night(known).ok
    assert [row[1:] for row in claims(known) if row[-1]] == [
        ("0.5", "1,5", 1.0, "value 1.5 → 0.5: told by telephone (2026-11-20)", True),
        ("1.8", "1,8", 1.0, "", True),
    ]
    site.article("a", "1,2", day="13/01/2024")
    report = one_night(known)
    assert report.mend == [
        f"{file}: line 1: not applied: '1,5': the article does not have these words: told by telephone (2026-11-20)"
    ]
    assert rates(stored(known)) == [f"2023 1.2 of 2 in {A}"]


def test_an_entry_that_fits_nothing_is_a_problem_of_every_run(known: Settings, file: Path) -> None:
    file.write_text(WITHDRAWN.replace("1,5", "9,9") + REPLACED.replace("a.html", "z.html"))
    problems = [
        f"{file}: line 1: not applied: '9,9%': the article does not have these words: told by telephone (2026-11-20)",
        f"{file}: line 4: not applied: no such article is in the database",
    ]
    for report in (one_night(known), one_night(known), replay(desk_for(known)), applied(known)):
        assert (report.ok, report.problems) == (False, problems)
    assert [check for check, _ in told(known)] == ["correction_unfit"]


def test_an_article_that_is_gone_needs_no_correction(site: Site, known: Settings, file: Path) -> None:
    file.write_text(REPLACED)
    applied(known)
    site.take_down("a")
    assert one_night(known).ok
    assert [(fate.line, fate.state, fate.why) for fate in fates(desk_for(known))] == [
        (1, "moot", "the site no longer has the article")
    ]
    assert replay(desk_for(known)).ok


def test_an_article_that_cannot_be_read_again_is_told(known: Settings, file: Path) -> None:
    file.write_text(WITHDRAWN)
    for page in (known.raw_dir / "bao").rglob("*"):
        if page.is_file():
            page.unlink()
    assert applied(known).problems == [
        f"bao: {HOST}/a.html: not in the archive, and so it cannot be read again",
        f"{file}: line 1: to come: its article has not been read again yet",
    ]


def test_what_would_become_of_them_is_told_before_anything_is_written(known: Settings, file: Path) -> None:
    file.write_text(REPLACED + WITHDRAWN)
    before = claims(known), told(known)
    why, where = "told by telephone (2026-11-20)", "dossier.late_rate of 568 in 2023"
    assert [(fate.line, fate.state, fate.why) for fate in try_corrections(desk_for(known))] == [
        (1, "applied", f"'1,5': {where}, 1.5 percent: value 1.5 → 0.5: {why}"),
        (5, "applied", f"'1,5%': withdrawn: {where}, 0.5 percent: {why}"),
    ]
    assert (claims(known), told(known)) == before


def test_a_file_that_is_wrong_stops_a_run_before_anything_is_written(
    site: Site, settings: Settings, file: Path
) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    file.write_text(WITHDRAWN.replace("reason", "raison"))
    with pytest.raises(CorrectionsProblem, match="line 1: reason: field required; raison: no such field; there are"):
        one_night(settings)
    assert site.asked == []


def test_both_databases_hold_the_same(site: Site, settings: Settings, file: Path, fresh_url: str) -> None:
    here = settings.model_copy(update={"database_url": SecretStr(fresh_url)})
    site.article("a", "1,5")
    site.list_articles("a")
    one_night(here)
    before = datetime.now(UTC)
    file.write_text(REPLACED)
    assert (applied(here, days=1).corrected, applied(here, days=2).corrected) == (1, 0)
    assert shown(here) == [("0.5", "value 1.5 → 0.5: told by telephone (2026-11-20)")]
    assert [row.value_text for row in series(stored(here), as_of=before)] == ["1.5"]
    file.unlink()
    assert applied(here, days=3).corrected == 1
    assert shown(here) == [("1.5", "")]


def test_an_entry_names_one_source_where_two_have_the_address(known: Settings, file: Path) -> None:
    file.write_text(WITHDRAWN.replace("quote", "source: khac, quote"))
    assert applied(known).problems == [f"{file}: line 1: not applied: no such article is in the database"]
    file.write_text(WITHDRAWN.replace("quote", "source: bao, quote"))
    assert applied(known).ok


def test_the_command_applies_the_file_and_says_what_became_of_each_entry(
    known: Settings, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.reading.default_reader", lambda *_: read_rates)
    assert solieu("corrections") == 0
    assert capsys.readouterr() == (
        "0 articles read again, 0 changed, 0 figures added, 0 withdrawn\n",
        f"{file}: no correction\n",
    )
    file.write_text(REPLACED + WITHDRAWN.replace("a.html", "z.html"))
    for words in (["corrections", "--check"], ["corrections"], ["corrections"]):
        assert solieu(*words) == 1
        out, err = capsys.readouterr()
        told = [" ".join(line.split()) for line in out.splitlines()]
        assert told[-2:] == [
            f"1 applied {HOST}/a.html '1,5': dossier.late_rate of 568 in 2023, 1.5 percent: "
            "value 1.5 → 0.5: told by telephone (2026-11-20)",
            f"5 not applied {HOST}/z.html no such article is in the database",
        ]
        assert err.splitlines()[-1] == f"solieu: {file}: line 5: not applied: no such article is in the database"
    file.write_text("- withdraw\n")
    for words in (["corrections"], ["corrections", "--check"], ["nightly"], ["replay"]):
        assert solieu(*words) == 1
        assert capsys.readouterr().err == (
            f"solieu: {file}: line 1: a correction has one of withdraw, replace, confirm, label, place\n"
        )


def test_a_file_that_is_read_by_hand_is_corrected_and_says_what_fits_nothing(
    settings: Settings, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.reading.default_reader", lambda *_: read_rates)
    (tmp_path / "sources").mkdir()
    article = tmp_path / "bài 1.txt"
    article.write_text(TEXT)
    named = REPLACED.replace(f"{HOST}/a.html", f'"{article.as_uri()}"')
    file.write_text(named + named.replace('quote: "', 'quote: "9'))
    for words in (["run", article, "--dry-run"], ["run", article]):
        assert solieu(*words) == 1
        out, err = capsys.readouterr()
        assert out.startswith(f"{article}: new: ")
        assert err.startswith(f"solieu: {file}: not applied: '91,5': the article does not have these words: told by")
    assert shown(settings) == [("0.5", "value 1.5 → 0.5: told by telephone (2026-11-20)")]
