"""underthesea's parts, loaded when first needed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from extractors.alone import part_of, unopened

_LIBRARY = "underthesea"
Tokenizer = Callable[[str], list[str]]


@cache
def sentence_tokenizer() -> Tokenizer:
    """`sent_tokenize`, which needs none of the models that its package loads."""
    found: Tokenizer = part_of(_LIBRARY, "pipeline.sent_tokenize", "sent_tokenize")
    return found


@cache
def word_tokenizer() -> Tokenizer:
    """`word_tokenize` with its model, which is a seventh of what its package loads."""
    try:
        return _words_alone()
    except Exception:  # another version may be made otherwise
        whole: Tokenizer = import_module(_LIBRARY).word_tokenize
        return whole


def _words_alone() -> Tokenizer:
    """Its files are pickles; joblib, which would load them, loads numpy first."""
    joblib = ModuleType("joblib")
    vars(joblib)["load"] = lambda path: pickle.loads(Path(path).read_bytes())  # noqa: S301  of the installed package
    with unopened(_LIBRARY, [joblib]):
        import_module(f"{_LIBRARY}.pipeline.text_normalize")  # first, as the other names it while it loads
        alone: Tokenizer = import_module(f"{_LIBRARY}.pipeline.word_tokenize").word_tokenize
        alone("hồ sơ")  # now it loads its model
        return alone
