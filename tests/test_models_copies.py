"""Copies are linked to one original whatever the order of loading, on both databases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from models import (
    ArticleRecord,
    Fingerprint,
    Retraction,
    link_copies,
    load_article,
    load_catalogue,
    open_database,
    reading,
    retract_article,
    series,
    writing,
)
from models.keys import page_key
from models.migrations.run import downgrade, upgrade
from tests.test_models_load import ARTICLE, INDICATORS, LATE, PLACES

PAPER, PORTAL, OFFICE = (
    "https://bao.vn/ho-so-101.html",
    "https://cong.vn/ho-so-202.html",
    "https://so.vn/ho-so-303.html",
)
DAY = date(2024, 1, 15)


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    return fresh_db


def article(address: str, **slots: Any) -> ArticleRecord:
    source = address.split("/")[2]
    said = {
        "source": source,
        "identity": address,
        "url": address,
        "text": f"{ARTICLE.text} {address}",
        "published": DAY,
    }
    record = replace(ARTICLE, **{**said, **slots})
    return replace(record, content_hash=f"{record.text} {record.origin} {record.published} {record.fingerprint}")


def printed(words: str, numbers: str = "1,25 2023", bands: str = "x") -> Fingerprint:
    """A fingerprint whose shingles are the letters of `words`."""
    return Fingerprint(
        shingles=tuple(sorted(map(ord, set(words)))), numbers=tuple(sorted(numbers.split())), bands=tuple(bands)
    )


def load(db: Engine, *records: ArticleRecord, value: str | None = "1.25") -> None:
    for record in records:
        with writing(db) as conn:
            said = [replace(LATE, value=Decimal(value), mentions=())] if value else []
            load_article(conn, record, said, now=record.fetched_at)
            link_copies(conn)


def rows(db: Engine, query: str) -> list[tuple[Any, ...]]:
    with reading(db) as conn:
        return [tuple(row) for row in conn.execute(text(query))]


def linked(db: Engine) -> dict[str, str | None]:
    """Address of each article → of its original."""
    copies = """
        SELECT a.identity, original.identity FROM article a JOIN likeness k ON k.article_id = a.id
        LEFT JOIN article original ON original.id = k.origin_id ORDER BY a.identity
    """
    return {str(copy): original for copy, original in rows(db, copies)}


def test_the_article_that_others_state_is_the_original_in_whatever_order_they_come(fresh_url: str) -> None:
    paper = article(PAPER, published=date(2024, 1, 16))
    portal = article(PORTAL, origin="http://www.bao.vn/ho-so-101.html")
    office = article(OFFICE, origin=PORTAL)
    for order in permutations((paper, portal, office)):
        engine = open_database(fresh_url if order[0] is paper and order[1] is portal else "sqlite://", create=True)
        with writing(engine) as conn:
            load_catalogue(conn, PLACES, INDICATORS)
        load(engine, *order)
        assert linked(engine) == {PAPER: None, PORTAL: PAPER, OFFICE: PAPER}
        assert rows(engine, "SELECT url, origin FROM claims ORDER BY url") == [
            (PAPER, None), (PORTAL, PAPER), (OFFICE, PAPER)
        ]  # fmt: skip
        (point,) = series(engine)
        assert (point.url, point.claims, point.sources) == (PAPER, 3, 1)


def test_copies_of_an_article_that_is_not_there_are_one_group_and_say_whose(db: Engine) -> None:
    load(db, article(PORTAL, origin=PAPER), article(OFFICE, origin=PAPER))
    assert linked(db) == {PORTAL: None, OFFICE: PORTAL}
    assert rows(db, "SELECT url, origin FROM claims ORDER BY url") == [(PORTAL, PAPER), (OFFICE, PAPER)]
    assert [(point.claims, point.sources) for point in series(db)] == [(2, 1)]


def test_a_host_alone_joins_nothing_but_tells_the_copy_from_its_original(db: Engine) -> None:
    same = printed("abcdefghij")
    load(db, article(PORTAL, origin="bao.vn", published=date(2024, 1, 14), fingerprint=same))
    load(db, article(OFFICE, origin="bao.vn"), article(PAPER, fingerprint=same))
    assert linked(db) == {PAPER: None, PORTAL: PAPER, OFFICE: None}
    assert rows(db, "SELECT origin FROM claims WHERE url = '" + OFFICE + "'") == [(None,)]


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (article(PORTAL, fingerprint=printed("abcdefghij")), True),
        (article(PORTAL, fingerprint=printed("abcdefgh")), True),
        (article(PORTAL, fingerprint=printed("abcdefgXYZ")), True),
        (article(PORTAL, fingerprint=printed("abcdefWXYZ")), False),
        (article(PORTAL, fingerprint=printed("abcd")), False),
        (article(PORTAL, fingerprint=printed("abcdefghij", "1,5 2023")), False),
        (article(PORTAL, fingerprint=printed("abcdefghij", bands="y")), False),
        (article(PORTAL, fingerprint=printed("abcdefgh"), published=DAY + timedelta(30)), True),
        (article(PORTAL, fingerprint=printed("abcdefgh"), published=DAY + timedelta(31)), False),
        (article(PORTAL, fingerprint=printed("abcdefgh"), published=None), False),
        (article(PORTAL, fingerprint=printed("abcdefghij"), published=None), True),
    ],
    ids=[
        "same words", "shortened", "another lead", "half of it another", "a part of it", "other figures",
        "nothing to compare it by", "a month later", "longer after", "undated", "undated and equal",
    ],
)  # fmt: skip
def test_near_copies(db: Engine, other: ArticleRecord, is_copy: bool) -> None:
    load(db, article(PAPER, fingerprint=printed("abcdefghij")), other)
    assert linked(db) == {PAPER: None, PORTAL: PAPER if is_copy else None}


def test_equal_texts_are_copies_of_the_earliest_and_an_empty_page_of_none(db: Engine) -> None:
    load(
        db,
        article(PAPER, text="Một bài.", published=None),
        article(PORTAL, text=" Một  bài.", published=DAY),
        value=None,
    )
    load(db, article(OFFICE, text=""), article("https://so.vn/b-1.html", text=""), value=None)
    assert linked(db) == {PAPER: PORTAL, PORTAL: None, OFFICE: None, "https://so.vn/b-1.html": None}


def test_an_edited_original_leaves_its_copies_and_they_count_for_themselves(db: Engine) -> None:
    three = [article(a, fingerprint=printed("abcdefghij"), published=DAY + timedelta(n)) for n, a in
             enumerate((PAPER, PORTAL, OFFICE))]  # fmt: skip
    load(db, *three)
    assert linked(db) == {PAPER: None, PORTAL: PAPER, OFFICE: PAPER}
    later = ARTICLE.fetched_at + timedelta(1)
    load(db, article(PAPER, fingerprint=printed("zyxwvutsrq", "1,3 2023"), fetched_at=later), value="1.3")
    assert linked(db) == {PAPER: None, PORTAL: None, OFFICE: PORTAL}
    (point,) = series(db)
    assert (point.value, point.url, point.claims, point.sources) == (Decimal("1.25"), PORTAL, 3, 1)


def test_a_copy_gives_way_to_what_its_original_says_now(db: Engine) -> None:
    load(db, article(PORTAL, origin=PAPER, published=date(2024, 2, 1)))
    load(db, article(PAPER), value="1.3")
    assert [(point.value, point.url, point.different_values) for point in series(db)] == [(Decimal("1.3"), PAPER, 2)]


def test_a_copy_speaks_where_its_original_is_silent_or_was_taken_down(db: Engine) -> None:
    load(db, article(PORTAL, origin=PAPER))
    load(db, article(PAPER), value=None)
    assert [(point.url, point.sources) for point in series(db)] == [(PORTAL, 1)]
    with writing(db) as conn:
        retract_article(conn, Retraction("bao.vn", PAPER, "0", ARTICLE.fetched_at + timedelta(1), "gone"))
        link_copies(conn)
    assert linked(db) == {PAPER: None, PORTAL: None}
    assert rows(db, "SELECT url, origin FROM claims") == [(PORTAL, PAPER)]
    assert [(point.url, point.sources) for point in series(db)] == [(PORTAL, 1)]


def test_two_papers_of_their_own_and_a_copy_are_two_sources(db: Engine) -> None:
    load(db, article(PAPER), article(OFFICE), article(PORTAL, origin=PAPER))
    assert [(point.claims, point.sources) for point in series(db)] == [(3, 2)]


def test_loading_and_linking_again_writes_nothing(db: Engine) -> None:
    load(db, article(PAPER, fingerprint=printed("abcdefghij")), article(PORTAL, origin=PAPER))
    before = rows(db, "SELECT * FROM likeness ORDER BY article_id"), rows(db, "SELECT * FROM likeness_key ORDER BY key")
    load(db, article(PAPER, fingerprint=printed("abcdefghij")))
    assert before == (
        rows(db, "SELECT * FROM likeness ORDER BY article_id"), rows(db, "SELECT * FROM likeness_key ORDER BY key")
    )  # fmt: skip
    with writing(db) as conn:
        assert link_copies(conn) == frozenset()


def test_what_an_interrupted_run_left_is_linked_with_the_next(db: Engine) -> None:
    with writing(db) as conn:
        for record in (article(PAPER), article(PORTAL, origin=PAPER)):
            load_article(conn, record, [], now=record.fetched_at)
    assert linked(db) == {PAPER: None, PORTAL: None}
    with writing(db) as conn:
        assert link_copies(conn) == {("cong.vn", PORTAL)}
    assert linked(db) == {PAPER: None, PORTAL: PAPER}


def test_a_database_of_before_keeps_its_copies_of_equal_text(db: Engine) -> None:
    load(
        db,
        article(PAPER, text="Một bài."),
        article(PORTAL, text="Một bài.", published=date(2024, 1, 2)),
        article(OFFICE),
    )
    points = series(db)
    with writing(db) as conn:
        downgrade(conn, "0003")
    with writing(db) as conn:
        upgrade(conn)
    assert linked(db) == {PAPER: PORTAL, PORTAL: None, OFFICE: None}
    assert series(db) == points
    load(db, article("https://moi.vn/bai-9.html", text="Một bài."))
    assert linked(db)["https://moi.vn/bai-9.html"] == PORTAL


def test_near_copies_of_what_an_older_program_stored_are_found(db: Engine) -> None:
    load(db, article(PAPER, fingerprint=printed("abcdefghij")), article(OFFICE, fingerprint=printed("zyxwvu")))
    with writing(db) as conn:
        downgrade(conn, "0008")
    assert rows(db, "SELECT key FROM likeness_key WHERE key LIKE 'band%' ORDER BY article_id") == [("band:x",)] * 2
    with writing(db) as conn:
        upgrade(conn)
    load(db, article(PORTAL, fingerprint=printed("abcdefgh"), published=DAY + timedelta(20)))
    assert linked(db) == {PAPER: None, PORTAL: PAPER, OFFICE: None}


def test_a_page_has_one_key_however_its_address_is_written() -> None:
    written = ("https://www.bao.vn/a/b-1/", "http://bao.vn/a/b-1", "https://m.BAO.vn/a/b-1", "bao.vn/a/b-1")
    assert {page_key(address) for address in written} == {"bao.vn/a/b-1"}
    odd = ("http://bao.vn/x.aspx?id=7", "https://bao.vn/", "file:bai[1].txt")
    assert [page_key(address) for address in odd] == ["bao.vn/x.aspx?id=7", "bao.vn", "file:bai[1].txt"]


ADDRESSES = [f"https://s{number}.vn/bai-{number}.html" for number in range(6)]
VERSIONS = st.builds(
    article,
    st.sampled_from(ADDRESSES),
    origin=st.sampled_from([None, None, None, "s1.vn", "https://absent.vn/bai-7.html", *ADDRESSES]),
    published=st.sampled_from([None, DAY, DAY + timedelta(20), DAY + timedelta(40)]),
    text=st.sampled_from(["", "Một bài.", "Bài khác.", "Bài nữa."]),
    fingerprint=st.one_of(
        st.none(),
        st.builds(printed, st.text("abcdef", min_size=3), st.sampled_from(["1", "1 2"]), st.text("xyz", min_size=1)),
    ),
)


def in_turn(versions: Sequence[ArticleRecord]) -> list[ArticleRecord]:
    """As fetched one after the other."""
    return [replace(v, fetched_at=v.fetched_at + timedelta(n), content_hash=str(n)) for n, v in enumerate(versions)]


def filled(file: Path, versions: Sequence[ArticleRecord], links: Sequence[bool]) -> Engine:
    engine = open_database(f"sqlite:///{file}", create=False)
    for version, link in zip(versions, links, strict=True):
        with writing(engine) as conn:
            load_article(conn, version, [], now=version.fetched_at)
            if link:
                link_copies(conn)
    with writing(engine) as conn:
        link_copies(conn)
    return engine


@how(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(versions=st.lists(VERSIONS, min_size=2, max_size=12), seed=st.integers(0, 99))
def test_linking_what_was_loaded_gives_the_same_as_looking_at_everything(
    empty_file: Path, versions: Any, seed: int
) -> None:
    chance, records = random.Random(seed), in_turn(versions)
    with TemporaryDirectory() as folder:
        files = [Path(copyfile(empty_file, f"{folder}/{name}.db")) for name in range(3)]
        once = filled(files[0], records, [False] * len(records))
        bit_by_bit = filled(files[1], records, [chance.random() < 0.6 for _ in records])
        shuffled = filled(files[2], chance.sample(records, len(records)), [True] * len(records))
        _compare(once, bit_by_bit, shuffled)


def _compare(once: Engine, bit_by_bit: Engine, shuffled: Engine) -> None:
    assert linked(once) == linked(bit_by_bit) == linked(shuffled)
    assert not set(filter(None, linked(once).values())) & {copy for copy, original in linked(once).items() if original}
