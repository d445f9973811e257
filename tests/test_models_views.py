"""Targets beside what came of them, change computed beside change printed, findings; on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import Claim, FindingRecord, load_article, load_catalogue, reading, writing
from models.types import plain
from tests.test_models_load import ARTICLE, INDICATORS, LATE, NOON, PLACES, RANK
from tests.test_models_series import article, say

COUNT: dict[str, Any] = {"code": "dossier.late", "name_vi": "Hồ sơ trễ hạn", "name_en": "Late", "unit": "count"}
LAST_YEAR = "2022-01-01/2022-12-31"
NUMBER = replace(LATE, indicator="dossier.late", unit="count", mentions=())


@pytest.fixture
def db(fresh_db: Engine) -> Engine:
    with writing(fresh_db) as conn:
        load_catalogue(conn, PLACES, [*INDICATORS, COUNT])
    return fresh_db


def load(db: Engine, *claims: Claim, name: str = "a") -> None:
    with writing(db) as conn:
        load_article(conn, article(name), claims, now=ARTICLE.fetched_at)


def rows(db: Engine, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query; numbers as text, however the database keeps them."""
    with reading(db) as conn:
        return [tuple(map(_written, row)) for row in conn.execute(text(query))]


def _written(value: Any) -> Any:
    number = isinstance(value, float | int | Decimal) and not isinstance(value, bool)
    return plain(Decimal(str(value))) if number else value


def outcomes(db: Engine) -> list[tuple[Any, ...]]:
    query = "SELECT scope, actual_scope, actual, difference, CASE met WHEN true THEN 'met' WHEN false THEN 'missed' END"
    return rows(db, f"{query}, shortfall FROM targets ORDER BY scope, time_period")


@pytest.mark.parametrize(
    ("bound", "target", "actual", "difference", "met", "shortfall"),
    [
        ("lt", "0.5", "0.7", "0.2", "missed", "0.2"),
        ("lt", "0.5", "0.5", "0", "missed", "0"),
        ("le", "0.5", "0.5", "0", "met", "0"),
        ("gt", "90", "95.1", "5.1", "met", "0"),
        ("gt", "90", "90", "0", "missed", "0"),
        ("ge", "90", "87.5", "-2.5", "missed", "2.5"),
        ("ge", "90", "90", "0", "met", "0"),
        ("eq", "90", "90", "0", "met", "0"),
        ("eq", "90", "91", "1", None, None),
    ],
)
def test_a_target_is_met_or_missed_by_its_bound(
    db: Engine, bound: str, target: str, actual: str, difference: str, met: str | None, shortfall: str | None
) -> None:
    load(db, say(target, status="target", bound=bound), say(actual))
    assert outcomes(db) == [("all", "all", actual, difference, met, shortfall)]


def know_better(db: Engine, better: str | None) -> None:
    with writing(db) as conn:
        load_catalogue(conn, PLACES, [{**one, "better": better} for one in (*INDICATORS, COUNT)])


@pytest.mark.parametrize(
    ("better", "bound", "target", "actual", "met", "shortfall"),
    [
        ("more", "eq", "90", "90", "met", "0"),
        ("more", "eq", "90", "91", "met", "0"),
        ("more", "eq", "90", "87.5", "missed", "2.5"),
        ("less", "eq", "1.5", "1.2", "met", "0"),
        ("less", "eq", "1.5", "1.7", "missed", "0.2"),
        ("less", "ge", "1.5", "1.7", "met", "0"),
        ("more", "lt", "90", "90", "missed", "0"),
        ("more", "approx", "90", "90.5", "met", "0"),
        ("more", "approx", "90", "90", "met", "0"),
        ("more", "approx", "90", "89", None, None),
        (None, "approx", "90", "91", None, None),
    ],
)  # fmt: skip
def test_a_plain_target_is_met_the_way_that_is_better(
    db: Engine, better: str | None, bound: str, target: str, actual: str, met: str | None, shortfall: str | None
) -> None:
    know_better(db, better)
    load(db, say(target, status="target", bound=bound), say(actual))
    assert [row[2:3] + row[4:] for row in outcomes(db)] == [(actual, met, shortfall)]


@pytest.mark.parametrize(
    ("better", "measure", "unit", "target", "actual", "met", "shortfall"),
    [
        ("more", "growth", "percent", "10.5", "9", "missed", "1.5"),
        ("less", "growth", "percent", "-5", "-8", "met", "0"),
        ("less", "change", "pp", "-1.5", "-1", "missed", "0.5"),
        ("more", "share_of_plan", "percent", "95", "97", "met", "0"),
        ("less", "share_of_plan", "percent", "95", "97", "missed", "2"),
        (None, "rank", "rank", "20", "14", "met", "0"),
        ("more", "rank", "rank", "20", "23", "missed", "3"),
        (None, "change", "rank", "5", "7", "met", "0"),
        ("less", "change", "rank", "5", "2", "missed", "3"),
        (None, "growth", "percent", "4", "3.1", None, None),
    ],
)  # fmt: skip
def test_movements_are_better_as_their_levels_are_and_the_first_rank_is_best(
    db: Engine,
    better: str | None,
    measure: str,
    unit: str,
    target: str,
    actual: str,
    met: str | None,
    shortfall: str | None,
) -> None:
    know_better(db, better)
    said = {"measure": measure, "unit": unit, "base": LAST_YEAR if measure in ("growth", "change") else None}
    load(db, say(target, status="target", **said), say(actual, **said))
    assert [row[2:3] + row[4:] for row in outcomes(db)] == [(actual, met, shortfall)]


def test_a_target_is_set_beside_its_own_scope_else_the_nearest(db: Engine) -> None:
    targets = [say("0.5", status="target", bound="lt", scope=scope) for scope in ("all", "district", "commune")]
    load(db, *targets, say("0.7", scope="district"), say("0.1", scope="province"))
    assert outcomes(db) == [
        ("all", "district", "0.7", "0.2", "missed", "0.2"),
        ("commune", None, None, None, None, None),
        ("district", "district", "0.7", "0.2", "missed", "0.2"),
    ]
    load(db, say("0.3"), name="b")
    assert [row[:3] for row in outcomes(db)] == [
        ("all", "all", "0.3"), ("commune", "all", "0.3"), ("district", "district", "0.7")
    ]  # fmt: skip


def test_an_estimate_stands_in_until_the_actual_is_there_and_a_bound_judges_nothing(db: Engine) -> None:
    load(db, say("0.5", status="target", bound="lt"), say("0.4", status="estimate"))
    assert outcomes(db) == [("all", "all", "0.4", "-0.1", "met", "0")]
    load(db, say("0.6", bound="lt"), name="b")
    assert outcomes(db) == [("all", "all", "0.6", "0.1", None, None)]


def test_a_target_of_another_year_unit_or_breakdown_has_no_actual(db: Engine) -> None:
    load(db, say("0.5", status="target", bound="lt"), say("0.7", period=LAST_YEAR))
    load(db, say("0.7", breakdown=(("channel", "online"),)), replace(NUMBER, value=Decimal(7)), name="b")
    assert outcomes(db) == [("all", None, None, None, None, None)]


def changes(db: Engine) -> list[tuple[Any, ...]]:
    computed = "time_period, value, previous_value, change, printed_change, change_difference"
    return rows(db, f"SELECT {computed}, growth, printed_growth, growth_difference FROM changes ORDER BY indicator")


def test_change_is_computed_beside_what_is_printed(db: Engine) -> None:
    before, after = replace(NUMBER, value=Decimal(80), period=LAST_YEAR), replace(NUMBER, value=Decimal(90))
    load(db, before, after)
    assert changes(db) == [("2023", "90", "80", "10", None, None, "12.5", None, None)]
    grew = {"measure": "growth", "unit": "percent", "base": LAST_YEAR}
    load(
        db,
        replace(NUMBER, value=Decimal("12.3"), **grew),
        replace(NUMBER, value=Decimal(11), measure="change", base=LAST_YEAR),
        replace(NUMBER, value=Decimal(99), measure="change", base="2021-01-01/2021-12-31"),
        name="b",
    )
    assert changes(db) == [("2023", "90", "80", "10", "11", "1", "12.5", "12.3", "-0.2")]


def test_a_rate_changes_in_points_and_grows_by_nothing(db: Engine) -> None:
    load(db, say("1.94", period=LAST_YEAR), say("0.7"), say("-1.24", measure="change", unit="pp", base=LAST_YEAR))
    assert changes(db) == [("2023", "0.7", "1.94", "-1.24", "-1.24", "0", None, None, None)]


def test_years_between_other_parts_of_a_year_and_estimates_beside_actuals_make_no_change(db: Engine) -> None:
    load(db, say("3", period="2021-01-01/2021-12-31"), say("2", period="2022-01-01/2022-03-31"), say("1"))
    assert changes(db) == []
    february = [say(value, period=period) for value, period in
                (("4", "2023-02-01/2023-02-28"), ("5", "2024-02-01/2024-02-29"))]  # fmt: skip
    load(db, *february, say("9", status="estimate", period="2024-02-01/2024-02-29"), name="b")
    assert changes(db) == [("2024-02", "5", "4", "1", None, None, None, None, None)]


def test_the_same_days_of_two_years_are_compared_beside_other_days_of_the_month(db: Engine) -> None:
    days = ("2022-01-01/2022-03-15", "2023-01-01/2023-03-10", "2023-01-01/2023-03-15", "2023-01-01/2023-03-20")
    load(db, *(say(f"{number}", period=period) for number, period in enumerate(days)))
    load(db, say("2.5", period=days[2], base=days[0], measure="change", unit="pp"), name="b")
    assert changes(db) == [("2023-01-01/2023-03-15", "2", "0", "2", "2.5", "0.5", None, None, None)]


def test_findings_lead_to_the_article_and_its_claims_and_end_with_their_version(db: Engine) -> None:
    found = FindingRecord(check="rate_vs_counts", message="1,25% is not 3 of 8", claims=(0, 1))
    with writing(db) as conn:
        load_article(conn, ARTICLE, [LATE, RANK], findings=[found], now=ARTICLE.fetched_at)
    query = "SELECT check_name, message, source, title, url, claim_keys FROM findings"
    keys = [key for (key,) in rows(db, "SELECT key FROM claims ORDER BY key")]
    ((*told, claim_keys),) = rows(db, query)
    assert told == ["rate_vs_counts", "1,25% is not 3 of 8", "baomau", ARTICLE.title, ARTICLE.url]
    assert all(key in claim_keys for key in keys)
    with writing(db) as conn:
        load_article(conn, replace(ARTICLE, content_hash="a2", fetched_at=NOON), [LATE], now=NOON)
    assert rows(db, query) == []
