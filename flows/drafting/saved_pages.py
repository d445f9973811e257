"""Saved pages of a source, each with the facts that a person has read on it: SOURCES_DIR/pages/ID/SLUG.html and .yml.

`keep_page` writes both; `check_pages` reads the page again, with the source as it is now and without the network, and
says in what the facts differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from extractors.facts import Reading
from flows.archive import slug
from flows.check import Checked
from flows.drafting.draft import SLOTS, write_new
from flows.drafting.survey import word_count
from flows.problems import FileProblem
from flows.reading import Reader, read_bytes
from flows.sources import Source
from flows.store import write_file
from flows.web.fetch import Page

_EDGE = 8
"""Words of the text's beginning and end that are kept."""
_HEAD = """\
# What solieu reads on the page beside this file. Read both, mend here what is wrong, then mend the source's selectors
# until `solieu sources check {id} --pages` finds no difference.
"""
_WHERE = ("url", "fetched", "content_type")
"""Not read on the page."""


def folder_of(sources_dir: Path, source_id: str) -> Path:
    return sources_dir / "pages" / source_id


def keep_page(folder: Path, page: Page, source: Source, reader: Reader) -> Path:
    """Save a page with what is read on it; the file of facts, which stays as it is where a person has it already.

    Raises FileProblem, SurveyProblem.
    """
    path = folder / f"{slug(page.url)}.yml"
    if path.exists():
        return path
    day = page.fetched_at.date()
    where = {"url": page.url, "fetched": day, "content_type": page.headers.get("content-type")}
    facts = {**where, **_facts(_read(page.body, where, source, reader))}
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=110)
    folder.mkdir(parents=True, exist_ok=True)
    write_file(path.with_suffix(".html"), page.body)
    write_new(path, _HEAD.format(id=source.id) + text)
    return path


def check_pages(source: Source, folder: Path, reader: Reader) -> Iterator[Checked]:
    """Each saved page of a source, read again."""
    for path in sorted(folder.glob("*.yml")):
        try:
            wanted = _wanted(path)
            page = path.with_suffix(".html")
            seen = _facts(_read(page.read_bytes(), wanted, source, reader))
            said = "; ".join(_differing(seen, wanted))
            yield Checked(source.id, str(path), not said, said or "as expected")
        except FileProblem as problem:
            yield Checked(source.id, str(path), False, str(problem))
        except OSError as error:
            yield Checked(source.id, str(path), False, f"{error.filename}: cannot be read ({error.strerror})")


def _differing(seen: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """Facts that a person has left out are not asked for; others that are not known are told."""
    for slot in [slot for slot in wanted if slot not in _WHERE]:
        if seen.get(slot, ...) != wanted[slot]:
            yield f"{slot}: {seen.get(slot, 'no such fact')!r} read, {wanted[slot]!r} expected"


def _wanted(path: Path) -> Mapping[str, Any]:
    try:
        facts: Any = yaml.safe_load(path.read_bytes())
    except (yaml.YAMLError, UnicodeError) as error:
        raise FileProblem(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(facts, dict) or type(facts.get("fetched")) is not date or not facts.get("url"):
        raise FileProblem(f"{path}: the facts of a saved page are a mapping with url, fetched (a day), title …")
    return facts


def _read(data: bytes, where: Mapping[str, Any], source: Source, reader: Reader) -> Reading:
    kind = f"text/html; charset={source.encoding}" if source.encoding else where.get("content_type")
    given = {"url": where["url"], "locality": source.locality}
    return read_bytes(
        data, where["url"], reader, given=given, selectors=source.layout(where["fetched"]).selectors, kind=kind
    )


def _facts(reading: Reading) -> dict[str, Any]:
    """What a person can compare with the page."""
    article = reading.article
    blocks = [b for b in article.blocks if b.kind in ("lead", "heading", "paragraph", "item", "cell")]
    said = [word for b in blocks for word in article.text[b.start : b.end].split()]
    moment: datetime | date | None = article.published_at or article.published
    return {
        "title": article.title,
        "published": moment.isoformat() if moment else None,
        "updated": article.updated_at.isoformat() if article.updated_at else None,
        "section": article.section,
        "author": article.author,
        "begins": " ".join(said[:_EDGE]),
        "ends": " ".join(said[-_EDGE:]),
        "words": word_count(article),
        "captions": sum(b.kind == "caption" for b in article.blocks),
        "tables": len({b.table for b in article.blocks if b.kind == "cell"}),
        "layers": {slot: article.layers[slot] for slot in SLOTS if slot in article.layers},
        "figures": len(reading.observations),
        "issues": list(article.issues),
    }
