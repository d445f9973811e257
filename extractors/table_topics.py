"""The indicator of a column whose head names none: "Điểm tháng 1", "Tỷ lệ (%)", "So với cùng kỳ (%)", "Hạng"."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.frame import Frame
from extractors.indicators import Indicator, catalogue
from extractors.meanings import TELLING_WEIGHT
from extractors.table_columns import Column
from extractors.table_names import Named, is_index, topic_of
from extractors.table_words import says


def named_for(number: int, columns: Mapping[int, Column], above: str, frame: Frame) -> Named | None:
    """The indicator of a column: its own, that of a column beside it, or what the table is about."""
    column = columns[number]
    if column.named is not None or not column.bare:
        return column.named
    levels = {n: c.named for n, c in columns.items() if c.kind == "level" and c.named is not None}
    scores = [c for c in columns.values() if c.bare and c.kind == "level" and says("score").search(c.words)]
    other = bool(levels) and (not scores or any(is_index(named.indicator) for named in levels.values()))
    if column.kind in ("rank", "rating"):
        return _only_index(levels) if other else _about(column, above, frame)
    left = max((n for n in levels if n < number), default=None)
    if column.kind in ("growth", "share") and left is not None:
        return levels[left]
    if column.kind == "level" and left is not None and left == number - 1 and says("rate").search(column.words):
        return _rate_of(levels[left])
    about = None if other or (levels and column not in scores) else _about(column, above, frame)
    return None if about and _is_outdone(column, about, columns) else about


def without_rivals(named: Mapping[int, Named | None], columns: Mapping[int, Column]) -> dict[int, Named | None]:
    """The indicators of columns, but of those that only other words tell apart ("Trước hạn | Đúng hạn") the total's."""
    alike: dict[object, list[int]] = {}
    for n, column in columns.items():
        if (of := named[n]) is not None and column.kind == "level":
            when = (column.time.rule, column.time.period) if column.time else None
            alike.setdefault((of.indicator.code, of.breakdown, of.moves, when, column.said), []).append(n)
    left = dict(named)
    for rivals in alike.values():
        if len({columns[n].words for n in rivals}) > 1:
            totals = [n for n in rivals if says("total").search(columns[n].words)]
            left |= {n: None for n in rivals if totals != [n]}
    return left


def _only_index(levels: Mapping[int, Named]) -> Named | None:
    indices = {named.indicator.code: named for named in levels.values() if is_index(named.indicator)}
    return next(iter(indices.values())) if len(indices) == 1 else None


def _rate_of(count: Named) -> Named | None:
    """ "Trễ hạn | Tỷ lệ (%)": the share of the count right before it."""
    rates = [i for i in catalogue().indicators.values() if i.rate_of == count.indicator.code and not i.of_plan]
    return Named(rates[0], count.breakdown) if len(rates) == 1 else None


def _about(column: Column, above: str, frame: Frame) -> Named | None:
    """What the words above the table speak of, else the article: its index for scores, else what was said last."""
    topic = topic_of(above)
    if topic is None and not _speaks_of_more(above):
        topic = _remembered(column, above, frame)
    return Named(topic) if topic is not None and _suits(topic, column) else None


def _speaks_of_more(above: str) -> bool:
    """The words above name indicators, but not one."""
    return any(label.codes[0] for label in catalogue().find(above) if label.weight >= TELLING_WEIGHT)


def _remembered(column: Column, above: str, frame: Frame) -> Indicator | None:
    scores = says("score").search(column.words) is not None
    codes = (frame.indices.get("points" if scores else "percent") or frame.topic) if not column.unit else frame.topic
    if not codes and above.rstrip().endswith(":"):
        codes = frame.codes
    wanted = [catalogue()[code] for code in codes if code]
    rate = says("rate").search(column.words) is not None
    return next((i for i in wanted if is_index(i) or (i.unit == "percent") == rate), None)


def _is_outdone(column: Column, about: Named, columns: Mapping[int, Column]) -> bool:
    """ "Tổng điểm | Chỉ số (%)": the points behind an index in percent, not the index."""
    scores = about.indicator.unit == "percent" and says("score").search(column.words) is not None
    return scores and any(c.bare and c.kind == "level" and says("rate").search(c.words) for c in columns.values())


def _suits(topic: Indicator, column: Column) -> bool:
    """Scores, ranks and grades are an index's."""
    return is_index(topic) or not (column.kind in ("rank", "rating") or says("score").search(column.words))
