"""What a customs office collects is a part of the revenue: "Cục Hải quan Tây Ninh … Trong tháng 10, đơn vị thu …"."""

from __future__ import annotations

from extractors.clauses import Clause
from extractors.cues import any_of
from extractors.frame import Frame
from extractors.indicators import Indicator
from extractors.sentences import Sentence


def remember_customs(frame: Frame, sentence: Sentence) -> None:
    """A title or an opening that names a customs office makes "đơn vị" and "Cục" mean it."""
    named = sentence.of_kind("customs")
    frame.customs = named[0].value if named else frame.customs


def customs_part(clause: Clause, indicator: Indicator, frame: Frame) -> tuple[tuple[str, str], ...]:
    """ "Trong tháng 10, đơn vị thu ngân sách 84,2 tỷ đồng": of foreign trade, where the article is on customs."""
    if not frame.customs or indicator.breakdown != "source":
        return ()
    before = clause.sentence.words(clause.sentence.start, clause.at).rpartition(";")[2]
    return ((indicator.breakdown, frame.customs),) if any_of("offices_again").search(before) else ()
