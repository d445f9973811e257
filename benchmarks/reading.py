"""What reading costs on one core: articles a second by stage, growth with length, a page; and other readers beside it.

underthesea's words and names, dateparser's dates and quantulum3's quantities are found in the same texts, trafilatura's
text on the same pages; quantulum3 knows English alone, so that its numerals are written as English writes them.

Processor time, the best of several rounds; every round has other numbers in the same words, so that nothing is known
from the round before. The ratios compare between machines. `python -m benchmarks.reading [--json FILE]`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from random import Random
from time import process_time

import trafilatura
from dateparser.search import search_dates
from underthesea import ner, word_tokenize

from benchmarks.baselines.readers import find_quantities
from benchmarks.results import keep, parser
from extractors.cues import cues
from extractors.facts import Article, Block, Reading
from extractors.figures import find_figures
from extractors.indicators import catalogue
from extractors.naming import whole_words
from extractors.numerals import find_numerals
from extractors.page import read_page
from extractors.periods import find_periods
from extractors.places.article import ArticlePlaces
from extractors.reader import read_article
from extractors.text import normalise, sentences

SAMPLES = Path(__file__).parents[1] / "flows" / "samples"
PUBLISHED, HOME = date(2024, 4, 19), "56"
LENGTH, ARTICLES, ROUNDS, PAGE = 3000, 6, 4, 30_000
KILOBYTES = (25, 50, 100, 200)
NO_FIGURES = (
    "Chiều muộn, mưa ngớt dần và người dân trong xóm lại kéo nhau ra bến đò chờ chuyến cuối về bên kia sông.",
    "Đội bóng của nhà trường vừa trở về sau giải giao hữu, cả làng ra đón với trống, cờ và rất nhiều tiếng cười.",
    "Ban tổ chức cho biết lễ hội vẫn giữ các nghi thức cũ, thêm phần hát đối đáp mà lớp trẻ đang tập lại.",
    "Anh thợ hàn kể rằng chiếc thuyền gỗ này cha anh đóng, mỗi mùa biển động lại đem lên bờ sơn sửa.",
    "Công an phường nhắc bà con khóa cửa cẩn thận khi đi vắng và báo ngay khi thấy người lạ mặt.",
    "Nghệ sĩ trở lại sân khấu với vở diễn về một gia đình làm muối, lời thoại mộc mạc và nhiều khoảng lặng.",
)
SHAPES = {
    "an article again and again": "{text}\n",
    "the same in one line": "{text} ",
    "a numbered list": "1. Xã An Hòa: 85,4%\n",
    "letters and dots": "a. 1. ",
    "digits": "1234567890",
    "cells of a table": "| Diên Khánh | 1.250 | 97,5 |\n",
}
FILLERS = {
    "links": '<li><a href="/muc-{number}">Chuyên mục {number}</a></li>',
    "paragraphs": "<p>{text}</p>",
    "a table": "<tr><td>Xã số {number}</td><td>1.250</td><td>97,5</td></tr>",
}


def varied(text: str, chance: Random) -> str:
    """The same words with other decimals."""
    return re.sub(r"(?<=,)\d+", lambda match: str(chance.randrange(10 ** len(match[0]))).zfill(len(match[0])), text)


def paragraphs() -> list[str]:
    pages = (read_page(path.read_bytes(), name=path.name) for path in sorted(SAMPLES.rglob("*.html")))
    found = [page.text[b.start : b.end] for page in pages for b in page.blocks if b.kind in ("lead", "paragraph")]
    return [one for one in found if any(letter.isdigit() for letter in one)]


def text_of(parts: Sequence[str], chance: Random) -> str:
    """Parts in any order, up to an article's length."""
    text = ""
    while len(text) < LENGTH:
        text += varied(chance.choice(parts), chance) + "\n"
    return text[:LENGTH]


def article(text: str) -> Article:
    ends = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return Article(text, tuple(Block("paragraph", *span) for span in ends), published=PUBLISHED, locality=HOME)


def best(works: Callable[[Random], Sequence[Callable[[], object]]]) -> list[float]:
    """Seconds of each piece of work in its quickest round."""
    rounds = []
    for seed in range(ROUNDS):
        rounds.append([_seconds(work) for work in works(Random(seed))])
    return [min(times) for times in zip(*rounds, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def of_texts(parts: Sequence[str], work: Callable[[str], object]) -> float:
    """Seconds an article; a round changes the decimals alone."""
    texts = [text_of(parts, Random(seed)) for seed in range(ARTICLES)]
    return sum(best(lambda chance: [partial(work, varied(text, chance)) for text in texts])) / ARTICLES


def anew(one: Article) -> Reading:
    """Without the words of labels that the rounds before had too."""
    whole_words.cache_clear()
    return read_article(one)


STAGES: dict[str, Callable[[str], object]] = {
    "normal form": normalise,
    "sentences": sentences,
    "places": lambda text: ArticlePlaces(None, text, PUBLISHED, HOME),
    "names of indicators": lambda text: catalogue().find(text),
    "cue words": lambda text: cues().find(text),
    "times": lambda text: find_periods(text, PUBLISHED),
    "figures": find_figures,
    "all: text to observations": lambda text: anew(article(text)),
    "underthesea word_tokenize": lambda text: [word_tokenize(text[s:e]) for s, e in sentences(text)],
    "underthesea ner": lambda text: [ner(text[s:e]) for s, e in sentences(text)],
    "dateparser search_dates": lambda text: search_dates(text, languages=["vi"]),
    "quantulum3 (English)": lambda text: [list(find_quantities(line)) for line in text.splitlines()],
}


def by_stage(parts: Sequence[str]) -> dict[str, float]:
    return {name: of_texts(parts, work) for name, work in STAGES.items()}


def growth(parts: Sequence[str]) -> Iterator[tuple[str, list[float]]]:
    """Seconds by length for every shape of text."""
    text = text_of(parts, Random(1)).replace("\n", " ")
    for name, shape in SHAPES.items():
        unit = shape.format(text=text)
        texts = [(unit * (kilobytes * 1000 // len(unit.encode()) + 1)) for kilobytes in KILOBYTES]
        yield name, [_seconds(partial(read_article, article(one))) for one in texts]


def page_of(shape: str, box: str, parts: Sequence[str], chance: Random) -> bytes:
    """A page of 30 KB: an article's text, and for the rest what its shape is named for."""
    text, more = "".join(f"<p>{line}</p>" for line in text_of(parts, chance).splitlines()), ""
    while len((text + more).encode()) < PAGE:
        more += FILLERS[shape].format(number=len(more), text=varied(chance.choice(parts), chance))
    filled = dict.fromkeys(FILLERS, "") | {shape: more}
    head = "<html><head><title>Tin trong sáu tháng - Báo Mẫu</title></head><body><h1>Tin trong sáu tháng</h1>"
    body = f"{text}{filled['paragraphs']}<table>{filled['a table']}</table>"
    return f'{head}<div class="{box}">{body}</div><ul>{filled["links"]}</ul></body></html>'.encode()


def pages(parts: Sequence[str]) -> Iterator[tuple[str, str, list[float]]]:
    """Seconds of twenty pages, the quickest first: shape, reader, times."""
    readers: dict[str, Callable[[bytes], object]] = {
        "page to article": partial(read_page, name="page.html"),
        "trafilatura": lambda data: trafilatura.extract(data.decode()),
    }
    for shape, (box, system) in product(FILLERS, {"content-detail": "known system", "x1": "unknown system"}.items()):
        some = [page_of(shape, box, parts, Random(seed)) for seed in range(20)]
        for name, read in readers.items():
            seconds = best(lambda _, read=read, some=some: [partial(read, page) for page in some])  # type: ignore[misc]
            yield f"{shape}, {system}", name, sorted(seconds)


def tell(title: str, stages: dict[str, float], parts: Sequence[str]) -> None:
    count = sum(len(find_numerals(text_of(parts, Random(seed)))) for seed in range(ARTICLES)) / ARTICLES
    print(f"{title}: {LENGTH:,} characters, {count:.0f} numerals")
    whole = stages["all: text to observations"]
    for name, seconds in stages.items():
        speed = f"{1 / seconds:8.0f} articles/s {LENGTH / seconds / 1e6:7.2f} million characters/s"
        print(f"  {name:28}{seconds * 1000:8.2f} ms {speed} {seconds / whole:8.2f} of all")


def told_pages(read: Sequence[tuple[str, str, list[float]]]) -> Iterator[tuple[str, float]]:
    print("a page of 30 KB: ms of the middle one of twenty, of the nineteenth, of the slowest")
    for shape, reader, times in read:
        print(f"  {shape:28}{reader:18}" + " ".join(f"{times[at] * 1000:8.1f}" for at in (9, 18, 19)))
        yield f"{shape}, {reader}: ms of the nineteenth", times[18] * 1000


def told_growth(lengths: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, float]]:
    print("growth: ms a KB at " + ", ".join(f"{n} KB" for n in KILOBYTES))
    for name, times in lengths.items():
        each = " ".join(f"{s * 1000 / n:7.2f}" for s, n in zip(times, KILOBYTES, strict=True))
        print(f"  {name:28}{each}   {times[-1] / times[0] / (KILOBYTES[-1] / KILOBYTES[0]):5.2f} times linear")
        yield f"{name}: ms of {KILOBYTES[-1]} KB", times[-1] * 1000


def main() -> None:
    asked, parts = parser().parse_args(), paragraphs()
    if find_spec("quantulum3") is None:
        sys.exit("quantulum3 is not installed: `make bench` installs what our reading is compared with")
    read_article(article(text_of(parts, Random(0))))  # its word lists are loaded before the clock runs
    kinds = {
        "relevant": [f"{one}\n{NO_FIGURES[n % len(NO_FIGURES)]}" for n, one in enumerate(parts)],
        "figures in every sentence": parts,
        "irrelevant": NO_FIGURES,
    }
    found = {title: by_stage(kind) for title, kind in kinds.items()}
    for title, stages in found.items():
        tell(title, stages, kinds[title])
    ms = {f"{title}, {name}: ms": s * 1000 for title, stages in found.items() for name, s in stages.items()}
    ms |= dict(told_growth(dict(growth(parts))))
    ms |= dict(told_pages(list(pages(parts))))
    keep(ms, asked.json)


if __name__ == "__main__":
    main()
