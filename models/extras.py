"""Libraries that only some need (`pip install 'solieu[notebook]'`), and ours on top: imported when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from models.problems import MissingLibrary


def bring(name: str, extra: str = "notebook") -> Any:
    """The module of this name; MissingLibrary, which says what to install, where it is not there."""
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        library = (missing.name or name).partition(".")[0]
        raise MissingLibrary(
            f"{library} is needed for this and is not installed: pip install 'solieu[{extra}]'"
        ) from None
