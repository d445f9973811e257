"""As many articles as one asks for, made of our sample pages: other places, other figures, other years.

page = made_page(4711)      # always the same page for a number
fill(archive, 10_000)       # as if a source had been visited for years
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from extractors.places.gazetteer import Locality, is_new, localities, locality, new_province
from flows.archive import Archive
from flows.samples import FOLDER
from flows.sources import Source, read_source

HOMES = {"khanhhoa": "Khánh Hòa", "lamdong": "Lâm Đồng", "tayninh": "Tây Ninh"}
NAMED = {
    "city": ("TP. Tây Ninh", "thành phố Tây Ninh", "TP. Nha Trang", "thành phố Nha Trang", "Đà Lạt", "Bảo Lộc"),
    "district": ("Diên Khánh", "Đức Trọng", "Hòa Thành", "Trảng Bàng"),
    "ward": ("Xuân Hương - Đà Lạt", "Xuân Hương", "Tân Ninh", "Nam Nha Trang"),
}
"""The places of the samples beside their provinces, longer names first where one holds another."""
NUMERAL = re.compile(r"(?<![\d.,/-])(\d{1,3}(?:\.\d{3})+|\d+,\d+)(?![\d.,/-])")
YEAR = re.compile(r"(?<!\d)20(?:1\d|2[0-6])(?!\d)")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page of a source, as a site would serve it."""

    source: Source
    url: str
    html: str


def made_page(number: int) -> MadePage:
    """The page of that number."""
    samples = sample_pages()
    file, address, source = samples[number % len(samples)]
    chance = Random(number)
    html = _elsewhere(file.read_text("utf-8"), HOMES[source.id], chance)
    html = NUMERAL.sub(lambda found: _another(found[0], chance), html)
    earlier = chance.randrange(8)
    html = YEAR.sub(lambda found: str(int(found[0]) - earlier), html)
    return MadePage(source, f"{address}?{number}", html)


def fill(archive: Archive, count: int) -> None:
    """Keep so many pages, fetched a minute apart."""
    for number in range(count):
        page = made_page(number)
        data, moment = page.html.encode(), SINCE + timedelta(minutes=number)
        archive.keep(archive.propose(page.source.id, page.url, data, fetched_at=moment), data)
    for name in HOMES:  # a paper of the whole country: its articles say where they are
        said = (FOLDER / name / "source.yml").read_text("utf-8")
        archive.keep_source(name, re.sub(r"(?m)^locality:.*\n", "", said).encode())


@cache
def sample_pages() -> tuple[tuple[Path, str, Source], ...]:
    """The articles of the sample sites with their addresses, without the lists."""
    found = []
    for name in sorted(HOMES):
        source = read_source(FOLDER / name / "source.yml", name)
        site = FOLDER / name / "site"
        for page in sorted(site.rglob("*.html")):
            address = f"{source.url}/{page.relative_to(site).as_posix().removesuffix('index.html')}"
            if re.search(source.article or "", address):
                found.append((page, address, source))
    return tuple(found)


def _elsewhere(html: str, home: str, chance: Random) -> str:
    """In one province, and its districts and wards for those of the sample."""
    province = chance.choice(_provinces())
    here = _below()[province.id]
    for kind, names in NAMED.items():
        for name in names:
            unit = chance.choice(here[kind])
            html = html.replace(name, f"TP. {unit.short}" if " Tây Ninh" in name or " Nha" in name else unit.short)
    return html.replace("Nha Trang", here["city"][0].short).replace(home, province.short)


def _another(numeral: str, chance: Random) -> str:
    """A numeral of the same size, written alike."""
    last = len(numeral) - 1
    return numeral[:last] + str(chance.randrange(1, 10))


@cache
def _provinces() -> tuple[Locality, ...]:
    """The provinces of the older list that have what the samples name."""
    return tuple(locality(id) for id, here in _below().items() if all(here.values()))  # type: ignore[misc]


@cache
def _below() -> Mapping[str, Mapping[str, list[Locality]]]:
    """Cities and districts of each older province, wards of the one that it went into."""
    wards: dict[str | None, list[Locality]] = {}
    found: dict[str, dict[str, list[Locality]]] = {}
    for unit in localities():
        if is_new(unit.id) and unit.type == "Phường":
            wards.setdefault(unit.parent, []).append(unit)
        elif unit.tier == "province" and not is_new(unit.id):
            found[unit.id] = {"city": [], "district": [], "ward": []}
    for unit in localities():
        if unit.tier == "district" and unit.parent in found:
            found[unit.parent]["city" if unit.type == "Thành phố" else "district"].append(unit)
    for id, here in found.items():
        here["ward"] = wards.get(new_province(id), [])
    return found
