"""Whose page an address says it is."""

from datetime import date

import pytest

from extractors.page import read_page
from extractors.places.addresses import home_of

DAY = date(2019, 5, 6)
LATER = date(2025, 8, 6)


@pytest.mark.parametrize(
    ("url", "published", "home"),
    [
        ("https://baoquangngai.vn/kinh-te/bai-1.html", DAY, "51"),
        ("https://www.baobackan.com.vn/bai-2", None, "06"),
        ("https://ninhthuantv.vn/bai-3", DAY, "58"),
        ("https://huengaynay.vn/bai-4", DAY, "46"),
        ("https://congthuongthainguyen.gov.vn/bai-5", DAY, "19"),
        ("https://thanhhoa.dcs.vn/bai-6", DAY, "38"),
        ("https://lucngan.bacgiang.gov.vn/bai-7", DAY, "219"),
        ("https://tpvinh.nghean.gov.vn/bai-8", DAY, "412"),
        ("https://stc.langson.gov.vn/bai-9", DAY, "20"),
        ("https://xaxuanson.hochiminh.gov.vn/bai-10", LATER, "26584@2025"),
        ("https://lucngan.bacgiang.gov.vn/bai-11", LATER, "07582@2025"),
        # neither national papers nor hosts that end like a province
        ("https://tuoitre.vn/bai-12", DAY, None),
        ("https://baochinhphu.vn/bai-13", DAY, None),
        ("https://cucthue.gov.vn/bai-14", DAY, None),
        ("https://quangnam.example.com/bai-15", DAY, None),
        ("https://[bai-16", DAY, None),
        ("file:///bai-17.txt", DAY, None),
        (None, DAY, None),
    ],
)
def test_a_host_tells_whose_paper_or_office_it_is(url: str | None, published: date | None, home: str | None) -> None:
    assert home_of(url, published) == home


def test_what_is_given_and_a_masthead_come_before_the_address() -> None:
    page = "BÁO ĐỒNG NAI ĐIỆN TỬ\n\nThu ngân sách của tỉnh tăng\n\nQuý I, thu ngân sách của tỉnh đạt 9.100 tỷ đồng."
    facts = {"url": "https://baoquangngai.vn/bai-1.html", "published": "2019-05-06"}

    def home(text: str, **more: str) -> tuple[str | None, str | None]:
        article = read_page(text.encode(), name="bai.txt", facts={**facts, **more})
        return article.locality, article.layers.get("locality")

    assert home(page, locality="56") == ("56", "given")
    assert home(page) == ("75", "text")
    assert home(page.partition("\n\n")[2]) == ("51", "url")
