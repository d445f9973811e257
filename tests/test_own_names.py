"""An operator's names are read as the catalogue's are, and only they are told of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.facts import Article, Block, Observation, Reading
from extractors.indicators import Names, catalogue, shipped
from extractors.own_names import fault_of, names_in, read_with
from extractors.reader import read_article

LATE = ("giấy tờ nằm lâu", "dossier.late_rate")


def article(text: str) -> Article:
    """What a paper of Khánh Hòa of 15 July 2024 says in one paragraph."""
    return Article(text=text, blocks=(Block("paragraph", 0, len(text)),), published=date(2024, 7, 15), locality="56")


def told(reading: Reading) -> list[str]:
    return [f"{o.indicator} {o.value} {o.quote!r} by {o.named_by!r}" for o in reading.observations]


def read(text: str, *names: tuple[str, str]) -> list[str]:
    return told(read_with(article(text), names))


def test_without_names_nothing_is_read_otherwise() -> None:
    said = article("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, giảm 0,3% so với năm 2022.")
    assert read_with(said, ()) == read_with(said, (LATE,)) == read_article(said)


def test_words_that_the_catalogue_does_not_have_name_an_indicator() -> None:
    text = "Năm 2023, giấy tờ nằm lâu của thành phố Nha Trang chiếm 2,4%. Tỷ lệ hồ sơ trễ hạn là 1,5%."
    assert read(text) == ["dossier.late_rate 1.5 '1,5%' by ''"]
    assert read(text, LATE) == [
        "dossier.late_rate 2.4 '2,4%' by 'giấy tờ nằm lâu'",
        "dossier.late_rate 1.5 '1,5%' by ''",
    ]


def test_what_takes_the_name_up_and_what_follows_from_it_came_by_it_too() -> None:
    text = "Năm 2023, giấy tờ nằm lâu của thành phố Nha Trang chiếm 2,4%, giảm 0,3% so với năm 2022."
    assert read(text, LATE) == [
        "dossier.late_rate 2.4 '2,4%' by 'giấy tờ nằm lâu'",
        "dossier.late_rate -0.3 'giảm 0,3%' by 'giấy tờ nằm lâu'",
        "dossier.late_rate 2.7 'giảm 0,3%' by 'giấy tờ nằm lâu'",
    ]


def test_names_stand_above_the_words_that_the_catalogue_leaves_for_review() -> None:
    text = "Năm 2023, số hồ sơ đang giải quyết của thành phố Nha Trang là 120 hồ sơ."
    assert read(text) == []
    assert read(text, ("hồ sơ đang giải quyết", "dossier.received")) == [
        "dossier.received 120 '120 hồ sơ' by 'hồ sơ đang giải quyết'"
    ]


@pytest.mark.parametrize(
    "words", ["GIẤY TỜ NẰM LÂU", "giấy tờ (nằm|chờ) lâu", "giấy tờ [đã] nằm lâu", "giấy tờ .. lâu"]
)
def test_a_name_is_written_as_the_catalogue_writes_its_own(words: str) -> None:
    text = "Năm 2023, giấy tờ nằm lâu của thành phố Nha Trang chiếm 2,4%."
    assert read(text, (words, "dossier.late_rate")) == [f"dossier.late_rate 2.4 '2,4%' by '{words}'"]


def test_a_table_may_have_the_name_in_its_head() -> None:
    cells = [("Đơn vị", "Giấy tờ nằm lâu (%)"), ("Nha Trang", "2,4"), ("Cam Ranh", "1,8"), ("Ninh Hòa", "3,1")]
    text, blocks = "", []
    for row, words in enumerate(cells):
        for column, word in enumerate(words):
            blocks.append(Block("cell", len(text), len(text) + len(word), 0, row, column))
            text += word + "\n"
    above = "Kết quả năm 2023 của các địa phương trong tỉnh Khánh Hòa:\n"
    moved = [Block(b.kind, b.start + len(above), b.end + len(above), b.table, b.row, b.column) for b in blocks]
    first = Block("paragraph", 0, len(above) - 1)
    said = Article(text=above + text, blocks=(first, *moved), published=date(2024, 7, 15), locality="56")
    assert [(o.value, o.named_by) for o in read_with(said, (LATE,)).observations if o.locality == "568"] == [
        (Decimal("2.4"), LATE[0])
    ]


def test_words_for_a_place_mean_what_the_operator_says() -> None:
    """Those of ten districts, and those of a commune that nobody knows; a row of a table may have them too."""
    for words in ("huyện Châu Thành", "xã Mường Tưởng Tượng"):
        said = article(f"Năm 2023, tỷ lệ hồ sơ đúng hạn của {words} đạt 91,2%, của thành phố Nha Trang đạt 97,5%.")
        assert [(o.locality, o.placed_by) for o in read_with(said).observations] == [("568", "")]
        placed = read_with(said, places=((words, "708"),))
        assert [(o.locality, o.placed_by) for o in placed.observations] == [("708", words), ("568", "")]
        assert (placed.article, placed.locality) == (said, read_article(said).locality)


def test_what_a_place_brought_did_not_come_by_a_name_that_stands_elsewhere() -> None:
    said = article(
        "Năm 2023, tỷ lệ hồ sơ trễ hạn của huyện Châu Thành là 1,2%, còn giấy tờ nằm lâu của Nha Trang chiếm 2,4%."
    )
    read = read_with(said, (LATE,), (("huyện Châu Thành", "708"),))
    assert [(o.locality, o.named_by, o.placed_by) for o in read.observations] == [
        ("708", "", "huyện Châu Thành"),
        ("568", LATE[0], ""),
    ]


def test_the_names_of_one_reading_are_gone_after_it() -> None:
    read("Năm 2023, giấy tờ nằm lâu của thành phố Nha Trang chiếm 2,4%.", LATE)
    assert catalogue() is shipped()


def test_an_article_tells_which_names_it_has() -> None:
    names: Names = (LATE, ("tủ sách", "dossier.late"), ("giải quyết .. muộn", "dossier.late"))
    text = "Giấy tờ nằm lâu còn 2%.\u00a0Đã giải quyết 12 hồ sơ muộn, mở 3 tủ\u00a0sách."
    assert names_in(text, names) == names
    assert names_in("Mở 3 tủ đựng sách; giải quyết xong. Muộn.", names) == ()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("giấy tờ (nằm lâu", "unbalanced brackets in 'giấy tờ (nằm lâu': (a|b) is either, [a] may be missing"),
        ("trong năm", "'trong năm' alone says too little; write all the words that name the indicator"),
        (
            "tỷ lệ hồ sơ đúng hạn",
            "'tỷ lệ hồ sơ đúng hạn' is dossier.on_time_rate in the catalogue; a single claim is mended by `replace`",
        ),
        ("xã", "'xã' alone says too little; write all the words that name the indicator"),
        ("KPIHC", ""),
        ("tỷ lệ hồ sơ trễ hạn", ""),
        ("số hồ sơ trễ hạn", ""),
        ("giấy tờ nằm lâu", ""),
    ],
)
def test_a_name_that_another_indicator_has_is_refused(words: str, fault: str) -> None:
    assert fault_of(words, "dossier.late_rate") == fault


def test_a_named_observation_is_otherwise_as_any_other() -> None:
    (own,) = read_with(article("Năm 2023, giấy tờ nằm lâu của thành phố Nha Trang chiếm 2,4%."), (LATE,)).observations
    assert isinstance(own, Observation)
    assert (own.locality, own.period, own.unit, own.status) == ("568", "2023-01-01/2023-12-31", "percent", "actual")
