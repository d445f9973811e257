r"""A run as Prefect's page shows it: a table with a row a source, and what is to be mended as Markdown.

Titles, addresses and what a server said may hold anything: `<script>` is shown as it stands, and no word is a link.
"""

from __future__ import annotations

import string

from flows.report import COLUMNS, RARE, Report

_LIVE = set(string.punctuation) - set(",;:'\"?%")
"""With what words become a tag, a link, a list or code; addresses become links by their slashes and dots."""
_SHOWN = str.maketrans({sign: f"\\{sign}" for sign in _LIVE} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def rows_of(report: Report) -> list[dict[str, str | int]]:
    """One row a source: our own words and numbers, nothing of a page."""
    columns = COLUMNS | RARE
    counts = [{head: getattr(source, name) for name, head in columns.items()} for source in report.sources]
    return [{"source": s.id, **count, "health": s.health} for s, count in zip(report.sources, counts, strict=True)]


def markdown(report: Report) -> str:
    """The headline and everything to mend, one item a line."""
    lines = "".join(f"- {shown(line)}\n" for line in report.mend)
    return f"{shown(report.headline())}\n" + (f"\n## To mend\n\n{lines}" if lines else "")


def shown(text: str) -> str:
    """Any text as Markdown that shows it letter by letter."""
    return " ".join(text.split()).translate(_SHOWN)
