"""One text for one meaning: `hoà`, `hòa` and their decomposed forms become `hòa`, and every offset leads back.

Rules of the normal form: Unicode NFC; the tone mark on the first vowel of a final oa, oe, uy (the style of the
2000s school books), behind q on the y; every kind of space a plain space, one for one; invisible characters gone;
full-width forms and digits of other scripts ASCII; hyphens and the minus sign "-". Line ends are "\\n". Nothing else is
touched.
"""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.tokenizing import sentence_tokenizer
from extractors.wording import compiled, words_of

_DROPPED = regex.compile(r"[\p{Cf}\p{Cc}--\t\n\v\f\r\x85]|\r(?=\n)", regex.V1)
_CHANGED = regex.compile(
    r"[\p{Cf}\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Nd}\uFF01-\uFF5E\u2010-\u2012\u2212ÐðƉɖ\p{Cs}--[ \n0-9]]", regex.V1
)
_CLUSTER = regex.compile(r"\X")
_CLUSTERED = regex.compile(r"[^\p{GCB=XX}\p{GCB=LF}\p{GCB=CN}]")
"""What may make one cluster with its neighbours."""
_LINE = regex.compile(r"[^\n]++")
_QUOTED = regex.compile(r"[“\"«][^“”\"«»]*+[”\"»]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LONGEST_LINE = 20_000
_SHORT_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Text:
    """A text in its stored form (`raw`) and in the form that patterns read (`norm`)."""

    raw: str
    norm: str
    starts: tuple[int, ...] | None = None
    """Where in `raw` each character of `norm` begins; None when both run side by side."""
    ends: tuple[int, ...] | None = None

    @property
    def is_side_by_side(self) -> bool:
        """Every letter stands in one form where it stands in the other."""
        return self.starts is None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of `raw` that was read as `norm[start:end]`."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def to_norm(self, start: int, end: int) -> tuple[int, int]:
        """The span of `norm` made of the characters of `raw[start:end]`."""
        if self.starts is None or self.ends is None:
            return start, end
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


def normalise(raw: str) -> Text:
    """The text in its normal form, with the way back."""
    if unicodedata.is_normalized("NFC", raw) and not _CHANGED.search(raw):
        return Text(raw, _tone_style(raw))
    dropped = {match.start() for match in _DROPPED.finditer(raw)}
    kept = [at for at in range(len(raw)) if at not in dropped] if dropped else range(len(raw))
    plain = _CHANGED.sub(lambda match: _plain(match.group()), raw)
    joined = "".join([plain[at] for at in kept]) if dropped else plain
    if not unicodedata.is_normalized("NFC", joined) or _CLUSTERED.search(joined):
        return _composed(raw, joined, kept)
    if not dropped:
        return Text(raw, _tone_style(joined))
    return Text(raw, _tone_style(joined), tuple(kept), tuple(at + 1 for at in kept))


def _composed(raw: str, joined: str, kept: Sequence[int]) -> Text:
    """Letters put together with their marks; all of a cluster leads back to the whole of it."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for cluster in _CLUSTER.findall(joined):
        first, at = at, at + len(cluster)
        composed = unicodedata.normalize("NFC", cluster)
        chars.append(composed)
        starts.extend(itertools.repeat(kept[first], len(composed)))
        ends.extend(itertools.repeat(kept[at - 1] + 1, len(composed)))
    return Text(raw, _tone_style("".join(chars)), tuple(starts), tuple(ends))


def _plain(char: str) -> str:
    if char in "\r\x85\u2028\u2029\v\f":
        return "\n"
    if char == "\t" or unicodedata.category(char) == "Zs":
        return " "
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char in "\u2010\u2011\u2012\u2212":
        return "-"
    if compiled(r"\d").match(char):  # one that Python does not know yet is no number
        return str(unicodedata.decimal(char, "\ufffd"))
    if unicodedata.category(char) == "Cs":  # half a letter of UTF-16
        return "\ufffd"
    return {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}.get(char, char)


def _tone_style(text: str) -> str:
    """`hoà` → `hòa`, `Uỷ` → `Ủy`, `qúy` → `quý`; `quý`, `hoàn`, `huỳnh` keep theirs. Never changes the length."""
    pattern, moved = _tone_table()
    return pattern.sub(lambda match: moved.get(match.group(), match.group()), text)


@cache
def _tone_table() -> tuple[regex.Pattern[str], dict[str, str]]:
    moved: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for one, two, tone in itertools.product((first, first.upper()), (second, second.upper()), _TONES):
            moved[one + _with(two, tone)] = _with(one, tone) + two
    marked = "".join(sorted({pair[1] for pair in moved}))
    after_q = {_with(u, tone) + y: u + _with(y, tone) for u, y, tone in itertools.product("uU", "yY", _TONES)}
    early = "".join(sorted({pair[0] for pair in after_q}))
    return regex.compile(rf"(?<![qQ])[oOuU][{marked}](?!\p{{L}})|(?<=[qQ])[{early}][yY](?!\p{{L}})"), moved | after_q


def _with(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


def sentences(norm: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of one block, in order, without the spaces around them.

    A line end always ends a sentence; a dot inside a number, an address, an abbreviation ("TP.", "quý I.2024")
    or a short quotation never does.
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(norm, start, len(norm) if end is None else end):
        for at in range(line.start(), line.end(), _LONGEST_LINE):
            piece = norm[at : min(at + _LONGEST_LINE, line.end())]
            spans.extend((at + s, at + e) for s, e in _split_line(piece))
    return spans


def _split_line(line: str) -> Iterator[tuple[int, int]]:
    cuts = _cuts(line)
    quoted = (match.span() for match in _QUOTED.finditer(line)) if cuts else ()
    short = [(s, e) for s, e in quoted if e - s <= _SHORT_QUOTE]
    at = 0
    for cut in [*cuts, len(line)]:
        if any(s < cut < e for s, e in short):
            continue
        piece = line[at:cut]
        if piece.strip():
            yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
        at = cut


def _cuts(line: str) -> list[int]:
    """Offsets after which a new sentence begins."""
    if _is_one(line) or _is_one(masked := _inner_dots().sub(lambda match: _ENDS.sub("x", match.group()), line)):
        return []
    cuts: set[int] = set()
    at = 0
    for sentence in sentence_tokenizer()(masked):
        found = masked.find(sentence, at)
        if found < 0:
            break
        at = found + len(sentence)
        cuts.add(at)
    cuts.update(match.end() for match in _LOOSE_END.finditer(masked))
    return sorted(cuts)


def _is_one(line: str) -> bool:
    """One sentence, whatever ends it."""
    return not _ENDS.search(line.rstrip().rstrip(".?!")) and "…" not in line


_ENDS = regex.compile(r"[.?!]")
_LOOSE_END = regex.compile(
    r"(?:…|\.\.\.)[”\"»)]?(?=\s+[\p{Lu}“\"])"  # "…" is never an end for sent_tokenize
    r"|(?<=\p{Ll}\p{Ll})\.(?=\p{Lu}\p{Ll})"  # "hoàn thành.Năm 2023"
    r"|[.?!][”\"»)]\s(?=\s*+\p{Lu})"
)


@cache
def _inner_dots() -> regex.Pattern[str]:
    """Dots, and the question mark of an address, that end nothing."""
    words = words_of("text")["abbreviations"]
    short = "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    return regex.compile(
        rf"\.(?:(?<=(?<![\p{{L}}\d])(?:{short})\.)(?=\s*[\p{{L}}\d])"
        r"|(?<=^\s*+(?:[-+•*]\s*+)?(?:\d{1,2}|[IVX]{1,5}|[a-zđ])\.)(?:\d{1,2}\.?)*(?=\s)"
        r"|(?<=[\p{L}\d]\.)(?=[\p{L}\d])(?!(?<=\p{Ll}\p{Ll}\.)\p{Lu}\p{Ll}))"
        r"|\?(?=[\w%])(?<=(?:https?://|www\.)\S{0,300}\?)"
    )
