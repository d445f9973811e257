"""Sixty articles, in any order, by one or two at once, into either database: every view is the same, byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from random import Random
from shutil import copyfile

import pytest
from sqlalchemy import Engine, text

from extractors.page import read_page
from extractors.reader import read_article
from flows.archive import Entry
from flows.load import load_reads, prepare
from flows.reading import Read
from models.database import open_database, reading, writing
from tests.replicas import Replica, families, many

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
OURS = frozenset({"id", "version_id", "article_id", "claim_id", "finding_id"})
"""Numbers that a database gives to rows as they come."""
OF_PLACES = frozenset({"data_dictionary", "locality_history", "territory"})
"""Views that no article changes."""
MOMENTS = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")


@cache
def articles() -> list[Read]:
    """Four papers with thirteen articles each, and a portal that posts eight of the first paper's again."""
    papers = {f"bao{n}": many(family, 13, f"bao{n}") for n, family in enumerate(list(families())[:4])}
    pages = {**papers, "cong": papers["bao0"][:8]}
    return [_read(source, n, page) for source, found in pages.items() for n, page in enumerate(found)]


def _read(source: str, number: int, page: Replica) -> Read:
    url = f"http://{source}.example/bai-{number}.html"
    article = read_page(page.page, name=url, selectors=page.selectors, facts={"url": url, "locality": "56"})
    digest, moment = hashlib.sha256(page.page).hexdigest(), MOMENT + timedelta(minutes=number)
    path = PurePosixPath(source, "2026", "11", f"bai-{number}.json")
    return Read(Entry(path, source, url, url, moment, digest, f"bai-{number}.html.gz"), read_article(article))


def views(engine: Engine) -> dict[str, list[str]]:
    """The rows of every view that depends on articles, in the order of what they say."""
    with reading(engine) as conn:
        names = conn.scalars(text("SELECT DISTINCT view_name FROM data_dictionary")).all()
        rows = {name: conn.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in {*names} - OF_PLACES}
    return {
        name: sorted(",".join(f"{k}={_plain(row[k])}" for k in row if k not in OURS) for row in rows[name])
        for name in rows
    }


def _plain(value: object) -> str:
    """As both databases say it: a number to 12 digits, a moment to the second, a truth as 0 or 1."""
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.12g}"
    if isinstance(value, datetime):
        value = f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    said = str(value)
    return said[:19] if MOMENTS.match(said) else said


def loaded(url: str, order: int, workers: int) -> dict[str, list[str]]:
    """What the views say after loading in that order, in batches of 1, 7 or all, by so many at once."""
    reads, size = Random(order).sample(articles(), len(articles())), (60, 7, 1)[order % 3]

    def work(mine: Sequence[Read]) -> None:
        engine = open_database(url, create=False)
        for start in range(0, len(mine), size):
            load_reads(engine, mine[start : start + size], run_id=None, now=lambda: MOMENT)
        engine.dispose()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, [reads[worker::workers] for worker in range(workers)]))
    engine = open_database(url, create=False)
    said = views(engine)
    engine.dispose()
    return said


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied(
    request: pytest.FixtureRequest, filled_file: Path, postgres_urls: Callable[[], str], tmp_path: Path
) -> Callable[[], str]:
    """The URL of a database that has places, indicators and no article; the same one again and again."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{copyfile(filled_file, tmp_path / 'emptied.db')}"
    engine = open_database(url := postgres_urls(), create=True)
    prepare(engine, ())

    def again() -> str:
        with writing(engine) as conn:
            conn.execute(text("TRUNCATE article CASCADE"))
        return url

    return again


def test_in_any_order_and_on_both_databases_every_view_says_the_same(
    emptied: Callable[[], str], filled_file: Path, tmp_path: Path
) -> None:
    first = loaded(f"sqlite:///{copyfile(filled_file, tmp_path / 'first.db')}", 0, 1)
    assert (len(articles()), {name for name in first if not first[name]}) == (60, set())
    for order in range(5):
        for workers in (1, 2):
            other = loaded(emptied(), order, workers)
            assert {name for name in first if first[name] != other[name]} == set()
