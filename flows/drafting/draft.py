"""A survey becomes the YAML of a source, for a person to read and mend: what is not sure is a comment, not a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import soupsieve
import yaml
from bs4 import BeautifulSoup

from extractors.facts import Article
from extractors.places.gazetteer import Locality
from flows.drafting.site_lists import Site, words
from flows.drafting.survey import Sample, Survey, read_sample, word_count
from flows.problems import FileProblem, SurveyProblem, unwritten
from flows.store import write_file
from flows.web.addresses import domain
from flows.web.fetch import Page

SLOTS = ("title", "published", "lead", "body", "author", "section", "updated")
_LAST_OLD_DAY = date(2025, 6, 30)
_UNSURE = ("text", "lead", "trafilatura", "page", "not found")
"""Layers that guess."""


@dataclass
class Draft:
    """The text of a source's YAML; `told` is what was found for each part, `mend` what a person has to look at."""

    text: str
    told: list[tuple[str, str]] = field(default_factory=list)
    mend: list[str] = field(default_factory=list)


def source_id(url: str) -> str:
    """The id of a site: baokhanhhoa of https://www.baokhanhhoa.vn/, dongkhoi_baovinhlong of dongkhoi.baovinhlong.vn."""
    host = url.split("://", 1)[1].partition("/")[0].partition(":")[0].casefold()
    above = host.removesuffix(domain(url)).rstrip(".").removeprefix("www").strip(".")
    name = "_".join([*above.split("."), domain(url).partition(".")[0]]) if above else domain(url).partition(".")[0]
    return re.sub(r"[^a-z0-9_-]+", "_", name).strip("_-") or "source"


def draft(found: Survey, today: date, locality: str | None = None, served_at: str | None = None) -> Draft:
    """The YAML, whole. `today` decides which places are in force; `locality` is what a person says it is."""
    made = Draft("", mend=list(found.site.notes))
    name, home = _name_and_home(found.site, today)
    family = _family(found)
    lines = [
        f"# Drafted by `solieu sources add {found.site.url}` on {today}. Nobody has read it yet.",
        f"# Family of the content system: {family.get('name', 'none that we know')}",
        f"name: {_scalar(name)}",
        f"url: {found.site.url}",
        *([f"served_at: {served_at}"] if served_at else []),
        "enabled: false  # until a person has read this file and the page that was saved with it",
        *_locality(locality, home, made),
        *_lists(found),
        f"# {_path(found.samples[0])}",
        f"article: {_quoted(found.article)}",
        *_page(found, family.get("page") or {}, made),
        f"expect: {{articles: [{max(1, found.listed // 3)}, {found.listed * 3}], dated: 0.9}}",
    ]
    made.text = "\n".join(lines) + "\n"
    made.told = [("name", name), *made.told, *_told(found)]
    return made


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises SurveyProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x"):  # nobody else's
            pass
        write_file(path, text.encode())
    except FileProblem as problem:
        path.unlink()
        raise SurveyProblem(str(problem)) from None
    except OSError as error:
        raise SurveyProblem(unwritten(path, error)) from None


def _name_and_home(site: Site, today: date) -> tuple[str, str | None]:
    """The first of the site's names that names a place, and the place: today's, else the one that it was."""
    for name in site.names:
        if home := _home(name, today) or _home(name, _LAST_OLD_DAY):
            return name, home
    return next(iter(site.names), site.domain), None


def _locality(given: str | None, home: str | None, made: Draft) -> Iterator[str]:
    """The unit that is given, or that of the name if it is in force; else what is known, as a comment."""
    from extractors.places.gazetteer import locality

    unit = locality(given or home or "")
    if unit and (given or unit.valid_to is None):
        made.told.append(("locality", f"{unit.name} ({unit.id})"))
        yield f'locality: "{unit.id}"  # {unit.name}'
        return
    told = _former(unit) if unit else "which province? solieu localities NAME"
    made.mend.append(f"locality: {told}")
    yield f'# locality: "…"  # {told}'


def _former(unit: Locality) -> str:
    """ "Tỉnh Bình Định (52) ended 2025-06-30 and is part of Tỉnh Gia Lai (52@2025): which?"."""
    from extractors.places.gazetteer import locality, new_province

    now = locality(new_province(unit.id) or "")
    after = f" and is part of {now.name} ({now.id})" if now else ""
    return f"{unit.name} ({unit.id}) ended {unit.valid_to}{after}: which?"


def _home(name: str, day: date) -> str | None:
    """The unit in the name of a paper or an office."""
    from extractors.mastheads import read_masthead
    from extractors.places.article import ArticlePlaces

    return ArticlePlaces(read_masthead(name) or name, "", day).own


def _lists(found: Survey) -> Iterator[str]:
    lists = {"rss": found.feeds, "sitemaps": found.sitemaps, "pages": found.pages}
    yield "list:" if any(lists.values()) else "list: {}"
    for kind, urls in lists.items():
        if urls:
            yield f"  {kind}:"
            yield from (f"    - {_scalar(url)}  # named {len(articles)} articles" for url, articles in urls.items())
    for url in found.site.undated:
        yield f"  # sitemaps: [{_scalar(url)}]  # also there; an index or without days: it may name all that ever was"


def _page(found: Survey, known: Mapping[str, str], made: Draft) -> Iterator[str]:
    """Selectors of the family that every sample has, where the page is read as well with them; and who told what."""
    trees = [BeautifulSoup(sample.page.body, "lxml") for sample in found.samples]
    page = {slot: css for slot, css in known.items() if all(soupsieve.select_one(css, tree) for tree in trees)}
    articles = [sample.article for sample in found.samples]
    if page:
        read = [_read(sample, page) for sample in found.samples]
        good = [a for a, b in zip(read, articles, strict=True) if a and _as_well(a, b)]
        page, articles = (page, good) if len(good) == len(read) else ({}, articles)
    layers = {slot: _layers(articles, slot) for slot in SLOTS}
    told = "; ".join(f"{slot}: {layer}" for slot, layer in layers.items())
    made.told.append(("layers", told))
    guessed = [slot for slot in ("title", "published", "body") if layers[slot] in _UNSURE]
    made.mend += [f"page.{slot}: a guess ({layers[slot]}), a selector would be surer" for slot in guessed]
    yield f"# {told}"
    if page:
        yield "page:"
        yield from (f"  {slot}: {_quoted(css)}" for slot, css in page.items())


def _read(sample: Sample, page: Mapping[str, str]) -> Article | None:
    try:
        return read_sample(sample.page, page)
    except FileProblem:
        return None


def _as_well(article: Article, before: Article) -> bool:
    """Whether selectors lose nothing: the same title and day, and not much less text."""
    same = (article.title, article.published) == (before.title, before.published)
    return same and word_count(article) >= 0.8 * word_count(before)


def _layers(articles: list[Article], slot: str) -> str:
    return ", ".join(sorted({article.layers.get(slot, "not found") for article in articles}))


def _family(found: Survey) -> Mapping[str, Mapping[str, str]]:
    heads = [_text(found.site.home), *(_text(sample.page) for sample in found.samples)]
    for family in words()["families"]:
        by_head = "generator" in family and any(family["generator"].casefold() in head.casefold() for head in heads)
        by_address = "address" in family and any(re.search(family["address"], s.page.url) for s in found.samples)
        if by_head or by_address:
            return dict(family)
    return {}


def _text(page: Page) -> str:
    return page.body.decode("utf-8", "replace")


def _told(found: Survey) -> Iterator[tuple[str, str]]:
    for what, lists in (("feeds", found.feeds), ("sitemaps", found.sitemaps), ("sections", found.pages)):
        yield what, ", ".join(f"{url} ({len(urls)})" for url, urls in lists.items()) or "none"
    yield "article", f"{found.article} as {', '.join(_path(sample) for sample in found.samples[:2])}"
    yield "listed today", f"{found.listed} articles"


def _path(sample: Sample) -> str:
    return "/" + sample.page.url.split("://", 1)[1].partition("/")[2]


def _scalar(text: str) -> str:
    """A text as YAML writes it, in quotes where it needs them."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).splitlines()[0]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
