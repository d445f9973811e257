"""Where an article says it was first: "Theo https://bao.vn/tin-8274562/", "(Nguồn: bao.vn)", a link to another site.

Only a line of its own above or below the text tells it, or the bracket that closes the text; what is named inside is
the source of a figure. An address counts when it looks like an article's: a section would make one of all its copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

import regex

from extractors.facts import Block
from extractors.lines import LONG
from extractors.page_words import fold, may_open, spelled, words
from extractors.tree import Tag

_ADDRESS = (
    r"(?P<address>(?:https?://|www\.)[^\s<>\"'()\[\]“”]++"
    r"|(?<![\w.])(?:[a-z\d-]++\.)+(?:vn|com|net|org)(?:/[^\s<>\"'()\[\]“”]*+)?+)"
)
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".jpeg", ".png", ".mp3", ".mp4")
_NUMBERED = regex.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3}|-(?=\p{L}*\d)[\da-f]{7,}$")
"""The number of an article, which is no year: `-8274562`, `-a169010.html`, `-5a4b8d5`."""
_LINES = ("p", "div", "li", "td", "h5", "h6", "section", "article")
_LONGEST = 400
_HEADLINE = 8
"""A slug of so many words is a headline, a shorter one without a number may be a section."""


def stated_origin(text: str, blocks: Sequence[Block], own: str | None) -> str | None:
    """The address that the words state, or the host alone ("baokhanhhoa.vn") where they name no more.

    None when it is the page's `own`, and when several are named: such an article was put together, not copied.
    """
    named = [address for line in _outer_lines(text, blocks) if (address := credited(line))]
    hosts = {_host(address) for address in named if not _is_no_origin(address)}
    return one_origin(named, own) or _one(hosts - {_host(own or "")})


def linked_origins(tree: Tag) -> list[str]:
    """Addresses behind the words of lines such as "Theo <a>Báo Khánh Hòa</a>"."""
    return [address for line in _labelled(tree) if (address := credited(_with_addresses(line)))]


def _labelled(tree: Tag) -> Iterator[Tag]:
    """The line around every string that begins like a credit."""
    label = _label()
    begun = {at for at, node in enumerate(tree.nodes) if isinstance(node, str) and label.match(node)}
    inner = tree
    for at, node in enumerate(tree.nodes) if begun else ():
        while inner.end <= at and inner.parent is not None:
            inner = inner.parent
        if isinstance(node, Tag):
            inner = node
        elif at in begun:
            line = inner if inner.name in _LINES else inner.around(*_LINES)
            if line is not None:
                yield line


def canonical_origin(tree: Tag, own: str | None) -> str | None:
    """The article of another domain that a page names as its canonical address."""
    canonical = (tag.attrs.get("href") for tag in tree.tags("link") if "canonical" in tag.attrs.get("rel", "").split())
    shared = (tag.attrs.get("content") for tag in tree.tags("meta") if tag.attrs.get("property") == "og:url")
    stated = (next(canonical, None), next(shared, None))
    found = next((address.strip() for address in stated if address), None)
    if not (own and found and _is_address(found) and _host(found) != _host(own)):
        return None
    from courlan import extract_domain  # here, because few pages come so far

    return found if is_article(found) and extract_domain(found) != extract_domain(own) else None


def one_origin(addresses: list[str], own: str | None) -> str | None:
    """The only article among the addresses that is not the page itself."""
    return _one({address for address in addresses if is_article(address) and (own is None or _is_other(address, own))})


def credited(line: str) -> str | None:
    """The address in a line that says nothing but where the article is from."""
    likely = ("." in line or "//" in line) and len(line) <= _LONGEST and may_open("origin_labels", fold(line))
    found = _credit().match(line) if likely else None
    if found is None:
        return None
    address = found["address"].rstrip(".,;:")
    address = address if "://" in address else f"https://{address}"
    return address if _is_address(address) else None


def is_article(address: str) -> bool:
    """Whether it leads to one article: by a number, or by a slug as long as a headline; never to a document."""
    parts = urlsplit(address)
    slug = parts.path.rstrip("/").rsplit("/", 1)[-1].casefold()
    if slug.endswith(_FILES) or _is_no_origin(address):
        return False
    numbered = regex.search(r"\d{3}", regex.sub(r"(?:19|20)\d\d(?!\d)", "", slug)) or regex.search(
        r"\d{2}", parts.query
    )
    return numbered is not None or len(regex.findall(r"[\p{L}\d]+", slug)) >= _HEADLINE


def _outer_lines(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    """Lines above all long paragraphs or below them, and the bracket at the end of the last one."""
    prose = [i for i, block in enumerate(blocks) if block.kind != "chrome" and block.end - block.start > LONG]
    for number, block in enumerate(blocks):
        line = text[block.start : block.end]
        if not prose or number < prose[0] or number > prose[-1]:
            yield line
        elif number == prose[-1] and (bracket := regex.search(r"\([^()]*\)\W*$", line)):
            yield bracket[0]


def _with_addresses(line: Tag) -> str:
    """The words of a line, those that are links by their addresses."""
    if len(line.text()) > LONG:
        return ""
    parts: list[str] = []
    linked = line.end if any(box.name == "a" and box.attrs.get("href") for box in line.parents) else line.start
    for at, node in enumerate(line.inside, line.start + 1):
        if isinstance(node, Tag) and node.name == "a" and node.attrs.get("href"):
            parts.append(f" {node.attrs['href'].strip()} ")
            linked = max(linked, node.end)
        elif isinstance(node, str) and at >= linked:
            parts.append(node)
    return " ".join("".join(parts).split())


@cache
def _credit() -> regex.Pattern[str]:
    """ "Theo Báo Khánh Hòa (https://…)": a label, who published it or nothing, an address and nothing more."""
    publisher = rf"(?:{spelled('publishers')}(?:\s+[\p{{L}}\p{{M}}]++(?!\.)){{0,5}}+[\s:(–-]*)?"
    return regex.compile(rf"^\W*{spelled('origin_labels')}\s*:?\s*{publisher}[(\s]*{_ADDRESS}[^\p{{L}}\d]*$")


@cache
def _label() -> regex.Pattern[str]:
    return regex.compile(rf"^\W*{spelled('origin_labels')}\s*(?::|{spelled('publishers')}|$)")


def _is_no_origin(address: str) -> bool:
    host = _host(address)
    return any(host == other or host.endswith(f".{other}") for other in words("no_origins"))


def _one(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not regex.search(r"\s", text)


def _is_other(address: str, own: str) -> bool:
    return (_host(address), _path(address)) != (_host(own), _path(own))


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path.rstrip("/") + parts.query
