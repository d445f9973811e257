"""Look for a page that solieu cannot read, for so many seconds: `python -m tests.fuzz.reading [SECONDS]`, `make fuzz`.

atheris guides libFuzzer by which lines of extractors/ a page reaches. It ends with 1, and the page in a file
`crash-…`, at the first page that raises anything but a refusal, has a quote where the page has other characters, or
takes 10 seconds.
"""

from __future__ import annotations

import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["extractors"]):
    from extractors.facts import Article, Block
    from tests.fuzz.pieces import check_article, check_page, pieces

PIECES = pieces()
MOST = 60
"""Pieces of a text."""


def one(data: bytes) -> None:
    """A page of these very bytes, a page in the words of the language, or a text."""
    provider = atheris.FuzzedDataProvider(data)
    kind = provider.ConsumeIntInRange(0, 7)
    if kind == 0:
        check_page(provider.ConsumeBytes(len(data)))
        return
    text = _text(provider)
    if kind == 1:
        page = f"<html lang=vi><body><h1>Tin trong tỉnh</h1><div>{text}</div></body></html>"
        check_page(page.encode(errors="surrogatepass"))
    else:
        check_article(Article(text, (Block("paragraph", 0, len(text)),), published=date(2024, 7, 15), locality="56"))


def _text(provider: atheris.FuzzedDataProvider) -> str:
    """Pieces with a blank between, and now and then any letters at all."""
    words = []
    for _ in range(provider.ConsumeIntInRange(1, MOST)):
        known = provider.ConsumeIntInRange(0, 15)
        words.append(PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)] if known else provider.ConsumeUnicode(6))
    return " ".join(words)


LIMITS = ("-timeout=10", "-rss_limit_mb=4096", "-max_len=400", "-len_control=0")


def main() -> None:
    seconds = sys.argv[1] if len(sys.argv) > 1 else "600"
    one(b"\x07" * 200)  # word lists are loaded before the first is timed
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", *LIMITS], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
