"""A small newspaper on loopback, and a reader that knows one kind of sentence, so that flows are tested alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from threading import Event

import pytest
import yaml
from pytest_httpserver import HTTPServer
from sqlalchemy import Engine
from werkzeug import Request, Response

from extractors.facts import Article, Observation, Reading
from flows import nightly
from flows.desk import Desk, open_desk
from flows.report import Report
from flows.settings import Settings
from models.database import open_database
from models.ledger import Kind

HOST = "http://bao.example"


@dataclass
class Site:
    """Pages by path; what is asked for is kept in `asked` as "path status"."""

    server: HTTPServer
    sources: Path
    pages: dict[str, Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gates: dict[str, Event] = field(default_factory=dict)
    """Pages that are answered when their gate opens; by path."""

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self.answer)
        self.list_articles()

    def answer(self, request: Request) -> Response:
        page = self.pages.get(request.full_path.rstrip("?"), Response("not here", 404))
        if page.status_code == 200 and request.headers.get("If-None-Match") == page.headers.get("ETag", "none"):
            page = Response(status=304)
        self.asked.append(f"{request.full_path.rstrip('?')} {page.status_code}")
        if gate := self.gates.get(request.path):
            gate.wait()
        return page

    def put(self, path: str, body: str, etag: bool = True, **headers: str) -> None:
        self.pages[path] = Response(body, headers=headers, content_type="text/html; charset=utf-8")
        if etag:
            self.pages[path].headers["ETag"] = f'"{hashlib.sha256(body.encode()).hexdigest()}"'

    def article(self, name: str, rate: str, day: str = "12/01/2024", **how: bool) -> str:
        """An article that says one rate; its address."""
        words = f"Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là {rate}%, theo báo cáo của văn phòng."
        head = f"<head><meta charset='utf-8'><title>Hồ sơ {name}</title></head>"
        body = f"<h1>Kết quả giải quyết hồ sơ {name}</h1><span class='date'>08:30, {day}</span>"
        page = f"<html>{head}<body>{body}<div class='content'><p>{words}</p></div></body></html>"
        self.put(f"/{name}.html", page, **how)
        return f"{HOST}/{name}.html"

    def take_down(self, name: str, status: int = 410) -> None:
        self.pages[f"/{name}.html"] = Response("gone", status)

    def list_articles(self, *names: str) -> None:
        links = "".join(f"<a href='/{name}.html'>{name}</a>" for name in names)
        self.put("/tin/", f"<html><body><a href='/'>Trang nhất</a>{links}</body></html>", etag=False)

    def source(self, name: str = "bao", **fields: object) -> Path:
        """Write this site's YAML, with other fields where they are given."""
        said: dict[str, object] = {
            "name": "Báo mẫu",
            "url": HOST,
            "served_at": self.server.url_for("").rstrip("/"),
            "locality": "56",
            "list": {"pages": [f"{HOST}/tin/"]},
            "article": r"/[a-z0-9]+\.html$",
            "page": {"title": "h1", "body": "div.content", "published": "span.date"},
            "polite": {"gap": 0, "attempts": 1},
        }
        path = self.sources / f"{name}.yml"
        path.write_text(yaml.safe_dump(said | fields, allow_unicode=True))
        return path


@pytest.fixture
def site(httpserver: HTTPServer, tmp_path: Path) -> Site:
    """A site with an empty list, and its YAML in tmp_path/sources."""
    sources = tmp_path / "sources"
    sources.mkdir(exist_ok=True)
    made = Site(httpserver, sources)
    made.source()
    return made


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled_file: Path) -> Settings:
    """Everything under tmp_path, with SQLite; the same for commands, through the environment. No run has been yet."""
    (tmp_path / "data" / "db").mkdir(parents=True)
    copyfile(filled_file, tmp_path / "data" / "db" / "solieu.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOLIEU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOLIEU_SOURCES_DIR", str(tmp_path / "sources"))
    monkeypatch.setenv("SOLIEU_REPORT", "off")  # pages take a second a night; tests/test_site.py has them
    return Settings()


@pytest.fixture
def without_prefect(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands gather at once; Prefect's server takes half a minute to start."""

    def plainly(desk: Desk, warn: object, kind: Kind = "nightly") -> Report:
        return nightly.night(desk, nightly.plain_steps(desk), kind)

    monkeypatch.setattr(nightly, "run_nightly", plainly)
    monkeypatch.setattr("flows.settings.prepare_prefect", lambda *_, **__: None)


@pytest.fixture
def prefect_home(settings: Settings, prefect_database: Path) -> Path:
    """The folder where Prefect keeps its runs, with a database that has none."""
    home = settings.data_dir / "prefect"
    home.mkdir()
    copyfile(prefect_database, home / "prefect.db")
    return home


def desk_for(settings: Settings) -> Desk:
    """A desk whose reader is the small one."""
    desk = open_desk(settings)
    desk.reader = read_rates
    return desk


def stored(settings: Settings) -> Engine:
    """The database as it stands."""
    return open_database(settings.database, create=False)


def read_rates(article: Article) -> Reading:
    """Every "trễ hạn … là 1,5%" as the rate of Nha Trang in 2023."""
    said = [
        Observation(
            locality="568",
            indicator="dossier.late_rate",
            period="2023-01-01/2023-12-31",
            value=Decimal(found[1].replace(",", ".")),
            unit="percent",
            quote=found[0],
            start=found.start(),
            end=found.end(),
            printed=found[1],
        )
        for found in re.finditer(r"trễ hạn[^.%]* là (\d+(?:,\d+)?)%", article.text)
    ]
    return Reading(article, "568", tuple(said))


def rates(engine: Engine) -> list[str]:
    """The series as it stands: "2023 0.7 from Hồ sơ a"."""
    from models.points import series

    return [f"{row.time_period} {row.value} of {row.claims} in {row.title}" for row in series(engine)]
