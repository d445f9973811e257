"""underthesea's parts, each loaded alone when first needed: all of it takes longer than reading an article."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

_PACKAGE = "underthesea"
_SENTENCES = Path("pipeline", "sent_tokenize", "__init__.py")
Tokenizer = Callable[[str], list[str]]


@cache
def sentence_tokenizer() -> Tokenizer:
    """`sent_tokenize`; its module stands alone, and needs none of the models that its package loads."""
    path = next((Path(place) / _SENTENCES for place in _places()), _SENTENCES)
    if not path.is_file():  # another version may keep it elsewhere
        return _of_package("sent_tokenize")
    alone: Tokenizer = _module(path).sent_tokenize
    return alone


@cache
def word_tokenizer() -> Tokenizer:
    """`word_tokenize` with its model, which is a seventh of what its package loads."""
    try:
        with _package_unopened():
            import_module(f"{_PACKAGE}.pipeline.text_normalize")  # first, as the other names it while it loads
            alone: Tokenizer = import_module(f"{_PACKAGE}.pipeline.word_tokenize").word_tokenize
            alone("hồ sơ")  # now it loads its model
            return alone
    except Exception:  # another version may be made otherwise
        return _of_package("word_tokenize")


def _of_package(name: str) -> Tokenizer:
    known: Tokenizer = getattr(import_module(_PACKAGE), name)
    return known


def _places() -> list[str]:
    package = find_spec(_PACKAGE)
    return list(package.submodule_search_locations or ()) if package else []


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location("extractors._sent_tokenize", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path}: cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def _package_unopened() -> Iterator[None]:
    """While this lasts, the package's modules load without it and without joblib, of which they need what pickle has;
    what was loaded so is not there for others."""
    before = {name: sys.modules.pop(name) for name in _taken()}
    package, joblib = ModuleType(_PACKAGE), ModuleType("joblib")
    vars(package)["__path__"], vars(joblib)["load"] = _places(), _unpickled
    sys.modules |= {_PACKAGE: package, "joblib": joblib}
    try:
        yield
    finally:
        for name in _taken():
            del sys.modules[name]
        sys.modules |= before


def _taken() -> list[str]:
    return [name for name in sys.modules if name == "joblib" or name.partition(".")[0] == _PACKAGE]


def _unpickled(path: str) -> object:
    return pickle.loads(Path(path).read_bytes())  # noqa: S301  of the installed package
