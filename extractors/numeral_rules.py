"""What a numeral that is no quantity is: one rule for each class, asked in order.

Each rule looks at the numeral, a few words before it and a few after it; their words live in catalogue/numerals.yml.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extractors import numeral_patterns as patterns
from extractors.numeral_context import YEAR, Context, Numeral, degrees_behind, time_unit
from extractors.numeral_patterns import DAY, MONTH
from extractors.spans import day
from extractors.wording import backwards, compiled, starting


def _phone(c: Context) -> Numeral | None:
    if c.token[0] in "01":
        grouped = c.tail(r"(?:[ .-]\d{2,4}){0,3}(?!\d)") or ""
        digits = sum(char.isdigit() for char in c.token + grouped)
        if c.is_like(r"0[1-9]\d++(?:[.-]\d++)*+") and 9 <= digits <= 11:
            return c.label("phone", grouped)
        if c.is_like(r"1[89]00(?:\.\d++)*+|1[89]00\d{4,6}") and digits >= 8:
            return c.label("phone", grouped)
    called = c.follows_any("phone_called") and c.is_like(r"\d{3,}") and not c.measured
    cue = called or (c.follows_any("phone", r"\s*[:.]?\s*\(?") and _is_long_enough(c))
    area = c.token.startswith("0") and c.before.endswith("(") and c.precedes(r"\) *\d")
    gap = c.norm[c.previous.end : c.start] if c.previous and c.previous.kind == "phone" else "x"
    return c.label("phone") if cue or area or not gap.strip(" ().-/") else None


def _is_long_enough(c: Context) -> bool:
    return c.is_like(r"\d{4,}") or (not c.measured and (len(c.token) >= 3 or c.follows_any("extension")))


def _standard(c: Context) -> Numeral | None:
    if (":" in c.token and c.is_like(r"\d{4,5}(?:-\d)?:\d{4}")) or c.follows_any("standard", r"[\s:-]*"):
        return c.label("standard")
    return None


def _plate(c: Context) -> Numeral | None:
    plate = c.after[:1].isupper() and c.tail(r"\p{Lu}{1,2}\d?+[ .-] ?\d{3,5}(?:\.\d\d)?")
    if plate:
        return c.label("plate", plate)
    degrees = c.tail(degrees_behind())
    return None if degrees is None else c.label("degrees", degrees)


def _document(c: Context) -> Numeral | None:
    tail = c.after[:1] in ("/", "-") and c.tail(
        r"(?:/\d{4})?[/-]\p{Lu}{2,}[\p{L}\d]*+(?:[-/][\p{L}\d]++)*+|[/-]\p{Lu}+\d*+(?:[-/][\p{L}\d]++)++"
    )
    if tail and not tail.startswith(("/USD", "/VND")):
        return c.label("document", tail)
    if c.follows_any("document", patterns.numbered()):
        return c.label("document")
    if c.follows_any("document_without_number_word") and c.counts_nothing:
        return c.label("document")
    if c.is_like(r"\d{1,4}") and c.follows_any("document") and starting("numerals", "document_after").match(c.after):
        return c.label("document")
    if c.is_like(r"\d{1,3}") and c.follows_any("article") and starting("numerals", "law").match(c.after):
        return c.label("level")
    if c.follows_any("number_word") and not c.follows(patterns.number_of_things()) and not c.measured:
        return c.label("address" if starting("numerals", "address_after").match(c.after) else "document")
    return None


def _code(c: Context) -> Numeral | None:
    """ "Covid-19", "QL1A", "4G", "m2", "GMT+7": digits inside a name."""
    if c.is_tight and c.follows(r"\p{Lu}|\p{L}[-–]|(?<!\p{L})[dck]?m|(?:GMT|UTC) ?[+-]"):
        return c.label("code")
    tail = c.after[:1].isupper() and c.tail(r"\p{Lu}\p{L}*+")
    if tail and not c.measured:
        return c.label("code", tail)
    added = (c.after[:1] == "+" and c.precedes(r"\+\d")) or (c.is_tight and c.follows(r"\d\+"))
    return c.label("code") if added or (len(c.token) > 3 and c.is_like(r"\d{9,}|24/7|24/24")) else None


def _counter(c: Context) -> Numeral | None:
    tight = c.follows_any("counter_tight", r"\s*[:(]?\s*") and not c.measured
    if tight or c.follows_any("counter", r"\s*:\s*") or starting("numerals", "counter_after").match(c.after):
        return c.label("counter")
    return None


def _time(c: Context) -> Numeral | None:
    clock = c.after.lstrip(" ")[:1] in ("h", "g") and c.tail(patterns.clock())
    if clock and c.is_like(r"\d{1,2}"):
        return c.label("time", clock)
    return c.label("time") if ":" in c.token and c.is_like(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?") else None


def _quarter(c: Context) -> Numeral | None:
    named = c.follows_any("quarter_word", r" *") and c.is_like(rf"[1-4](?:[/.-]{YEAR})?")
    return c.label("quarter") if named else None


def _date(c: Context) -> Numeral | None:
    if len(c.token) > 7 and c.is_like(rf"(?:{DAY}[-–])?{DAY}([/.-]){MONTH}\1{YEAR}|{YEAR}-{MONTH}-{DAY}"):
        return c.label("date")
    if len(c.token) > 5 and c.is_like(rf"{MONTH}[/.-]{YEAR}"):
        return c.label("month_year")
    written = len(c.token) < 3 and c.tail(patterns.month_behind())
    if written and c.is_like(DAY) and c.follows_any("day_word"):
        return c.label("date", written)
    if c.follows_any("month_word", r" *") and c.is_like(rf"{MONTH}(?:[-–]{MONTH})?"):
        return c.label("month_year")
    return None


def _day_month(c: Context) -> Numeral | None:
    """ "sáng 19-4", "15/4 đến 14/5/2022", "Ngày Chuyển đổi số quốc gia 10/10"."""
    if c.token.isdigit() or not c.is_like(rf"(?:{DAY}[-–])?{DAY}[/.-]{MONTH}") or not _is_day_month(c.token):
        return None
    named = c.follows(patterns.named_day())
    if c.follows_any("date_strong", r" *") or (named and not c.measured):
        return c.label("day_month")
    joined = (
        c.continues(("day_month", "date"))
        or c.precedes(patterns.second_day())
        or c.follows_any("date_before", r" *\(?")
    )
    return c.label("day_month") if joined and not c.measured else None


def _is_day_month(token: str) -> bool:
    number, month = compiled(r"[/.–-]").split(token)[-2:]
    return day(2024, int(month), int(number)) is not None


def _day(c: Context) -> Numeral | None:
    """ "ngày 15", "ngày 14 và 15/5", "tháng 5, 6": a bare day or month of a list."""
    if len(c.token) > 2:
        return None
    lone = c.follows_any("day_word") and not c.follows(patterns.any_day())
    if lone or (c.precedes(patterns.second_day()) and not c.measured):
        return c.label("day_month")
    if c.continues(("day_month",)) and c.is_like(DAY) and starting("numerals", "monthly").match(c.after):
        return c.label("day_month")
    if c.previous and c.previous.end < c.start and c.continues(("month_year", "quarter", "level")) and c.counts_nothing:
        return c.label(c.previous.kind)
    return None


def _year(c: Context) -> Numeral | None:
    if len(c.token) < 4 or not c.is_like(rf"{YEAR}(?:[-–/](?:{YEAR}|\d\d))?"):
        return None
    plain = c.follows_any("year_before", r" *") or not c.measured
    return c.label("year") if plain or c.continues(("year",)) else None


def _duration(c: Context) -> Numeral | None:
    """ "2 tuần/lần", "trong vòng 4 giờ làm việc", "6 tháng đầu năm", "45 tuổi"."""
    if c.precedes(patterns.so_often()):
        return c.label("frequency")
    unit = time_unit(c)
    if unit is None:
        aged = (c.precedes(patterns.years_old()) or c.follows_any("at_age")) and "," not in c.token
        return c.label("age") if aged and not any(words in c.before for words in patterns.words("life_span")) else None
    if compiled(patterns.each_time()).match(c.after, unit):
        return c.label("frequency")
    rest = starting("numerals", "deadline_rest").match(c.after, unit)
    return c.label("deadline" if rest or c.follows_any("deadline", patterns.at_most()) else "duration")


def _marker(c: Context) -> Numeral | None:
    """ "1. Kết quả", "(2) Về tổ chức" at the head of a line; the value is kept, as lists are often in order of rank.
    "tăng 7,6%[1]" is a note."""
    if c.before.endswith("[") and c.after.startswith("]"):
        return c.label("marker")
    head = backwards(r"(?:^|\n)\s*(?:[-+•*]\s*)?\(?\Z").search(c.norm[max(0, c.start - 8) : c.start])
    if (
        head is None
        or (head.start() == 0 and c.start > 8 and head.group()[:1] != "\n")
        or not c.is_like(r"\d{1,2}(?:\.\d{1,2})*")
    ):
        return None
    if c.measured and not c.precedes(r"[.)]"):
        return None
    if not c.precedes(r"[.)/](?=\s+\p{L})|[-–](?=\s+\p{Lu})|(?=\s+[-–]\s+\p{L})") and not (
        "." in c.token and c.precedes(r"\.?\s+\p{Lu}")
    ):
        return None
    return Numeral(c.start, c.end, "marker", Decimal(c.token) if c.token.isdigit() else None, None, c.token)


def _label(c: Context) -> Numeral | None:
    """ "mức độ 3, 4", "lớp 10", "phường 5", "kỳ họp thứ 14": a number that names a thing."""
    if "," in c.token and c.is_like(r"[1-4],[1-4]") and c.follows_any("level_strong"):
        return c.label("level")
    if c.is_like(r"\d{1,4}|\d{1,3}(?:[-–]\d{1,3}|\.\d{3})") and c.follows_any("ordinal"):
        return c.label("ordinal")
    if not c.is_like(r"\d{1,4}(?:[-–/]\d{1,3})?") or c.follows_any("ordinal"):
        return None
    if c.follows_any("level_strong"):
        return c.label("level")
    if not c.counts_nothing:
        return None
    if (c.is_like(r"[1-5]") and c.follows_any("level_small")) or starting("numerals", "level_after").match(c.after):
        return c.label("level")
    if len(c.token) < 4 and (c.follows_any("level") or c.follows_any("numbered_unit", r" *: *(?:\d{1,2}, *)*+")):
        return c.label("level")
    return c.label("address") if c.follows_any("address", "[. ]+") or _is_in_street(c) else None


def _is_in_street(c: Context) -> bool:
    """ "ở 12 đường Lê Lợi", "trụ sở: 27 Lý Thường Kiệt"; "tại 5 Trung tâm" counts."""
    named = starting("numerals", "address_after").match(c.after) or c.precedes(r"(?: +\p{Lu}\p{Ll}++){2,4}(?! \p{Ll})")
    return c.follows_any("street_before", r" *:? *") and bool(named)


def _score(c: Context) -> Numeral | None:
    if not (c.follows_any("score", r" +(?:\p{L}+ +){0,3}") or c.continues(("score",))):
        return None
    if c.is_like(r"\d{1,2}[-–]\d{1,2}"):
        return c.label("score")
    other = c.tail(r" ?[-–] ?\d{1,2}(?![\d%]|[.,]\d)")
    return c.label("score", other) if other and c.is_like(r"\d{1,2}") else None


def _name(c: Context) -> Numeral | None:
    """ "khu công nghiệp Phú Mỹ 2", "1 trong những địa phương": part of a name, or no count at all."""
    if c.is_like("1") and (starting("numerals", "one_of").match(c.after) or c.precedes(patterns.one_in_so_many())):
        return c.label("one_of")
    if len(c.token) > 1:
        return None
    if c.precedes(patterns.all_in_one()) or (c.is_like("1") and c.follows(patterns.so_many_in())):
        return c.label("name")  # "vắc xin 5 trong 1"
    named = c.follows(r"(?:\p{Lu}\p{Ll}++ ){2}")
    return c.label("name") if named and c.counts_nothing else None


def _slogan(c: Context) -> Numeral | None:
    """ "phương châm 4 tại chỗ", "cơ chế 1 cửa", "phiên chợ 0 đồng"."""
    free = starting("numerals", "free").match(c.after) if c.is_like("0") and c.follows_any("free_before") else None
    if free:
        return c.label("slogan", free.group())
    if len(c.token) > 1 or not c.counts_nothing:
        return None
    said = c.follows_any("slogan_before") or starting("numerals", "slogan_after").match(c.after)
    return c.label("slogan") if said or c.continues(("slogan",)) else None


def _scale(c: Context) -> Numeral | None:
    """ "tỷ lệ 1/500", "quy hoạch chung 1/10.000": the scale of a map; "1/500 hộ" is a share."""
    drawn = c.token[:2] == "1/" and c.is_like(r"1/(?:[125]00|(?:[125]|10|25|50|100)\.?000)")
    return c.label("scale") if drawn and not c.measured else None


RULES: tuple[Callable[[Context], Numeral | None], ...] = (
    _phone, _standard, _plate, _document, _code, _counter, _time, _quarter, _date, _day_month, _day, _year, _duration,
    _marker, _label, _score, _name, _slogan, _scale,
)  # fmt: skip
"""In order: the first that answers decides."""
