"""A correction is added to the end of the operator's file, as a person would write it; what stands there stays.

- confirm: {article: https://bao.example/a-1, quote: "1,87%"}
  reason: read again
  date: 2026-11-20
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from flows.corrections.file import load_corrections, parse_corrections
from flows.corrections.parts import Correction, Merge, Place
from flows.problems import CorrectionsProblem, unwritten


class _Plain(yaml.SafeDumper):
    """Quotes only where a comma or the like asks for them."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def represent_str(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if len(text.splitlines()) > 1 else None)


_Plain.add_representer(str, _Plain.represent_str)


def append_correction(file: Path, entry: Correction) -> None:
    """Add an entry to the end of the file, which is made when it is not there. Raises CorrectionsProblem when the file
    is not in order before, or would not be after: it is then left as it is."""
    before = load_corrections(file)
    text = file.read_text("utf-8") if before.entries or file.exists() else ""
    added = ("" if not text or text.endswith("\n") else "\n") + _written(entry, _indent(text))
    try:
        after = parse_corrections(text + added, file)
    except CorrectionsProblem:
        after = before
    if after.entries != (*before.entries, entry):
        raise CorrectionsProblem(
            f"{file}: nothing can be added to its end; write one correction after another, each '- '"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _append(file, added.encode())
    except OSError as error:
        raise CorrectionsProblem(unwritten(file, error)) from None


def _append(file: Path, data: bytes) -> None:
    """Add all of it, or nothing. Raises OSError."""
    with file.open("ab", buffering=0) as out:
        end = out.tell()
        try:
            while data:
                data = data[out.write(data) :]
        except OSError:
            out.truncate(end)
            raise


def _indent(text: str) -> str:
    """What stands before the '-' of the file's entries."""
    first = re.search(r"^( *)- ", text, re.MULTILINE)
    return first[1] if first else ""


def _written(entry: Correction, indent: str) -> str:
    said = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for part in (said, *(part for part in said.values() if isinstance(part, dict))):
        part.update({slot: _plain(word) for slot, word in part.items()})
    flow = False if isinstance(entry, Merge | Place) else None
    lines = (
        yaml.dump([said], Dumper=_Plain, default_flow_style=flow, sort_keys=False, allow_unicode=True, width=10_000)
        .rstrip("\n")
        .split("\n")
    )
    return "".join(f"{indent}{line}\n" for line in lines)


def _plain(slot: object) -> object:
    return slot if isinstance(slot, dict) else "none" if slot is None else str(slot)
