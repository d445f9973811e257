"""Read a numeral whose class is known: "1.245,5" is 1245.5, "mười hai" is 12.

Vietnamese separators, strictly: dots (or spaces) part groups of three, a comma is the decimal mark. What cannot be read
that way is refused (None) rather than guessed, with the documented exceptions of `read_number`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from extractors.wording import choices, compiled, words_of

NUMBER = r"\d++(?:[.,]\d++)*+"


def read_number(text: str, *, whole: bool = False, measured: bool = False) -> Decimal | None:
    """The value of a printed numeral, or None when Vietnamese separators do not allow it.

    `measured`: a percent sign, a scale or a unit follows, so "8.35" with no group of three can only be a decimal.
    `whole`: a counted noun follows; "1,245 hồ sơ" can only be 1245, as files do not come in parts.
    """
    if compiled(r"-?\d++").fullmatch(text):
        return Decimal(text)
    if compiled(r"[1-9]\d{0,2}(?: \d{3})++(?:,\d++)?+").fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    if whole and compiled(r"[1-9]\d{0,2}(?:,\d{3})++").fullmatch(text):
        return Decimal(text.replace(",", ""))
    if compiled(r"-?(?:(?:\d++|[1-9]\d{0,2}(?:\.\d{3})++),\d++|[1-9]\d{0,2}(?:\.\d{3})++)").fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if measured and compiled(r"\d++\.(?:\d{1,2}|\d{4,})|0\.\d{3}").fullmatch(text):
        return Decimal(text)
    if compiled(r"[1-9]\d{0,2}(?:,\d{3}){2,}+(?:\.\d+)?+").fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def decimals_of(text: str) -> int:
    """How many decimals a numeral prints: 2 for "80,13", 0 for "1.245"."""
    match = compiled(r",(\d++)\Z|\.(\d{1,2}|\d{4,})\Z").search(text)
    return len(match[1] or match[2]) if match else 0


def read_spelled(text: str) -> Decimal | None:
    """The value of "mười hai", "hai mươi lăm", "một trăm"; None for anything else.

    "năm" is 5 in "năm mươi", "năm trăm" and "trăm linh năm" alone.
    """
    match = _spelled_parts().fullmatch(text.strip().lower())
    if match is None:
        return None
    words = words_of("numerals")
    digits, ones = _digits(), words["ones_after_ten"]
    hundreds = digits[match["h"]] * 100 if match["h"] else 0
    tens = digits[match["t"]] * 10 if match["t"] else 10 if match["ten"] else 0
    rest = ones[match["o"]] if match["o"] else digits[match["d"]] if match["d"] else 0
    return Decimal(hundreds + tens + rest)


def read_ordinal(text: str) -> Decimal:
    """The value of the number of a place in a list: "8", "ba", "tư"; after "thứ" even "năm" is 5."""
    return Decimal(text) if text.isdigit() else Decimal(words_of("numerals")["ordinals"][text.lower()])


@cache
def _spelled_parts() -> regex.Pattern[str]:
    words = words_of("numerals")
    digit, ones, tens = choices(words["digits"]), choices(words["ones_after_ten"]), choices(words["tens"])
    scaled, zero = choices(_digits()), choices(words["zero"])
    return regex.compile(
        rf"(?=\S)(?:(?P<h>{scaled})\s+{words['hundred']}(?:\s+(?=\S)|\Z))?"
        rf"(?:(?:(?:(?P<t>{scaled})\s+(?:{tens})|(?P<ten>{words['ten']}))(?:\s+(?P<o>{ones}))?)"
        rf"|(?<=\s)(?:{zero})\s+(?P<d>{scaled})|(?P<d>{digit}))?"
    )


@cache
def _digits() -> dict[str, int]:
    """The digits that a scale may follow: "năm" is 5 in "năm mươi"."""
    words = words_of("numerals")
    return {**words["digits"], **words["digits_before_scale"]}


def scaled(value: Decimal, factor: Decimal) -> Decimal:
    """Exact, and without the zeros that scaling leaves: 79,98 triệu is 79980000."""
    if factor == 1:
        return value
    product = value * factor
    whole = product == product.to_integral_value()
    return Decimal(int(product)) if whole else product.normalize()  # quantize() knows no number of 29 digits
