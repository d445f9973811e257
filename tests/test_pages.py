"""The page of an article: figures highlighted in an untouched text, their words beside them, and no text alive."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import Article, Block, Finding, Reading
from extractors.reader import read_article
from flows.commands.show import REASONS
from flows.pages.article import ArticlePage, article_html, article_page
from flows.pages.cards import ROLES
from flows.pages.frame import STATIC, Words, own_words
from flows.pages.passages import Span, marks_of, passages
from flows.settings import Settings
from tests.sites import settings
from tests.test_cli import solieu
from tests.test_samples import EXPECTED, article_of
from tests.test_statements import read

__all__ = ["settings"]

VI, EN = Words("vi"), Words("en")
TEXT = (
    "Diên Khánh: Hồ sơ trễ hạn còn 1,25%\n"
    "Quý I/2024, tỷ lệ hồ sơ trễ hạn của huyện Diên Khánh còn 1,25%, giảm 0,5% so với cùng kỳ năm 2023, "
    "phấn đấu cả năm dưới 0,9%.\n"
    "Chỉ số cải cách hành chính năm 2023 của huyện Diên Khánh đứng thứ 2/8. Huyện mở 3 lớp tập huấn.\n"
)
EVIL = "\"><img src=x onerror=alert(1)><script>alert('x')</script>"


def page(reading: Reading, words: Words = VI) -> ArticlePage:
    return article_page(reading, "bai.txt", "file:///bai.txt", words)


def html(reading: Reading, words: Words = VI) -> BeautifulSoup:
    return BeautifulSoup(article_html(reading, "bai.txt", "file:///bai.txt", words, derived=False), "lxml")


def as_sure(reading: Reading, confidence: float) -> Reading:
    return replace(reading, observations=tuple(replace(one, confidence=confidence) for one in reading.observations))


def highlights(shown: ArticlePage) -> list[tuple[str, list[str]]]:
    """What is highlighted, as what."""
    runs = [run for block in shown.shown for row in block.rows for part in row for run in part.runs if run.mark]
    return [
        ("".join(piece.text for piece in run.pieces), [shown.cards[key].role for key in run.mark.keys])
        for run in runs
        if run.mark
    ]


def test_every_figure_is_highlighted_as_what_it_is() -> None:
    assert highlights(page(read(TEXT))) == [
        ("1,25%", ["actual"]),
        ("1,25%", ["actual"]),
        ("giảm 0,5%", ["change"]),
        ("dưới 0,9%", ["target"]),
        ("đứng thứ 2/8", ["rank"]),
        ("3 lớp tập huấn", ["left"]),
    ]


def test_a_card_says_each_slot_with_the_words_that_gave_it() -> None:
    card = page(read(TEXT), EN).cards["o1"]
    assert [(one.name, one.said, one.how, one.words) for one in card.slots] == [
        ("indicator", "Share of dossiers late", "explicit", "trễ hạn"),
        ("locality", "Huyện Diên Khánh (574)", "explicit", "huyện Diên Khánh"),
        ("scope", "whole area", "default", ""),
        ("period", "2024-Q1", "explicit", "Quý I/2024"),
        ("value", "1.25 %", "explicit", "1,25%"),
        ("status", "actual", "default", ""),
        ("measure", "level", "explicit", "còn"),
    ]


def test_the_words_that_gave_a_slot_bear_its_figure() -> None:
    given = html(read(TEXT)).select('.text [data-gives~="o1"]')
    assert [words.get_text() for words in given] == ["Quý I/2024", "trễ hạn", "huyện Diên Khánh", "còn"]


def test_the_table_has_a_row_an_observation() -> None:
    rows = html(as_sure(read(TEXT), 0.95)).select("section[aria-labelledby=table] tbody tr")
    late, place = "Tỷ lệ hồ sơ trễ hạn, quá hạn", "Huyện Diên Khánh (574)"
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows] == [
        [late, "1,25 %", "2024-Q1", place, "", "1,25%", "0,95"],
        [late, "-0,5 điểm phần trăm", "2024-Q1 (so với 2023-Q1)", place, "mức tăng giảm", "giảm 0,5%", "0,95"],
        [late, "<0,9 %", "2024", place, "mục tiêu", "dưới 0,9%", "0,95"],
        ["Chỉ số cải cách hành chính (PAR INDEX)", "2 / 8", "2023", place, "thứ hạng", "đứng thứ 2/8", "0,95"],
    ]


def test_a_figure_that_was_left_says_why() -> None:
    card = html(read(TEXT), EN).select_one("#u1")
    assert card
    assert [said.get_text(" ", strip=True) for said in card.find_all(["p", "tr"])] == [
        "3 lớp tập huấn left out",
        "no indicator of the catalogue fits (3)",
        "slot what it says",
        "about lớp tập huấn",
        "in the text: 1",
    ]


def test_an_observation_that_is_not_sure_waits() -> None:
    roles = [role for _, role in highlights(page(as_sure(read(TEXT), 0.2)))]
    assert roles == [*[["queued"]] * 5, ["left"]]


def test_a_finding_stands_below_the_words_it_is_about() -> None:
    text = "Năm 2023, thành phố Nha Trang tiếp nhận 1.245 hồ sơ, trong đó trễ hạn 3 hồ sơ, tỷ lệ trễ hạn 0,72%."
    found = html(read(f"{text}\nHết tin.\n"), EN).select_one(".text p + aside")
    assert found
    assert " ".join(found.get_text().split()) == (
        "⚠ Does not add up (rate and counts): dossier.late 3 of 1,245 is 0.24 %, "
        "printed is dossier.late_rate 0.72 % 3, 1,245, 0.72 %"
    )
    assert [link["href"] for link in found.find_all("a")] == ["#o2", "#o1", "#o3"]


def test_a_finding_about_no_figure_stands_above_the_article() -> None:
    doubted = replace(read(TEXT), findings=(Finding("page", "encoding: read as TCVN3"),))
    assert [(one.check, one.message) for one in page(doubted).findings] == [("page", "encoding: read as TCVN3")]


def test_what_follows_is_told_and_highlighted_nowhere() -> None:
    reading = read("Năm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5%, giảm 0,5% so với năm 2022.\n")
    shown = article_page(reading, "a", "a", EN, derived=True)
    derived = [one for one in shown.cards.values() if one.observation and one.observation.derived]
    assert [(one.value, one.follows, shown.marks.get(one.key)) for one in derived] == [("2 %", ("o1", "o2"), None)]
    assert (shown.roles, len(shown.observed), len(page(reading).observed)) == ({"actual": 1, "change": 1}, 3, 2)


def test_every_observation_of_the_samples_is_highlighted_and_no_text_is_lost() -> None:
    for file in EXPECTED:
        reading = read_article(article_of(file))
        shown = page(reading)
        runs = [run for block in shown.shown for row in block.rows for part in row for run in part.runs]
        keys = {key for run in runs if run.mark for key in run.mark.keys}
        assert keys == set(shown.cards), file.name
        drawn = html(reading).select_one(".text")
        assert drawn
        for aside in drawn.select("aside"):
            aside.decompose()
        assert "".join(drawn.get_text().split()) == "".join(reading.article.text.split())


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[Article, list[Span], list[Span]]:
    """A text in blocks with some room between them, and stretches anywhere in it."""
    text = draw(st.text(max_size=60))
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    blocks = tuple(Block("paragraph", start, end) for start, end in [*pairwise(ends)][::2])
    stretch = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] < pair[1])
    spans = [
        Span(*pair, f"o{n}") for n, pair in enumerate(draw(st.lists(stretch, max_size=6) if text else st.just([])))
    ]
    cut = draw(st.integers(0, len(spans)))
    return Article(text, blocks), spans[:cut], spans[cut:]


@given(texts_with_spans())
def test_the_parts_of_a_text_are_the_text(case: tuple[Article, list[Span], list[Span]]) -> None:
    article, figures, told = case
    marks = marks_of(figures)
    parts = list(passages(article, marks, told))
    assert "".join(part.text for part in parts) == article.text
    assert [part.block for part in parts if part.block] == list(article.blocks)
    inside = {mark.id: "".join(p.text for part in parts for run in part.runs if run.mark == mark for p in run.pieces)
              for mark in marks}  # fmt: skip
    assert inside == {mark.id: article.text[mark.start : mark.end] for mark in marks}
    assert all(any(m.start <= f.start and f.end <= m.end and f.key in m.keys for m in marks) for f in figures)
    for span in told:
        words = "".join(p.text for part in parts for run in part.runs for p in run.pieces if span.key in p.gives)
        assert words == article.text[span.start : span.end]


def test_no_text_of_an_article_is_alive() -> None:
    reading = read(f"{EVIL}\nNăm 2023, tỷ lệ hồ sơ trễ hạn của thành phố Nha Trang là 1,5% {EVIL}.\n")
    article = replace(reading.article, title=EVIL, author=EVIL, url="javascript:alert(1)", issues=(EVIL,))
    evil = replace(reading, article=article, findings=(Finding(EVIL, EVIL, (0,)),))
    shown = BeautifulSoup(article_html(evil, EVIL, "file:///a", VI, derived=True), "lxml")
    assert shown.select("img, [onerror], [style]") == []
    assert [script.get_text() for script in shown.select("script")] == [(STATIC / "site.js").read_text()]
    assert shown.select_one("h1").get_text() == EVIL  # type: ignore[union-attr]
    assert {link["href"].partition(":")[0] for link in shown.select("a") if link["href"][0] != "#"} == {"file"}
    assert "javascript:alert(1)" in shown.get_text()


def test_what_a_terminal_would_obey_is_replaced() -> None:
    article = replace(read(TEXT).article, title="Tin \x1b[31mđỏ\x9b")
    shown = article_html(replace(read(TEXT), article=article), "a", "file:///a", VI, derived=False)
    assert '<h1 lang="vi">Tin \ufffd[31mđỏ\ufffd</h1>' in shown


def test_the_policy_lets_in_the_pages_own_style_and_script_alone() -> None:
    shown = html(read(TEXT))
    (policy,) = [str(meta["content"]) for meta in shown.select("meta[http-equiv=Content-Security-Policy]")]
    hashes = {
        name: b64encode(sha256(tag.get_text().encode()).digest()).decode()
        for name in ("style", "script")
        for tag in shown.select(name)
    }
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert shown.select("link, [src]") == []


def test_links_within_the_page_lead_somewhere() -> None:
    shown = html(read(TEXT))
    ids = [str(one["id"]) for one in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(link["href"])[1:] for link in shown.select("a[href^='#']")} <= set(ids)


def test_doubts_are_told_in_words() -> None:
    (first, *others) = read(TEXT).observations
    doubted = replace(first, confidence=0.5, doubts=("no unit", "weak name"))
    card = html(replace(read(TEXT), observations=(doubted, *others))).select_one("#o1")
    assert card
    said = "độ tin cậy 0,5; lý do nghi ngờ: không có đơn vị, tên chỉ tiêu chưa rõ"
    assert said in [line.get_text().strip() for line in card.find_all("p")]


def test_words_are_there_in_both_languages() -> None:
    words = own_words()
    short = [(kind, code) for kind, codes in words.items() for code, said in codes.items() if set(said) != {"vi", "en"}]
    assert short == []
    templates = "".join(file.read_text() for file in STATIC.parent.glob("templates/*.html"))
    assert set(words["text"]) == set(re.findall(r'say\("(\w+)"\)', templates))
    assert set(words["role"]) == set(ROLES)
    assert set(words["why"]) == {"unsure", *REASONS}


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        lin = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_every_text_can_be_read_in_light_and_in_dark() -> None:
    light, dark, *_ = re.findall(r":root \{(.*?)\}", (STATIC / "site.css").read_text(), re.DOTALL)
    assert colours(light).keys() == colours(dark).keys() >= set(ROLES)
    for scheme in (colours(light), colours(dark)):
        on_ink = product(["ink"], {*ROLES, "gives", "finding", "paper", "raised"})
        pairs = [*on_ink, *product(["soft", "link"], ["paper", "raised"]), ("link", "finding")]
        faint = [pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5]
        assert faint == []


@pytest.fixture
def article(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "bài 1.txt"
    path.write_text(TEXT)
    return path


def test_extract_writes_a_page_of_one_file(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--locality", "56", "--published", "2024-07-15", "--url", "https://bao.example/a?b=1&c=2")
    assert solieu("extract", article, "--format", "html", "--labels", "en", *given) == 0
    shown = BeautifulSoup(capsys.readouterr().out, "lxml")
    assert (shown.html or {}).get("lang") == "en"
    assert [(link.get_text(), link["href"]) for link in shown.select("header a")] == [
        ("https://bao.example/a?b=1&c=2", "https://bao.example/a?b=1&c=2"),
        (str(article), article.as_uri()),
    ]
    assert [words.get_text() for words in shown.select(".text a.figure.rank")] == ["đứng thứ 2/8"]


def test_a_page_is_of_one_file(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("extract", article, article, "--format", "html") == 2
    assert "a page of one article, and 2 files are named" in " ".join(capsys.readouterr().err.replace("│", "").split())


def test_the_language_of_a_page_is_refused_elsewhere(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("extract", article, "--labels", "en") == 2
    assert "goes with --format html" in " ".join(capsys.readouterr().err.replace("│", "").split())


def test_a_file_that_is_not_there_makes_no_page(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert solieu("extract", "none.txt", "--format", "html") == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "solieu: none.txt: no such file\n")
