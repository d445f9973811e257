"""The units of the country: whole tables, what they were called when, what became of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.catalogue import build_localities
from extractors.places import names as place_names
from extractors.places.gazetteer import (
    DatedName,
    Link,
    dated_names,
    is_new,
    links,
    localities,
    locality,
    new_province,
    predecessors,
    successors,
    types_by,
    version,
)
from extractors.places.names import bearers
from extractors.places.units import counterpart
from extractors.text import normalise

REFORM = date(2025, 7, 1)
LIST_ENDS = (None, date(2025, 6, 30))
BEFORE, AFTER = date(2023, 10, 12), date(2025, 10, 12)


def into(id: str) -> list[str]:
    return [link.new for link in successors().get(id, ())]


def out_of(id: str) -> list[str]:
    return [link.old for link in predecessors().get(id, ())]


def test_the_tables_are_whole() -> None:
    counts = Counter(
        (unit.tier, is_new(unit.id)) for unit in localities() if unit.valid_to in (None, date(2025, 6, 30))
    )
    assert counts == {
        ("country", False): 1,
        ("province", False): 63,
        ("district", False): 696,
        ("commune", False): 10035,
        ("province", True): 34,
        ("commune", True): 3321,
    }


def test_the_newer_list_is_that_of_september_2026() -> None:
    types = Counter(unit.type for unit in localities() if is_new(unit.id))
    assert types == {"Thành phố": 9, "Tỉnh": 25, "Phường": 709, "Xã": 2599, "Đặc khu": 13}
    assert version() == "2026-09-20, from vietnamadminunits 1.0.4 and history.yml"


def test_the_tables_are_what_the_script_builds(tmp_path: Path) -> None:
    build_localities.build(tmp_path)
    for name in ("units.tsv", "names.tsv", "links.tsv"):
        assert (tmp_path / name).read_bytes() == (build_localities.HERE / name).read_bytes()


def test_every_unit_has_its_unit_above() -> None:
    ids = {unit.id for unit in localities()}
    assert len(ids) == len(localities())
    assert [unit for unit in localities() if unit.parent not in ids and unit.id != "VN"] == []


def test_every_name_is_in_the_normal_form() -> None:
    assert [unit.name for unit in localities() if normalise(unit.name).norm != unit.name] == []


def test_every_place_of_the_two_lists_has_a_point_in_the_country() -> None:
    nowhere = [u for u in localities() if u.latitude is None or u.longitude is None]
    assert [unit.id for unit in nowhere if unit.tier != "country" and unit.valid_to in LIST_ENDS] == []
    points = [(u.latitude, u.longitude) for u in localities() if u.latitude and u.longitude]
    assert all(6 < latitude < 24 and 102 < longitude < 116 for latitude, longitude in points)


def test_two_units_of_one_code() -> None:
    before, after = locality("80"), locality("80@2025")
    assert before is not None
    assert after is not None
    assert (before.code, before.name, before.valid_to, before.decree) == (
        "80", "Tỉnh Long An", date(2025, 6, 30), "202/2025/QH15",
    )  # fmt: skip
    assert (after.code, after.name, after.valid_from, after.decree) == ("80", "Tỉnh Tây Ninh", REFORM, "202/2025/QH15")
    assert locality("999") is None


def test_every_unit_of_june_2025_went_somewhere_and_every_newer_one_came_from_somewhere() -> None:
    ended = [unit.id for unit in localities() if unit.valid_to == date(2025, 6, 30)]
    begun = [unit.id for unit in localities() if is_new(unit.id)]
    assert [id for id in ended if not successors().get(id)] == []
    assert [id for id in begun if not predecessors().get(id)] == []


def test_links_lead_from_what_ended_to_what_was_there_on_that_day() -> None:
    wrong = []
    for link in links():
        old, new = locality(link.old), locality(link.new)
        assert old is not None
        assert new is not None
        alive = (new.valid_from or date.min) <= link.effective <= (new.valid_to or date.max)
        if not alive or old.valid_to is None or old.valid_to >= link.effective:
            wrong.append((link.old, link.new, link.kind, link.effective))
    ceded = date(2008, 8, 1)  # parts of provinces that lived on
    assert wrong == [("17", "01", "divided", ceded), ("26", "01", "divided", ceded)]


def test_a_part_has_no_known_share_and_a_whole_has_one_successor() -> None:
    assert {(link.kind, link.share) for link in links()} == {("continued", 1.0), ("merged", 1.0), ("divided", None)}
    wholes = Counter(link.old for link in links() if link.kind != "divided")
    assert set(wholes.values()) == {1}
    assert [link.old for link in links() if link.kind == "divided" and link.old in wholes] == ["17", "26"]
    assert min(Counter(link.old for link in links() if link.old not in wholes).values()) == 2


def test_what_went_into_khanh_hoa_and_what_became_of_nha_trang() -> None:
    assert out_of("56@2025") == ["56", "58"]
    assert into("568") == ["22333@2025", "22366@2025", "22390@2025", "22402@2025"]
    assert successors()["58"] == (Link("58", "56@2025", "merged", 1.0, REFORM, "202/2025/QH15"),)
    assert successors()["01"] == (Link("01", "01@2025", "continued", 1.0, REFORM, "202/2025/QH15"),)
    assert successors()["576"] == (Link("576", "22736@2025", "continued", 1.0, REFORM, "203/2025/QH15"),)


def test_units_that_ended_before() -> None:
    assert successors()["28"] == (Link("28", "01", "merged", 1.0, date(2008, 8, 1), "15/2008/QH12"),)
    assert successors()["413"] == (Link("413", "412", "merged", 1.0, date(2024, 12, 1), "1243/NQ-UBTVQH15"),)
    assert into("474") == ["474@2025-01", "475"]
    assert sorted(out_of("769")) == ["762", "763", "769@..2020"]
    assert [new_province(id) for id in ("28", "58", "56@2025", "474")] == ["01@2025", "56@2025", "56@2025", None]


def test_communes_of_one_name_went_each_to_its_own_place() -> None:
    assert into("25462") == ["25459@2025"]  # phường 4 of Tây Ninh
    assert into("27691") == ["27694@2025"]  # phường 4 of Tân An, in the same province since


def test_a_province_that_became_a_city() -> None:
    assert dated_names()["75@2025"] == (
        DatedName("75@2025", "Tỉnh", "Đồng Nai", None, date(2026, 4, 29), None),
        DatedName("75@2025", "Thành phố", "Đồng Nai", date(2026, 4, 30), None, "30/2026/QH16"),
    )
    assert types_by("75@2025", date(2026, 4, 29)) == {"Tỉnh"}
    assert types_by("75@2025", date(2026, 4, 30)) == {"Tỉnh", "Thành phố"}


def test_who_stands_for_a_place_in_the_other_list() -> None:
    pairs = {"56": "56@2025", "72": "80@2025", "01": "01@2025", "576": "22736@2025", "568": None, "58": None}
    assert {id: counterpart(id, AFTER) for id in pairs} == pairs
    assert [counterpart(id, BEFORE) for id in ("56@2025", "80@2025", "22736@2025", "22366@2025")] == [
        "56", "72", "576", None,
    ]  # fmt: skip


def test_a_name_with_many_bearers() -> None:
    assert len({unit.id for unit in bearers()["Châu Thành"] if unit.tier == "district"}) == 10


def test_an_alias_that_another_unit_bears_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    words: dict[str, Any] = {**place_names.place_words(), "names": {"56": [{"name": "Ninh Thuận"}]}}
    monkeypatch.setattr(place_names, "place_words", lambda: words)
    with pytest.raises(ValueError, match="'Ninh Thuận' of 56 is a name of 58 too"):
        bearers.__wrapped__()


def test_an_alias_of_no_unit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    words: dict[str, Any] = {**place_names.place_words(), "names": {"5600": [{"name": "Xứ Trầm"}]}}
    monkeypatch.setattr(place_names, "place_words", lambda: words)
    with pytest.raises(ValueError, match="names: 5600 is no unit"):
        bearers.__wrapped__()
