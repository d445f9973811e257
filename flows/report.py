"""What a run did, in plain text: counts for each source, and what a person should mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.health import SLOTS, Symptom, volume
from flows.load import Loaded
from flows.problems import Problem
from flows.sources import Source
from models.ledger import State
from models.load import LoadCounts
from models.records import SourceCounts

if TYPE_CHECKING:
    from flows.gather import Gathered

COLUMNS = {
    "listed": "listed",
    "fetched": "fetched",
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "failed": "failed",
    "added": "figures added",
    "withdrawn": "withdrawn",
    "findings": "findings",
}

RARE = {
    "retracted": "retracted",
    "copies": "copies",
    "skipped": "skipped",
    "left_out": "left out",
    "waiting": "waiting",
}
"""Columns that are shown when there is something in them."""

NOTED = 20


@dataclass
class SourceReport(SourceCounts):
    """A source's part of a run: what the ledger keeps of it, and what a person should look at."""

    copies: int = 0
    """New or changed articles that repeat another one."""
    kept: int = 0
    """Articles that came tonight and not before."""
    skipped: int = 0
    """Addresses that the source's `skip` leaves out; they do not count as listed."""
    held: int = 0
    """New articles that were not asked for, and wait."""
    mend: list[str] = field(default_factory=list)
    symptoms: list[str] = field(default_factory=list)
    """What ails the source: shown before the single articles of `mend`."""

    @property
    def id(self) -> str:
        return self.source

    def fail(self, problem: Exception) -> None:
        """The source as a whole failed."""
        self.error = str(problem) or type(problem).__name__
        self.mend.append(f"{self.id}: {self.error}")

    def take(self, loaded: Iterable[Loaded]) -> None:
        """Count what became of a batch."""
        for one in loaded:
            if one.counts is None:
                self.failed += 1
                self.unread += 1
                self.mend.append(f"{self.id}: {one.problem}")
                continue
            self.read += not one.entry.gone
            self.dated += one.dated
            self.with_figures += one.with_figures
            for slot in (slot for slot in SLOTS if slot in one.layers):
                told = self.layers.setdefault(slot, {})
                told[one.layers[slot]] = told.get(one.layers[slot], 0) + 1
            self.retracted += one.counts.state == "retracted"
            self.new += one.counts.state == "new"
            self.changed += one.counts.state == "changed"
            self.unchanged += one.counts.state in ("unchanged", "older")
            self.copies += one.copy
            self.added += one.counts.added + one.counts.changed
            self.withdrawn += one.counts.withdrawn + one.counts.changed
            self.findings += one.findings

    def take_again(self, counts: LoadCounts) -> None:
        """Count what corrections changed in an article that was read before."""
        self.changed += counts.state == "changed"
        self.added += counts.added + counts.changed
        self.withdrawn += counts.withdrawn + counts.changed

    def take_health(self, symptoms: Sequence[Symptom]) -> None:
        """What ails it, as the ledger keeps it and as a person reads it."""
        lines = [symptom.line for symptom in symptoms if symptom.line]
        self.health = ", ".join(dict.fromkeys(symptom.state for symptom in symptoms)) or "ok"
        self.unwell = any(symptom.grave for symptom in symptoms)
        self.note = "\n".join(lines)
        self.symptoms = [f"{self.id}: {line}" for line in lines]

    @property
    def gravest(self) -> list[str]:
        """Why it failed as a whole, and what ails it."""
        error = self.error or ""
        return [*(line for line in self.mend if line.removeprefix(f"{self.id}: ") in error), *self.symptoms]


@dataclass
class Report:
    """A whole run."""

    run_id: int
    kind: str
    sources: list[SourceReport] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What belongs to no source that could be read: a broken YAML."""
    corrected: int = 0
    """Articles that were read again, because their corrections changed."""

    @property
    def ok(self) -> bool:
        return not self.problems and not any(s.error or s.unwell for s in self.sources)

    @property
    def state(self) -> State:
        """The word of the run ledger."""
        return "done" if self.ok else "problems"

    @property
    def mend(self) -> list[str]:
        """What a person should look at, each with who, what, and where: whole sources before single articles."""
        grave = [line for source in self.sources for line in source.gravest]
        return list(dict.fromkeys([*self.problems, *grave, *(line for source in self.sources for line in source.mend)]))

    def note(self) -> str:
        """What the run ledger keeps of it: the first things to mend."""
        more = len(self.mend) - NOTED
        return "\n".join([*self.mend[:NOTED], *([f"and {more} more"] if more > 0 else [])])

    def total(self, name: str) -> int:
        return sum(getattr(source, name) for source in self.sources)

    def headline(self) -> str:
        """One line: "2 of 3 sources: 5 new, 0 changed, 131 figures added, 0 withdrawn; failed: baotayninh"."""
        failed, unread = [s.id for s in self.sources if s.error], self.total("failed")
        words = [f"{self.total('new')} new", f"{self.total('changed')} changed"]
        words += [f"{self.total(name)} {word}" for name, word in RARE.items() if self.total(name)]
        words += [f"{unread} not read"] if unread else []
        words += [f"{self.total('added')} figures added", f"{self.total('withdrawn')} withdrawn"]
        line = f"{len(self.sources) - len(failed)} of {len(self.sources)} sources: {', '.join(words)}"
        unwell = [f"{s.id} ({s.health})" for s in self.sources if s.unwell and not s.error]
        parts = {"failed": failed, "unwell": unwell}
        return line + "".join(f"; {word}: {', '.join(ids)}" for word, ids in parts.items() if ids)


def gathered(source: Source, found: Gathered | Exception, *, usual: bool = True) -> SourceReport:
    """A source's report as far as the network goes; `expect.articles` is about the lists of a usual night."""
    line = SourceReport(source.id)
    if isinstance(found, Exception):
        line.fail(found)
        return line
    line.listed, line.fetched, line.failed, line.kept = found.listed, found.fetched, found.failed, found.kept
    line.asked, line.again, line.left_out = found.asked, found.again, found.left
    line.held, line.waiting, line.skipped = found.held, found.waiting, found.skipped
    tried = found.listed + found.again - found.left - found.held - found.untried
    line.unchanged = tried - found.failed - found.kept
    few = volume(source, found.listed) if usual and found.listed < source.expect.articles[0] else None
    line.error = found.error or few
    line.mend += [f"{source.id}: {problem}" for problem in (few, *found.problems) if problem]
    return line


def settle(line: SourceReport) -> None:
    """Once a source is read: an article that came another night and was read in this one is no longer unchanged."""
    line.unchanged -= min(line.unchanged, max(0, line.read + line.unread + line.retracted - line.kept))
    check_read(line)


def check_read(line: SourceReport) -> None:
    """A source of which nothing could be read has failed."""
    asked = line.listed + line.again - line.left_out - line.held
    if line.failed and line.failed == asked and not line.error:
        line.fail(Problem(f"none of {asked} articles could be read"))


def render(report: Report) -> str:
    """The report as it is printed and kept."""
    parts = [f"{report.kind} run {report.run_id}: {report.headline()}", table(report)]
    if report.mend:
        parts.append("To mend:\n" + "\n".join(f"  {line}" for line in report.mend))
    if left := report.total("left_out"):
        parts.append(f"{left} new articles were left out: their lists date them outside of the days asked for.")
    if waiting := report.total("waiting"):
        parts.append(f"{waiting} articles are waiting: the next nights bring them (data/raw/<source>/waiting.json).")
    if report.corrected:
        parts.append(f"{report.corrected} articles were read again: their corrections changed.")
    asked = report.total("listed") + report.total("again")
    if report.ok and not report.corrected and asked == report.total("unchanged") > 0:
        parts.append("0 new, 0 changed: the database already held all of it.")
    return "\n\n".join(part for part in parts if part) + "\n"


def table(report: Report) -> str:
    """One row a source, and a total where there are several."""
    if not report.sources:
        return ""
    columns = COLUMNS | {name: head for name, head in RARE.items() if report.total(name)}
    rows = [["source", *columns.values()]]
    rows += [[s.id, *(str(getattr(s, name)) for name in columns)] for s in report.sources]
    if len(report.sources) > 1:
        rows.append(["all", *(str(report.total(name)) for name in columns)])
    return align(rows)


def align(rows: Sequence[Sequence[str]]) -> str:
    """Columns by their widest cell: the first to the left, the others, being numbers, to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    )
