"""What is kept of every claim's place is what the rule says from scratch, whatever was loaded, edited or linked."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlalchemy import Engine

from models import ArticleRecord, Claim, link_copies, load_article, load_catalogue, open_database, writing
from models.catalogue import load_parameters
from models.migrations.run import downgrade, upgrade
from tests.test_models_copies import DAY, article, rows
from tests.test_models_load import INDICATORS, LATE, PLACES

KEPT = """
    SELECT r.claim_id, r.place, r.claims, r.sources, r.different_values, r.lost_by, r.newest
    FROM ranked_claim r ORDER BY r.claim_id
"""
FROM_SCRATCH = """
    SELECT claim_id, place, claims, sources, different_values, lost_by,
        claim_id IN (SELECT claim_id FROM newest_claim) AS newest
    FROM ranking ORDER BY claim_id
"""
SHOWN = """
    SELECT point, value_text, source, article, claims, sources, different_values, newest FROM series ORDER BY point
"""
THRESHOLD = {"published_threshold": 0.5}
CLAIMS = st.builds(
    lambda year, value, **slots: replace(
        LATE, mentions=(), period=f"{year}-01-01/{year}-12-31", value=Decimal(value), **slots
    ),
    st.integers(2021, 2023),
    st.sampled_from(["1", "2"]),
    locality=st.sampled_from(["56", "575"]),
    status=st.sampled_from(["actual", "estimate", "target"]),
    bound=st.sampled_from(["eq", "approx", "lt"]),
    confidence=st.sampled_from([0.2, 0.6, 0.9]),
    derived=st.booleans(),
)
VERSIONS = st.tuples(
    st.builds(
        article,
        st.sampled_from([f"https://s{number}.vn/bai-{number}.html" for number in range(4)]),
        origin=st.sampled_from([None, None, "https://s1.vn/bai-1.html", "https://s2.vn/bai-2.html"]),
        published=st.sampled_from([None, DAY, DAY + timedelta(1)]),
        text=st.sampled_from(["Một bài.", "Bài khác."]),
        locality=st.sampled_from([None, "56", "575"]),
    ),
    st.lists(CLAIMS, max_size=5, unique_by=lambda claim: replace(claim, confidence=1)),
)


def opened(url: str) -> Engine:
    engine = open_database(url, create=True)
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
        load_parameters(conn, THRESHOLD)
    return engine


def load(engine: Engine, versions: Sequence[tuple[ArticleRecord, Sequence[Claim]]], chance: random.Random) -> None:
    for record, claims in versions:
        with writing(engine) as conn:
            load_article(conn, record, claims, now=record.fetched_at)
        if chance.random() < 0.5:
            with writing(engine) as conn:
                link_copies(conn)
    with writing(engine) as conn:
        link_copies(conn)


def in_turn(versions: Sequence[tuple[ArticleRecord, Any]]) -> list[tuple[ArticleRecord, Any]]:
    """As fetched one after the other."""
    return [
        (replace(record, fetched_at=record.fetched_at + timedelta(n), content_hash=str(n)), claims)
        for n, (record, claims) in enumerate(versions)
    ]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with places and indicators."""
    path = tmp_path_factory.mktemp("ranking") / "empty.db"
    opened(f"sqlite:///{path}").dispose()
    return path


@how(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(versions=st.lists(VERSIONS, min_size=1, max_size=9), seed=st.integers(0, 99))
def test_the_kept_places_are_those_of_the_rule(empty: Path, versions: Any, seed: int) -> None:
    chance, told = random.Random(seed), in_turn(versions)
    engine, other = (
        open_database(f"sqlite:///{copyfile(empty, empty.with_name(name))}", create=False) for name in ("1", "2")
    )
    load(engine, told, chance)
    load(other, chance.sample(told, len(told)), chance)
    assert rows(engine, KEPT) == rows(engine, FROM_SCRATCH)
    assert rows(engine, SHOWN) == rows(other, SHOWN)
    with writing(engine) as conn:
        load_parameters(conn, {"published_threshold": 0.7})
    assert rows(engine, KEPT) == rows(engine, FROM_SCRATCH)
    engine.dispose(), other.dispose()


def test_two_that_load_at_once_leave_the_places_of_the_rule(fresh_url: str) -> None:
    years = [replace(LATE, mentions=(), period=f"{year}-01-01/{year}-12-31") for year in range(2019, 2024)]
    told = [(article(f"https://s{n}.vn/bai-{n}.html", published=DAY + timedelta(n)), years) for n in range(20)]
    engine = opened(fresh_url)
    halves = [Thread(target=load, args=(opened(fresh_url), told[half::2], random.Random(half))) for half in (0, 1)]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    assert rows(engine, KEPT) == rows(engine, FROM_SCRATCH)
    assert rows(engine, "SELECT article, claims, newest FROM series ORDER BY period_start") == [
        ("https://s19.vn/bai-19.html", 20, year == 2023) for year in range(2019, 2024)
    ]


@pytest.mark.parametrize("revision", ["0006", "0001"])
def test_a_database_of_before_gets_the_places_of_its_claims(fresh_url: str, revision: str) -> None:
    engine = opened(fresh_url)
    load(engine, [(article("https://s1.vn/bai-1.html"), [replace(LATE, mentions=())])], random.Random(0))
    kept = rows(engine, KEPT)
    with writing(engine) as conn:
        downgrade(conn, revision)
        upgrade(conn)
    assert (len(kept), rows(engine, KEPT)) == (1, kept)
