"""Of large libraries the part that is used is loaded alone; it does what the whole does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType

import datasketch
import pytest
import underthesea

from extractors import fingerprint, tokenizing
from extractors.alone import part_of, unopened

TEXT = (
    "Năm 2023, toàn tỉnh mở 42 lớp tập huấn cho cán bộ cơ sở của các xã miền núi và hải đảo. "
    "TP. Nha Trang có hơn 1.800 lao động được giới thiệu việc làm ở các khu công nghiệp trong và ngoài nước, "
    "nhiều người trong số đó từng làm nghề biển trước khi bến cá cũ phải dời đi để nhường chỗ cho con đường mới."
)

LIBRARIES = ("underthesea", "joblib", "datasketch", "scipy", "sklearn", "charset_normalizer", "trafilatura")


@pytest.mark.parametrize(
    ("tokenizer", "whole"),
    [
        (tokenizing.word_tokenizer, underthesea.word_tokenize),
        (tokenizing.sentence_tokenizer, underthesea.sent_tokenize),
    ],
)
def test_a_tokenizer_alone_does_what_its_library_does(
    tokenizer: Callable[[], tokenizing.Tokenizer], whole: tokenizing.Tokenizer
) -> None:
    assert tokenizer()(TEXT) == whole(TEXT)
    assert tokenizer()(TEXT.lower()) == whole(TEXT.lower())


def test_copies_are_found_by_the_keys_that_the_whole_library_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = fingerprint._bands(range(1, 500, 3))
    monkeypatch.setattr(
        fingerprint, "_empty_sketch", lambda: datasketch.MinHash(num_perm=126, hashfunc=int, scheme="affine32")
    )
    assert fingerprint._bands(range(1, 500, 3)) == alone
    assert alone[0] == "d3bb06877de2ed29"  # as they are stored


def test_where_a_library_keeps_its_part_elsewhere_all_of_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert part_of("underthesea", "elsewhere", "sent_tokenize") is underthesea.sent_tokenize

    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(tokenizing, "_words_alone", missing)
    assert tokenizing.word_tokenizer.__wrapped__() is underthesea.word_tokenize


def test_what_was_loaded_alone_is_not_there_for_others() -> None:
    before = loaded("underthesea")
    with suppress(ImportError), unopened("underthesea"):
        import_module("underthesea.version")
        import_module("underthesea.elsewhere")
    assert loaded("underthesea") == before


def loaded(library: str) -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == library}


def test_reading_and_comparing_an_article_loads_no_library_of_which_a_part_will_do() -> None:
    code = f"""
import sys
from extractors.fingerprint import fingerprint
from extractors.page import read_page
from extractors.reader import read_article
reading = read_article(read_page({TEXT!r}.encode(), name="tin.txt"))
assert reading.uncatalogued[0].label == "lớp tập huấn cán bộ cơ sở" and fingerprint(reading.article)
print([name for name in {LIBRARIES!r} if name in sys.modules])
"""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout == "[]\n", done.stderr
