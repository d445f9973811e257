"""A portal posts a paper's article again: over HTTP on loopback, into both databases, and out of a replay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from extractors.fingerprint import fingerprint
from extractors.page import read_page
from flows.adhoc import run_files
from flows.export import rows_csv
from flows.nightly import night, plain_steps
from flows.replay import replay
from flows.report import Report, render
from flows.settings import Settings
from models.database import reading
from models.points import COLUMNS, series
from tests.sites import HOST, Site, desk_for, settings, site, stored

__all__ = ["settings", "site"]

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
PORTAL = "http://cong.example"
REPORT = (
    "Chiều {day}, văn phòng thành phố Nha Trang báo cáo kết quả giải quyết thủ tục hành chính của tháng {month}.",
    "Trong tháng, bộ phận một cửa tiếp nhận {received} hồ sơ, giải quyết {solved} hồ sơ; số còn lại đang trong hạn và "
    "được theo dõi hằng ngày trên phần mềm của tỉnh để nhắc từng đơn vị.",
    "Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là {rate}%, số hồ sơ trực tuyến đạt {online} lượt.",
    "Lãnh đạo văn phòng đề nghị các phường, xã bố trí đủ người trực tại nơi tiếp dân, công khai số điện thoại và trả "
    "lời phản ánh của người dân trong vòng một tuần làm việc.",
    "Hội nghị cũng trao giấy khen cho những đơn vị không để hồ sơ nào quá hạn suốt quý vừa qua.",
)
MARCH = {"day": "2-4", "month": "3", "received": "4.017", "solved": "3.998", "rate": "1,5", "online": "2.145"}
APRIL = {"day": "3-5", "month": "4", "received": "3.644", "solved": "3.601", "rate": "1,5", "online": "2.391"}


def page(title: str, *paragraphs: str, day: str = "02/04/2024", head: str = "") -> str:
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    top = f"<h1>{title}</h1><span class='date'>08:30, {day}</span>"
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{top}<div class='content'>{body}</div></body></html>"


def report(**figures: str) -> list[str]:
    return [words.format(**figures) for words in REPORT]


@pytest.fixture
def portal(site: Site) -> Site:
    """The paper lists its article; the portal, which is another source, its article c."""
    site.source("cong", url=PORTAL, article=r"/cong/[a-z]+\.html$", list={"pages": [f"{PORTAL}/cong/"]})
    site.put("/hoso101.html", page("Thành phố giảm hồ sơ trễ hạn", *report(**MARCH)))
    site.list_articles("hoso101")
    site.put("/cong/", "<html><body><a href='/cong/c.html'>c</a></body></html>", etag=False)
    return site


def one_night(settings: Settings) -> Report:
    desk = desk_for(settings)
    return night(desk, plain_steps(desk))


def points(settings: Settings) -> list[tuple[object, ...]]:
    return [(str(row.value), row.url, row.claims, row.sources) for row in series(stored(settings))]


@pytest.mark.parametrize(
    "copy",
    [
        page("Nha Trang giảm hồ sơ trễ hạn", *report(**MARCH), f"Theo {HOST}/hoso101.html"),
        page("Hồ sơ trễ hạn giảm mạnh", *report(**MARCH), day="05/04/2024"),
        page("Hồ sơ trễ hạn giảm", *report(**MARCH)[:4], "Ảnh: Văn phòng", day="03/04/2024"),
        page("Hồ sơ", "Tin từ cơ quan văn phòng cho hay như sau.", *report(**MARCH)[1:], day="03/04/2024"),
        page("Hồ sơ", *(words.replace("hòa", "hoà") for words in report(**MARCH)), day="03/04/2024"),
    ],
    ids=["stated", "another title", "shortened", "another lead", "another spelling"],
)
def test_a_portals_copy_of_a_papers_article_counts_once(portal: Site, settings: Settings, copy: str) -> None:
    portal.put("/cong/c.html", copy)
    told = one_night(settings)
    assert told.headline() == "2 of 2 sources: 2 new, 0 changed, 1 copies, 2 figures added, 0 withdrawn"
    assert "copies" in render(told)
    assert points(settings) == [("1.5", f"{HOST}/hoso101.html", 2, 1)]
    assert one_night(settings).total("copies") == 0


@pytest.mark.parametrize("day", ["03/05/2024", "20/04/2024"])
def test_next_months_report_with_the_same_sentences_is_no_copy(portal: Site, settings: Settings, day: str) -> None:
    portal.put("/cong/c.html", page("Thành phố giảm hồ sơ trễ hạn", *report(**APRIL), day=day))
    assert one_night(settings).total("copies") == 0
    assert points(settings) == [("1.5", f"{PORTAL}/cong/c.html", 2, 2)]


def test_when_the_original_is_taken_down_its_copy_is_counted(portal: Site, settings: Settings) -> None:
    portal.put("/cong/c.html", page("Hồ sơ", *report(**MARCH), f"Theo {HOST}/hoso101.html"))
    one_night(settings)
    portal.take_down("hoso101")
    one_night(settings)
    assert points(settings) == [("1.5", f"{PORTAL}/cong/c.html", 1, 1)]
    with reading(stored(settings)) as conn:
        copies = conn.execute(text("SELECT url, origin FROM claims WHERE withdrawn IS NULL")).all()
    assert copies == [(f"{PORTAL}/cong/c.html", f"{HOST}/hoso101.html")]


def test_a_replay_gives_the_same_series_on_both_databases(portal: Site, settings: Settings, fresh_url: str) -> None:
    portal.put("/cong/c.html", page("Hồ sơ trễ hạn", *report(**MARCH), day="03/04/2024"))
    portal.put("/b.html", page("Thành phố", *report(**APRIL), day="03/05/2024"))
    portal.list_articles("hoso101", "b")
    one_night(settings)
    portal.put("/cong/c.html", page("Hồ sơ trễ hạn", *report(**{**MARCH, "rate": "1,6"}), day="03/04/2024"))
    one_night(settings)
    before = rows_csv(series(stored(settings)), COLUMNS)
    shutil.rmtree(settings.data_dir / "db")
    assert replay(desk_for(settings)).ok
    assert rows_csv(series(stored(settings)), COLUMNS) == before
    other = settings.model_copy(update={"database_url": SecretStr(fresh_url)})
    assert replay(desk_for(other)).ok
    assert rows_csv(series(desk_for(other).engine), COLUMNS) == before


def test_a_short_text_has_no_fingerprint() -> None:
    article = read_page(page("Hồ sơ", report(**MARCH)[0]).encode(), name="a")
    assert fingerprint(article) is None


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles are not here")
@pytest.mark.parametrize("shorter", [0, 2])
def test_a_portals_page_is_known_again_without_its_banners_and_captions(
    site: Site, settings: Settings, shorter: int
) -> None:
    """Seed 004 is a portal's copy; beside it a page as the paper may have printed it, also without its last words."""
    (seed,) = SEEDS.glob("004_*.txt")
    portal = read_page(seed.read_bytes(), name=seed.name)
    assert str(portal.origin).endswith("/202301/ket-qua-tich-cuc-trong-cai-cach-hanh-chinh-8274562/")
    said = [portal.text[b.start : b.end] for b in portal.blocks if b.kind in ("lead", "heading", "paragraph")]
    words = ["Cải cách hành chính có kết quả", "08:00, 05/01/2023", *said[: len(said) - shorter]]
    paper = settings.data_dir.parent / "paper.txt"
    paper.write_text("\n\n".join(words))
    list(run_files(desk_for(settings), [seed, paper], {}))
    with reading(stored(settings)) as conn:
        copies = conn.execute(text("SELECT origin_id FROM likeness ORDER BY article_id")).all()
    assert copies == [(2,), (None,)]
