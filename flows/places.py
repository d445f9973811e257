"""Places on their way: rows for the database, and the history of a unit for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.places.gazetteer import Link, Locality

Row = Mapping[str, Any]
_PLACE = ("id", "code", "name", "type", "tier", "parent", "valid_from", "valid_to", "decree", "latitude", "longitude")
_BECAME = {"continued": "goes on as", "merged": "goes whole into", "divided": "gives parts to"}
_LINK = ("old", "new", "kind", "share", "effective", "decree")


def place_rows() -> list[Row]:
    """Every unit, as models.catalogue.load_catalogue takes it."""
    from extractors.places.gazetteer import localities

    return [{**{name: getattr(unit, name) for name in _PLACE}, "short_name": unit.short} for unit in localities()]


def link_rows() -> list[Row]:
    from extractors.places.gazetteer import links

    return [dict(zip(_LINK, link, strict=True)) for link in links()]


def name_rows() -> list[Row]:
    from extractors.places.gazetteer import dated_names

    return [
        {"locality": n.locality, "name": f"{n.type} {n.short}", "short_name": n.short, "type": n.type,
         "valid_from": n.since, "valid_to": n.until, "decree": n.decree}
        for names in dated_names().values()
        for n in names
    ]  # fmt: skip


def find_units(name: str) -> list[Locality]:
    """Units of an id or a code, else those whose present or former names hold the words; the widest first."""
    from extractors.places.gazetteer import TIERS, dated_names, localities
    from extractors.places.names import names_of

    units = localities()
    exact = [unit for unit in units if name in (unit.id, unit.code)]
    if exact:
        return exact
    wanted = folded(name)
    dated = {id: [f"{n.type} {n.short}" for n in names] for id, names in dated_names().items()}
    found = [u for u in units if any(wanted in folded(n) for n in (u.name, *dated.get(u.id, ()), *names_of(u)))]
    return sorted(found, key=lambda unit: TIERS.index(unit.tier))


def folded(text: str) -> str:
    """Without accents, so that "nha trang" and "khanh hoa" find their places."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def unit_row(unit: Locality) -> list[str]:
    """One line of the list: id, name, tier, what it lies in, when it was valid."""
    from extractors.places.gazetteer import locality

    parent = locality(unit.parent) if unit.parent else None
    return [unit.id, unit.name, unit.tier, parent.name if parent else "", span(unit.valid_from, unit.valid_to)]


def span(start: date | None, end: date | None) -> str:
    return f"{start or '…'} to {end or '…'}"


def history_rows(unit: Locality) -> Iterator[list[str]]:
    """What it came from, what it was called, what became of it: day, what happened, the other units, the decree."""
    from extractors.places.gazetteer import dated_names, predecessors, successors

    before = [link for link in predecessors().get(unit.id, ()) if unit.tier != "commune" or not _has_communes(link.old)]
    for day in sorted({link.effective for link in before}):
        yield _change([link for link in before if link.effective == day], {"continued": "goes on from"}, "old")
    for name in dated_names().get(unit.id, ()):
        if name.since:
            yield [str(name.since), "is called", f"{name.type} {name.short}", name.decree or ""]
    after = successors().get(unit.id, ())
    for day in sorted({link.effective for link in after}):
        yield _change([link for link in after if link.effective == day], _BECAME, "new")
    if unit.valid_to and not after:
        yield [str(unit.valid_to), "ends", "", unit.decree or ""]


def _has_communes(id: str) -> bool:
    """A district's communes say more exactly what went into a new commune."""
    from extractors.places.gazetteer import localities

    return any(unit.parent == id for unit in localities())


def _change(links: Sequence[Link], words: Mapping[str, str], other: str) -> list[str]:
    from extractors.places.gazetteer import locality

    units = [(link, locality(getattr(link, other))) for link in links]
    names = [f"{u.name} ({u.id})" + _part(link, other) for link, u in units if u is not None]
    said = words.get(links[0].kind, "takes over")
    return [str(links[0].effective), said, ", ".join(names), links[0].decree or ""]


def _part(link: Link, other: str) -> str:
    """Of the units that a new one took over, those that only gave a part."""
    return " in part" if other == "old" and link.share is None else ""
