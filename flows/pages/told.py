"""What database and ledger tell in English, in the language of the page: "silent 9 d" → "9 ngày không có gì mới".

What is not known here stays as it is told.
"""

from __future__ import annotations

import re

from flows.pages.frame import Words

NUMBER = re.compile(r"\d++")
NEXT = re.compile("; (?=begins |ends )")
MOMENT = re.compile(
    r"(?P<moment>begins|ends) (?P<day>\d{4}-\d\d-\d\d)(?:: "
    r"(?P<how>continues|continued by|merged from|merged into|divided from|divided among|a part went to) "
    r"(?:(?P<units>\d++) units|(?P<unit>.++)))?"
)


def break_words(told: str, words: Words) -> str:
    """`ends 2025-06-30: divided among 4 units`, as the view `locality_break` writes it."""
    return "; ".join(_moment(part, words) for part in NEXT.split(told))


def _moment(part: str, words: Words) -> str:
    found = MOMENT.fullmatch(part)
    if not found:
        return part
    moment = words.word("break", found["moment"]).format(found["day"])
    if not found["how"]:
        return moment
    whom = found["unit"] or words.word("break", "units").format(found["units"])
    return f"{moment}: {words.word('break', found['how'])} {whom}"


def health_words(told: str, words: Words) -> str:
    """`failed 4 nights, few dated`, as flows/health.py and flows/standing.py write it."""
    return ", ".join(_state(state, words) for state in told.split(", "))


def _state(state: str, words: Words) -> str:
    known = NUMBER.sub("N", state)
    said = words.word("health", known)
    return state if said == known else said.format(*NUMBER.findall(state))
