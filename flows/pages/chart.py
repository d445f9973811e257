"""The chart of a series page, drawn by the page itself from its points: `charts.js`, and what each page gives it.

Vega-Lite's description of the chart is made once, with altair; a page has nothing but its points.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from subprocess import PIPE, Popen
from typing import Any

from flows.commands.show import BILLION, BOUNDS, value_words
from flows.labels import Labels
from flows.lines import line_of
from flows.pages.frame import STATIC, Words
from flows.plot import break_days, break_layers, middle, point_layers, told_apart
from flows.problems import Problem
from models.extras import bring
from models.points import SeriesRow

HEIGHT = 280
FEWEST = 2


def vega_at() -> str:
    """The file of the library that draws; its name says the version, so that it is made once: that takes seconds."""
    return f"vega-{bring('vl_convert').__version__}.js"


def vega_js() -> Callable[[], bytes]:
    """Begin to make Vega with Vega-Lite and vega-embed, as one script that fetches nothing; who calls what comes back
    waits for it. That takes seconds, in which another core is idle. Raises Problem."""
    bundle = "import sys, vl_convert; sys.stdout.write(vl_convert.javascript_bundle())"
    making = Popen([sys.executable, "-X", "utf8", "-c", bundle], stdout=PIPE, stderr=PIPE)

    def made() -> bytes:
        script, fault = making.communicate()
        if making.returncode:
            last = fault.decode(errors="replace").strip().rpartition("\n")[2]
            raise Problem(f"the library that draws the charts could not be made ({last or making.returncode})")
        return script

    return made


def charts_js(words: Words) -> str:
    """The descriptions of the charts in the site's language, and what draws them."""
    charts = {kind: _chart(words.labels, rank=kind == "rank") for kind in ("number", "rank")}
    told = json.dumps(charts, ensure_ascii=False, sort_keys=True)
    return f"window.solieuCharts = {told};\n" + (STATIC / "chart.js").read_text("utf-8")


def chart_data(rows: Sequence[SeriesRow], at: Mapping[SeriesRow, str], words: Words) -> dict[str, Any] | None:
    """What a chart is drawn of: points, and the breaks of the series; None when fewer than two rows are numbers.

    `at`: where the words of each point are.
    """
    drawn = [row for row in rows if row.value is not None]
    if len(drawn) < FEWEST:
        return None
    money = drawn[0].unit == "VND" and max(abs(row.value) for row in drawn if row.value is not None) >= BILLION
    points = [_datum(row, at.get(row, ""), words, BILLION if money else 1) for row in drawn]
    kind = "rank" if drawn[0].measure == "rank" else "number"
    unit = "bn VND" if money else drawn[0].unit
    return {"kind": kind, "unit": unit, "points": points, "breaks": break_days(drawn, words.labels)}


def _datum(row: SeriesRow, at: str, words: Words, unit: int) -> dict[str, Any]:
    assert row.value is not None
    labels = words.labels
    status = labels.word("status", row.status)
    return {
        "line": ", ".join(told_apart(line_of(row), row, labels)) or labels.word("scope", row.scope),
        "day": middle(row.period).isoformat(),
        "value": float(row.value / unit),
        "status": status,
        "seen": row.status != "target",
        "derived": row.derived,
        "bound": BOUNDS[row.bound],
        "period": row.time_period,
        "told": value_words(row.value, row.unit, row.bound, labels, words.decimal),
        "title": row.title or "",
        "at": at,
    }


def _chart(labels: Labels, *, rank: bool) -> dict[str, Any]:
    altair = bring("altair")
    base = altair.Chart(altair.NamedData("points")).encode(
        x=altair.X(
            "day:T", title=None, axis=altair.Axis(format="%Y", tickCount="year"), scale=altair.Scale(padding=20)
        ),
        y=altair.Y(
            "value:Q",
            title=None,
            axis=altair.Axis(tickMinStep=1) if rank else altair.Axis(),
            scale=altair.Scale(zero=False, reverse=rank, padding=20),
        ),
        color=altair.Color("line:N", title=labels.word("head", "series")),
    )
    line = base.mark_line().transform_filter(altair.datum.seen)
    breaks = break_layers(altair, altair.NamedData("breaks"), {"expr": "soft"})  # chart.js knows the page's colours
    layers = [line, *_points(altair, base, labels), *breaks]
    made = altair.layer(*layers).properties(width="container", height=HEIGHT)
    described: dict[str, Any] = made.to_dict()
    return {name: part for name, part in described.items() if name not in ("$schema", "config")}


def _points(altair: Any, base: Any, labels: Labels) -> Iterable[Any]:
    """Points that lead to their words."""
    return point_layers(altair, base.encode(href="at:N"), labels)
