"""What asking costs: the README's queries and the view `latest` over a million generated observations.

Times are the best of several rounds, and multiples of counting the table's rows, which compare between machines.
`python -m benchmarks.series [OBSERVATIONS] [--plan] [--postgresql] [--json FILE]`
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from benchmarks.results import keep, parser
from flows.load import prepare
from models.database import open_database, reading, writing
from models.keys import claim_key, point_key
from models.ranking import rank_all
from models.tables import Article, ArticleVersion, MentionRow, Observation, Source
from tests.postgres import postgres_server

ROUNDS, BATCH, PER_ARTICLE = 3, 20_000, 10
START = datetime(2024, 1, 1, tzinfo=UTC)
QUERIES = {
    "count": "SELECT count(*) FROM observation",
    "a series": """
        SELECT time_period, value, unit, title FROM series
        WHERE locality = '568' AND indicator = 'dossier.late_rate'
          AND scope = 'district' AND measure = 'level' AND status = 'actual' ORDER BY period_start""",
    "a comparison": """
        SELECT locality_name, time_period, value FROM latest
        WHERE indicator = 'par.index' AND measure = 'level' ORDER BY value DESC LIMIT 3""",
    "a territory": """
        SELECT time_period, value, unit, parts FROM territory_series
        WHERE territory = '56@2025' AND indicator = 'budget.revenue' ORDER BY period_start""",
    "a doubt": """
        SELECT printed, quote, char_start, published, archive_path FROM claims
        WHERE locality = '568' AND indicator = 'dossier.late_rate' AND scope = 'district' AND value > 50""",
    "sources_of": "SELECT * FROM sources_of WHERE locality = '568' AND indicator = 'dossier.late_rate'",
    "targets": "SELECT * FROM targets WHERE locality = '568'",
    "changes": "SELECT * FROM changes WHERE locality = '568'",
    "wide": "SELECT * FROM wide WHERE locality = '568'",
    "as of": """
        SELECT * FROM vintages WHERE locality = '568' AND known_from <= '2024-02-01'
          AND (known_to IS NULL OR known_to > '2024-02-01')""",
    "latest": "SELECT * FROM latest",
}


def points(conn: Connection) -> Iterator[dict[str, Any]]:
    """Points of every province, then of every district, year by year; without end."""
    places = conn.execute(
        text("SELECT id FROM locality WHERE tier IN ('province', 'district') ORDER BY tier DESC, id")
    ).scalars()
    codes = conn.execute(text("SELECT code, unit FROM indicator ORDER BY code")).all()
    first = ("par.index", "dossier.late_rate", "budget.revenue")
    ordered = sorted(codes, key=lambda one: (one.code not in first, one.code))
    for (code, unit), year, place in product(ordered, range(2012, 2025), list(places)):
        for scope, status in (("all", "actual"), ("district", "actual"), ("all", "target")):
            yield {
                "locality": place, "scope": scope, "indicator": code, "breakdown": "", "status": status, "freq": "A",
                "period": f"{year}-01-01/{year}-12-31", "period_start": date(year, 1, 1), "time_period": f"{year}",
                "period_end": date(year, 12, 31), "measure": "level", "base": "", "unit": unit, "out_of": None,
                "among": None, "bound": "eq", "derived": False, "confidence": 0.97, "extractor_version": "1",
                "withdrawn": None,
            }  # fmt: skip


def claims(conn: Connection, chance: Random) -> Iterator[dict[str, Any]]:
    """One to three claims a point, in articles of a few claims each."""
    for number, point in enumerate(points(conn)):
        for source in chance.sample(range(9), chance.choice((1, 1, 2, 3))):
            said = {**point, "value_text": str(chance.choice((41, 57.5, 63, 90)))}
            said |= {"point": point_key(said), "key": claim_key(said), "value": Decimal(said["value_text"])}
            yield said | {"printed": said["value_text"], "article": number // PER_ARTICLE * 9 + source + 1}


def fill(engine: Engine, wanted: int) -> None:
    prepare(engine, ())
    chance = Random(6)
    with writing(engine) as conn:
        conn.execute(
            insert(Source), [{"id": f"bao{n}", "name": f"Báo {n}", "url": None, "locality": None} for n in range(9)]
        )
        stream, known, count = islice(claims(conn, chance), wanted), set[int](), 0
        while batch := list(islice(stream, BATCH)):
            fresh = sorted({one["article"] for one in batch} - known)
            known |= set(fresh)
            write(conn, fresh, [_claim(one, count + n) for n, one in enumerate(batch, start=1)])
            count += len(batch)
        rank_all(conn)
        if engine.dialect.name == "postgresql":
            conn.execute(text("ANALYZE"))


def _claim(said: dict[str, Any], number: int) -> dict[str, Any]:
    article = said.pop("article")
    return {**said, "id": number, "article_id": article, "first_seen": _fetched(article)}


def _fetched(article: int) -> datetime:
    return START + timedelta(minutes=article)


def write(conn: Connection, fresh: list[int], batch: list[dict[str, Any]]) -> None:
    if fresh:
        conn.execute(insert(Article), [{"id": n, "source_id": f"bao{n % 9}", "identity": f"bai-{n}"} for n in fresh])
        conn.execute(insert(ArticleVersion), [_version(n) for n in fresh])
    conn.execute(insert(Observation), batch)
    mention = {"char_start": 0, "char_end": 2, "quote": "41"}
    conn.execute(
        insert(MentionRow), [{**mention, "observation_id": one["id"], "version_id": one["article_id"]} for one in batch]
    )


def _version(number: int) -> dict[str, Any]:
    return {
        "id": number, "article_id": number, "content_hash": f"{number}", "text_hash": f"{number}", "layers": {},
        "fetched_at": _fetched(number), "title": f"Bài {number}", "published": _fetched(number).date(), "text": "41",
        "url": f"https://bao.example/bai-{number}", "archive_path": f"bai-{number}", "extractor_version": "1",
    }  # fmt: skip


def ask(engine: Engine, query: str) -> tuple[float, int]:
    """Seconds of the quickest round, and how many rows came."""
    times, rows = [], 0
    for _ in range(ROUNDS):
        start = perf_counter()
        with reading(engine) as conn:
            rows = len(conn.execute(text(query)).all())
        times.append(perf_counter() - start)
        if times[-1] > 5:
            break
    return min(times), rows


def report(engine: Engine, plan: bool) -> Iterator[tuple[str, float]]:
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    unit, _ = ask(engine, QUERIES["count"])
    for name, query in QUERIES.items():
        seconds, rows = ask(engine, query)
        print(f"  {name:14}{seconds * 1000:10.1f} ms  {seconds / unit:8.1f} times the count  {rows:8} rows", flush=True)
        yield f"{engine.dialect.name}, {name}: ms", seconds * 1000
        if plan:
            with reading(engine) as conn:
                print("\n".join(f"      {row[-1]}" for row in conn.execute(text(explain + query))))


def main() -> None:
    given = parser(observations=1_000_000)
    given.add_argument("--plan", action="store_true")
    given.add_argument("--postgresql", action="store_true")
    asked = given.parse_args()
    server = postgres_server() if asked.postgresql else nullcontext()
    with TemporaryDirectory() as folder, server as url:
        engine = open_database(url or f"sqlite:///{Path(folder)}/solieu.db", create=True)
        start = perf_counter()
        fill(engine, asked.observations)
        print(f"{engine.dialect.name}: filled in {perf_counter() - start:.0f} s")
        keep(dict(report(engine, asked.plan)), asked.json)
        engine.dispose()


if __name__ == "__main__":
    main()
