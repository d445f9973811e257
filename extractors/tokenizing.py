"""underthesea's parts, loaded when first needed: all of it takes longer than reading an article."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

_SENTENCES = Path("pipeline", "sent_tokenize", "__init__.py")


@cache
def sentence_tokenizer() -> Callable[[str], list[str]]:
    """`sent_tokenize`; its module stands alone, and needs none of the models that its package loads."""
    package = find_spec("underthesea")
    places = package.submodule_search_locations if package else None
    path = next((Path(place) / _SENTENCES for place in places or ()), _SENTENCES)
    if not path.is_file():  # another version may keep it elsewhere
        from underthesea import sent_tokenize as known

        whole: Callable[[str], list[str]] = known
        return whole
    alone: Callable[[str], list[str]] = _module(path).sent_tokenize
    return alone


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location("extractors._sent_tokenize", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path}: cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def word_tokenizer() -> Callable[[str], list[str]]:
    """`word_tokenize`."""
    from underthesea import word_tokenize

    words: Callable[[str], list[str]] = word_tokenize
    return words
