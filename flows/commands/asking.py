"""Questions on a terminal: one line is asked for; `s` skips what is asked about, `q` ends everything."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from flows.commands.console import say, show_table
from flows.labels import indicator_rows
from flows.places import find_units, unit_row

NONE = "none"
"""Instead of an indicator: the words name none."""
_MOST = 20
"""So many are shown to choose from."""


class Skip(Exception):
    """On to the next question."""


class End(Exception):
    """No more questions."""


def ask_indicator(label: str) -> str:
    """A code of the catalogue, found by words of its name; NONE for a label that names no indicator. Raises Skip."""
    never = ", n: none, and not to be asked again" if label else ""
    while True:
        words = prompt(f"indicator: its code or words of its name; Enter skips{never}", "")
        if not words:
            raise Skip
        if words == "n" and label:
            return NONE
        rows = indicator_rows(words)
        if [row[0] for row in rows] == [words]:
            return words
        if not rows or len(rows) > _MOST:
            say(
                f"{len(rows) or 'no'} indicators have {words!r} in their names"
                + (": more words, please" if rows else "")
            )
            continue
        show_table("", ("", "code", "name", "English name", "unit"), _numbered(rows))
        number = prompt("number; Enter for other words", "1" if len(rows) == 1 else "")
        if number.isdecimal() and 1 <= int(number) <= len(rows):
            return rows[int(number) - 1][0]


def prompt(question: str, usual: str | None = None) -> str:
    """What is typed; Enter is the usual answer. Raises Skip, End, and typer.Abort when nobody is there any more."""
    answer = str(typer.prompt(question, default=usual, show_default=bool(usual))).strip()
    if answer in ("s", "q"):
        raise Skip if answer == "s" else End
    return answer


def ask_unit(candidates: Sequence[str]) -> str:
    """The id of a unit: one of the candidates, or found by its name. Raises Skip."""
    rows = [unit_row(unit) for id in candidates for unit in find_units(id)]
    while True:
        if rows:
            show_table("", ("", "id", "name", "tier", "lies in", "valid"), _numbered(rows))
        words = prompt("number, or name of another place; Enter skips", "")
        if not words:
            raise Skip
        if words.isdecimal() and 1 <= int(words) <= len(rows):
            return rows[int(words) - 1][0]
        rows = [unit_row(unit) for unit in find_units(words)]
        if not rows or len(rows) > _MOST:
            say(f"{len(rows) or 'no'} places are called {words!r}")
            rows = rows[:_MOST]


def _numbered(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[str(number), *row] for number, row in enumerate(rows, 1)]


def plural(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def clean(text: str) -> str:
    """Words of a page without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split(" "))
