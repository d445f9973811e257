"""What a run did, in plain text: counts for each source, and what a person should mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from flows.gather import Gathered
from flows.load import Loaded
from flows.problems import Problem
from flows.sources import Source
from models.ledger import State
from models.records import SourceCounts

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

RARE = {"retracted": "retracted", "copies": "copies", "left": "left out"}
"""Columns that are shown when there is something in them."""

NOTED = 20


@dataclass
class SourceReport:
    """A source's part of a run. Counts are of articles, but for `added` and `withdrawn`, which are of claims."""

    id: str
    listed: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retracted: int = 0
    """Articles that the site no longer has."""
    copies: int = 0
    """New or changed articles that repeat another one."""
    left: int = 0
    """New articles that `--since` and `--max` left for another night."""
    failed: int = 0
    added: int = 0
    withdrawn: int = 0
    findings: int = 0
    dated: int = 0
    """Articles read with a date of publication."""
    read: int = 0
    unread: int = 0
    """Articles that came and could not be read or stored."""
    kept: int = 0
    """Articles that came tonight and not before."""
    again: int = 0
    """Articles that were asked again though no list names them; they count as any other but in `listed`."""
    error: str | None = None
    """Why the source as a whole failed; the run then says so."""
    mend: list[str] = field(default_factory=list)

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
            self.retracted += one.counts.state == "retracted"
            self.new += one.counts.state == "new"
            self.changed += one.counts.state == "changed"
            self.unchanged += one.counts.state in ("unchanged", "older")
            self.copies += one.copy
            self.added += one.counts.added + one.counts.changed
            self.withdrawn += one.counts.withdrawn + one.counts.changed
            self.findings += one.findings

    def counts(self) -> SourceCounts:
        """The row of the run ledger."""
        names = [f.name for f in fields(SourceCounts) if f.name != "source"]
        return SourceCounts(source=self.id, **{name: getattr(self, name) for name in names})


@dataclass
class Report:
    """A whole run."""

    run_id: int
    kind: str
    sources: list[SourceReport] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What belongs to no source that could be read: a broken YAML."""

    @property
    def ok(self) -> bool:
        return not self.problems and not any(s.error for s in self.sources)

    @property
    def state(self) -> State:
        """The word of the run ledger."""
        return "done" if self.ok else "problems"

    @property
    def mend(self) -> list[str]:
        """What a person should look at, each with who, what, and where."""
        return [*self.problems, *(line for source in self.sources for line in source.mend)]

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
        return line + (f"; failed: {', '.join(failed)}" if failed else "")


def gathered(source: Source, found: Gathered | Exception) -> SourceReport:
    """A source's report as far as the network goes."""
    line = SourceReport(source.id)
    if isinstance(found, Exception):
        line.fail(found)
        return line
    line.listed, line.fetched, line.failed, line.kept = found.listed, found.fetched, found.failed, found.kept
    line.again, line.left = found.again, found.left
    line.unchanged = found.listed + found.again - found.failed - found.kept - found.untried - found.left
    least, most = source.expect.articles
    if found.listed < least or found.listed - found.left > most:
        line.mend.append(
            f"{source.id}: {found.listed} articles listed, expected {least} to {most} ({source.file}, expect.articles)"
        )
    line.error = found.error or (line.mend[0] if found.listed < least else None)
    line.mend += [f"{source.id}: {problem}" for problem in found.problems]
    return line


def settle(line: SourceReport) -> None:
    """Once a source is read: an article that came another night and was read in this one is no longer unchanged."""
    line.unchanged -= min(line.unchanged, max(0, line.read + line.unread + line.retracted - line.kept))
    check_read(line)


def check_read(line: SourceReport) -> None:
    """A source of which nothing could be read has failed."""
    asked = line.listed + line.again - line.left
    if line.failed and line.failed == asked and not line.error:
        line.fail(Problem(f"none of {asked} articles could be read"))


def check_dates(source: Source, line: SourceReport) -> None:
    """Say when fewer articles have a date than the source's YAML expects."""
    if line.read and line.dated / line.read < source.expect.dated:
        line.mend.append(
            f"{source.id}: {line.dated} of {line.read} articles read have a date, expected a share of "
            f"{source.expect.dated:g} ({source.file}, expect.dated and page.published)"
        )


def render(report: Report) -> str:
    """The report as it is printed and kept."""
    parts = [f"{report.kind} run {report.run_id}: {report.headline()}", table(report)]
    if report.mend:
        parts.append("To mend:\n" + "\n".join(f"  {line}" for line in report.mend))
    if left := report.total("left"):
        parts.append(f"{left} new articles were left out (--since, --max); the next night sees those still listed.")
    asked = report.total("listed") + report.total("again")
    if report.ok and asked == report.total("unchanged") > 0:
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
