"""An article read with an operator's words too: ("giấy tờ nằm lâu", "dossier.late_rate") makes those words a name.

What the catalogue and the lists of places alone read stays as it is; each further observation says in `named_by` and
`placed_by` which words brought it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from extractors.cues import word_set
from extractors.facts import Article, Observation, Reading
from extractors.indicators import Label, Names, naming, shipped, with_names
from extractors.merging import key_of
from extractors.phrases import PhraseProblem
from extractors.reader import read_article
from extractors.table_names import named_by
from extractors.text import Text, normalise

_NUMBER = regex.compile(r"\d[\d.,]*+")


def read_with(article: Article, names: Names = (), places: Names = ()) -> Reading:
    """Everything an article states, by the catalogue and the names; `places` are words of this article for places, and
    the ids that they mean. Without any of these in it, as `read_article`."""
    plain = read_article(article)
    text = normalise(article.text) if places or _may_have(article.text, names) else None
    found = _find(text.norm, names) if text and names else []
    if text is None or not (found or places):
        return plain
    with naming(names):
        reading = read_article(replace(article, places=places))
    known, told = {key_of(o) for o in plain.observations}, list[Observation]()
    for o in reading.observations:  # what follows from others stands behind them
        whose = [told[n].named_by for n in o.follows] if o.follows else [_name_of(o, found, text)]
        named_by = next(filter(None, whose), "")
        placed_by = next((words for words, id in places if o.locality == id), "")
        told.append(o if key_of(o) in known else replace(o, named_by=named_by, placed_by=placed_by))
    return replace(reading, article=article, observations=tuple(told))


def names_in(text: str, names: Names) -> Names:
    """Those of the names that an article's stored text has, in their order."""
    if not _may_have(text, names):
        return ()
    found = {label.own for label in _find(normalise(text).norm, names)}
    return tuple(name for name in names if name[0] in found)


def fault_of(words: str, code: str) -> str:
    """Why words cannot be made a name of an indicator, "" where they can; what the catalogue names stays so."""
    try:
        forms = shipped().forms(words)
    except PhraseProblem as problem:
        return f"{problem}: (a|b) is either, [a] may be missing"
    for form in forms:
        if word_set("light").issuperset(form.split()) or (" " not in form and form.upper() not in words):
            return f"{form!r} alone says too little; write all the words that name the indicator"
        named = named_by(form, None)
        if named and named.indicator.topic != shipped()[code].topic:
            return f"{form!r} is {named.indicator.code} in the catalogue; a single claim is mended by `replace`"
    return "" if forms else "no words"


def _may_have(text: str, names: Names) -> bool:
    """A quick look at the letters alone: most articles have none of the names."""
    letters = _letters(text) if names else ""
    return any(all(part in letters for part in parts) for parts in _parts(names))


@lru_cache(maxsize=8)
def _parts(names: Names) -> tuple[tuple[str, ...], ...]:
    forms = [form for words, _ in names for form in shipped().forms(words)]
    return tuple(tuple(map(_letters, form.split(" .. "))) for form in forms)


def _letters(text: str) -> str:
    """Without what may be spelled in several ways: accents, đ, blanks and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(plain.split()).replace("-", "")


def _find(norm: str, names: Names) -> list[Label]:
    """Where the names stand, also around a number: "giải quyết 12 hồ sơ muộn"."""
    known = with_names(names)
    return [*known.find_own(norm), *known.find_own(_NUMBER.sub(lambda match: "x" * len(match[0]), norm))]


def _name_of(o: Observation, found: Sequence[Label], text: Text) -> str:
    """The name that its evidence points to; where that points to no words, as in a table, the last one before it."""
    spans = [(e.start, e.end) for e in o.evidence if e.slot == "indicator" and e.start is not None]
    fitting = [(text.to_raw(label.start, label.end), label.own) for label in found if o.indicator in label.codes]
    if spans:
        return next((own for span, own in fitting if span in spans), "")
    before = [own for (start, _), own in fitting if start <= o.start]
    return next((own for own in (*reversed(before), *(own for _, own in fitting))), "")
