"""Small sites on loopback, a front page with sections and articles, as each family of content systems builds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.archive import slug
from tests.replicas import replicas
from tests.sites import HOST, Site

IDS = ("8274562", "8274601", "5a448d5", "5b10c02", "8275013", "c04de21", "8275190", "8275200")


@dataclass(frozen=True)
class Family:
    """How a family spells the addresses of articles and sections, and links that are neither."""

    article: str
    section: str = "/{name}/"
    lists: tuple[str, ...] = ()
    name: str = "Báo Khánh Hòa điện tử"
    replica: str = ""
    """The family whose pages are served, where it is not the one of that name."""


FAMILIES: Mapping[str, Family] = {
    "a_yyyymm": Family("/{name}/202404/{slug}-{hex}/", lists=("/tag/202404/ho-so-dung-han-o-nha-trang-5a448d9/",)),
    "a_strong": Family("/{name}/tin-tuc/202501/{slug}-{hex}/", name="Báo Đắk Lắk điện tử"),
    "b_sapo": Family("/{slug}-{a}{n}.html", lists=("/tac-gia/nha-bao-tran-thi-hong-nhung-a12001.html",)),
    "b_bars": Family("/{slug}-{n}.html", "/{name}.html", lists=("/tag/quy-i-nam-2024-o-dong-thap-112233.html",)),
    "c_bgrid": Family("/{slug}-10{n}.html", "/{name}", lists=("/cac-su-kien-trong-thang-tu-event1123.html",)),
    "d_cmslink": Family("/{slug}-post{n}.html", lists=("/tag/giai-ngan-von-dau-tu-cong-tag11.html",)),
    "e_quangninh": Family("/{slug}-3{n}.html", "/{name}"),
    "e_bbg": Family("/{slug}-postid{n}.bbg", "/{name}"),
    "f_tables": Family("/diendan/{n}p25c151/{slug}.htm", "/{name}"),
    "f_viewer": Family("/viewer.aspx?mabb={n}&macm=39&macmp=39", "/viewer.aspx?macm={m}", replica="f_tables"),
    "g_tinbai": Family("/tin-bai/{name}/{slug}", "/{name}"),
    "nukeviet": Family("/vi/news/{name}/{slug}-{k}.html", "/vi/news/{name}/"),
    "sharepoint": Family("/Pages/chi-tiet.aspx?ItemID={n}", "/Pages/{name}.aspx"),
    "liferay": Family("/web/guest/-/asset_publisher/x9Yb/content/{slug}", "/web/guest/{name}"),
    "portal_plain": Family("/bai-viet/{slug}---id{n}", "/{name}"),
}
SECTIONS = {"chinh-tri": "Chính trị", "kinh-te": "Kinh tế"}


def build(site: Site, name: str) -> tuple[list[str], list[str]]:
    """Put a family's site there: the addresses of its articles, and of its sections and other lists."""
    family = FAMILIES[name]
    pages = [page for page in replicas() if page.family == (family.replica or name)]
    articles = {_address(family, page.title, at): page.title for at, page in enumerate(pages)}
    for page, path in zip(pages, articles, strict=True):
        site.put(path, page.page.decode())
    sections = [family.section.format(name=spelled, m=m) for m, spelled in enumerate(SECTIONS, 11)]
    menu = "".join(f'<a href="{path}">{text}</a>' for path, text in zip(sections, SECTIONS.values(), strict=True))
    menu += "".join(f'<a href="{path}">Mọi tin bài về việc này</a>' for path in family.lists)
    links = [f'<li><a href="{path}">{title}</a></li>' for path, title in articles.items()]
    head = f"<html><head><meta charset='utf-8'><title>{family.name}</title></head><body>{menu}<ul>"
    site.put("/", head + "".join(links[:5]) + "</ul></body></html>", etag=False)
    for number, path in enumerate(sections):
        site.put(path, head + "".join(links[number::2]) + "</ul></body></html>", etag=False)
    return [HOST + path for path in articles], [HOST + path for path in (*sections, *family.lists)]


def _address(family: Family, title: str, at: int) -> str:
    number, spelled = 169010 + 37 * at, list(SECTIONS)[at % 2]
    parts = {"n": number, "k": 41 + 13 * at, "a": "a" if at % 2 else "", "hex": IDS[at], "name": spelled}
    return family.article.format(slug=slug("https://x.vn/" + title.replace("/", "-")), **parts)
