"""Draw series: panels of indicators, a line a series, a shape a status, hollow what is derived, breaks dashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from json import JSONEncoder
from typing import Any

from flows.commands.show import BILLION, BOUNDS, value_words
from flows.labels import Labels
from flows.lines import Line, lines, parts_of
from flows.problems import BadWord
from models.extras import bring
from models.periods import read_period
from models.points import SeriesRow

Found = dict[Line, list[SeriesRow]]
MOST_LINES = 24
"""More cannot be told apart."""
SHAPES = {"actual": "circle", "estimate": "square", "target": "triangle-up"}
WIDTH, HEIGHT = 720, 260
POINTED_AT = {"line": "series", "period": "time_period", "told": "value", "status": "status", "title": "title"}
"""What a page shows of the point under the pointer, and what that is called."""


class _Harmless(JSONEncoder):
    """JSON inside a page: no text of an article can end the script."""

    def encode(self, o: Any) -> str:
        return super().encode(o).replace("<", "\\u003c")


def plot(rows: Sequence[SeriesRow], labels: Labels, form: str) -> bytes:
    """The bytes of an svg, a png, or an html that asks nothing of the network."""
    altair = bring("altair")
    bring("vl_convert")
    found = lines(rows)
    if not found:
        raise BadWord("there is nothing to draw: no point of these is a number")
    if len(found) > MOST_LINES:
        raise BadWord(f"{len(found)} series do not fit a plot of {MOST_LINES}; ask for fewer places or indicators")
    axes = sorted(dict.fromkeys(map(_axis, found)), key=lambda axis: (axis[0], axis[1] != "level"))
    panels = [_panel(altair, {k: v for k, v in found.items() if _axis(k) == axis}, labels) for axis in axes]
    chart = altair.vconcat(*panels).resolve_scale(color="independent", shape="shared", x="shared")
    return _saved(chart.configure_legend(labelLimit=0).configure_title(anchor="start"), form)


def _axis(line: Line) -> tuple[str, str, str]:
    """Lines that have these in common share a panel."""
    return line.indicator, line.measure, line.unit


def _saved(chart: Any, form: str) -> bytes:
    if form == "png":
        picture = BytesIO()
        chart.save(picture, format="png", scale_factor=2)
        return picture.getvalue()
    text = StringIO()
    how = {"inline": True, "json_kwds": {"cls": _Harmless}} if form == "html" else {}
    chart.save(text, format=form, **how)
    return text.getvalue().encode()


def _panel(altair: Any, found: Found, labels: Labels) -> Any:
    line, (row, *_) = next(iter(found.items()))
    unit = _shown_unit(line.unit, found)
    data = [_datum(line, row, labels, unit) for line, rows in found.items() for row in rows]
    values = {one["value"] for one in data}
    base = altair.Chart(altair.Data(values=data)).encode(
        x=altair.X(
            "day:T",
            title=labels.word("head", "time_period"),
            axis=altair.Axis(format="%Y", tickCount="year", labelAlign="left"),
            scale=altair.Scale(padding=15),
        ),
        y=altair.Y(
            "value:Q",
            title=f"{labels.word('measure', line.measure)} ({labels.word('unit', unit)})",
            axis=altair.Axis(values=sorted(values)) if unit == "rank" else altair.Axis(),
            scale=altair.Scale(zero=len(values) == 1 and unit != "rank", reverse=unit == "rank", padding=10),
        ),
        color=altair.Color("line:N", title=labels.word("head", "series")),
    )
    seen = base.mark_line().transform_filter(altair.datum.seen)
    drawn = altair.layer(seen, *point_layers(altair, base, labels), *_breaks(altair, found, labels))
    return drawn.properties(width=WIDTH, height=HEIGHT, title=labels.indicator(row))


def point_layers(altair: Any, base: Any, labels: Labels) -> list[Any]:
    """Full where an article says it, hollow where it follows arithmetically; a bound has its sign beside it."""
    scale = altair.Scale(domain=[labels.word("status", one) for one in SHAPES], range=list(SHAPES.values()))
    tips = [altair.Tooltip(f"{name}:N", title=labels.word("head", head)) for name, head in POINTED_AT.items()]
    shape = altair.Shape("status:N", title=labels.word("head", "status"), scale=scale)
    shaped = base.encode(shape=shape, tooltip=tips)
    hollow = shaped.mark_point(filled=False, size=90, strokeWidth=2, opacity=1)
    return [
        shaped.mark_point(filled=True, size=90, opacity=1).transform_filter(~altair.datum.derived),
        hollow.transform_filter(altair.datum.derived),
        base.mark_text(dx=11, fontSize=13, align="left").encode(text="bound:N"),
    ]


def _shown_unit(unit: str, found: Found) -> str:
    """Money that runs into billions is shown in billions."""
    most = max(abs(row.value) for rows in found.values() for row in rows if row.value is not None)
    return "bn VND" if unit == "VND" and most >= BILLION else unit


def _datum(line: Line, row: SeriesRow, labels: Labels, unit: str) -> dict[str, Any]:
    assert isinstance(row.value, Decimal)
    return {
        "line": _name(line, row, labels),
        "day": middle(row.period).isoformat(),
        "value": float(row.value / BILLION if unit == "bn VND" else row.value),
        "status": labels.word("status", row.status),
        "seen": row.status != "target",
        "derived": row.derived,
        "bound": BOUNDS[row.bound],
        "period": row.time_period,
        "told": value_words(row.value, row.unit, row.bound, labels),
        "title": row.title or "",
    }


def _name(line: Line, row: SeriesRow, labels: Labels) -> str:
    """`Thành phố Nha Trang (568), cấp huyện`."""
    return ", ".join([f"{row.locality_name} ({line.locality})", *told_apart(line, row, labels)])


def told_apart(line: Line, row: SeriesRow, labels: Labels) -> list[str]:
    """What tells a line from the others of its place and indicator: `cấp huyện`, `so với cùng kỳ năm trước`."""
    marks = [labels.word("scope", line.scope)] if line.scope != "all" else []
    base = [labels.word("against", line.against)] if line.against else []
    freq = [labels.word("freq", line.freq)] if line.freq != "A" else []
    return [*parts_of(row), *marks, *base, *freq]


def middle(period: str) -> date:
    """A year's figure stands in the middle of its year, so that it is on its side of a break."""
    start, end = read_period(period)
    return start + (end - start) / 2


def break_days(rows: Sequence[SeriesRow], labels: Labels) -> list[dict[str, str]]:
    """The days on which a unit began or ended; a beginning before the first point is none."""
    first = min(middle(row.period) for row in rows)
    ends = {row.locality_valid_to + timedelta(days=1) for row in rows if row.locality_valid_to}
    starts = {row.locality_valid_from for row in rows if row.locality_valid_from}
    name = labels.word("head", "series_break")
    return [{"day": day.isoformat(), "name": f"{name} {day:%d/%m/%Y}"} for day in sorted(ends | starts) if day > first]


def _breaks(altair: Any, found: Found, labels: Labels) -> list[Any]:
    """A dashed line on each of those days."""
    data = break_days([row for points in found.values() for row in points], labels)
    return break_layers(altair, altair.Data(values=data)) if data else []


def break_layers(altair: Any, data: Any, colour: Any = "gray") -> list[Any]:
    base = altair.Chart(data).encode(x="day:T")
    text = base.mark_text(angle=270, align="right", dy=-6, fontSize=10, color=colour)
    return [
        base.mark_rule(strokeDash=[4, 4], color=colour),
        text.encode(y=altair.value(4), text="name:N"),
    ]
