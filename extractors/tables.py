"""Tables: what stands where a row and a column meet is the figure of both.

"Đơn vị | Tiếp nhận (hồ sơ) | Trễ hạn" over "Phường A | 2.318 | 6": the head names the indicators, the rows are places
or months. "Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | So với cùng kỳ (%)": the rows name the indicators, the head says
which of plan, result and growth it is. What neither says comes from the words above; what is unclear is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from extractors.facts import Block, Observation, Uncatalogued
from extractors.frame import Frame
from extractors.places.article import ArticlePlaces
from extractors.sentences import Document
from extractors.table_columns import read_columns
from extractors.table_layout import read_layout
from extractors.table_values import Table


def read_table(
    document: Document, cells: Sequence[Block], places: ArticlePlaces, frame: Frame, published: date | None, above: str
) -> Iterator[Observation | Uncatalogued]:
    """The observations of one table, and figures of places that are not known; `above` are the words before it."""
    layout = read_layout(document, cells, above)
    if layout is None:
        return
    heads = {n: words for n, words in layout.heads.items() if n not in (layout.name, layout.unit)}
    columns = read_columns(heads, published, layout.above)
    yield from Table(layout, columns, places, frame, published).read()
