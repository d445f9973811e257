"""A few points of Nha Trang in the database of `settings`; the title of their article is a formula and a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from flows.settings import Settings
from models import ArticleRecord, Claim, load_article, writing
from tests.sites import stored

TITLE = '=1+1;"</script><b>Hồ sơ trễ hạn'
ARTICLE = ArticleRecord(
    source="baomau",
    identity="https://baomau.example/nha-trang",
    content_hash="a1",
    fetched_at=datetime(2024, 1, 15, 1, 30, tzinfo=UTC),
    text="Thành phố nói về hồ sơ.",
    extractor_version="1",
    title=TITLE,
    published=date(2024, 1, 15),
    url="https://baomau.example/nha-trang",
    locality="568",
)
LATE = Claim(locality="568", indicator="dossier.late_rate", period="", value=Decimal(0), unit="percent")


def late(year: int, value: str, **slots: object) -> Claim:
    return replace(LATE, period=f"{year}-01-01/{year}-12-31", value=Decimal(value), **slots)  # type: ignore[arg-type]


FALL = late(2022, "-0.27", unit="pp", measure="change", base="2021-01-01/2021-12-31")
GRADE = replace(late(2022, "0"), indicator="par.index", measure="rating", value="Khá", unit="rating")
POINTS = (
    *(late(2021, "2.35"), late(2022, "2.08"), late(2023, "0.9"), late(2023, "0.5", status="target", bound="lt")),
    *(FALL, GRADE),
)


@pytest.fixture
def points(settings: Settings) -> Settings:
    """Three years, a target, a fall and a grade."""
    store(settings, ARTICLE, *POINTS)
    return settings


def store(settings: Settings, article: ArticleRecord, *claims: Claim) -> None:
    with writing(stored(settings)) as conn:
        load_article(conn, article, claims, now=article.fetched_at)
