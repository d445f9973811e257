"""Web pages: each layer answers in its turn, and only the article's own blocks are kept."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import Article
from extractors.page import Unreadable, read_page

FIRST = "Năm 2023, tỷ lệ hồ sơ trực tuyến của huyện đạt 61,4%, tăng 9,2% so với năm 2022."
SECOND = "Huyện sẽ đầu tư thêm máy quét cho các xã để việc số hóa hồ sơ được nhanh hơn trong năm tới."


def read(markup: str, **selectors: str) -> Article:
    return read_page(markup.encode(), name="trang.html", selectors=selectors)


def rows(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_json_ld_speaks_first() -> None:
    article = read(f"""<html><head><meta property="og:title" content="Tên trong thẻ meta">
      <script type="application/ld+json">{{"@graph": [{{"@type": "WebPage"}}, {{"@type": ["NewsArticle"],
        "headline": "Hồ sơ trực tuyến &quot;lên ngôi&quot;", "datePublished": "2024-01-05T20:10:00Z",
        "author": [{{"@type": "Person", "name": "Mai Hoa"}}]}}]}}</script></head>
      <body><h1>Hồ sơ trực tuyến "lên ngôi"</h1>
      <div class="content-detail"><p>{FIRST}</p><p>{SECOND}</p></div></body>""")
    assert (article.title, article.published, article.author) == (
        'Hồ sơ trực tuyến "lên ngôi"',
        date(2024, 1, 6),
        "Mai Hoa",
    )
    assert article.layers == {"title": "json-ld", "published": "json-ld", "author": "json-ld", "body": "cms"}
    assert rows(article) == [("title", 'Hồ sơ trực tuyến "lên ngôi"'), ("lead", FIRST), ("paragraph", SECOND)]


def test_meta_comes_next_and_the_paper_is_cut_from_its_title() -> None:
    article = read(f"""<head><meta property="og:title" content="Một cửa vào nền nếp - Báo Mẫu">
      <meta property="article:published_time" content="2024-04-13ICT19:42:00"></head>
      <body><h1>Một cửa vào nền nếp</h1><div id="news-bodyhtml"><p>{FIRST}</p><p>{SECOND}</p></div></body>""")
    assert (article.title, article.published) == ("Một cửa vào nền nếp", date(2024, 4, 13))
    assert article.layers == {"title": "meta", "published": "meta", "body": "cms"}


def test_then_the_selectors_of_the_source() -> None:
    article = read(
        f"""<body><div class="ten">Một cửa vào nền nếp</div><p class="ngay">Thứ sáu: 15:00 ngày 09/02/2024</p>
        <p class="tom">Tóm tắt của bài.</p><p class="ai">Người viết: Mai Hoa</p>
        <div class="noi"><p>{FIRST}</p><p class="bo">Mua ngay, giảm 50%</p></div>
        <div class="content-detail">khác</div></body>""",
        title=".ten",
        published=".ngay",
        lead=".tom",
        author=".ai",
        body=".noi",
        drop=".bo",
    )
    assert (article.published, article.author) == (date(2024, 2, 9), "Mai Hoa")
    assert set(article.layers.values()) == {"selector"}
    assert rows(article) == [("title", "Một cửa vào nền nếp"), ("lead", "Tóm tắt của bài."), ("paragraph", FIRST)]


def test_a_page_of_no_known_system_is_left_to_trafilatura() -> None:
    article = read(f"""<body><div class="x1"><h1>Một cửa vào nền nếp</h1><span>Thứ 3, 07/08/2018 | 17:23</span>
      <div class="x2"><p>{FIRST} {SECOND}</p><p>{SECOND} {FIRST}</p></div></div></body>""")
    assert (article.published, article.layers["published"], article.layers["body"]) == (
        date(2018, 8, 7),
        "text",
        "trafilatura",
    )
    assert ("paragraph", f"{SECOND} {FIRST}") in rows(article)


def test_the_clock_of_the_site_is_no_publication_date() -> None:
    article = read(f"""<body><div class="clock">Thứ Tư, 31/12/2025, 23:59</div><div><div><div><div><div>
      <h1>Một cửa vào nền nếp</h1><div class="content-detail"><p>{FIRST}</p><p>{SECOND}</p></div>
      </div></div></div></div></div></body>""")
    assert article.published is None
    assert article.issues == ("published: no date could be read in trang.html",)


def test_an_unreadable_date_of_a_layer_is_told() -> None:
    article = read(f"""<head><meta property="article:published_time" content="mới đây"></head>
      <body><h1>Một cửa</h1><div class="content-detail"><p>{FIRST}</p></div></body>""")
    assert article.issues == (
        "published: meta of trang.html says 'mới đây', which is no date",
        "published: no date could be read in trang.html",
    )


def test_only_what_belongs_to_the_article_is_read() -> None:
    article = read(f"""<body><nav>Trang chủ 12</nav><h1>Một cửa vào nền nếp</h1><div class="content-detail">
      <!-- nháp: 99% --><script>var x = 77;</script><p>{FIRST}</p>
      <figure><img src="a.jpg"><figcaption>Công chức xã làm việc.</figcaption></figure>
      <h3>Việc sắp tới</h3><p>{SECOND}</p><ul><li>Mở thêm 2 quầy;</li><li>Tập huấn 40 người.</li></ul>
      <p style="display:none">ẩn 55%</p>
      <p><a href="/x">Huyện bên cạnh: 98% hồ sơ nộp qua mạng</a></p>
      <div class="box-related"><a href="/y">Tin khác 88%</a></div><aside>Quảng cáo 50%</aside></div>
      <footer>Số lượt truy cập: 1.204</footer></body>""")
    assert rows(article) == [
        ("title", "Một cửa vào nền nếp"),
        ("lead", FIRST),
        ("caption", "Công chức xã làm việc."),
        ("heading", "Việc sắp tới"),
        ("paragraph", SECOND),
        ("item", "Mở thêm 2 quầy;"),
        ("item", "Tập huấn 40 người."),
        ("chrome", "Huyện bên cạnh: 98% hồ sơ nộp qua mạng"),
    ]


def test_a_table_keeps_its_columns_through_spans() -> None:
    article = read(f"""<body><h1>Hồ sơ các xã</h1><div class="content-detail"><p>{FIRST}</p><table>
      <tr><th rowspan="2">Đơn vị</th><th colspan="2">Hồ sơ</th></tr><tr><th>Đúng hạn</th><th>Trễ hạn</th></tr>
      <tr><td><p>Xã A</p></td><td>120</td><td>3</td></tr></table><p>{SECOND}</p></div></body>""")
    table = {(b.row, b.column): article.text[b.start : b.end] for b in article.blocks if b.kind == "cell"}
    assert table == {
        (0, 0): "Đơn vị",
        (0, 1): "Hồ sơ",
        (1, 1): "Đúng hạn",
        (1, 2): "Trễ hạn",
        (2, 0): "Xã A",
        (2, 1): "120",
        (2, 2): "3",
    }


def test_a_table_around_a_picture_is_layout() -> None:
    article = read(f"""<body><h1>Một cửa</h1><div class="content-detail"><p>{FIRST}</p><table><tr><td><img src="a.jpg">
      </td></tr><tr><td>Công chức xã làm việc.</td></tr></table><p>{SECOND}</p></div></body>""")
    assert rows(article)[2:] == [("caption", "Công chức xã làm việc."), ("paragraph", SECOND)]


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8-sig", "", None),
        ("utf-16", "", None),
        ("utf-8", "", None),
        ("cp1258", '<meta charset="windows-1258">', None),
        ("cp1258", "", "text/html; charset=windows-1258"),
    ],
)
def test_the_encoding_is_declared_or_marked(encoding: str, declared: str, header: str | None) -> None:
    # windows-1258 writes the tones of Vietnamese as marks of their own after the letter
    body = FIRST if encoding != "cp1258" else "".join(_parted(c) for c in FIRST)
    markup = (
        f"<html><head>{declared}</head><body><h1>Tin</h1><div class='content-detail'><p>{body}</p></div></body></html>"
    )
    article = read_page(markup.encode(encoding), name="trang.html", content_type=header)
    assert FIRST in article.text


def _parted(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + "".join(tones)


PIECES = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td colspan=9>",
    "<td rowspan=x>",
    "</table>",
    "<li>",
    "<h2>",
    "<br>",
    "<img>",
]
PIECES += [
    "<div class=content-detail>",
    "</div>",
    "<!--",
    "<script>",
    "&#0;",
    "&nbsp;",
    FIRST,
    "Ảnh: An Nhiên",
    "12",
    "</",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_broken_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        article = read("<html><body>" + "".join(pieces))
    except Unreadable:
        return
    assert all(article.text[b.start : b.end].strip() for b in article.blocks)


def test_a_form_around_the_whole_page_is_no_form() -> None:
    article = read(f"""<body><form id="aspnetForm"><a href="#">Skip Ribbon Commands</a><h1>Một cửa vào nền nếp</h1>
      <div class="content-detail"><p>{FIRST}</p><p>{SECOND}</p><form>Ý kiến: 500 chữ</form></div></form></body>""")
    assert [text for kind, text in rows(article) if kind != "chrome"] == ["Một cửa vào nền nếp", FIRST, SECOND]


TITLES = {
    "tab": "<title>Huyện Sông Lũy giữ nền nếp Một cửa - Cổng mẫu</title><h1>Cổng mẫu</h1><h3>{}</h3>",
    "heading": "<title>Chi tiết tin</title><h3>{}</h3><p>Đăng lúc: 08:05 04/07/2023</p>",
    "class": "<title>Chi tiết tin</title><div class='title-news'>{}</div><p>Đăng lúc: 08:05 04/07/2023</p>",
    "text": "<title>Chi tiết tin</title><div class='x'>{}</div><p>Đăng lúc: 08:05 04/07/2023</p>",
}


@pytest.mark.parametrize("layer", TITLES)
def test_a_title_without_a_heading_of_its_own_is_found(layer: str) -> None:
    title = "Huyện Sông Lũy giữ nền nếp Một cửa"
    article = read(
        f"<body>{TITLES[layer].format(title)}<div><p>{FIRST} {SECOND}</p><p>{SECOND} {FIRST}</p></div></body>"
    )
    assert (article.title, article.layers.get("title", "text")) == (title, layer)
    assert rows(article)[-1] == ("paragraph", f"{SECOND} {FIRST}")


def test_the_name_of_the_paper_in_the_tab_is_no_title() -> None:
    article = read(f"""<title>Báo Khánh Hòa điện tử | Tin tức</title><body><h2>Báo Khánh Hòa điện tử</h2>
      <h1>Một cửa vào nền nếp</h1><p>08:05 04/07/2023</p><div class="content-detail"><p>{FIRST}</p></div></body>""")
    assert article.title == "Một cửa vào nền nếp"


def test_the_lead_between_title_and_body_is_found_without_a_selector() -> None:
    article = read(f"""<body><h1>Một cửa vào nền nếp</h1><p>Lượt xem: 104</p><div class="x"><b>{SECOND}</b></div>
      <div class="content-detail"><p>{FIRST}</p><p>{SECOND[:50]}.</p></div></body>""")
    assert (article.layers["lead"], rows(article)[1]) == ("text", ("lead", SECOND))


def test_what_trafilatura_leaves_out_is_read_from_the_box_it_points_to() -> None:
    article = read(f"""<body><div class="x1"><h1>Một cửa vào nền nếp</h1><div class="x2"><p>{FIRST} {SECOND}</p>
      <div class="x3"><img src="a.jpg"><div>Công chức xã làm việc</div></div><p>{SECOND} {FIRST}</p><p>{SECOND}</p>
      <h3><a href="/y">Huyện bên cạnh: 98% hồ sơ nộp qua mạng</a></h3></div></div></body>""")
    assert article.layers["body"] == "trafilatura"
    assert rows(article)[2:] == [
        ("caption", "Công chức xã làm việc"),
        ("paragraph", f"{SECOND} {FIRST}"),
        ("paragraph", SECOND),
        ("chrome", "Huyện bên cạnh: 98% hồ sơ nộp qua mạng"),
    ]


def stood(head: str, above: str, below: str = "") -> Article:
    """A page with a breadcrumb above its title and lines below it."""
    said = "Tỉnh đã giải quyết 1.245 hồ sơ trong quý và chỉ có ba hồ sơ trễ hạn, theo báo cáo của Văn phòng UBND tỉnh."
    top = f"<div><p>{above}</p><h1>Hồ sơ trễ hạn của tỉnh giảm mạnh</h1>{below}</div>"
    page = f"<html><head>{head}</head><body>{top}<div class='content-detail'><p>{said}</p></div></body></html>"
    return read_page(page.encode(), name="bai.html")


CRUMBS = (
    '{"@type": "BreadcrumbList", "itemListElement": [{"name": "Trang chủ"}, {"item": {"name": "Kinh tế"}},'
    ' {"name": "Hồ sơ trễ hạn của tỉnh giảm mạnh"}, 3]}'
)


@pytest.mark.parametrize(
    ("head", "above", "section", "layer"),
    [
        (f'<script type="application/ld+json">{CRUMBS}</script>', "", "Kinh tế", "json-ld"),
        ('<meta property="article:section" content="Xã hội">', "Kinh tế", "Xã hội", "meta"),
        (
            "",
            '<nav class="breadcrumb"><a>Trang chủ</a> » <a>Kinh tế</a> » <a>Đầu tư</a></nav>',
            "Kinh tế > Đầu tư",
            "cms",
        ),
        ("", "Cải cách hành chính", "Cải cách hành chính", "text"),
        ("", "Hôm nay trời đẹp", None, None),
        ("", '<span class="breadcrumb"><a>Trang chủ</a></span>', None, None),
    ],
)
def test_the_section_is_told_by_the_page_or_by_nobody(
    head: str, above: str, section: str | None, layer: str | None
) -> None:
    article = stood(head, above)
    assert (article.section, article.layers.get("section")) == (section, layer)


@pytest.mark.parametrize(
    ("head", "below", "updated"),
    [
        ("", "<p>Đăng lúc: 08:30, 12/01/2024</p><p>Cập nhật lúc: 16:05, 13/01/2024</p>", "2024-01-13 16:05:00+07:00"),
        ("", "<p>Cập nhật ngày: 13/01/2024 - 16:05</p>", "None"),
        ("", "<p>Đăng lúc: 08:30, 12/01/2024</p><p>Cập nhật: 13/01/2024</p>", "None"),
        ('<meta property="article:modified_time" content="2024-01-13T09:05:00Z">', "", "2024-01-13 16:05:00+07:00"),
        ('<meta property="article:modified_time" content="hôm qua">', "", "None"),
    ],
)
def test_a_change_is_a_moment_beside_that_of_publication(head: str, below: str, updated: str) -> None:
    assert str(stood(head, "", below).updated_at) == updated
