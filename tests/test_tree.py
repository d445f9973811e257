"""The flat tree of a page says what BeautifulSoup says of the same markup, and so do selectors on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4 import Tag as Copy
from bs4.element import PreformattedString
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.page_tables import table_grid
from extractors.page_words import cms_selectors
from extractors.selectors import select
from extractors.tree import Tag, read_tree

ASIDES = ("rt", "template")
SLOTS = ("title", "lead", "body", "published", "section", "author")
SELECTORS = [
    *(selector for slot in SLOTS for selector in cms_selectors(slot)),
    *("h1", "div#content.content-detail, .td-post-content", ".detail .date", "h2#title, h1", "li:not(p)", "ul li a"),
    "li ul a",
    *("div > p", "p:not(.x)", "div:has(> b), h1", "li:nth-of-type(2)", "[class]", 'a[href^="/"]', "a[type=x]", "*"),
]
PAGE = """<body><h1 class="title">Một cửa</h1><div id="content" class="content-detail x"><p class="sapo">Đoạn
  <b>một</b></p><p itemprop="description">Bộ phận Một cửa của xã nhận hồ sơ cả sáng thứ bảy để người đi làm khỏi nghỉ,
  và trả kết quả tận nhà cho người già.</p></div><div class="detail"><ul class="page-detail-meta"><li>a</li>
  <li class="list-inline-item date"><a href="/x" type="X">08:15</a></li></ul></div><time datetime="2024">nay</time>"""
PIECES = [
    *(
        "<p>",
        "</p>",
        "<div class='a b'>",
        "</div>",
        "<a href=x>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
    ),
    *("<pre>", "</pre>", "<rt>", "</rt>", "<template>", "</template>", "<script>", "</script>", "<style>", "</style>"),
    *("<!-- c -->", "<?x y?>", "<!doctype html>", "<br>", "<img>", "<form>", "</form>", "<body>", "</body>", "</html>"),
    *(" ", "\n ", "\0", "&#0;", "&nbsp;", "<li>", "Một cửa", "12", "</", "<", "<o:p>", "<textarea>", "<head>"),
]


def told(tag: Tag) -> list[object]:
    """Tags with what they say, and strings, in page order; asides within asides are left apart."""
    said = ((n, "" if n.name in ASIDES else n.text()) if isinstance(n, Tag) else (n, "") for n in tag.inside)
    return [(node.name, node.classes, text) if isinstance(node, Tag) else str(node) for node, text in said]


def told_by_soup(soup: BeautifulSoup) -> list[object]:
    nodes = (node for node in soup.descendants if not isinstance(node, PreformattedString))
    said = ((n, "" if n.name in ASIDES else n.get_text()) if isinstance(n, Copy) else (n, "") for n in nodes)
    return [(node.name, node.get("class", []), text) if isinstance(node, Copy) else str(node) for node, text in said]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_markup_is_the_same_page(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert told(read_tree(markup)) == told_by_soup(BeautifulSoup(markup, "lxml"))


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_selector_takes_the_same_tags(selector: str) -> None:
    tree, soup = read_tree(PAGE), BeautifulSoup(PAGE, "lxml")
    places = [at for at, tag in enumerate(soup.find_all(True)) if tag in soup.select(selector)]
    assert [tree.tags().index(tag) for tag in select(tree, selector)] == places


def test_what_is_taken_out_leaves_the_rest_in_its_place() -> None:
    tree = read_tree("<div>Một<p>hai<b>ba</b></p>bốn<i>năm</i></div>")
    div, p, i = (tree.tags(name)[0] for name in ("div", "p", "i"))
    p.drop()
    assert (p.gone, p.text(), i.gone, div.text(), list(div.children())) == (True, "", False, "Mộtbốnnăm", [i])
    assert (list(i.preceding()), list(div.following())) == (["bốn", "Một"], ["Một", "bốn", "năm"])


def test_cells_stand_beside_those_that_reach_down_from_above() -> None:
    tree = read_tree("""<table><tr><th rowspan=2>Xã</th><th colspan=2>Hồ sơ</th></tr><tr><th>Nhận</th><th>Trễ</th></tr>
      <tr><td>An Hòa</td></tr></table>""")
    grid = table_grid(tree.tags("table")[0]) or {}
    assert {cell.text(): place for cell, place in grid.items()} == {
        "Xã": (0, 0),
        "Hồ sơ": (0, 1),
        "Nhận": (1, 1),
        "Trễ": (1, 2),
        "An Hòa": (2, 0),
    }


def test_no_table_is_as_wide_as_its_spans_can_make_it() -> None:
    rows = ("<tr>" + "<td rowspan=100 colspan=100>x</td>" * 20 + "</tr>") * 2
    assert table_grid(read_tree(f"<table>{rows}</table>").tags("table")[0]) is None


def test_reading_a_page_needs_no_second_parser() -> None:
    code = f"""
import sys
from extractors.page import read_page
from extractors.selectors import select
from extractors.tree import read_tree
page = {PAGE!r}
read_page(page.encode(), name="tin.html")
for selector in {SELECTORS[:-8]!r}:
    select(read_tree(page), selector)
print([name for name in ("bs4", "soupsieve", "trafilatura") if name in sys.modules])
"""
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root).stdout == "[]\n"
