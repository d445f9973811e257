"""Whose page an address says it is: baoquangngai.vn a province's paper, lucngan.bacgiang.gov.vn a district's portal."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from urllib.parse import urlsplit

import regex

from extractors.places.gazetteer import REFORM, Locality, ancestors, is_new, localities, new_province
from extractors.places.names import names_of, place_words

_OFFICES = ("gov", "dcs")
"""Second-level domains under .vn that only offices of the state and of the Party have."""
_SURE = 5
"""So long is a name that "congthuongthainguyen" may end with; "cucthue" is not Huế."""


def home_of(url: str | None, published: date | None) -> str | None:
    """The unit that a paper or an office is of by the name of its host; None where that says nothing sure.

    A province is that of the older list, which the paper was named for; an office's unit is in the list of the day.
    """
    labels = _labels(url or "")
    for at in range(len(labels) - 1, -1, -1):
        if province := _province(labels[at], official=any(office in labels[at:] for office in _OFFICES)):
            within = (_unit_in(province, label, published) for label in reversed(labels[:at]))
            return next(filter(None, within), province)
    return None


def _labels(url: str) -> list[str]:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    return host.lower().replace("-", "").split(".")


def _province(label: str, *, official: bool) -> str | None:
    """ "baobackan", "laocaitv"; an office's host may also begin with what it is: "congthuongthainguyen.gov.vn"."""
    if official:
        ends = (id for name, id in _provinces().items() if len(name) >= _SURE and label.endswith(name))
        return next(ends, _provinces().get(label))
    known: str | None = place_words()["hosts"]["papers"].get(label)
    match = _paper().fullmatch(label)
    return known or (_provinces()[match["name"]] if match and (match["before"] or match["after"]) else None)


@cache
def _provinces() -> Mapping[str, str]:
    """Names without marks and spaces, the longest first."""
    named = {_plain(name): unit.id for unit in localities() if _is_old_province(unit) for name in names_of(unit)}
    return dict(sorted(named.items(), key=lambda pair: -len(pair[0])))


def _is_old_province(unit: Locality) -> bool:
    return unit.tier == "province" and not is_new(unit.id)


@cache
def _paper() -> regex.Pattern[str]:
    words = place_words()["hosts"]
    before, after = ("|".join(words[side]) for side in ("before", "after"))
    return regex.compile(rf"(?<before>{before})?+(?<name>{'|'.join(_provinces())})(?<after>{after})?+")


def _unit_in(province: str, label: str, published: date | None) -> str | None:
    """The district or commune of a portal under its province's, the wider one where both are called so."""
    later = published is not None and published >= REFORM
    match = _unit().fullmatch(label)
    ids = _units(new_province(province) or province if later else province).get(match["name"], ()) if match else ()
    widest = [id for id in ids if len(id) == min(map(len, ids))]
    return widest[0] if len(widest) == 1 else None


@cache
def _unit() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{'|'.join(place_words()['hosts']['units'])})?(?<name>.+)")


@cache
def _units(province: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for unit in localities():
        if province in ancestors(unit.id):
            for name in {_plain(name) for name in names_of(unit)}:
                found[name] += (unit.id,)
    return found


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in bare if c.isascii() and c.isalnum())
