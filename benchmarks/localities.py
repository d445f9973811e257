"""What places cost: loading the units, finding and resolving the places of an article, memory.

Times are the best of several rounds over the sample articles; the ratio to reading all their figures is what compares
between machines. `python -m benchmarks.localities [FOLDER OF ARTICLES] [--json FILE]`
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.results import keep, parser
from extractors.facts import Article
from extractors.page import read_page
from extractors.places import gazetteer
from extractors.places.article import ArticlePlaces
from extractors.reader import read_article
from extractors.text import Text, normalise

SAMPLES = Path(__file__).parents[1] / "flows" / "samples"
ROUNDS = 15
LENGTH = 3000
INDEX = "from extractors.places.tokens import find_tokens; list(find_tokens('xã Tân An'))"
PACKAGES = "import ahocorasick, regex, yaml; from extractors.places import gazetteer, tokens"


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest round."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def articles(folder: Path) -> list[Article]:
    """The articles of a folder, joined to ones of some 3,000 characters."""
    files = sorted([*folder.rglob("*.txt"), *folder.rglob("*.html")])
    texts = [read_page(file.read_bytes(), name=file.name).text for file in files if file.name != "robots.txt"]
    joined = [""]
    for text in texts:
        joined[-1] += f"{text}\n\n"
        if len(joined[-1]) >= LENGTH:
            joined.append("")
    return [read_page(text.encode(), name="joined.txt") for text in joined if text]


def resolve(article: Article, text: Text) -> list[str | None]:
    """What reading does with the places of an article: find them, the article's own, and what each means."""
    title = normalise(article.title).norm if article.title else None
    places = ArticlePlaces(title, text.norm, article.published, article.locality)
    return [places.resolve(mention) for mention in places.find(text.norm)]


def load() -> object:
    gazetteer._by_id.cache_clear()
    gazetteer.localities.cache_clear()
    return gazetteer.localities()


def memory(code: str) -> float:
    """MB that a fresh process holds when it has run the code (Linux)."""
    tell = "print(next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1])"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def main() -> None:
    given = parser()
    given.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    asked = given.parse_args()
    read = articles(asked.folder)
    texts = [normalise(article.text) for article in read]
    pieces = sum(len(text.norm) for text in texts) / LENGTH
    pairs = list(zip(read, texts, strict=True))
    places = best(lambda: [resolve(article, text) for article, text in pairs]) / pieces
    figures = best(lambda: [read_article(article) for article in read]) / pieces
    print(f"{len(read)} articles, {pieces * LENGTH / len(read):.0f} characters each; per {LENGTH} characters:")
    print(f"  places found and resolved   {places * 1000:7.2f} ms")
    print(f"  all figures read            {figures * 1000:7.2f} ms, {figures / places:.0f} times that")
    loaded = best(load)
    print(f"{len(gazetteer.localities())} units loaded in {loaded * 1000:.0f} ms")
    plain, whole = memory(PACKAGES), memory(f"{PACKAGES}; {INDEX}")
    print(f"units, names and index take {whole - plain:.0f} MB ({plain:.0f} MB before them)")
    keep({"places: ms": places * 1000, "loading: ms": loaded * 1000, "memory: MB": whole - plain}, asked.json)


if __name__ == "__main__":
    main()
