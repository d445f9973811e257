"""What Prefect's page shows of a run: counts as a table, and words of strangers as nothing but words."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt

from flows.artifact import markdown, rows_of
from flows.report import Report, SourceReport

HOSTILE = [
    "<script>alert(1)</script> & <img src=x onerror=alert(1)>",
    "```\n# Big\n```\n| a | b |\n|---|---|\n| 1 | 2 |",
    "[click](javascript:alert(1)) ![p](http://x.example/p.png) <http://x.example> http://x.example/?a=1&copy=2",
    "`code` *b* _i_ ~~s~~ **B** &lt;b&gt; \\<b> \\` 1. x - y $x$ {{ 7*7 }}",
]


def shown_by(source: str) -> str:
    """The words of the page that a reader sees, once every tag of it is one that we wrote."""
    page = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(source)
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "h2", "ul", "li"}
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_what_a_page_says_is_shown_and_never_alive() -> None:
    report = Report(7, "nightly", [SourceReport("bao", failed=4, error="down", mend=[f"bao: {h}" for h in HOSTILE])])
    told = [" ".join(line.split()) for line in report.mend]
    source = markdown(report)
    assert [line for line in shown_by(source).splitlines() if line] == [report.headline(), "To mend", *told]
    assert re.findall(r"(?<!\\)[`*_|\[<]|://|www\.", source) == []


def test_a_run_is_a_table_with_a_row_a_source() -> None:
    silent = SourceReport("bao", listed=9, unchanged=9, health="silent 9 d", unwell=True)
    came = {"listed": 2, "fetched": 2, "new": 2, "figures added": 12}
    report = Report(7, "nightly", [silent, SourceReport("moi", listed=2, fetched=2, new=2, added=12, health="ok")])
    none = dict.fromkeys(("listed", "fetched", "new", "changed", "unchanged", "failed"), 0)
    rare = dict.fromkeys(("retracted", "copies", "skipped", "left out", "waiting"), 0)
    said = {"figures added": 0, "withdrawn": 0, "findings": 0}
    assert [list(row.items()) for row in rows_of(report)] == [
        list(({"source": "bao"} | none | said | rare | {"listed": 9, "unchanged": 9, "health": "silent 9 d"}).items()),
        list(({"source": "moi"} | none | said | rare | came | {"health": "ok"}).items()),
    ]
    assert rows_of(Report(8, "nightly")) == []
    assert markdown(Report(8, "nightly")).count("To mend") == 0
