"""An article is read: `read_article(article)` gives every observation with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from extractors.announcing import announce, ask, enter, for_title, introduce
from extractors.checks import find_findings
from extractors.confidence import confidence_of
from extractors.cues import any_of, cues, ends_with, starts_with, word_set
from extractors.derived import derive
from extractors.facts import Article, Block, Evidence, Observation, Reading, Uncatalogued
from extractors.figures import Figure, find_figures
from extractors.indicators import NOTHING, Label, catalogue
from extractors.lists import ranked_by_number
from extractors.meanings import INDICES
from extractors.memory import begin
from extractors.merging import Found, echoed, left_over, merged
from extractors.observations import crowded
from extractors.openings import Opening
from extractors.overlaps import reaching
from extractors.periods import find_periods
from extractors.places.article import ArticlePlaces
from extractors.ratings import find_ratings
from extractors.sentences import Document, Sentence, beginning
from extractors.statements import Statements
from extractors.tables import read_table
from extractors.text import Text, normalise, sentences
from extractors.wording import choices, opening
from extractors.zeros import find_zeros

_REACH = 20
_GRADE_REACH = 26
_NAME_REACH = 12
_SCORES = 3
_READ = frozenset({"title", "lead", "heading", "paragraph", "item", "caption"})


def read_article(article: Article) -> Reading:
    """Everything an article states; the same article gives the same reading."""
    text = normalise(article.text)
    blocks = article.blocks if text.is_side_by_side else [_placed(block, text) for block in article.blocks]
    places = _places(article, text, blocks)
    numbers = Numbers(find_figures(text.norm), find_ratings(text.norm), find_zeros(text.norm))
    if not any(numbers) and not any(block.kind == "cell" for block in blocks):
        return Reading(article, places.own, (), (), ())
    document = _document(text.norm, article, places, numbers)
    found = list(_read_blocks(document, blocks, places, article))
    observations = merged(echoed(found, blocks))
    raw = tuple(_to_raw(observation, text) for observation in observations)
    left = tuple(_left_to_raw(item, text) for item in left_over(found, observations))
    return Reading(article, places.own, raw + derive(raw), left, find_findings(raw))


def _placed(block: Block, text: Text) -> Block:
    start, end = text.to_norm(block.start, block.end)
    return replace(block, start=start, end=end)


def _places(article: Article, text: Text, blocks: Sequence[Block]) -> ArticlePlaces:
    told = [(b.start, b.end) for b in blocks if b.kind in _READ and b.kind != "title"]
    title = normalise(article.title).norm if article.title else None
    known = [(normalise(words).norm, id) for words, id in article.places]
    return ArticlePlaces(title, text.norm, article.published, article.locality, told, known)


class Numbers(NamedTuple):
    """All of a text that may become an observation."""

    figures: list[Figure]
    ratings: list[Figure]
    zeros: list[Figure]


def _document(norm: str, article: Article, places: ArticlePlaces, numbers: Numbers) -> Document:
    names = catalogue().find(norm)
    named = reaching((name.start, name.end) for name in names)  # "UBND cấp xã có 100% hồ sơ đúng hạn" is a name
    counted = [
        figure
        for figure in numbers.figures
        if not _is_head_count(figure, norm, numbers.ratings, names) and not named(figure.start, figure.end)
    ]
    figures = sorted([*counted, *numbers.ratings, *numbers.zeros], key=lambda figure: (figure.start, figure.range_end))
    found = places.find(norm)
    within = {at for place in found if place.kind == "named" for at in range(place.start, place.end)}
    return Document(
        norm,
        tuple(figures),
        tuple(_labels(norm, names, figures, within)),
        tuple(cue for cue in cues().find(norm) if cue.start not in within or cue.kind == "scope"),
        tuple(find_periods(norm, article.published)),
        tuple(found),
    )


def _labels(norm: str, names: Sequence[Label], figures: Sequence[Figure], within: Set[int]) -> list[Label]:
    """The names of indicators, those around a number ("kết nối 1.208 dịch vụ công") included.

    `within` are the letters of place names: "Đắk Nông thu ngân sách" has no word "nông", "Giao Thủy" no "giao".
    """
    numbers = [
        (f.start, f.start + len(f.printed)) for f in figures if f.kind in ("count", "bare", "percent", "fraction")
    ]
    inside = {at for match in _compounds().finditer(norm) for at in range(match.start() + 1, match.end())} - within
    every = (*names, *catalogue().find_around(norm, numbers))
    found = [_denied(norm, label, inside) for label in every if not within >= set(range(label.start, label.end))]
    return sorted(found, key=lambda label: (label.start, -label.end))


@cache
def _compounds() -> Opening:
    words = cues().sets["compounds"]
    return opening(words, rf"(?i)(?<!\p{{L}})(?:{choices(words)})(?!\p{{L}})")


def _denied(norm: str, label: Label, within: Set[int]) -> Label:
    """ "còn 40% vốn chưa giải ngân": what has not been done is no indicator."""
    before, words = _before(norm, label.start), norm[label.start : label.end]
    not_yet = ends_with(before, "not_yet") or any_of("not_yet").search(words)
    return replace(label, codes=NOTHING) if not_yet or label.start in within else label


def _before(norm: str, at: int) -> str:
    return norm[max(0, at - _REACH) : at].lower()


def _is_head_count(figure: Figure, norm: str, ratings: Sequence[Figure], names: Sequence[Label]) -> bool:
    """ "bốn đơn vị này", "63 tỉnh, thành phố": how many units there are, unless a grade follows: "3 xã loại Tốt"."""
    if figure.kind != "count" or figure.noun.lower() not in word_set("head_counts"):
        return False
    if beginning(ratings, figure.end, figure.end + _GRADE_REACH):
        return False
    before, behind = _before(norm, figure.start), norm[figure.end : figure.end + _REACH].lstrip()
    if ends_with(before, "equating") and starts_with(behind, "head_count_verbs"):
        return True
    if not figure.printed[0].isdigit():  # "hai xã đạt chuẩn nông thôn mới" are counted all the same
        inside = beginning(names, figure.start + 1, figure.end)
        return not any(figure.noun.lower() in name.nouns for name in inside)
    if ends_with(before, "head_count_among"):  # "trong 15 xã đạt chuẩn nông thôn mới" counts
        return not beginning(names, figure.start, figure.end + _NAME_REACH)
    return ends_with(before, "head_count_before")


def _read_blocks(
    document: Document, blocks: Sequence[Block], places: ArticlePlaces, article: Article
) -> Iterator[Found]:
    """The body in order, then the title, which may lean on what the body says."""
    statements = Statements(places, article.published)
    titles = [block for block in blocks if block.kind == "title"]
    for block in titles:
        announce(statements.frame, _sentence(document, block), article.published)
    tables: dict[int | None, list[Block]] = {}
    for block in blocks:
        if block.kind == "cell":
            tables.setdefault(block.table, []).append(block)
    above, size = "", 0
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            enter(statements.frame, _sentence(document, block), article.published)
        if block.kind == "cell" and block.row == block.column == 0:
            yield from read_table(document, tables[block.table], places, statements.frame, article.published, above)
        elif block.kind == "item":
            if n == 0 or blocks[n - 1].kind != "item":
                size = _ranking_size(document, [*takewhile(_is_item, blocks[n:])], above)
            yield from _read_item(document, block, statements, size)
        elif block.kind in _READ and block.kind != "title":
            if block.kind != "heading":
                begin(statements.frame, _sentence(document, block))
            yield from _read_prose(document, block, statements)
            above = document.norm[block.start : block.end]
            if above.rstrip().endswith(":"):
                introduce(statements.frame, _sentence(document, block), article.published)
        if block.kind in _READ and document.norm[block.start : block.end].rstrip().endswith("?"):
            ask(statements.frame, _sentence(document, block), article.published)
    statements.frame = for_title(statements.frame)
    for block in titles:
        yield from _read_prose(document, block, statements)


def _is_item(block: Block) -> bool:
    return block.kind == "item"


def _ranking_size(document: Document, items: Sequence[Block], above: str) -> int:
    """How many items a ranking has, 0 where neither the words above nor falling scores of an index make it one."""
    called = any(cue.kind == "ranking" for cue in cues().find(above))
    of_index = any(label.codes[0].startswith(INDICES) for label in catalogue().find(above))
    falls = of_index and _falls(document, items)
    return len(items) if called or falls else 0


def _falls(document: Document, items: Sequence[Block]) -> bool:
    """Every item has a score, none higher than the one above."""
    sentences_of = [_sentence(document, item) for item in items]
    scores = [f.value for s in sentences_of for f in s.figures[:1] if f.unit in ("points", "percent")]
    return len(scores) == len(items) >= _SCORES and scores == sorted(scores, reverse=True)


def _read_item(document: Document, block: Block, statements: Statements, size: int) -> Iterator[Found]:
    found = list(_read_prose(document, block, statements))
    yield from found
    if size:
        sentence = document.sentence(block.start, block.end)
        ranked = ranked_by_number(sentence, [o for o in found if isinstance(o, Observation)], size)
        yield from [ranked] if ranked else []


def _read_prose(document: Document, block: Block, statements: Statements) -> Iterator[Found]:
    for start, end in sentences(document.norm, block.start, block.end):
        sentence = document.sentence(start, end)
        yield from crowded(sentence) if sentence.is_crowded else statements.read(sentence)


def _sentence(document: Document, block: Block) -> Sentence:
    return document.sentence(block.start, block.end)


def _to_raw(observation: Observation, text: Text) -> Observation:
    """As it stands in the stored text, and how sure it is."""
    if text.is_side_by_side:
        quote = text.raw[observation.start : observation.end]
        return replace(observation, quote=quote, confidence=confidence_of(observation))
    start, end = text.to_raw(observation.start, observation.end)
    mentions = tuple(text.to_raw(*span) for span in observation.mentions)
    evidence = tuple(_evidence_to_raw(one, text) for one in observation.evidence)
    return replace(
        observation, start=start, end=end, quote=text.raw[start:end], mentions=mentions, evidence=evidence,
        confidence=confidence_of(observation),
    )  # fmt: skip


def _evidence_to_raw(evidence: Evidence, text: Text) -> Evidence:
    if evidence.start is None or evidence.end is None:
        return evidence
    start, end = text.to_raw(evidence.start, evidence.end)
    return Evidence(evidence.slot, evidence.how, start, end)


def _left_to_raw(item: Uncatalogued, text: Text) -> Uncatalogued:
    start, end = text.to_raw(item.start, item.end)
    return replace(item, start=start, end=end, text=text.raw[start:end])
