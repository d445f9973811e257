"""The pages of `solieu browse`, asked in this process: what they show, and that nothing they are asked to do writes."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from html import escape
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from flows.browse import pages as browse
from flows.settings import Settings
from models.database import open_database
from models.dictionary import meanings
from tests.points import ARTICLE, TITLE, late, points, store
from tests.sites import settings, stored

__all__ = ["points", "settings"]

WORDS = yaml.safe_load((Path(browse.__file__).parent / "words.yml").read_text(encoding="utf-8"))
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def made(points: Settings) -> Iterator[Any]:
    """Datasette on a database with a few points of Nha Trang."""
    found = browse.pages(stored(points))
    yield found
    found.get_database(browse.NAME).close()
    found.executor.shutdown()


@pytest.fixture
def apart(points: Settings, tmp_path: Path) -> Path:
    """The same in a folder where nobody else has it open."""
    file = tmp_path / "apart" / "solieu.db"
    file.parent.mkdir()
    with writer(database_of(points)) as conn:
        conn.execute(f"VACUUM INTO '{file}'")
    with writer(file) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    return file


@contextmanager
def writer(file: Path) -> Iterator[sqlite3.Connection]:
    """Another program that writes, and ends."""
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        yield conn


def pages_of(file: Path) -> Any:
    return browse.pages(open_database(f"sqlite:///{file}", create=False))


def ask(made: Any, path: str, **words: str) -> Any:
    """The answer; words go behind the address."""
    return asyncio.run(made.client.get(path + ("?" + urlencode(words) if words else "")))


def rows(made: Any, path: str, **words: str) -> list[list[Any]]:
    answer = ask(made, f"/solieu{path}.json", **words)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def database_of(settings: Settings) -> Path:
    return settings.data_dir / "db" / "solieu.db"


def test_the_first_pages_list_questions_and_views_with_their_words(made: Any, points: Settings) -> None:
    views = [(name, said[""]) for name, said in meanings(stored(points)).items()]
    questions = [(one["title"], one["description"]) for one in WORDS["queries"].values()]
    for path, said in {"/": questions + views, "/solieu": views}.items():
        page = ask(made, path)
        assert page.status_code == 200
        assert escape(WORDS["description"]) in page.text
        assert [one for one in said if f">{escape(one[0])}</a>: {escape(one[1])}<" not in page.text] == []
    assert [title for title, _ in questions if f">{escape(title)}</a>" not in ask(made, "/solieu").text] == []


def test_pages_bring_their_style(made: Any) -> None:
    assert '<link rel="stylesheet" href="/words/pages.css"' in ask(made, "/solieu/series").text
    assert ask(made, "/words/pages.css").status_code == 200


def test_every_view_has_a_page_that_explains_it(made: Any, points: Settings) -> None:
    for view, said in meanings(stored(points)).items():
        page = ask(made, f"/solieu/{view}")
        assert (view, page.status_code) == (view, 200)
        assert [name for name, meaning in said.items() if str(escape(meaning)) not in _plain(page.text)] == []
        assert ask(made, f"/solieu/{view}.json").status_code == 200


def _plain(page: str) -> str:
    """The page with its quotes as `html.escape` writes them."""
    return page.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_what_views_are_made_of_is_not_shown(made: Any) -> None:
    shown = ask(made, "/solieu.json").json()
    assert [view["name"] for view in shown["views"] if view["name"] in ("ranking", "chosen_claim")] == []
    assert {table["name"] for table in shown["tables"] if not table["hidden"]} == set(WORDS["tables"])
    assert ask(made, "/solieu/ranking").status_code == 403


def test_a_view_is_described_as_the_dictionary_of_its_database_says(points: Settings) -> None:
    engine = stored(points)
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE VIEW broad AS SELECT indicator, value AS late FROM series")
        conn.exec_driver_sql("DROP VIEW data_dictionary")
        conn.exec_driver_sql(
            """CREATE VIEW data_dictionary AS
            SELECT 'broad' AS view_name, 0 AS position, '' AS column_name, 'A row of late ones' AS meaning
            UNION ALL SELECT 'broad', 1, 'indicator', 'Its code' UNION ALL SELECT 'broad', 2, 'late', 'How many'"""
        )
    made = browse.pages(engine)
    assert made.table_metadata("solieu", "broad") == {
        "description": "A row of late ones",
        "columns": {"indicator": "Its code", "late": "How many"},
        "facets": ["indicator"],
    }
    assert "A row of late ones" in ask(made, "/solieu/broad").text


@pytest.mark.parametrize(
    ("view", "facets"),
    [
        ("series", ["indicator", "province_name", "status", "measure", "freq"]),
        ("findings", ["check_name", "source"]),
        ("review", ["why", "indicator", "source"]),
        ("locality_history", ["event", "tier", "province_name"]),
    ],
)
def test_values_are_counted(made: Any, view: str, facets: list[str]) -> None:
    assert made.table_metadata("solieu", view)["facets"] == facets
    assert list(ask(made, f"/solieu/{view}.json").json()["facet_results"]) == facets


def test_a_value_is_chosen(made: Any) -> None:
    counted = ask(made, "/solieu/series.json").json()["facet_results"]["status"]["results"]
    assert [(one["value"], one["count"]) for one in counted] == [("actual", 5), ("target", 1)]
    assert len(rows(made, "/series", status="target")) == 1


@pytest.mark.parametrize("name", WORDS["queries"])
def test_every_question_is_answered_with_its_example_and_without(made: Any, name: str) -> None:
    query = WORDS["queries"][name]
    page = ask(made, f"/solieu/{name}", **query["example"])
    assert page.status_code == 200
    assert f"<p>{escape(query['description'])}</p>" in page.text
    assert f"/solieu/{name}?{escape(urlencode(query['example']))}" in page.text
    rows(made, f"/{name}", **query["example"])
    assert ask(made, f"/solieu/{name}").status_code == 200


def test_questions_find_what_was_stored(made: Any) -> None:
    found = rows(made, "/series_of", locality="568", indicator="dossier.late_rate")
    assert [tuple(row[3:8]) for row in found] == [
        ("change", "actual", "2022", -0.27, "pp"),
        ("level", "actual", "2021", 2.35, "percent"),
        ("level", "actual", "2022", 2.08, "percent"),
        ("level", "actual", "2023", 0.9, "percent"),
        ("level", "target", "2023", 0.5, "percent"),
    ]
    assert ["568", "Thành phố Nha Trang", "district"] in [row[:3] for row in rows(made, "/place", name="nha trang")]
    assert rows(made, "/indicators", word="ty le ho so tre han")[0][::4] == ["dossier.late_rate", 5]
    assert len(rows(made, "/known_on", locality="568", day="2024-01-15")) == 0
    assert len(rows(made, "/known_on", locality="568", day="2024-01-16")) == 6


def test_what_a_page_of_news_says_stays_text(made: Any) -> None:
    page = ask(made, "/solieu/series")
    assert TITLE not in page.text
    assert "&lt;/script&gt;&lt;b&gt;Hồ sơ trễ hạn" in page.text


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO parameter VALUES ('x', '1')",
        "WITH a AS (SELECT 1) DELETE FROM observation",
        "PRAGMA user_version = 7",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_nothing_is_written_by_a_query(apart: Path, sql: str) -> None:
    before, made = apart.read_bytes(), pages_of(apart)
    assert ask(made, "/solieu.json", sql=sql).status_code == 400
    assert apart.read_bytes() == before
    assert [path.name for path in apart.parent.iterdir() if path.stat().st_size and path.suffix != ".db-shm"] == [
        "solieu.db"
    ]


def test_nothing_is_written_or_handed_out_by_other_doors(apart: Path) -> None:
    before, made = apart.read_bytes(), pages_of(apart)
    for path in ("/solieu", "/solieu/run", "/solieu/series_of", "/-/messages"):
        assert asyncio.run(made.client.post(path, data={"sql": "DELETE FROM run"})).status_code == 405
    for path in ("/solieu.db", "/_internal", "/-/permissions"):
        assert ask(made, path).status_code == 403
    with pytest.raises(Exception, match="readonly"):
        asyncio.run(made.get_database("solieu").execute_write("DELETE FROM run"))
    assert apart.read_bytes() == before


def test_a_query_without_end_is_ended(points: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(browse.SETTINGS, "sql_time_limit_ms", 20)
    answer = ask(browse.pages(stored(points)), "/solieu.json", sql=ENDLESS)
    assert (answer.status_code, answer.json()["title"]) == (400, "SQL Interrupted")


def test_a_refused_address_prints_nothing(made: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(made, "/solieu/nothing_of_this_name").status_code == 404
    assert capsys.readouterr() == ("", "")


def test_what_a_night_stores_is_there_at_the_next_look(made: Any, points: Settings) -> None:
    assert len(rows(made, "/series")) == 6
    store(points, replace(ARTICLE, identity="https://baomau.example/b"), late(2020, "3.1"))
    assert len(rows(made, "/series")) == 7


def test_a_database_that_is_made_anew_is_the_one_that_is_shown(made: Any, points: Settings, filled_file: Path) -> None:
    assert len(rows(made, "/series")) == 6
    for path in list(database_of(points).parent.iterdir()):
        path.unlink()
    gone = ask(made, "/solieu/series.json")
    assert (gone.status_code, gone.json()["error"]) == (
        503,
        f"{database_of(points)} is not there: a replay may be making it anew",
    )
    copyfile(filled_file, database_of(points))
    assert len(rows(made, "/series")) == 0


def test_in_a_folder_that_we_may_not_write_another_ones_night_is_seen(
    apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != apart.parent and access(path, mode))
    made = pages_of(apart)

    def seen() -> tuple[set[str], list[str]]:
        return {row[0] for row in rows(made, "", sql="SELECT title FROM series")}, sorted(os.listdir(apart.parent))

    assert seen() == ({TITLE}, ["solieu.db"])
    with writer(apart) as conn:
        conn.execute("UPDATE article_version SET title = 'a whole night'")
    assert seen() == ({"a whole night"}, ["solieu.db"])
    with writer(apart) as conn:
        conn.execute("UPDATE article_version SET title = 'half a night'")
        assert seen() == ({"half a night"}, ["solieu.db", "solieu.db-shm", "solieu.db-wal"])
