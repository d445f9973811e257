"""The file of what an operator puts right, data/corrections.yml:

    - withdraw: {article: https://bao.example/a-1, quote: "0,72%"}
      reason: the paper took the figure back by telephone
      date: 2026-11-20
    - replace: {article: https://bao.example/a-1, quote: "0,72%"}
      with: {value: 0.24}
      reason: 3 of 1.245 is 0,24 %
      date: 2026-11-20
    - confirm: {article: https://bao.example/a-1, quote: "1,87%"}
      reason: read again
      date: 2026-11-20
    - label: tỷ lệ hồ sơ quá hạn
      into: dossier.late_rate
      reason: the same by another name
      date: 2026-11-20
    - place: huyện Châu Thành
      article: https://bao.example/a-1
      is: 708
      reason: it is told from Kiên Giang
      date: 2026-11-20

People write it and `append_correction` adds to its end, so that comments stay. `load_corrections` reads it whole, or
says in one line what is wrong where. Every word in it counts as it is written: `01` is a code, `0.24` exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from flows.corrections.parts import KINDS, Confirm, Correction, Merge, OnArticle, Place, Slots, Withdraw, Words
from flows.problems import CorrectionsProblem
from flows.settings import Settings
from flows.source_parts import Part
from flows.sources import complaints, yaml_fault
from flows.web.addresses import canonical

if TYPE_CHECKING:
    from extractors.indicators import Names


@dataclass(frozen=True)
class Corrections:
    """The entries of the file in their order, and the line that each begins in."""

    file: Path
    entries: tuple[Correction, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def merges(self) -> tuple[Merge, ...]:
        return tuple(one for one in self.entries if isinstance(one, Merge))

    @property
    def names(self) -> Names:
        """The operator's names of indicators, as the reader takes them."""
        return tuple((one.label, one.into) for one in self.merges if one.into)

    @cached_property
    def on_articles(self) -> Mapping[str, Sequence[tuple[int, OnArticle]]]:
        """Those about claims by the address of their article, each with its line."""
        found: dict[str, list[tuple[int, OnArticle]]] = {}
        for line, one in zip(self.lines, self.entries, strict=True):
            if not isinstance(one, Merge | Place):
                found.setdefault(address_of(words_of(one).article), []).append((line, one))
        return found

    @cached_property
    def places(self) -> Mapping[str, Sequence[tuple[int, Place]]]:
        """What is known of places by the address of the article, each with its line."""
        found: dict[str, list[tuple[int, Place]]] = {}
        for line, one in zip(self.lines, self.entries, strict=True):
            if isinstance(one, Place):
                found.setdefault(address_of(one.article), []).append((line, one))
        return found

    def places_of(self, source: str, identity: str) -> Names:
        """Words for places in an article, and the ids that they mean, as the reader takes them."""
        return tuple((one.place, one.is_) for one in self._places_of(source, identity))

    def _places_of(self, source: str, identity: str) -> list[Place]:
        return [one for _, one in self.places.get(identity, ()) if one.source in (None, source)]

    def of(self, source: str, identity: str) -> tuple[OnArticle, ...]:
        """Those of an article, in the order of the file."""
        return tuple(one for _, one in self.lined(source, identity))

    def lined(self, source: str, identity: str) -> list[tuple[int, OnArticle]]:
        """The same with their lines."""
        return [pair for pair in self.on_articles.get(identity, ()) if words_of(pair[1]).source in (None, source)]

    def names_in(self, text: str) -> Names:
        """The operator's names that an article has."""
        if not self.names:
            return ()
        from extractors.own_names import names_in

        return names_in(text, self.names)

    def notes_on(self, source: str, identity: str, named_by: str, placed_by: str) -> Iterator[str]:
        """What is told of a claim that came about by words of the operator."""
        yield from [note_of(one) for one in self.merges if one.label == named_by][:1]
        yield from [note_of(one) for one in self._places_of(source, identity) if one.place == placed_by][:1]

    def digest(self, source: str, identity: str, text: str) -> str:
        """Tells whether the corrections of an article changed, or the names that it has; '' where it has none."""
        names = self.names_in(text)
        named = [one for one in self.merges if (one.label, one.into) in names]
        mine = [*self.of(source, identity), *named, *self._places_of(source, identity)]
        said = [one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in mine]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16] if said else ""


NONE = Corrections(Path())


def note_of(entry: Merge | Place) -> str:
    """What is told of a claim that came about by an operator's words."""
    what, words, meant = ("label", entry.label, entry.into) if isinstance(entry, Merge) else _placed(entry)
    return f'{what} "{words}" → {meant}: {entry.reason} ({entry.date})'


def _placed(entry: Place) -> tuple[str, str, str]:
    return "place", entry.place, entry.is_


def words_of(correction: OnArticle) -> Words:
    if isinstance(correction, Withdraw):
        return correction.withdraw
    return correction.confirm if isinstance(correction, Confirm) else correction.replace


def address_of(article: str) -> str:
    """An article's identity: its address in the one spelling, or the place of a file."""
    return canonical(article) if article.startswith(("http://", "https://")) else article


def read_corrections(settings: Settings) -> Corrections:
    """The operator's corrections; a file that a setting names must be there. Raises CorrectionsProblem."""
    file = settings.corrections_file
    if settings.corrections is not None and not file.exists():
        raise CorrectionsProblem(f"{file}: no such file (SOLIEU_CORRECTIONS); make it, it may be empty")
    return load_corrections(file)


def load_corrections(file: Path) -> Corrections:
    """Every entry; none where there is no file. Raises CorrectionsProblem naming file, line and what to mend."""
    try:
        return parse_corrections(file.read_text("utf-8"), file)
    except FileNotFoundError:
        return Corrections(file)
    except OSError as error:
        raise CorrectionsProblem(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeError:
        raise CorrectionsProblem(f"{file}: is not UTF-8; save it as UTF-8") from None


QUOTES = "what has a comma, a question mark or a colon and a blank stands in quotes"


class _Words(yaml.BaseLoader):
    """Scalars as they are written; a key that stands twice is no YAML."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse_corrections(text: str, file: Path) -> Corrections:
    """The entries of the file's text. Raises CorrectionsProblem."""
    try:
        loader = _Words(text)
        node = loader.get_single_node()
        found = loader.construct_document(node) if node else ""
    except yaml.YAMLError as error:
        raise CorrectionsProblem(f"{file}: not YAML: {yaml_fault(error)} ({QUOTES})") from None
    if not found:
        return Corrections(file)
    if not isinstance(node, yaml.SequenceNode):
        raise CorrectionsProblem(f"{file}: not a list of corrections; every one begins with '- '")
    lines = tuple(item.start_mark.line + 1 for item in node.value)
    entries = tuple(_entry(one, f"{file}: line {line}") for one, line in zip(found, lines, strict=True))
    _refuse_two_meanings(file, entries, lines)
    return Corrections(file, entries, lines)


def _refuse_two_meanings(file: Path, entries: Sequence[Correction], lines: Sequence[int]) -> None:
    meant: dict[tuple[str, str], tuple[str | None, int]] = {}
    for one, line in zip(entries, lines, strict=True):
        if isinstance(one, Merge | Place):
            name, code = (one.label, one.into) if isinstance(one, Merge) else (one.place, one.is_)
            where = "" if isinstance(one, Merge) else address_of(one.article)
            known, first = meant.setdefault((where, name.casefold()), (code, line))
            if code != known:
                known = known or "none"
                raise CorrectionsProblem(f"{file}: line {line}: {name!r} means {known} in line {first}; keep one")


def _entry(words: object, where: str) -> Correction:
    kinds = [kind for kind in KINDS if isinstance(words, dict) and kind in words]
    if len(kinds) != 1:
        raise CorrectionsProblem(f"{where}: a correction has one of {', '.join(KINDS)}")
    model: type[Correction] = KINDS[kinds[0]]
    try:
        return model.model_validate(words)
    except ValidationError as error:
        raise CorrectionsProblem(f"{where}: {'; '.join(_told(error, model))}") from None


def _told(error: ValidationError, model: type[Correction]) -> Iterator[str]:
    """What is wrong with an entry; where there is no such field, those that there are."""
    for line, problem in zip(complaints(error), error.errors(), strict=True):
        if problem["type"] != "extra_forbidden":
            yield line
            continue
        parts: dict[str, type[Part]] = {"withdraw": Words, "replace": Words, "confirm": Words, "with": Slots}
        part = parts.get(str(problem["loc"][0]), model) if len(problem["loc"]) > 1 else model
        names = ", ".join(field.alias or name for name, field in part.model_fields.items())
        yield f"{line}; there are {names} ({QUOTES})"
