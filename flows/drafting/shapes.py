"""What addresses of articles have in common: /kinh-te/202404/slug-5a448d5/ → '/(19|20)\\d{4}/[^/]+-[0-9a-f]{7}/?$'.

An address is told by what tells its article apart: a number or seven hexadecimal digits behind its words, the keys of
its query, or else where its words stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

WORDS = 5
"""So many words make a headline: "Chính trị" and "cai-cach-hanh-chinh" are sections."""
_DIGITS = 4
"""A number is asked to be so long where those seen are: later ones are, years and counts in words seldom are."""

_END = re.compile(r"\.[A-Za-z]{2,5}$")
_NUMBERED = re.compile(r"(?:(?P<slug>.+?)(?P<gap>-{1,3}))?(?P<mark>[A-Za-z]{0,7})(?P<number>\d+)")
_HEX = re.compile(r"(?P<slug>.+)-(?=[a-f]*\d)[0-9a-f]{7}")
_MONTH = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Shape:
    """One kind of address."""

    kind: Literal["hex", "number", "words", "query"]
    folder: str = ""
    """A last folder that is a number or a code, as a pattern: `(19|20)\\d{4}`."""
    gap: str = ""
    mark: str = ""
    """Letters of the number: a, post."""
    end: str = ""
    path: str = ""
    """Of a query: the page it asks."""
    keys: tuple[str, ...] = ()
    """Of a query: those with a value that may tell an article."""
    depth: int = 0
    """Of words: how many parts the path has."""


@dataclass(frozen=True)
class Group:
    """Addresses of one shape, in the order they were seen."""

    shape: Shape
    urls: tuple[str, ...]


def group(urls: Iterable[str], paging: Collection[str] = ()) -> list[Group]:
    """Addresses by shape; `paging` are keys of a query that number pages."""
    found: dict[Shape, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        if shape := shape_of(url, paging):
            found[shape].append(url)
    for shape in [shape for shape in found if shape.kind == "hex"]:
        _take_digits(found, shape)
    return [Group(shape, tuple(urls)) for shape, urls in found.items() if urls]


def _take_digits(found: dict[Shape, list[str]], shape: Shape) -> None:
    """Of seven hexadecimal digits some are all decimal, or letters before a number: they join the others."""
    for other in [o for o in found if o.kind == "number" and (o.folder, o.end) == (shape.folder, shape.end)]:
        for url in [url for url in found[other] if _HEX.fullmatch(_stem(url))]:
            found[other].remove(url)
            found[shape].append(url)


def shape_of(url: str, paging: Collection[str] = ()) -> Shape | None:
    """The shape of a canonical address; None for a front page and for pages of a list."""
    parts = urlsplit(url)
    folders, stem, end = _folders(url), _stem(url), _end(url)
    if parts.query:
        keys = sorted(key for key, value in parse_qsl(parts.query) if key not in paging and re.search(r"\d|/", value))
        return Shape("query", path=parts.path, keys=tuple(keys)) if keys else None
    if not stem:
        return None
    folder = _coded(folders[-1]) if folders else ""
    numbered, hexed = _NUMBERED.fullmatch(stem), _HEX.fullmatch(stem)
    if hexed and (folder.startswith("(19|20)") or not numbered):
        return Shape("hex", folder, "-", end=end)
    if numbered:
        return Shape("number", folder, numbered["gap"] or "", numbered["mark"], end)
    return Shape("words", folder, end=end, depth=len(folders) + 1)


def _coded(folder: str) -> str:
    """A folder that is a month or mostly digits, as a pattern; "" for one that is a name."""
    if _MONTH.fullmatch(folder):
        return r"(19|20)\d{4}"
    digits = sum(letter.isdigit() for letter in folder)
    return re.sub(r"\d+", r"\\d+", re.escape(folder)) if 2 * digits >= len(folder) else ""


def headline_like(url: str, text: str) -> bool:
    """Whether a link's words, or those of its address, are as many as those of a headline."""
    return len(text.split()) >= WORDS or len(_words(url)) > WORDS


def pattern(groups: Sequence[Group], sections: Iterable[str] = (), lists: Collection[str] = ()) -> str:
    """The regular expression for addresses of shapes that differ in their mark alone; the first has most to say.

    `sections` are addresses of sections, whose names are no fixed part of an article's; `lists` are names that an
    article's address never has among its folders.
    """
    said = _pattern(groups, {_stem(url) for url in sections})
    return f"^(?!.*/({'|'.join(map(_literal, sorted(lists)))})/).*{said.removeprefix('^')}" if lists else said


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")


def _pattern(groups: Sequence[Group], names: Collection[str]) -> str:
    shape, urls = groups[0].shape, [url for one in groups for url in one.urls]
    close = f"{_literal(shape.end)}$" if shape.end else "/?$"
    folder = f"/{shape.folder}" if shape.folder else ""
    if shape.kind == "query":
        return rf"{_literal(shape.path)}\?(.*&)?{_identity(shape, urls)}"
    if shape.kind == "hex":
        return f"{folder}/[^/]+-[0-9a-f]{{7}}{close}"
    if shape.kind == "number":
        slug = f"[^/]+{shape.gap}" if shape.gap else ""
        return f"{folder}/{slug}{_marks(one.shape.mark for one in groups)}{_digits(urls)}{close}"
    return f"^{''.join(_path_of_words(shape, urls, names))}{close}"


def _marks(marks: Iterable[str]) -> str:
    """ "a?" of "a" and "", "(a|post)" of both."""
    some = sorted(set(marks))
    named = [_literal(mark) for mark in some if mark]
    both = named[0] if len(named) == 1 and (len(named[0]) == 1 or "" not in some) else f"({'|'.join(named)})"
    return (both if named else "") + ("?" if named and "" in some else "")


def _digits(urls: Iterable[str]) -> str:
    found = [_NUMBERED.fullmatch(_stem(url)) for url in urls]
    shortest = min(len(match["number"]) for match in found if match)
    return r"\d+" if shortest == 1 else rf"\d{{{min(shortest, _DIGITS)},}}"


def _identity(shape: Shape, urls: Sequence[str]) -> str:
    """The key whose values differ most, of several the one with the longest, and what it asks for."""
    asked = [dict(parse_qsl(urlsplit(url).query)) for url in urls]
    values = {key: {query.get(key, "") for query in asked} for key in shape.keys}
    key = max(shape.keys, key=lambda key: (len(values[key]), max(map(len, values[key]))))
    return _literal(key) + (r"=\d+" if all(map(str.isdigit, values[key])) else "=[^&]+")


def _path_of_words(shape: Shape, urls: Sequence[str], names: Collection[str]) -> Iterator[str]:
    """/tin-bai/[^/]+/[^/]+: folders that all share stand as they are, unless they are a section's name."""
    fixed = False
    for parts in zip(*map(_folders, urls), strict=True):
        coded = set(map(_coded, parts))
        same = len(set(parts)) == 1 and parts[0] not in names
        fixed = fixed or same
        yield (
            f"/{coded.pop()}" if len(coded) == 1 and "" not in coded else f"/{_literal(parts[0]) if same else '[^/]+'}"
        )
    yield "/[^/]+" if fixed else rf"/[^/-]+(-[^/-]+){{{WORDS - 1},}}"


def differ_in_mark(one: Group, other: Group) -> bool:
    """Whether two kinds are one but for the letters before their number: slug-a169010.html, slug-137661.html."""
    return one.shape.kind == "number" and one.shape == replace(other.shape, mark=one.shape.mark)


def folders_of(url: str) -> list[str]:
    """The names in an address that may tell a list: its folders, and the letters before its number."""
    shape = shape_of(url)
    return [*_folders(url), *([shape.mark] if shape and shape.mark else [])]


def _folders(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part][:-1]


def _stem(url: str) -> str:
    """The last part of a path without its ending."""
    return _END.sub("", urlsplit(url).path.rstrip("/").rpartition("/")[2])


def _end(url: str) -> str:
    found = _END.search(urlsplit(url).path)
    return found[0] if found else ""


def _words(url: str) -> list[str]:
    return [word for word in _stem(url).split("-") if word]
