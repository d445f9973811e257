"""Annotated articles: the sample sites of this repository, and folders of `ID.yaml` beside `ID.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from extractors.facts import Article
from extractors.page import read_page
from extractors.text import normalise
from flows.files import FACTS
from flows.samples import FOLDER as SITES

ROOT = Path(__file__).parents[2]
_NOT_PROSE = ("chrome", "byline", "dateline")

Facts = Mapping[str, Any]
"""An observation as the annotated files write it: {"indicator": "dossier.late_rate", "value": 0.7, …}."""


class NotAnnotated(Exception):
    """A folder or a file that cannot be read as annotations; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, what a careful reader finds in it, and the place and day that this reader gives the article."""

    article: Article
    wanted: tuple[Facts, ...]
    locality: str | None
    published: date

    def lines(self) -> Iterator[str]:
        """The blocks of title and body, as the other two readers get them: ["Nha Trang: …", …]."""
        for block in self.article.blocks:
            if block.kind not in _NOT_PROSE:
                yield normalise(self.article.text[block.start : block.end]).norm


def read_samples() -> list[Annotated]:
    """The pages of the sample sites: `tests/sources/SITE/*.yaml` names them and holds their observations."""
    files = sorted((ROOT / "tests" / "sources").glob("*/*.yaml"))
    return [_read(file, _load(SITES / file.parent.name / "source.yml")) for file in files]


def read_folder(folder: Path) -> list[Annotated]:
    """Every `ID.yaml` of a folder. Raises NotAnnotated."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise NotAnnotated(f"{folder}: no annotated articles, expected ID.yaml beside ID.txt")
    return [_read(file) for file in files]


def _read(file: Path, source: Facts | None = None) -> Annotated:
    gold = _load(file)
    page = _page_of(file, gold.get("article", f"{file.stem}.txt"))
    selectors = source.get("page", {}) if source else {}
    given = {"url": gold["url"], "locality": source["locality"]} if source else _card(page)
    article = read_page(page.read_bytes(), name=page.name, selectors=selectors, facts=given)
    try:
        published = date.fromisoformat(str(gold["published"]))
        return Annotated(article, tuple(gold["observations"]), gold["locality"], published)
    except (KeyError, ValueError) as problem:
        raise NotAnnotated(f"{file}: {problem}, expected published, locality and observations") from problem


def _page_of(file: Path, name: str) -> Path:
    """The article beside its annotations or up the tree."""
    found = (path for folder in file.resolve().parents if (path := folder / name).is_file())
    page = next(found, None)
    if page is None:
        raise NotAnnotated(f"{file}: its article {name} is not there")
    return page


def _card(page: Path) -> Facts:
    """What is known of the page: `ID.json` beside it, as `solieu extract` takes it."""
    card = page.with_suffix(".json")
    facts: Facts = json.loads(card.read_text(encoding="utf-8")) if card.exists() else {}
    return {name: facts[name] for name in FACTS if name in facts}


def _load(file: Path) -> Facts:
    facts: Facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    return facts
