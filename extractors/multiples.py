"""So many times another place's or another matter's figure: "gấp 1,7 lần bình quân cả nước", no multiple of a time."""

from __future__ import annotations

import regex

from extractors.clauses import Clause
from extractors.cues import starts_with, word_set
from extractors.sentences import beginning

_STOP = regex.compile(r"[,.](?!\d)|[;:()\n]")


def is_of_another(clause: Clause) -> bool:
    """ "gấp 1,7 lần so với cả nước", "gấp 1,5 lần so với mức tăng số phòng"; not "gấp 3 lần so với năm 2019"."""
    sentence, end = clause.sentence, clause.figure.end
    behind = _STOP.split(sentence.words(end, sentence.end))[0]
    places = beginning(sentence.places, end, end + len(behind))
    times = [time for time in beginning(sentence.periods, end, end + len(behind)) if time.rule != "this_period"]
    if places and (not times or places[0].start < times[0].start):
        words = sentence.words(end, places[0].start).lower().split()
        return word_set("beside_a_place").issuperset(words)
    return not times and starts_with(behind.lstrip(), "beside_a_matter")
