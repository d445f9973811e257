"""Sixty articles, in any order, in batches of any size, into either database: every view is the same, byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from random import Random
from shutil import copyfile

from sqlalchemy import Engine, text

from extractors.page import read_page
from extractors.reader import read_article
from flows.archive import Entry
from flows.load import load_reads, prepare
from flows.reading import Read
from models.database import open_database, reading
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


def loaded(engine: Engine, order: int) -> dict[str, list[str]]:
    """What the views say after loading in that order, in batches of 1, 7 or all."""
    reads, size = Random(order).sample(articles(), len(articles())), (60, 7, 1)[order % 3]
    for start in range(0, len(reads), size):
        load_reads(engine, reads[start : start + size], run_id=None, now=lambda: MOMENT)
    said = views(engine)
    engine.dispose()
    return said


def test_in_any_order_and_on_both_databases_every_view_says_the_same(
    filled_file: Path, postgres_urls: Callable[[], str], tmp_path: Path
) -> None:
    found = []
    for order in range(5):
        copyfile(filled_file, tmp_path / f"{order}.db")
        found.append(loaded(open_database(f"sqlite:///{tmp_path}/{order}.db", create=True), order))
    for order in range(2):
        engine = open_database(postgres_urls(), create=True)
        prepare(engine, ())
        found.append(loaded(engine, order + 5))
    first, *others = found
    assert (len(articles()), {name for name in first if not first[name]}) == (60, set())
    for other in others:
        assert {name for name in first if first[name] != other[name]} == set()
