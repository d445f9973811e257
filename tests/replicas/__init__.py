"""Replicas of article pages: each article of ours (articles/*.yml) as every family of content systems prints it.

Sentences are ours and figures are made up. A template (families/*.html) is built as reference notes tell of the real
pages: class names, dates, captions, related links inside and below the text, counters, telephone and licence numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from flows.source_parts import Layout
from flows.sources import read_source

FOLDER = Path(__file__).parent
SOURCES = FOLDER.parent.parent / "flows" / "sources"
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
NUMBER = re.compile(r"\d+(?:[.,/:]\d+)*")
FIGURE = re.compile(r"(?<![\d.,/:])[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|,\d+)(?![\d/:])")

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Replica:
    """One page, and what a careful reader reads on it."""

    family: str
    name: str
    page: bytes
    selectors: Mapping[str, str]
    title: str
    published: datetime
    lead: str
    blocks: tuple[Facts, ...]
    section: str | None
    updated: datetime | None

    @property
    def body(self) -> list[tuple[str, str]]:
        """Kind and text of every block of the article below its title, captions apart."""
        read: list[tuple[str, str]] = [("lead", self.lead)]
        for block in self.blocks:
            if block["kind"] == "list":
                read += [("item", item) for item in block["entries"]]
            elif block["kind"] == "table":
                read += [("cell", cell) for row in block["rows"] for cell in row]
            elif block["kind"] != "photo":
                read.append((block["kind"], block["text"]))
        return read

    @property
    def captions(self) -> list[str]:
        return [block["text"] for block in self.blocks if block["kind"] == "photo"]

    @property
    def tables(self) -> list[dict[tuple[int, int], str]]:
        tables = [block["rows"] for block in self.blocks if block["kind"] == "table"]
        return [{(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)} for rows in tables]


@cache
def families() -> Facts:
    found: Facts = yaml.safe_load((FOLDER / "families.yml").read_text(encoding="utf-8"))
    return found


@cache
def articles() -> Facts:
    return {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("articles/*.yml"))
    }


def replicas() -> list[Replica]:
    return [_replica(family, name, article) for family in families() for name, article in articles().items()]


def many(family: str, count: int, seed: str) -> list[Replica]:
    """So many pages of a family, no two with the same figures: the articles again and again, with digits of `seed`."""
    rounds = range(-(-count // len(articles())))
    named = [
        (f"{name}-{n}", _varied(article, Random(f"{seed} {n}"))) for n in rounds for name, article in articles().items()
    ]
    return [_replica(family, name, article) for name, article in named[:count]]


def _varied(said: Any, chance: Random) -> Any:
    """The same words with other figures; years, dates and counts of a few digits stay."""
    if isinstance(said, str):
        return FIGURE.sub(lambda m: m[0][0] + re.sub(r"\d", lambda _: str(chance.randrange(10)), m[0][1:]), said)
    if isinstance(said, list):
        return [_varied(one, chance) for one in said]
    if isinstance(said, dict):
        return {key: _varied(one, chance) for key, one in said.items()}
    return said


def _replica(family: str, name: str, article: Facts) -> Replica:
    facts = families()[family] or {}
    published, blocks = datetime.fromisoformat(article["published"]), tuple(map(_block, article["body"]))
    shown = {"title": article["title"], "lead": article["lead"], "author": article["author"], "blocks": blocks}
    page = (
        _templates()
        .get_template(f"{family}.html")
        .render(
            a=shown,
            when=published.strftime,
            vn_weekday=lambda: WEEKDAYS[published.weekday()],
            clock12=lambda: published.strftime("%I:%M:%S %p"),
            json_ld=_json_ld(article),
        )
    )
    layout = read_source(SOURCES / f"{facts['source']}.yml").page[-1] if "source" in facts else Layout()
    selectors = {**layout.selectors, **facts.get("page", {})}
    told = facts.get("section"), facts.get("updated")
    lead = facts.get("dateline", "") + article["lead"]
    return Replica(family, name, page.encode(), selectors, article["title"], published, lead, blocks, *told)


def _block(said: Facts) -> Facts:
    ((kind, value),) = said.items()
    if kind == "table":
        return {"kind": "table", "rows": value}
    if kind == "list":
        return {"kind": "list", "entries": value}
    return {"kind": {"p": "paragraph", "h": "heading", "photo": "photo"}[kind], "text": value}


def _json_ld(article: Facts) -> str:
    facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": article["title"]}
    facts |= {"description": article["lead"], "datePublished": f"{article['published']}:00+07:00"}
    facts |= {"dateModified": "2026-11-20T10:00:00+07:00", "author": [{"@type": "Person", "name": article["author"]}]}
    return json.dumps(facts, ensure_ascii=False)


@cache
def _templates() -> Environment:
    env = Environment(loader=FileSystemLoader(FOLDER / "families"), autoescape=True, undefined=StrictUndefined)
    env.filters["bold_first"] = lambda text: _numbers(text, "<strong>{}</strong>", most=1)
    env.filters["span_numbers"] = lambda text: _numbers(text, "<span>{}</span>", most=0)
    env.filters["nbsp"] = lambda text: Markup(str(escape(text)).replace(" ", "&nbsp;", 3))
    return env


def _numbers(text: str, around: str, most: int) -> Markup:
    """The text with tags around its numbers, as editors leave them."""
    return Markup(NUMBER.sub(lambda m: around.format(m[0]), str(escape(text)), count=most))
