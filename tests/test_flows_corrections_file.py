"""data/corrections.yml: what people may write in it, what is refused with its line, and how solieu adds to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.corrections.file import load_corrections, read_corrections
from flows.corrections.parts import Confirm, Correction, Merge, Place, Replace, Slots, Withdraw, Words
from flows.corrections.writing import append_correction
from flows.problems import CorrectionsProblem
from flows.settings import Settings

DAY = date(2026, 11, 20)
WRITTEN = """\
# what the office put right
- withdraw: {article: https://bao.example/a-1, quote: "0,72%"}   # by telephone
  reason: the paper took it back
  date: 2026-11-20
- replace: {article: https://bao.example/a-1, quote: "0,9%", indicator: dossier.late_rate, at: 265}
  with: {value: 0.240, period: 2024-Q1, locality: 01, base: none, breakdown: {rating: Tốt}}
  reason: "3 of 1.245: 0,24 %"
  date: 2026-11-20
- label: tỷ lệ hồ sơ quá hạn
  into: dossier.late_rate
  reason: the same by another name
  date: 2026-11-20
"""
ENTRIES: tuple[Correction, ...] = (
    Withdraw(
        withdraw=Words(article="https://bao.example/a-1", quote="0,72%"), reason="the paper took it back", date=DAY
    ),
    Replace.model_validate(
        {
            "replace": Words(article="https://bao.example/a-1", quote="0,9%", indicator="dossier.late_rate", at=265),
            "with": {
                "value": "0.240",
                "period": "2024-Q1",
                "locality": "01",
                "base": "",
                "breakdown": {"rating": "Tốt"},
            },
            "reason": "3 of 1.245: 0,24 %",
            "date": DAY,
        }
    ),
    Merge(label="tỷ lệ hồ sơ quá hạn", into="dossier.late_rate", reason="the same by another name", date=DAY),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "corrections.yml"


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_a_file_is_read_as_it_is_written(file: Path) -> None:
    found = load_corrections(write(file, WRITTEN))
    assert (found.entries, found.lines) == (ENTRIES, (2, 5, 9))
    assert found.merges == ENTRIES[2:]
    replaced = found.entries[1]
    assert isinstance(replaced, Replace)
    assert replaced.with_.model_dump(exclude_unset=True) == {
        "value": Decimal("0.240"),
        "period": "2024-01-01/2024-03-31",
        "locality": "01",
        "base": None,
        "breakdown": {"rating": "Tốt"},
    }


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", None])
def test_without_entries_there_are_no_corrections(file: Path, text: str | None) -> None:
    if text is not None:
        write(file, text)
    assert load_corrections(file).entries == ()


def test_a_file_that_a_setting_names_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsProblem, match=r"elsewhere.yml: no such file \(SOLIEU_CORRECTIONS\)"):
        read_corrections(Settings(data_dir=tmp_path, corrections=tmp_path / "elsewhere.yml"))
    assert read_corrections(Settings(data_dir=tmp_path)).entries == ()


PLACE = "{article: https://bao.example/a-1, quote: x}"
END = "reason: r\n  date: 2026-11-20\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"- withdrow: {PLACE}\n  {END}", "line 1: a correction has one of withdraw, replace, confirm, label, place"),
        (
            f"- withdraw: {PLACE}\n  label: a b\n  {END}",
            "line 1: a correction has one of withdraw, replace, confirm, label, place",
        ),
        (f"# a note\n- withdraw: {PLACE}\n  date: 2026-11-20", "line 2: reason: field required"),
        (f"- withdraw: {PLACE}\n  reason: ''\n  date: 2026-11-20", "reason: string should have at least 1 character"),
        (f"- withdraw: {PLACE}\n  reason: r\n  date: 20.11.2026", "line 1: date: input should be a valid date"),
        (
            f"- withdraw: {{article: a, quote: 0,72%}}\n  {END}",
            "withdraw.72%: no such field; there are article, quote,",
        ),
        (f"- replace: {PLACE}\n  with: {{valu: 1}}\n  {END}", "with.valu: no such field; there are value, unit,"),
        (f"- replace: {PLACE}\n  with: {{}}\n  {END}", "with: no slot is named; there are value, unit,"),
        (
            f"- replace: {PLACE}\n  with: {{value: '0,24'}}\n  {END}",
            "with.value: '0,24' is no number; write 1245 or 0.24",
        ),
        (
            f"- replace: {PLACE}\n  with: {{value: [1]}}\n  {END}",
            "with.value: a value is a number, or the words of a rating",
        ),
        (f"- withdraw: all\n  {END}", "line 1: withdraw: input should be a valid dictionary"),
        ("- &a [*a]\n", "not YAML: line 1: found unconstructable recursive node"),
        (f"- replace: {PLACE}\n  with: {{unit: procent}}\n  {END}", "with.unit: no unit 'procent'; there are"),
        (f"- replace: {PLACE}\n  with: {{period: spring}}\n  {END}", "with.period: 'spring' is no period; write 2023,"),
        (
            f"- replace: {PLACE}\n  with: {{status: done}}\n  {END}",
            "with.status: no status 'done'; it is one of actual,",
        ),
        (f"- replace: {PLACE}\n  with: {{locality: x1}}\n  {END}", "no locality has the id 'x1'; `solieu localities"),
        (
            f"- label: a b\n  into: dossier.late_rat\n  {END}",
            "into: no indicator 'dossier.late_rat'; close to it: dossier.late_rate",
        ),
        (f"- label: a b\n  label: b\n  into: par.index\n  {END}", "not YAML: line 2: 'label' stands twice"),
        ("label: a b\n", "corrections.yml: not a list of corrections; every one begins with '- '"),
        ("- [", "corrections.yml: not YAML: line 1: "),
        (
            f"- withdraw: {{article: https://b.example/?id=1, quote: x}}\n  {END}",
            "line 1: expected ',' or '}', but got",
        ),
        (
            f"- withdraw: {{article: https://b.example/?id=1, quote: x}}\n  {END}",
            "a question mark or a colon and a blank",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_line(file: Path, text: str, told: str) -> None:
    with pytest.raises(CorrectionsProblem) as problem:
        load_corrections(write(file, text))
    assert told in str(problem.value)
    assert str(problem.value).startswith(str(file))
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "before",
    [
        None,
        "# mine\n",
        WRITTEN,
        WRITTEN.rstrip("\n"),
        "  - label: a b\n    into: par.index\n    reason: r\n    date: 2026-11-20\n",
    ],
)
@pytest.mark.parametrize("entry", ENTRIES)
def test_what_is_added_stands_at_the_end_and_nothing_else_changes(
    file: Path, before: str | None, entry: Correction
) -> None:
    old = load_corrections(write(file, before)).entries if before else ()
    append_correction(file, entry)
    assert load_corrections(file).entries == (*old, entry)
    assert file.read_text("utf-8").startswith(before or "")


def test_what_is_added_is_pleasant_to_read(file: Path) -> None:
    for entry in ENTRIES:
        append_correction(file, entry)
    assert file.read_text("utf-8") == (
        "- withdraw: {article: 'https://bao.example/a-1', quote: '0,72%'}\n"
        "  reason: the paper took it back\n"
        "  date: 2026-11-20\n"
        "- replace: {article: 'https://bao.example/a-1', quote: '0,9%', at: 265, indicator: dossier.late_rate}\n"
        "  with:\n"
        "    value: 0.240\n"
        "    locality: 01\n"
        "    period: 2024-01-01/2024-03-31\n"
        "    base: none\n"
        "    breakdown: {rating: Tốt}\n"
        "  reason: '3 of 1.245: 0,24 %'\n"
        "  date: 2026-11-20\n"
        "- label: tỷ lệ hồ sơ quá hạn\n"
        "  into: dossier.late_rate\n"
        "  reason: the same by another name\n"
        "  date: 2026-11-20\n"
    )


@pytest.mark.parametrize(
    "words",
    ["a: b", "- x", "#", "'\"", "0,72%\n{", "~", "null", "đạt “98%”", "\tx ", "a\x85b\u2028c", "a\xa0b", "😀", "@ `"],
)
def test_any_words_can_be_quoted(file: Path, words: str) -> None:
    entry = Withdraw(withdraw=Words(article=words, quote=words), reason=words, date=DAY)
    append_correction(file, entry)
    assert load_corrections(file).entries == (entry,)


@pytest.mark.parametrize("text", ["[]\n", "- [\n", WRITTEN + "...\n"])
def test_a_file_that_is_not_in_order_is_left_alone(file: Path, text: str) -> None:
    write(file, text)
    with pytest.raises(CorrectionsProblem):
        append_correction(file, ENTRIES[0])
    assert file.read_text("utf-8") == text


def test_slots_say_which_of_them_are_written() -> None:
    assert Slots(base="none").model_fields_set == {"base"}


def test_the_example_of_the_readme_is_a_file(file: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    (example,) = [block for block in readme.split("```yaml\n")[1:] if block.startswith("- withdraw")]
    kinds = [type(one) for one in load_corrections(write(file, example.partition("```")[0])).entries]
    assert kinds == [Withdraw, Replace, Confirm, Merge, Place]
