"""Numbers stay exact and sort as numbers, periods get the labels of SDMX, keys say what is said."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from models import Claim, LoadProblem, load_article, load_catalogue, open_database, plain, reading, series, writing
from models.periods import read_period, time_period
from models.rows import row_of
from tests.test_models_load import ARTICLE, INDICATORS, LATE, PLACES

FIGURES = st.decimals(min_value=-(10**15), max_value=10**15, places=6) | st.integers(-(10**18) + 1, 10**18 - 1).map(
    Decimal
)
SHORT = st.integers(-(10**15) + 1, 10**15 - 1).flatmap(lambda n: st.integers(0, 6).map(lambda p: Decimal(n).scaleb(-p)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_db(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all examples of a property: each example replaces the article's claims."""
    path = tmp_path_factory.mktemp("numbers") / "solieu.db"
    server = request.param == "postgresql"
    engine = open_database(request.getfixturevalue("postgres") if server else f"sqlite:///{path}", create=True)
    with writing(engine) as conn:
        load_catalogue(conn, PLACES, INDICATORS)
    yield engine
    engine.dispose()


def stored(db: Engine, values: list[Decimal]) -> list[Claim]:
    """Load an article that claims each value, one a year."""
    claims = [
        replace(LATE, value=value, period=f"{1900 + year}-01-01/{1900 + year}-12-31", mentions=())
        for year, value in enumerate(values)
    ]
    with writing(db) as conn:
        load_article(conn, ARTICLE, claims, now=ARTICLE.fetched_at)
    return claims


@settings(max_examples=20, deadline=None)
@given(values=st.lists(FIGURES, min_size=1, max_size=20))
def test_a_number_is_read_back_exactly(shared_db: Engine, values: list[Decimal]) -> None:
    stored(shared_db, values)
    rows = series(shared_db)
    assert [row.value for row in rows] == values
    assert [row.value_text for row in rows] == [plain(value) for value in values]


@settings(max_examples=20, deadline=None)
@given(values=st.lists(SHORT, min_size=1, max_size=20))
def test_plain_sql_sorts_and_compares_numbers(shared_db: Engine, values: list[Decimal]) -> None:
    stored(shared_db, values)
    with reading(shared_db) as conn:
        ordered = [Decimal(str(value)) for value in conn.scalars(text("SELECT value FROM series ORDER BY value"))]
        above = conn.scalar(text("SELECT count(*) FROM series WHERE value > 5"))
    assert ordered == sorted(values)
    assert above == sum(value > 5 for value in values)


@given(value=FIGURES)
def test_a_plain_number_has_neither_exponent_nor_trailing_zeros(value: Decimal) -> None:
    written = plain(value)
    assert Decimal(written) == value
    assert "E" not in written
    assert written in ("0", written.rstrip("0").rstrip(".") if "." in written else written)
    assert written != "-0"


@pytest.mark.parametrize(
    ("iso", "freq", "label"),
    [
        ("2023-01-01/2023-12-31", "A", "2023"),
        ("2024-01-01/2024-06-30", "S", "2024-S1"),
        ("2024-07-01/2024-12-31", "S", "2024-S2"),
        ("2024-04-01/2024-06-30", "Q", "2024-Q2"),
        ("2024-02-01/2024-02-29", "M", "2024-02"),
        ("2023-08-31", "D", "2023-08-31"),
        ("2023-08-31/2023-08-31", "D", "2023-08-31"),
        ("2023-01-01/2023-09-30", "_O", "2023-01-01/2023-09-30"),
        ("2023-02-01/2023-04-30", "_O", "2023-02-01/2023-04-30"),
        ("2023-02-01/2023-02-27", "_O", "2023-02-01/2023-02-27"),
        ("2021-01-01/2025-12-31", "_O", "2021-01-01/2025-12-31"),
    ],
)
def test_a_period_has_the_label_of_its_span(iso: str, freq: str, label: str) -> None:
    assert time_period(*read_period(iso)) == (freq, label)


@given(start=st.dates(date(1990, 1, 1), date(2090, 1, 1)), days=st.integers(0, 2000))
def test_labels_tell_spans_apart(start: date, days: int) -> None:
    end = start + timedelta(days)
    freq, label = time_period(start, end)
    if freq == "_O":
        assert read_period(label) == (start, end)
    assert time_period(start, end + timedelta(1)) != (freq, label)


@pytest.mark.parametrize("iso", ["", "2023", "2023-02-30", "01/02/2023", "2023-01-02/2023-01-01", "2023-01-01/"])
def test_what_is_no_period_is_refused(iso: str) -> None:
    if iso == "2023-01-01/":
        assert read_period(iso) == (date(2023, 1, 1), date(2023, 1, 1))
    else:
        with pytest.raises(LoadProblem, match="period"):
            read_period(iso)


def test_a_key_is_made_of_what_is_said_and_of_nothing_else() -> None:
    parts = [("service", "toàn trình"), ("rating", "Tốt")]
    claim = replace(LATE, breakdown=tuple(parts), value=Decimal("1.250"))
    random.Random(1).shuffle(parts)
    same = replace(claim, breakdown=tuple(parts), value=Decimal("1.25"), confidence=0.1, printed="1,250", mentions=())
    assert row_of(claim).key == row_of(same).key
    assert row_of(claim).breakdown == '{"rating":"Tốt","service":"toàn trình"}'


@pytest.mark.parametrize(
    "other",
    [
        {"locality": "56"}, {"scope": "district"}, {"indicator": "par.index"}, {"breakdown": (("rating", "Tốt"),)},
        {"period": "2023-12-31"}, {"status": "target"}, {"measure": "change"}, {"base": "2022-01-01/2022-12-31"},
    ],
)  # fmt: skip
def test_every_slot_of_a_point_makes_another_point(other: dict[str, object]) -> None:
    assert row_of(replace(LATE, **other)).point != row_of(LATE).point  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [{"value": Decimal("1.26")}, {"bound": "gt"}, {"out_of": Decimal(8)}, {"group": "khối huyện"}, {"derived": True}],
)
def test_another_value_is_another_claim_about_the_same_point(other: dict[str, object]) -> None:
    row = row_of(replace(LATE, **other))  # type: ignore[arg-type]
    assert row.key != row_of(LATE).key
    assert row.point == row_of(LATE).point
