"""The walk through the queue on a terminal: a figure in its words, a question, and the answer as a correction.

At every question `s` skips and `q` ends; what was answered before is written by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer
from pydantic import BaseModel, ValidationError

from flows.commands.asking import NONE, End, Skip, ask_indicator, ask_unit, clean, plural, prompt
from flows.commands.console import say
from flows.corrections.file import load_corrections
from flows.corrections.meant import named
from flows.corrections.parts import Confirm, Correction, Merge, Place, Replace, Slots, Withdraw, Words
from flows.corrections.rereading import TRIED, Effect, Rereading, slots_of
from flows.corrections.reviewing import ASKED, NameQuestion, PlaceQuestion, Question, is_answered, questions
from flows.corrections.writing import append_correction
from flows.sources import complaints

if TYPE_CHECKING:
    from flows.desk import Desk
    from models.review import WaitingRow

_SHOWN = 3
"""So many claims that a name would bring are shown."""


def walk_through(desk: Desk, rows: Sequence[WaitingRow], today: date) -> None:
    """Ask about all that an answer can settle, and count the rest. Raises CorrectionsProblem."""
    walk = Walk(desk, today)
    asked = [one for one in questions(rows) if not is_answered(one, desk.corrections)]
    say(f"{plural(len(asked), 'question')}; at each of them s skips and q ends, and what was answered is kept")
    try:
        for number, question in enumerate(asked, 1):
            walk.ask(question, f"{number} of {len(asked)}")
    except (End, typer.Abort, KeyboardInterrupt):
        say("")
    if walk.written:
        say(f"{plural(walk.written, 'correction')} written to {walk.file}; `solieu corrections` applies what is new")
    _tell_rest(rows)


def _tell_rest(rows: Iterable[WaitingRow]) -> None:
    """What no entry can settle, so that nobody thinks that it was asked."""
    rest = Counter(row.why for row in rows if row.why not in ASKED or (row.why == "unplaced" and not row.place))
    if rest:
        counts = ", ".join(f"{number} {why}" for why, number in rest.items())
        say(f"not asked, for no correction makes claims of them: {counts} (`solieu review --list`)")


class Walk:
    """Asks, and adds each answer to the file at once."""

    def __init__(self, desk: Desk, today: date) -> None:
        self.file, self.today, self.written = desk.settings.corrections_file, today, 0
        self.desk, self.corrections, self.articles = desk, desk.corrections, Rereading(desk, desk.corrections)

    def ask(self, question: Question, number: str) -> None:
        """One question, unless an answer to another one answers it too. Raises typer.Abort without a terminal."""
        if is_answered(question, self.corrections):
            return
        try:
            if isinstance(question, NameQuestion):
                self._ask_name(question, number)
            elif isinstance(question, PlaceQuestion):
                self._ask_place(question.rows, number)
            else:
                self._ask_claim(question.row, number)
        except Skip:
            pass

    def _write(self, kind: type[Correction], usual: str, **said: Any) -> None:
        reason = prompt("reason", usual)
        append_correction(self.file, kind.model_validate({**said, "reason": reason, "date": self.today}))
        self.corrections, self.written = load_corrections(self.file), self.written + 1
        self.articles = Rereading(self.desk, self.corrections)

    def _ask_name(self, question: NameQuestion, number: str) -> None:
        label, first = clean(question.label), next(filter(self.articles.still_waits, question.rows[:TRIED]), None)
        if first is None:
            raise Skip
        articles = len({(row.source, row.article) for row in question.rows})
        of = f"{plural(len(question.rows), 'figure')} in {plural(articles, 'article')}"
        say(f"\n{number}: {of}, {f'called “{label}”' if label else 'of no known name'}")
        self._show(first)
        code = ask_indicator(label)
        if code == NONE:
            self._write(Merge, "not for us", label=label, into=code)
        else:
            self._ask_words(question, first, code)

    def _ask_words(self, question: NameQuestion, row: WaitingRow, code: str) -> None:
        """Of the words that are to name an indicator, whether they may and what they would bring."""
        usual = self.articles.suggested(question.label, row, code) or None
        words = prompt("words that name it", usual)
        while why := _fault(Merge, {"label": words, "into": code, "reason": "-", "date": self.today}):
            say(why)
            words = prompt("words that name it", usual)
        _tell_effect(self.articles.effect(question.rows, names=((words, code),)))
        self._write(Merge, "the same by another name", label=words, into=code)

    def _ask_place(self, rows: Sequence[WaitingRow], number: str) -> None:
        first = next(filter(self.articles.still_waits, rows), None)
        if first is None:
            raise Skip
        say(f"\n{number}: {plural(len(rows), 'figure')} of a place that is not one known unit, “{clean(first.place)}”")
        self._show(first)
        unit = ask_unit(first.candidates.split())
        _tell_effect(self.articles.effect(rows, places=((first.place, unit),)))
        self._write(Place, "the article means this one", place=first.place, article=first.article, **{"is": unit})

    def _ask_claim(self, row: WaitingRow, number: str) -> None:
        claim = self.articles.claim(row)
        words = self.articles.pointing_at(row, claim) if claim else None
        say(f"\n{number}: read with confidence {row.confidence:g}")
        self._show(row)
        if claim is None or words is None:
            say("  not so any more, or not to be told apart from another claim: `solieu replay` reads it again")
        else:
            say(f"  {', '.join(slots_of(claim))}")
            self._ask_whether_right(row, words)

    def _ask_whether_right(self, row: WaitingRow, words: Words) -> None:
        while (answer := prompt("is that right? y, m to mend a slot, w to withdraw the claim")) not in ("y", "m", "w"):
            say("y, m, w; s skips and q ends")
        if answer == "y":
            self._write(Confirm, "read again and right", confirm=words)
        elif answer == "w":
            self._write(Withdraw, "no such figure", withdraw=words)
        elif slots := self._ask_slots(row, words):
            self._write(Replace, "the words say so", replace=words, **{"with": slots})

    def _ask_slots(self, row: WaitingRow, words: Words) -> Slots | None:
        """The slots as they should be; None when nothing was said."""
        said: dict[str, object] = {}
        while line := prompt("slot and value, as in `period 2023`; Enter when done", ""):
            slot, _, value = line.partition(" ")
            part = {slot: _parts(value) if slot == "breakdown" else value.strip()}
            if why := _fault(Slots, said | part) or self.articles.unfit(row, words, Slots.model_validate(said | part)):
                say(f"{why}; slots are {', '.join(Slots.model_fields)}" if "no such field" in why else why)
            else:
                said |= part
        return Slots.model_validate(said) if said else None

    def _show(self, row: WaitingRow) -> None:
        """The figure in its words, and where they stand."""
        before, behind = self.articles.passage(row)
        figure = typer.style(f"»{clean(row.quote)}«", bold=True)
        say(f"  {clean(row.title or '')} ({row.published or 'no date'}) {clean(row.article)}")
        say(f"  {clean(before)}{figure}{clean(behind)}")


def _tell_effect(effect: Effect) -> None:
    """What an answer would bring. Raises Skip where it is nothing, and not wanted all the same."""
    where = f"{'the first ' if effect.articles == TRIED else ''}{plural(effect.articles, 'article')}"
    say(f"in {where}: {plural(len(effect.come), 'claim')} come, {effect.gone} go")
    for one in effect.come[:_SHOWN]:
        say(f"  {named(one)}, read from “{clean(one.quote)}”")
    if not effect.come and prompt("write it all the same? y; Enter skips", "") != "y":
        raise Skip


def _parts(text: str) -> object:
    """`rating=Tốt` as a breakdown."""
    dimension, equals, value = text.partition("=")
    return {dimension.strip(): value.strip()} if equals else text


def _fault(kind: type[BaseModel], said: object) -> str:
    """Why these are not fields of such a part, "" when they are."""
    try:
        kind.model_validate(said)
    except ValidationError as error:
        return "; ".join(complaints(error))
    return ""
