"""Old encodings are read, and nothing that is fine already is touched."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import Article
from extractors.old_letters import CODE_PAGES, _letters, code_page, to_unicode
from extractors.page import NotVietnamese, Unreadable, read_page
from extractors.reader import read_article
from extractors.syllables import is_syllable

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    file
    for folder in ("tests/sources", "flows/samples")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in (".html", ".txt") and file.name != "robots.txt"
)
TITLE = "Diên Khánh: Hồ sơ trực tuyến tăng nhanh"
STORY = (
    "Năm 2009, huyện tiếp nhận 12.450 hồ sơ, trong đó 98,5% được giải quyết đúng hạn, tăng 1,2% so với năm trước.",
    "Theo Ủy ban nhân dân huyện, việc sửa chữa trụ sở ở các xã đã xong; mỗi bộ phận “một cửa” có thêm 2 máy quét.",
    "Đến nay, người dân của 18 xã, thị trấn không còn phải chờ đợi lâu như những năm đầu.",
)
OLD = [
    ("TCVN3", "tØnh Kh¸nh Hßa", "tỉnh Khánh Hòa"),
    ("TCVN3", "Uû ban nh©n d©n §ång Nai", "Uỷ ban nhân dân Đồng Nai"),
    ("TCVN3", "®\xad\xeec gi¶i quyÕt tr\xad\xedc h¹n", "được giải quyết trước hạn"),
    ("TCVN3", "diÖn tÝch 3.520 km², 30°C, 120 m³", "diện tích 3.520 km², 30°C, 120 m³"),
    ("TCVN3", "A¸ A³ ¢Ê ¢³ Oß O°", "Á Á Ấ Ấ Ò Ò"),
    ("VNI", "tænh Khaùnh Hoøa", "tỉnh Khánh Hòa"),
    ("VNI", "UÛy ban nhaân daân Ñoàng Nai, Vieät Nam", "Ủy ban nhân dân Đồng Nai, Việt Nam"),
    ("VNI", "ñöôïc giaûi quyeát tröôùc haïn", "được giải quyết trước hạn"),
    ("VNI", "TÆNH LAÂM ÑOÀNG, Aùi Nghóa, thò xaõ, Myõ Tho", "TỈNH LÂM ĐỒNG, Ái Nghĩa, thị xã, Mỹ Tho"),
]


def old(text: str, page: str) -> str:
    """The text as a program without the fonts sees it."""
    codes: dict[str, str] = {}
    for code, letter in _letters(page).items():
        codes.setdefault(letter, code)
    return "".join(codes.get(char, char) for char in text)


def markup(title: str = TITLE, story: tuple[str, ...] = STORY, charset: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    return (
        f'<html><head>{meta}<meta property="og:title" content="{title}"></head><body><h1>{title}</h1>'
        f"<p>20/01/2010 08:15</p><div class='content-detail'>{paragraphs}</div></body></html>"
    )


def told(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


def doubts(article: Article) -> list[str]:
    return [issue for issue in article.issues if issue.startswith("encoding")]


@pytest.mark.parametrize(("page", "seen", "meant"), OLD)
def test_old_letters_have_their_meaning(page: str, seen: str, meant: str) -> None:
    assert to_unicode(seen, page) == meant


@pytest.mark.parametrize("page", CODE_PAGES)
def test_a_code_page_has_every_letter(page: str) -> None:
    small = {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    }
    letters = {letter for letter in small if not letter.isascii()} | {"đ"}
    assert set(_letters(page).values()) == letters | {letter.upper() for letter in letters}
    assert len(letters) == 67
    assert all(to_unicode(code, page) == letter for code, letter in _letters(page).items())


SMALL = "abcdđeghiklmnopqrstuvxy0123456789 .,%-" + "".join(sorted({v for v in _letters("VNI").values() if v.islower()}))
WORDS = st.lists(
    st.sampled_from([*" ".join((TITLE, *STORY)).split(), "ĐẮK", "LẮK", "HUẾ", "BẠC", "LIÊU", "Ở", "Ấp", "Ồ"])
)


@pytest.mark.parametrize("page", CODE_PAGES)
@given(small=st.text(SMALL), words=WORDS)
def test_what_was_written_in_a_code_page_is_read(page: str, small: str, words: list[str]) -> None:
    # one after the other: "A" and "à" side by side, which no word has, are how TCVN3 writes "À"
    for text in (small, " ".join(words)):
        assert to_unicode(old(text, page), page) == text


@pytest.mark.parametrize("charset", ["", "iso-8859-1", "windows-1252", "x-user-defined", "windows-1258", "utf-8"])
@pytest.mark.parametrize("page", CODE_PAGES)
def test_a_page_of_an_old_encoding_is_read_and_told(page: str, charset: str) -> None:
    data = old(markup(charset=charset), page).encode("cp1252")
    article = read_page(data, name="tin.html")
    assert told(article)[0] == article.title == TITLE
    assert told(article)[-3:] == list(STORY)
    assert article.published == date(2010, 1, 20)
    assert doubts(article) == [f"encoding: read as {page}"]


@pytest.mark.parametrize("page", CODE_PAGES)
def test_what_is_found_in_old_letters_is_what_is_found_in_new_ones(page: str) -> None:
    new, found = (
        read_article(read_page(data, name="tin.html", facts={"locality": "56"}))
        for data in (markup().encode(), old(markup(), page).encode("cp1252"))
    )
    assert found.observations == new.observations != ()


@pytest.mark.parametrize("page", CODE_PAGES)
def test_a_text_of_an_old_encoding_is_read(page: str) -> None:
    text = "\n\n".join((TITLE, *STORY))
    article = read_page(old(text, page).encode("cp1252"), name="tin.txt")
    assert (article.text, doubts(article)) == (text, [f"encoding: read as {page}"])


@pytest.mark.parametrize("page", CODE_PAGES)
def test_old_letters_inside_utf_8_are_read_beside_a_menu_that_is_fine(page: str) -> None:
    menu = "<ul><li>Trang chủ</li><li>Thời sự - Chính trị</li><li>Văn hóa, Thể thao và Du lịch</li></ul>"
    data = old(markup(), page).replace("<h1>", f"{menu}<h1>").encode()
    article = read_page(data, name="tin.html", facts={"title": old(TITLE, page)})
    assert article.title == TITLE
    assert told(article)[-3:] == list(STORY)
    assert doubts(article) == [f"encoding: read as {page}"]


def test_a_title_that_is_unicode_stays_above_old_letters() -> None:
    data = markup(TITLE, tuple(old(text, "TCVN3") for text in STORY)).encode()
    assert told(read_page(data, name="tin.html"))[::3] == [TITLE, STORY[-1]]


def test_old_letters_that_are_entities_are_read() -> None:
    data = old(markup(), "TCVN3").encode("ascii", "xmlcharrefreplace").replace(b"&#173;", b"&shy;")
    assert told(read_page(data, name="tin.html"))[-3:] == list(STORY)


def test_a_soft_hyphen_that_was_dropped_was_a_letter() -> None:
    data = old(" ".join(STORY * 3), "TCVN3").replace("\xad", "").encode("cp1252")
    assert doubts(read_page(data, name="tin.txt")) == ["encoding: read as TCVN3, which lost its letter ư on the way"]


def test_a_font_of_capitals_tells_capitals() -> None:
    story = f"""<p><font face=".VnTimeH" size="2"><b>{old("tỉnh khánh hòa", "TCVN3")}&nbsp;&amp;</b></font> <br>
      <SPAN style='font-family:.VnTimeH'>ñ</SPAN>y ban <font face=".VnTime">{old("nhân dân", "TCVN3")}</font></p>"""
    data = old(markup(), "TCVN3").replace("</div>", story + "</div>").encode("cp1252")
    assert told(read_page(data, name="tin.html"))[-2:] == ["TỈNH KHÁNH HÒA &", "Ủy ban nhân dân"]


def parted(text: str) -> str:
    """As windows-1258 has it: tones are marks of their own after the letter."""
    return "".join(_parted(char) for char in text)


def _parted(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + "".join(tones)


@pytest.mark.parametrize(
    ("header", "meta", "doubt"),
    [
        (None, "windows-1258", []),
        ("windows-1258", "", []),
        ("iso-8859-1", "windows-1258", ["encoding: read as windows-1258"]),
        ("windows-1258", "iso-8859-1", []),
        ("utf-8", "windows-1258", ["encoding: read as windows-1258"]),
        ("idna", "", ["encoding: read as windows-1258"]),
        (None, "", ["encoding: read as windows-1258"]),
    ],
)
def test_windows_1258_is_read_whoever_is_wrong_about_it(header: str | None, meta: str, doubt: list[str]) -> None:
    data = parted(markup(charset=meta)).encode("cp1258")
    article = read_page(data, name="tin.html", content_type=header and f"text/html; charset={header}")
    assert told(article)[-3:] == list(STORY)
    assert doubts(article) == doubt


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("header", "meta"), [("iso-8859-1", "utf-8"), ("utf-8", "windows-1258"), ("utf-16", "")])
def test_unicode_is_read_whatever_is_declared(encoding: str, header: str, meta: str) -> None:
    data = markup(charset=meta).encode(encoding)
    article = read_page(data, name="tin.html", content_type=f"text/html; charset={header}")
    assert (told(article)[-3:], doubts(article)) == (list(STORY), [])


def test_a_cut_page_with_a_wrong_header_is_utf_8() -> None:
    data = markup().encode() + "ệ".encode()[:2]
    article = read_page(data, name="tin.html", content_type="text/html; charset=iso-8859-1")
    assert set(STORY) <= set(told(article))
    assert doubts(article) == ["encoding: 1 characters could not be read as utf-8"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding: str) -> None:
    article = read_page(markup().encode(encoding), name="tin.html")
    assert told(article)[-3:] == list(STORY)
    assert doubts(article) == [f"encoding: taken for {encoding}"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_8_that_was_encoded_twice_is_mended(mark: str) -> None:
    once = (mark + markup()).encode()
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in once)
    for seen in (twice, once.decode("latin-1")):
        article = read_page(seen.encode(), name="tin.html")
        assert told(article)[-3:] == list(STORY)
        assert doubts(article) == ["encoding: read as UTF-8 that was encoded twice"]


def test_what_was_encoded_twice_only_in_part_is_not_mended() -> None:
    twice = markup().encode().decode("latin-1")
    with pytest.raises(NotVietnamese):
        read_page(twice.replace("<h1>", "<p>Đ</p><h1>").encode(), name="tin.html")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_page_that_is_fine_is_left_alone(file: Path) -> None:
    data = file.read_bytes()
    for form in ("NFC", "NFD"):
        assert not doubts(read_page(unicodedata.normalize(form, data.decode()).encode(), name=file.name))


def test_a_sentence_that_is_fine_is_left_alone() -> None:
    files = (file.read_text() for file in (ROOT / "tests/spec").rglob("*.yml"))
    assert [line for text in files for line in text.splitlines() if code_page(line)] == []


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
@pytest.mark.parametrize("page", CODE_PAGES)
def test_the_code_page_of_any_article_is_told(file: Path, page: str) -> None:
    text = unicodedata.normalize("NFC", read_page(file.read_bytes(), name=file.name).text)
    assert code_page(text) is None
    assert code_page(old(text, page)) == page


FOREIGN = [
    "La région a été très développée, à côté des élèves étrangers près de l'été où ça s'achève déjà. Noël, maïs. ",
    "A região não está tão avançada; os cidadãos já têm opções, há três órgãos e situações públicas à disposição. ",
    "Die Bürger müssen künftig für größere Häuser höhere Gebühren zahlen, während öffentliche Gebäude geschützt sind. ",
    "Það er mjög áhugavert að sjá hvernig þessi þjóð hefur þróað tungumál sitt á síðustu öld með sérstöku stöfum. ",
    "El año pasado más niños españoles visitaron Perú según la información pública, ¿qué pasó después? ¡Adiós, señor! ",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_no_other_language_is_taken_for_old_letters(text: str) -> None:
    assert code_page(text * 8) is None
    assert code_page(text.upper() * 8) is None
    for encoding in ("utf-8", "cp1252"):
        with pytest.raises(Unreadable):
            read_page((text * 8).encode(encoding, "ignore"), name="tin.txt")


@pytest.mark.parametrize("text", [old("Tỉnh Khánh Hòa có 6 huyện", "TCVN3"), "® © ½ «» ±3° µm ¶ §4 ¼ ¬ ª º × ÷ " * 20])
def test_few_words_are_not_judged(text: str) -> None:
    assert code_page(text) is None


@given(st.text(st.characters(max_codepoint=0x24F), max_size=400))
def test_nothing_at_random_is_taken_for_old_letters(text: str) -> None:
    assert code_page(text) is None


@pytest.mark.parametrize(
    "word", ["tỉnh", "QUYẾT", "hoà", "hòa", "giếng", "gìn", "quốc", "khuỷu", "nghiêng", "Đắk", "uỷ", "ở"]
)
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tØnh", "tænh", "Vieät", "được̀", "hoàc", "aà", "für", "Krông"])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)
