"""Two nights over a paper and a portal: exactly what changed differs, and what did not is asked for and not sent."""

from __future__ import annotations

from sqlalchemy import select, text

from flows.nightly import night, plain_steps
from flows.report import SourceReport
from flows.settings import Settings
from models.database import reading
from models.tables import Article, ArticleVersion, Observation
from tests.sites import HOST, Site, desk_for, settings, site, stored

__all__ = ["settings", "site"]

Row = tuple[str, str, str, str]


def one_night(settings: Settings) -> dict[str, SourceReport]:
    desk = desk_for(settings)
    return {line.id: line for line in night(desk, plain_steps(desk)).sources}


def claims(settings: Settings) -> set[Row]:
    """Article, what it says, the hash of the bytes it was last read from, and whether the claim still stands."""
    said = (
        select(Article.identity, Observation.value_text, ArticleVersion.content_hash, Observation.withdrawn)
        .join(Article, Article.id == Observation.article_id)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(ArticleVersion.superseded_at.is_(None))
    )
    with reading(stored(settings)) as conn:
        return {(url.rpartition("/")[2], value, h[:8], "gone" if w else "") for url, value, h, w in conn.execute(said)}


def test_of_two_nights_exactly_the_changed_new_deleted_and_reposted_articles_differ(
    site: Site, settings: Settings
) -> None:
    for number, name in enumerate("abcdef"):
        site.article(name, f"1,{number}")
    site.list_articles(*"abcdef")
    one_night(settings)
    before = claims(settings)
    site.asked.clear()

    site.article("b", "2,5")  # changed
    site.article("g", "1,9")  # new
    site.take_down("c")
    site.pages["/h.html"] = site.pages["/d.html"]  # posted again at another address
    site.list_articles(*"abcdefgh")
    (line,) = one_night(settings).values()

    asked = dict(one.split() for one in site.asked)
    assert asked == {
        "/robots.txt": "404",
        "/tin/": "200",
        **dict.fromkeys(("/a.html", "/d.html", "/e.html", "/f.html"), "304"),
        **dict.fromkeys(("/b.html", "/g.html", "/h.html"), "200"),
        "/c.html": "410",
    }
    assert len(site.asked) == len(asked)
    counts = (line.new, line.changed, line.retracted, line.copies, line.unchanged, line.failed)
    assert (*counts, line.added, line.withdrawn) == (2, 1, 1, 1, 4, 0, 3, 2)

    after = claims(settings)
    assert {row[0] for row in before & after} == {"a.html", "d.html", "e.html", "f.html"}
    assert {(name, value, gone) for name, value, _, gone in after - before} == {
        ("b.html", "1.1", "gone"),
        ("b.html", "2.5", ""),
        ("c.html", "1.2", "gone"),
        ("g.html", "1.9", ""),
        ("h.html", "1.3", ""),
    }
    with reading(stored(settings)) as conn:
        copied = conn.execute(text("SELECT url, origin FROM claims WHERE origin IS NOT NULL")).all()
    assert [tuple(row) for row in copied] == [(f"{HOST}/h.html", f"{HOST}/d.html")]
