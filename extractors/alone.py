"""A part of a library without all else that it loads, which may take longer than to read an article.

part_of("underthesea", "pipeline.word_tokenize", "word_tokenize")
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

_ONE_AT_A_TIME = RLock()


def part_of(library: str, module: str, name: str) -> Any:
    """What a module of the library has under that name, which the library has too, and which loads nothing later."""
    try:
        with unopened(library):
            return getattr(import_module(f"{library}.{module}"), name)
    except (ImportError, AttributeError):  # another version may have it elsewhere
        return getattr(import_module(library), name)


@contextmanager
def unopened(library: str, stand_ins: Sequence[ModuleType] = ()) -> Iterator[None]:
    """While this lasts, modules of the library load without the library itself, and see others in place of some of
    theirs. What was loaded so is not there for anybody else."""
    spec = find_spec(library)
    package = ModuleType(library)
    package.__path__ = list(spec.submodule_search_locations or ()) if spec else []
    instead = {module.__name__: module for module in (package, *stand_ins)}
    with _ONE_AT_A_TIME:
        before = _take_out(library, instead)
        sys.modules |= instead
        try:
            yield
        finally:
            _take_out(library, instead)
            sys.modules |= before


def _take_out(library: str, others: Mapping[str, ModuleType]) -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name in others or name.partition(".")[0] == library]
    return {name: sys.modules.pop(name) for name in names}
