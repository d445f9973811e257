"""The command as a person types it: what it prints, where, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree

import pytest

from flows.cli import main
from flows.settings import Settings
from tests.sites import Site, desk_for, rates, read_rates, settings, site, stored, without_prefect

__all__ = ["settings", "site", "without_prefect"]

TEXT = """Nha Trang: Kết quả giải quyết hồ sơ
08:30, 12/01/2024
Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, theo báo cáo của văn phòng thành phố.
"""


@pytest.fixture(autouse=True)
def _small_reader(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    for name in ("flows.extraction", "flows.reading"):
        monkeypatch.setattr(f"{name}.default_reader", lambda *_: read_rates)
    (tmp_path / "sources").mkdir(exist_ok=True)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bai.txt"
    path.write_text(TEXT)
    return path


def solieu(*words: str | Path) -> int:
    """Run the command; its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(end.value.code or 0)


def files_of(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def test_run_stores_a_file_and_the_second_time_changes_nothing(
    article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("run", article) == 0
    assert capsys.readouterr().out == f"{article}: new: added 1, changed 0, withdrawn 0, unchanged 0\n"
    kept = files_of(settings.raw_dir)
    assert solieu("run", article) == 0
    assert capsys.readouterr().out == f"{article}: unchanged: added 0, changed 0, withdrawn 0, unchanged 1\n"
    assert files_of(settings.raw_dir) == kept
    assert rates(stored(settings)) == ["2023 1.5 of 1 in Nha Trang: Kết quả giải quyết hồ sơ"]


def test_an_edited_file_changes_its_rows(article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    solieu("run", article)
    article.write_text(TEXT.replace("1,5%", "1,8%"))
    capsys.readouterr()
    assert solieu("run", article, "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{article}: changed: would add 1, changed 0, withdrawn 1, unchanged 0",
        "  + 568 dossier.late_rate 2023: 1.8 % (confidence 1)",
        "  - 568 dossier.late_rate 2023: 1.5 % (confidence 1)",
    ]
    assert solieu("run", article) == 0
    assert rates(stored(settings)) == ["2023 1.8 of 1 in Nha Trang: Kết quả giải quyết hồ sơ"]


def test_a_dry_run_writes_nothing(article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    rmtree(settings.data_dir)
    assert solieu("run", article, "--dry-run") == 0
    assert "  + 568 dossier.late_rate 2023: 1.5 % (confidence 1)" in capsys.readouterr().out
    assert not settings.data_dir.exists()


def test_what_was_run_by_hand_comes_back_by_replay(
    article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    solieu("run", article, "--published", "2024-02-03", "--url", "https://bao.vn/a.html?utm_source=x")
    capsys.readouterr()
    solieu("series", "--format", "csv")
    before = capsys.readouterr().out
    assert "https://bao.vn/a.html" in before
    (settings.data_dir / "db" / "solieu.db").unlink()
    assert solieu("replay") == 0
    capsys.readouterr()
    solieu("series", "--format", "csv")
    assert capsys.readouterr().out == before


def test_extract_prints_one_line_of_json_an_article(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(article.with_suffix(".json")).write_text('{"url": "https://bao.vn/a", "published": "2024-02-03", "n": 1}')
    assert solieu("extract", article, "--format", "json", "--locality", "568") == 0
    (line,) = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    assert said["file"] == str(article)
    assert said["article"] == {
        "title": "Nha Trang: Kết quả giải quyết hồ sơ",
        "published": "2024-02-03",
        "url": "https://bao.vn/a",
        "locality": "568",
    }
    assert said["observations"] == [
        {
            "locality": "568",
            "scope": "all",
            "indicator": "dossier.late_rate",
            "breakdown": None,
            "period": "2023-01-01/2023-12-31",
            "status": "actual",
            "measure": "level",
            "base": None,
            "value": 1.5,
            "unit": "percent",
            "out_of": None,
            "group": None,
            "bound": "eq",
            "quote": "trễ hạn của thành phố Nha Trang là 1,5%",
            "start": TEXT.index("trễ hạn"),
            "end": TEXT.index("1,5%") + 4,
            "confidence": 1.0,
            "derived": False,
        }
    ]
    assert (said["uncatalogued"], said["findings"]) == ([], [])


ENGLISH = "The council of the town said that the share of late files in the year was 2 percent. " * 9


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("trong.html", b"", "an empty file"),
        ("anh.html", b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG"),
        ("to.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 1 0 obj", "PDF"),
        ("page.html", f"<html><head></head><body><p>{ENGLISH}</p></body></html>".encode(), "not Vietnamese"),
        ("lon.html", bytes(50_000_000), "50 MB, too large for an article (at most 8 MB)"),
        ("rac.html", bytes(range(128, 256)) * 20, "lạ|binary|encoding|Vietnamese"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "run"])
def test_a_bad_file_is_named_and_the_others_are_read(
    command: str, name: str, data: bytes, message: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = article.with_name(name)
    bad.write_bytes(data)
    assert solieu(command, bad, article) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"solieu: {bad}: ")
    assert any(words in told.err for words in message.split("|"))
    assert len(told.err.splitlines()) == 1
    assert str(article) in told.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["extract", "khong-co.txt"], "solieu: khong-co.txt: no such file"),
        (["run", "khong-co.txt"], "solieu: khong-co.txt: no such file"),
        (["run", "bai.txt", "--published", "31/12/2024"], "'31/12/2024' is no date"),
        (["run", "bai.txt", "--locality", "999"], "'999' is no code of a locality"),
        (["extract", "bai.txt", "--url", "bao.vn"], "'bao.vn' is no web address"),
        (["extract", "bai.txt", "--url", "https://["], "'https://[' is no web address"),
        (["extract", "bai.txt", "--format", "xml"], "'xml' is not one of"),
        (["nightly", "--source", "la"], "solieu: no source la in"),
        (["nightly", "--since", "19/04"], "'19/04' is no date; write 2024-04-19"),
        (["nightly", "--max", "0"], "should be greater than or equal to 1"),
        (["backfill"], "name what to bring: --source ID --from DATE, or --missed"),
        (["backfill", "--source", "bao"], "name the first day: --from 2024-04-01"),
        (["backfill", "--source", "la", "--from", "2024-04-01"], "solieu: no source la in"),
        (["backfill", "--source", "bao", "--from", "2024-04-02", "--to", "2024-04-01"], "--from 2024-04-02 is after"),
        (["backfill", "--missed", "--to", "2024-04-01"], "--missed finds the days itself"),
        (["nothing"], "No such command"),
    ],
)
def test_a_command_that_names_what_is_not_there_ends_with_2(
    words: list[str], message: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu(*words) == 2
    assert message in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_a_night_is_held_to_a_number_of_new_articles(
    site: Site, without_prefect: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        site.article(name, "1,5")
    site.list_articles(*"abc")
    assert solieu("nightly", "--since", "2024-04-19", "--max", "2") == 0
    told = capsys.readouterr().out
    assert "1 of 1 sources: 2 new, 0 changed, 1 waiting, 2 figures added, 0 withdrawn" in told
    assert "1 articles are waiting: the next nights bring them" in told


def test_a_backfill_brings_what_nights_have_missed_and_says_which_days(
    site: Site, without_prefect: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("backfill", "--missed") == 0
    assert capsys.readouterr().out == "nothing was missed\n"
    list_page = site.pages.pop("/tin/")
    assert solieu("nightly") == 1
    site.pages["/tin/"] = list_page
    site.article("a", "1,5")
    site.list_articles("a")
    capsys.readouterr()
    assert solieu("backfill", "--missed", "--source", "bao") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("bao: missed ")
    assert told[1] == "backfill run 2: 1 of 1 sources: 1 new, 0 changed, 1 figures added, 0 withdrawn"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('{"locality": 56}', "locality: text is expected, in quotes"),
        ('{"url": "https://["}', "url: 'https://[' is no web address (Invalid IPv6 URL)"),
    ],
)
def test_a_sidecar_that_is_broken_is_named(
    written: str, message: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sidecar = article.with_suffix(".json")
    sidecar.write_text(written)
    assert solieu("extract", article) == 1
    assert capsys.readouterr().err == f"solieu: {sidecar}: {message}\n"


@pytest.mark.parametrize("command", ["run", "series", "replay"])
def test_no_password_is_printed(
    command: str, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE_URL", "postgresql://app:canary@127.0.0.1:9/solieu")
    assert solieu(command, *([article] if command == "run" else [])) == 1
    told = capsys.readouterr()
    assert "app:***@127.0.0.1:9/solieu" in told.err
    assert "canary" not in told.out + told.err


def test_a_database_url_that_is_none_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE_URL", "nonsense")
    assert solieu("series") == 1
    assert "the database URL cannot be read" in capsys.readouterr().err


def test_a_read_only_database_answers_and_refuses_to_be_written(
    article: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    solieu("run", article)
    path = settings.data_dir / "db" / "solieu.db"
    monkeypatch.setenv("SOLIEU_DATABASE_URL", f"sqlite:///file:{path}?mode=ro&uri=true")
    article.write_text(TEXT.replace("1,5%", "1,8%"))
    capsys.readouterr()
    assert solieu("run", article) == 1
    assert "read-only, nothing was written" in capsys.readouterr().err
    assert solieu("series", "--format", "csv") == 0
    assert ",1.5,1.5,percent," in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = settings.data_dir / "prefect"
    home.mkdir(parents=True)
    monkeypatch.setenv("PREFECT_HOME", str(home))
    with monkeypatch.context() as shut:
        shut.setattr("flows.settings.os.access", lambda path, _: path != home)
        assert solieu("nightly") == 1
    assert (
        capsys.readouterr().err
        == f"solieu: {home}: cannot be written, and Prefect keeps its runs there (PREFECT_HOME)\n"
    )
    home.rmdir()
    home.write_text("not a folder")
    assert solieu("serve") == 1
    assert capsys.readouterr().err == f"solieu: {home}: File exists\n"


def test_the_database_is_made_and_tells_of_itself(
    article: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solieu("db", "upgrade") == 0
    assert capsys.readouterr().out == f"sqlite:///{settings.data_dir}/db/solieu.db: up to date\n"
    solieu("run", article)
    solieu("run", "khong-co.txt", "cung-khong.txt")
    capsys.readouterr()
    assert solieu("db", "info") == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert {"article 1", "observation 1", "mention 1", "run 2"} <= set(told)
    assert told[-2].endswith("problems khong-co.txt: no such file (and 1 more)")
    assert told[-1].endswith("done")


def test_series_for_people_and_for_programs(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solieu("run", article)
    capsys.readouterr()
    assert solieu("series", "--locality", "nha trang", "--period", "2023") == 0
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "place, indicator period what value published source",
        "Thành phố Nha Trang (568), ends 2025-06-30: divided among 4 units",
        "dossier.late_rate 2023 1.5 % 2024-01-12 adhoc",
    ]
    assert solieu("series", "--format", "json") == 0
    (point,) = json.loads(capsys.readouterr().out)
    assert (point["locality"], point["value"], point["published"]) == ("568", 1.5, "2024-01-12")
    assert solieu("series", "--locality", "Nha Trag") == 2
    assert "close to it: Nha Trang" in capsys.readouterr().err


def test_a_broken_env_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOLIEU_PREFECT_PORT", "many")
    assert solieu("sources") == 1
    assert capsys.readouterr().err.startswith("solieu: SOLIEU_PREFECT_PORT: ")


def test_sources_lists_and_complains(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.source("hong", list={"feeds": []})
    assert solieu("sources") == 1
    told = capsys.readouterr()
    assert "Báo mẫu" in told.out
    assert "hong.yml: list.feeds: no such field" in told.err


def test_a_place_is_found_without_its_accents(capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("localities", "thanh pho nha trang") == 0
    assert "568" in capsys.readouterr().out
    assert solieu("localities", "xyzzy") == 1


def test_indicators_are_found_by_words_in_any_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("indicators", "trễ", "hồ sơ") == 0
    assert "dossier.late_rate" in capsys.readouterr().out


COMMANDS = (
    "archive-export",
    "archive-import",
    "nightly",
    "run",
    "extract",
    "replay",
    "corrections",
    "series",
    "review",
    "serve",
    "demo",
    "sources",
    "indicators",
    "browse",
    "db-upgrade",
    "db-info",
)


def loaded(commands: Sequence[Sequence[str]], modules: Sequence[str]) -> tuple[str, str]:
    """What commands print in a process of their own, and which of some modules are loaded there after them."""
    code = f"""
import sys
from flows.cli import main
for words in {commands!r}:
    try:
        main(words)
    except SystemExit as end:
        assert not end.code
print([m for m in {modules!r} if m in sys.modules])
"""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert not done.stderr
    printed, _, names = done.stdout.rstrip().rpartition("\n")
    return printed, names


HEAVY = ("prefect", "sqlalchemy", "underthesea", "scipy", "pandas", "bs4", "requests", "fsspec", "datasette")


def test_help_has_an_example_and_loads_nothing_heavy() -> None:
    asked = [["--help"], *([*command.split("-"), "--help"] for command in COMMANDS)]
    printed, names = loaded(asked, (*HEAVY, "pydantic_settings", "yaml", "pebble"))
    assert names == "[]"
    told = printed.split("Usage: ")[1:]
    named = [part.partition(" [OPTIONS]")[0].split()[1:] for part in told if "Example: " in part]
    assert named == [words[:-1] for words in asked[1:]]


@pytest.mark.parametrize(("format", "more"), [("json", ["rich", "jinja2"]), ("table", ["jinja2"]), ("html", ["rich"])])
def test_a_file_is_read_and_shown_without_what_a_night_needs(format: str, more: list[str], article: Path) -> None:
    printed, names = loaded([["extract", str(article), "--format", format]], (*HEAVY, *more))
    assert names == "[]"
    assert "Nha Trang" in printed


def test_an_archived_page_is_read_again_as_its_source_shows_it(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("a", "1,5")
    site.list_articles("a")
    desk_for(settings).gather("bao")
    (page,) = settings.raw_dir.rglob("*.html.gz")
    assert solieu("extract", page, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["article"] == {
        "title": "Kết quả giải quyết hồ sơ a",
        "published": "2024-01-12",
        "url": "http://bao.example/a.html",
        "locality": "568",
    }
    assert solieu("run", page) == 0
    assert capsys.readouterr().out == f"{page}: new: added 1, changed 0, withdrawn 0, unchanged 0\n"
    assert len(list(settings.raw_dir.rglob("*.html.gz"))) == 1
    assert solieu("run", page, "--published", "2024-02-02") == 1
    assert "stored as it was kept" in capsys.readouterr().err


def test_one_address_is_not_given_to_several_files(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("run", article, article, "--url", "https://bao.vn/a") == 2
