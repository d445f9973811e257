"""Replicas of the families of content systems: their pages are read whole, with the source's selectors and without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pytest

from extractors.facts import Article
from extractors.page import read_page
from flows.sources import load_sources
from flows.web.addresses import canonical
from tests.replicas import NUMBER, SOURCES, Replica, articles, families, replicas

APART = {"title", "caption", "byline", "dateline", "chrome"}
BULLET = re.compile(r"^[-+•*]\s+")
NAMES = re.compile(r"\b(?:class|id|itemprop)=(?:\"[^\"]*\"|[\w-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """What was read of a page."""

    article: Article

    @property
    def rows(self) -> list[tuple[str, str]]:
        spans = ((block.kind, self.article.text[block.start : block.end]) for block in self.article.blocks)
        return [(kind, BULLET.sub("", text.replace("\u200b", ""))) for kind, text in spans]

    @property
    def body(self) -> list[tuple[str, str]]:
        return [(kind, text) for kind, text in self.rows if kind not in APART]

    @property
    def captions(self) -> list[str]:
        return [text for kind, text in self.rows if kind == "caption"]

    @property
    def tables(self) -> list[dict[tuple[int | None, int | None], str]]:
        cells = [b for b in self.article.blocks if b.kind == "cell"]
        text = self.article.text
        return [
            {(b.row, b.column): text[b.start : b.end] for b in cells if b.table == table}
            for table in sorted({b.table or 0 for b in cells})
        ]

    @property
    def minute(self) -> datetime | None:
        moment = self.article.published_at
        return moment.replace(tzinfo=None, second=0) if moment else None


def read(replica: Replica, selectors: Mapping[str, str]) -> Read:
    return Read(read_page(replica.page, name=f"{replica.family}/{replica.name}", selectors=selectors))


def numbers(rows: Iterable[tuple[str, str]]) -> Counter[str]:
    return Counter(number for _, text in rows for number in NUMBER.findall(text))


@cache
def pages() -> list[Replica]:
    return replicas()


def test_the_replicas_are_many_enough_to_show_something() -> None:
    assert (len(families()) >= 8, len(articles()) >= 8, len(pages()) >= 60) == (True, True, True)
    assert sum(numbers(page.body).total() for page in pages()) >= 2000


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.family}-{page.name}")
def test_a_replica_is_read_whole_with_the_selectors_of_its_source(page: Replica) -> None:
    seen = read(page, page.selectors)
    assert (seen.article.title, seen.minute) == (page.title, page.published)
    assert (seen.article.section, seen.article.updated_at) == (page.section, page.updated)
    assert seen.body == page.body
    assert (seen.captions, seen.tables) == (page.captions, page.tables)
    assert numbers(seen.body) == numbers(page.body)
    assert seen.article.issues == ()


def test_the_fallback_layers_read_nearly_as_much_without_selectors() -> None:
    dated = titled = found = spare = 0
    for page in pages():
        seen = read(page, {})
        titled += seen.article.title == page.title
        dated += seen.minute == page.published
        found += (numbers(seen.body) & numbers(page.body)).total()
        spare += (numbers(seen.body) - numbers(page.body)).total()
    wanted = sum(numbers(page.body).total() for page in pages())
    shares = {"title": titled / len(pages()), "date": dated / len(pages()), "numbers": found / wanted}
    assert shares == {"title": 1.0, "date": 1.0, "numbers": 1.0}
    assert spare == 0


def test_so_do_they_when_no_name_of_a_class_is_known() -> None:
    """A redesign: nothing of what the reader knows of content systems helps; advertising is in the body then."""
    found = spare = 0
    for page in pages():
        renamed = NAMES.sub('class="x"', page.page.decode())
        seen = Read(read_page(renamed.encode(), name=page.name))
        assert (seen.article.title, seen.minute) == (page.title, page.published), (page.family, page.name)
        found += (numbers(seen.body) & numbers(page.body)).total()
        spare += (numbers(seen.body) - numbers(page.body)).total()
    wanted = sum(numbers(page.body).total() for page in pages())
    assert found == wanted
    assert spare <= 0.025 * wanted


# Addresses as the notes on the sites have them, with digits, slugs and categories put in for their marks.
ADDRESSES = {
    "baokhanhhoa": [
        ("/chinh-tri/202404/slug-8274562/", "/xa-hoi/tin/202501/slug-5a448d5"),
        ("/chinh-tri/", "/kinh-te/"),
    ],
    "baodaklak": [
        ("/kinh-te/202404/slug-8274562/", "/kinh-te/202501/slug-5a448d5/"),
        ("/kinh-te/", "/kinh-te/?page=2"),
    ],
    "baotayninh": [("/slug-a169010.html", "/slug-137661.html"), ("/chinh-tri/", "/rss/news/slug.rss")],
    "baodongthap": [("/slug-a169010.html",), ("/kinh-te.html", "/")],
    "baonghean": [("/slug-10288111.html",), ("/slug-event123.html", "/kinh-te")],
    "baohatinh": [("/slug-post265002.html",), ("/kinh-te/", "/rss/home.rss")],
    "baosonla": [("/slug-post265002.html",), ("/cai-cach-hanh-chinh.html",)],
    "baoquangninh": [("/slug-3298881.html",), ("/kinh-te", "/")],
    "baothanhhoa": [("/slug-207318.htm",), ("/ddci-thanh-hoa", "/kinh-te")],
    "baoquangngai": [("/slug-207318.htm",), ("/kinh-te",)],
    "baobacninhtv": [("/slug-postid410001.bbg",), ("/kinh-te",)],
    "baohaugiang": [("/slug-215.html",), ("/kinh-te",)],
    "baobinhdinh": [("/viewer.aspx?macm=39&macmp=39&mabb=222823",), ("/viewer.aspx?macm=39", "/")],
    "baoninhthuan": [("/diendan/49334p25c151/slug.htm",), ("/diendan", "/")],
    "baodienbienphu": [("/tin-bai/kinh-te/slug",), ("/tin-bai/kinh-te", "/")],
}
ALIKE = {
    "baokhanhhoa": ("baothainguyen", "baoquangtri", "baodongnai", "baotuyenquang", "baoquangbinh"),
    "baotayninh": ("baolongan", "baocantho", "baodongkhoi", "baobinhduong"),
    "baonghean": ("baodanang", "baohaiphong", "hanoimoi"),
    "baohatinh": ("baogialai",),
}
EXAMPLES = ADDRESSES | {one: ADDRESSES[first] for first, others in ALIKE.items() for one in others}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_pattern_of_a_source_tells_articles_from_lists(name: str) -> None:
    (source,), _ = load_sources(SOURCES, [name])
    good, lists = EXAMPLES[name]
    links = dict.fromkeys(good, True) | dict.fromkeys(lists, False)
    assert {path: source.is_article(canonical(source.url + path)) for path in links} == links


def test_every_source_has_examples_and_those_never_seen_are_not_enabled() -> None:
    sources, _ = load_sources(SOURCES)
    assert {source.id for source in sources} - set(EXAMPLES) == {"khanhhoa_portal"}
    assert len(sources) >= 20
    assert {source.id for source in sources if source.enabled} == {"baokhanhhoa", "baotayninh"}
