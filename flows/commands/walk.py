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

from flows.commands.console import say, show_table
from flows.correction_parts import Confirm, Correction, Merge, Replace, Slots, Withdraw, Words
from flows.corrections import append_correction, load_corrections
from flows.labels import indicator_rows
from flows.meant import named
from flows.rereading import TRIED, Rereading, slots_of
from flows.reviewing import ASKED, NameQuestion, Question, is_answered, questions
from flows.sources import complaints

if TYPE_CHECKING:
    from flows.desk import Desk
    from models.review import WaitingRow

_CHOICES = 20
"""So many indicators are shown to choose from."""
_SHOWN = 3
"""So many claims that a name would bring are shown."""

_NONE = "none"
"""Instead of an indicator: the words name none."""


class _Skip(Exception):
    """On to the next question."""


class _End(Exception):
    """The walk is over."""


def walk_through(desk: Desk, rows: Sequence[WaitingRow], today: date) -> None:
    """Ask about all that an answer can settle, and count the rest. Raises CorrectionsProblem."""
    walk = Walk(desk, today)
    asked = [one for one in questions(rows) if not is_answered(one, desk.corrections)]
    say(f"{_plural(len(asked), 'question')}; at each of them s skips and q ends, and what was answered is kept")
    try:
        for number, question in enumerate(asked, 1):
            walk.ask(question, f"{number} of {len(asked)}")
    except (_End, typer.Abort, KeyboardInterrupt):
        say("")
    if walk.written:
        say(f"{_plural(walk.written, 'correction')} written to {walk.file}; `solieu corrections` applies what is new")
    _tell_rest(rows)


def _tell_rest(rows: Iterable[WaitingRow]) -> None:
    """What no entry can settle, so that nobody thinks that it was asked."""
    rest = Counter(row.why for row in rows if row.why not in ASKED)
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
            else:
                self._ask_claim(question.row, number)
        except _Skip:
            pass

    def _write(self, kind: type[Correction], usual: str, **said: Any) -> None:
        reason = _answer("reason", usual)
        append_correction(self.file, kind.model_validate({**said, "reason": reason, "date": self.today}))
        self.corrections, self.written = load_corrections(self.file), self.written + 1
        self.articles = Rereading(self.desk, self.corrections)

    def _ask_name(self, question: NameQuestion, number: str) -> None:
        label, first = _clean(question.label), next(filter(self.articles.is_unnamed, question.rows[:TRIED]), None)
        if first is None:
            raise _Skip
        articles = len({(row.source, row.article) for row in question.rows})
        of = f"{_plural(len(question.rows), 'figure')} in {_plural(articles, 'article')}"
        say(f"\n{number}: {of}, {f'called “{label}”' if label else 'of no known name'}")
        self._show(first)
        code = _ask_indicator(label)
        if code == _NONE:
            self._write(Merge, "not for us", label=label, into=code)
        else:
            self._ask_words(question, first, code)

    def _ask_words(self, question: NameQuestion, row: WaitingRow, code: str) -> None:
        """Of the words that are to name an indicator, whether they may and what they would bring."""
        usual = self.articles.suggested(question.label, row, code) or None
        words = _answer("words that name it", usual)
        while why := _fault(Merge, {"label": words, "into": code, "reason": "-", "date": self.today}):
            say(why)
            words = _answer("words that name it", usual)
        if not self._tell_effect(question, words, code) and not typer.confirm("write it all the same?"):
            raise _Skip
        self._write(Merge, "the same by another name", label=words, into=code)

    def _tell_effect(self, question: NameQuestion, words: str, code: str) -> bool:
        """Whether the name would bring anything."""
        effect = self.articles.effect(question.rows, words, code)
        where = f"{'the first ' if effect.articles == TRIED else ''}{_plural(effect.articles, 'article')}"
        say(f"in {where}: {_plural(len(effect.come), 'claim')} come, {effect.gone} go")
        for one in effect.come[:_SHOWN]:
            say(f"  {named(one)}, read from “{_clean(one.quote)}”")
        return bool(effect.come)

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
        while (answer := _answer("is that right? y, m to mend a slot, w to withdraw the claim")) not in ("y", "m", "w"):
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
        while line := _answer("slot and value, as in `period 2023`; Enter when done", ""):
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
        figure = typer.style(f"»{_clean(row.quote)}«", bold=True)
        say(f"  {_clean(row.title or '')} ({row.published or 'no date'}) {_clean(row.article)}")
        say(f"  {_clean(before)}{figure}{_clean(behind)}")


def _ask_indicator(label: str) -> str:
    """A code of the catalogue, found by words of its name; _NONE for a label that names no indicator. Raises _Skip."""
    never = ", n: none, and not to be asked again" if label else ""
    while True:
        words = _answer(f"indicator: its code or words of its name; Enter skips{never}", "")
        if not words:
            raise _Skip
        if words == "n" and label:
            return _NONE
        rows = indicator_rows(words)
        if [row[0] for row in rows] == [words]:
            return words
        if not rows or len(rows) > _CHOICES:
            say(
                f"{len(rows) or 'no'} indicators have {words!r} in their names"
                + (": more words, please" if rows else "")
            )
            continue
        show_table("", ("", "code", "name", "English name", "unit"), [[str(n), *row] for n, row in enumerate(rows, 1)])
        number = _answer("number; Enter for other words", "1" if len(rows) == 1 else "")
        if number.isdecimal() and 1 <= int(number) <= len(rows):
            return rows[int(number) - 1][0]


def _answer(question: str, usual: str | None = None) -> str:
    """What is typed; Enter is the usual answer. Raises _Skip, _End, and typer.Abort when nobody is there any more."""
    answer = str(typer.prompt(question, default=usual, show_default=bool(usual))).strip()
    if answer in ("s", "q"):
        raise _Skip if answer == "s" else _End
    return answer


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


def _plural(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _clean(text: str) -> str:
    """Words of a page without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split(" "))
