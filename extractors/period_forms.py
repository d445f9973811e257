"""The forms of catalogue/periods.yml as patterns: "[tính] {until} [ngày] {date}"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import regex

from extractors.openings import NUMBER, PART_OF_DATE, Opening, first_words, number_before
from extractors.wording import choices, words_of

_YEAR = r"(?:19|20)\d\d"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[0-2]|0?[1-9])"
_END = r"(?![\d%]|[.,/]\d)"
_REQUIRED = "\x00"
"""Marks, while a pattern is built, that a word which must be there stands before."""


@cache
def opening_of(rule: str) -> Opening:
    """The pattern of a rule, tried only where one of its forms can begin."""
    heads = (head for form in words_of("periods")[rule] for head in _heads(_pieces(form)))
    return Opening(heads, partial(pattern_of, rule))


@cache
def pattern_of(rule: str) -> regex.Pattern[str]:
    """All forms of one rule; its groups are those of the parts used: d, m, y, d2 …, month, quarter, count, fullyear."""
    forms = "|".join(_form(form) for form in words_of("periods")[rule])
    return regex.compile(rf"(?i)(?<![\p{{L}}\d])(?:{forms})(?![\p{{L}}\d]){_behind(rule)}")


def _behind(rule: str) -> str:
    """What must not follow: "trong tháng" is no time before "6" or "Giêng"."""
    refused = words_of("periods")["not_behind"].get(rule, [])
    words = choices(word for word in refused if word != "#")
    numeral = r"| +\d" if "#" in refused else ""
    return rf"(?! +(?:{words})(?!\p{{L}}){numeral})" if refused else ""


def _form(form: str) -> str:
    """A form as a pattern: "[x]" may be missing, "{part}" is looked up, a space is any run of spaces."""
    pattern = ""
    for piece in _pieces(form):
        required = _REQUIRED in pattern
        if piece.startswith("["):
            words = _filled(piece[1:-1])
            pattern += rf"(?: +(?:{words}))?" if required else rf"(?:(?:{words}) +)?"
        else:
            pattern += (r" +" if required else "") + _filled(piece) + ("" if required else _REQUIRED)
    return pattern.replace(_REQUIRED, "")


def _pieces(form: str) -> list[str]:
    """The parts of a form between its spaces: "[x y]", "(a|b)", "{part}", words."""
    pieces: list[str] = regex.findall(r"(?:\[[^\]]*\]|\([^)]*\)|\{\w+\}|[^\s\[\](){}]+)+", form)
    return pieces


def _heads(pieces: list[str]) -> Iterator[str]:
    """The words that a form can begin with: those of its first pieces, up to one that must be there."""
    for n, piece in enumerate(pieces):
        for choice in piece.strip("[]()").removeprefix("?-i:").split("|"):
            first, *rest = choice.split()
            yield from _heads_of_word(first, rest or pieces[n + 1 :])
        if not piece.startswith("["):
            return


def _heads_of_word(word: str, following: list[str]) -> Iterator[str]:
    """Those of a word or a part; a number goes with what can follow it."""
    part = word[1:].partition("}")[0] if word.startswith("{") else ""
    words = words_of("periods")
    if part in words["parts"]:
        yield from _heads([words["parts"][part]])
    elif part in _DATES:
        yield from (PART_OF_DATE, number_before(words["parts"]["of_month"]))
    elif part in _NAMED or word.isdigit():
        for head in {head.partition(" ")[0] for head in _heads(following)}:
            yield number_before(head)
            yield from (name if " " in name else f"{name} {head}" for name in (words[_NAMED[part]] if part else ()))
    else:
        for spelled in {word, _respelled(word)}:
            words_of_it = first_words(spelled)
            yield from [f"{words_of_it} {one}" for one in _behind_word(following)] or [words_of_it]


def _behind_word(following: list[str]) -> set[str]:
    """The words, or a number, that must follow; empty where other things may."""
    try:
        heads = list(_heads(following))
    except ValueError:
        return {NUMBER} if following[0].startswith(_NUMBERS) else set()
    may_end = all(piece.startswith("[") for piece in following)
    return set() if may_end else {head[0] if head.startswith(NUMBER) else head.partition(" ")[0] for head in heads}


def _respelled(word: str) -> str:
    """ "quí" for "quý"."""
    for one, other in words_of("periods")["spellings"].items():
        word = word.replace(one, other)
    return word


def _filled(text: str) -> str:
    """Spaces and spelling variants as patterns ("quí", "kì" are "quý", "kỳ"), then the parts."""
    spelled = text.replace(" ", r" +")
    for one, other in words_of("periods")["spellings"].items():
        spelled = spelled.replace(one, f"(?:{one}|{other})")
    return regex.sub(r"\{(\w+)\}", lambda match: _part(match[1]), spelled)


def _part(name: str) -> str:
    words = words_of("periods")["parts"].get(name)
    if words is not None:
        return "(?:" + _filled(words) + ")"
    if name in ("month", "month2", "quarter"):
        return _PARTS[name]() + _tail()
    return _PARTS[name]()


def _date(suffix: str) -> str:
    month, year = rf"(?P<m{suffix}>{_MONTH})", rf"(?P<y{suffix}>{_YEAR})"
    spoken = rf" +{_part('of_year')} +(?:{year}|(?P<yw{suffix}>{words_of('periods')['tail_year_word']}))"
    spelled = rf" +{_part('of_month')} +{month}(?:{spoken})?"
    return rf"(?P<d{suffix}>{_DAY})(?:[/.-]{month}(?:[/.-]{year}|{spoken})?|{spelled}){_END}"


def _month(name: str) -> str:
    return rf"(?P<{name}>{_MONTH}|{_names('month_names')})(?![\d%]|[.,]\d(?!\d{{3}}))"


def _names(key: str) -> str:
    return choices(words_of("periods")[key])


def _year() -> str:
    return rf"(?:(?P<y>{_YEAR})(?! ?[-–] ?{_YEAR})|(?P<yw>{words_of('periods')['parts']['year_word']}))"


def _tail() -> str:
    """The year behind a month or a quarter: "/2023", " năm 2023", " năm nay", " 2023"."""
    words = words_of("periods")["tail_year_word"]
    return (
        rf"(?: ?[/.-] ?(?P<y>{_YEAR})| *,? *{_part('of_year')} +(?:(?P<y>{_YEAR})|(?P<yw>{words}))"
        rf"| +(?P<y>{_YEAR})(?![.,]\d))?"
    )


def _clock() -> str:
    """ "17h", "8 giờ 30 phút"."""
    parts = words_of("periods")["parts"]
    return rf"\d{{1,2}} ?(?:{parts['clock_words']})(?: ?\d{{2}})?(?: ?(?:{parts['minute_words']}))?"


_DATES = ("date", "fulldate", "monthyear")
_NUMBERS = ("{day}", "{fullyear}", "{bareyear}")
_NAMED = {"count": "count_names", "few": "count_names", "quarter_roman": "quarter_romans"}
"""Parts that are words as well as numbers."""

_PARTS: dict[str, Callable[[], str]] = {
    "day": lambda: rf"(?P<day>{_DAY})",
    "clock": _clock,
    "dash": lambda: r" ?[-–—] ?",
    "open": lambda: r" ?\( ?",
    "close": lambda: r" ?\)",
    "bareyear": lambda: rf"(?P<fullyear>{_YEAR})(?!\d|[.,/-]\d| *%)",
    "fullyear": lambda: rf"(?P<fullyear>{_YEAR})",
    "fullyear2": lambda: rf"(?P<fullyear2>{_YEAR})",
    "count": lambda: rf"(?P<count>1[0-2]|0?[1-9]|{_names('count_names')})",
    "few": lambda: rf"(?P<count>[1-9]\d?|{_names('count_names')})",
    "date": lambda: _date(""),
    "date2": lambda: _date("2"),
    "fulldate": lambda: rf"(?P<d>{_DAY})[/.-](?P<m>{_MONTH})[/.-](?P<y>{_YEAR})",
    "monthyear": lambda: rf"(?<![\d/.-])(?P<month>{_MONTH})[/.-](?P<y>{_YEAR})(?![/.-]?\w)",
    "year": _year,
    "month": lambda: _month("month"),
    "month2": lambda: _month("month2"),
    "quarteryear": lambda: rf"(?P<quarter>[1-4])[/.-](?P<y>{_YEAR})(?![/.-]?\w)",
    "first_roman": lambda: rf"(?P<quarter>{_names('quarter_romans')})",
    "quarter_roman": lambda: rf"(?P<between>{_names('quarter_romans')})",
    "roman": lambda: rf"(?P<quarter2>{_names('quarter_romans')})(?![\d%])" + _tail(),
    "and": lambda: rf"(?: *(?:,|(?P<dash>[–-])) *| +{_part('and_to')} +)",
    "quarter": lambda: rf"(?P<quarter>{_names('quarter_names')})(?![\d%])",
}
"""The parts that hold numerals."""
