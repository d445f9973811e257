"""The names of indicators around a figure, what speaks most for them first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from extractors.clauses import Clause
from extractors.cues import any_of, ends_with, starts_with
from extractors.indicators import Indicator, Label, catalogue
from extractors.sentences import Sentence

Codes = tuple[str, ...]
"""An indicator and what shares its labels (its rate, its value), the one meant first."""

_STOPS = regex.compile(r"[,;]")
_COMMA_COST = 1.5
_TAIL_COST = 0.5
_NOUN_REACH = 25
_OFFICE_DOMAINS = ("tasks", "online", "dossier", "postal")


def own_labels(clause: Clause, spoken_of: Codes) -> list[Label]:
    """Labels before and behind the figure, what speaks most for them first."""
    if not clause.sentence.labels:
        return []
    return [label for _, label in sorted(_scored(clause, spoken_of), key=lambda scored: -scored[0])]


def _scored(clause: Clause, spoken_of: Codes) -> Iterator[tuple[float, Label]]:
    sentence = clause.sentence
    names = [*sentence.of_kind("name"), *sentence.of_kind("scope")]
    for label in sentence.labels:
        score = _score(clause, label)
        if (
            score is not None
            and (label.codes[0] or not sentence.is_named(label))
            and not any(n.start <= label.start and label.end <= n.end for n in names)
            and counts(sentence, label, spoken_of)
            and not (label.start in _behind(sentence, "topics") and _has_own_name(clause, label))
        ):
            yield score, label


@lru_cache(maxsize=32)
def _behind(sentence: Sentence, name: str) -> frozenset[int]:
    """Where labels begin that stand right behind a word of a set."""
    starts = {label.start for label in sentence.labels}
    return frozenset(at for at in starts if ends_with(sentence.words(at - _NOUN_REACH, at), name))


def _has_own_name(clause: Clause, topic: Label) -> bool:
    """ "kết quả giải quyết thủ tục hành chính trong tháng 8 đã tiếp nhận 19.600 hồ sơ": another than the topic."""
    sentence = clause.sentence
    own = (one for one in sentence.labels if one.codes[0] and topic.end <= one.start and clause.in_lead(one))
    return any(not sentence.commas(one.end, clause.at) and set(one.codes).isdisjoint(topic.codes) for one in own)


def _score(clause: Clause, label: Label) -> float | None:
    """How much a label speaks for a figure by where it stands; None where it does not."""
    if clause.in_lead(label):
        if clause.parted(label.end) or not clause.sentence.visible(label, clause.at):
            return None
        if clause.commas(label.end) and _is_denied(clause.sentence, label):
            return None
        return label.weight - _COMMA_COST * clause.commas(label.end) - (clause.at - label.end) / 1000
    if label.start < clause.lead[0] < label.end <= clause.at:  # "8 dự án FDI với tổng vốn đăng ký 112,5 triệu USD"
        others = any(label.start <= f.start and f.end <= label.end for f in clause.sentence.figures)
        return None if others and _cut(clause, label) else label.weight - _COMMA_COST * clause.commas(label.end)
    if label.start < clause.at < label.end:
        whole = clause.lead[0] <= label.start and label.end <= clause.tail[1] and not _cut(clause, label)
        return label.weight if whole else None
    if not clause.in_tail(label) or _is_shared(clause, label):
        return None
    return label.weight - _TAIL_COST - (label.start - clause.at) / 1000


def _is_denied(sentence: Sentence, label: Label) -> bool:
    """ "không để hồ sơ trễ hạn, 100% hồ sơ được giải quyết đúng hạn": the share is not of what is late."""
    said = sentence.since_stop(label.start) + sentence.words(label.start, label.end)
    return any_of("denying").search(said) is not None and any_of("rates_of").search(said) is None


def _is_shared(clause: Clause, label: Label) -> bool:
    """ "Lĩnh vực đất đai chiếm 91% số hồ sơ trễ hạn": the label names what the share is taken of."""
    figure, sentence = clause.figure, clause.sentence
    if figure.unit != "percent" or not ends_with(sentence.words(clause.lead[0], figure.bound_start), "making_up"):
        return False
    return starts_with(sentence.words(figure.end, label.start).strip(), "shared_of")


def _cut(clause: Clause, label: Label) -> bool:
    """Whether a comma parts the words of a label around the number."""
    return bool(clause.sentence.commas(label.start, label.end))


def counts(sentence: Sentence, label: Label, spoken_of: Codes) -> bool:
    """Some labels count only beside a word: "quá hạn" is a task's beside "nhiệm vụ", and not beside "hồ sơ"."""
    indicator = catalogue().indicators.get(label.codes[0])
    if indicator is None or label.own:
        return True
    if label.start in _behind(sentence, "branches_with"):
        return False  # "một số ngành có chỉ số sản xuất công nghiệp đi xuống, như dệt giảm 14%"
    if indicator.domain == "tourism" and _is_of_stays(sentence, label):
        return False
    part = sentence.part(label.start).lower()
    if not indicator.near:
        if indicator.domain == "dossier" and _is_of_petitions(sentence, label):
            return False
        return not any(word in part for word in indicator.unless)
    own = _between_commas(sentence, label)
    near, strange = _is_near(indicator, own), any(word in own for word in indicator.unless)
    domain, before = indicator.domain, spoken_of[0].split(".")[0] if spoken_of else ""
    if domain == before or (domain in _OFFICE_DOMAINS and before in _OFFICE_DOMAINS and domain != "tasks"):
        return near or not strange
    return near or _is_near(indicator, part)


def _is_near(indicator: Indicator, words: str) -> bool:
    return any(word in words for word in indicator.near) and not any(word in words for word in indicator.unless)


def _between_commas(sentence: Sentence, label: Label) -> str:
    """ "tỷ lệ nhiệm vụ đúng hạn trên 98%, tỷ lệ đúng hạn của hồ sơ …": of tasks, whatever stands behind the comma."""
    before, behind = sentence.words(sentence.start, label.start), sentence.words(label.start, sentence.end)
    return (_STOPS.split(before)[-1] + _STOPS.split(behind, maxsplit=1)[0]).lower()


def _is_of_stays(sentence: Sentence, label: Label) -> bool:
    """ "đón 11,8 triệu lượt. Trong đó, khách lưu trú 3,5 triệu lượt": some of the visitors; alone they are all."""
    if not any_of("staying").may_be_in(sentence.text):
        return False
    before = sentence.words(sentence.start, label.start)
    near = before[-_NOUN_REACH:] + sentence.words(label.start, label.end + _NOUN_REACH)
    if any_of("of_which").search(before + near) is None:
        return False
    return any_of("staying").search(near) is not None or any_of("visiting").search(near) is not None


def _is_of_petitions(sentence: Sentence, label: Label) -> bool:
    """ "1.240 phản ánh hiện trường, tỷ lệ xử lý đúng hạn 93,6%": no dossiers'."""
    if not any_of("petitions").may_be_in(sentence.text):
        return False
    before = sentence.words(sentence.start, label.start)
    petitions = max((match.end() for match in any_of("petitions").finditer(before)), default=None)
    if petitions is None:
        return False
    near = before[petitions:] + sentence.words(label.start, label.end + _NOUN_REACH)
    return any_of("dossiers").search(near) is None
