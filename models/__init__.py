"""Facts are kept and asked for: SQLAlchemy tables, loading that never overwrites a claim, and series as SQL views.

engine = open_database(url, create=True)
with writing(engine) as conn:
    load_catalogue(conn, localities, indicators, links, names)
with writing(engine) as conn:
    load_article(conn, record, claims, uncatalogued, findings, run_id=run, now=record.fetched_at)
with writing(engine) as conn:
    link_copies(conn)                                                        # after a batch: what repeats what
points = series(engine, locality="Nha Trang", indicator="dossier.late_rate")  # rows; series(URL, …) is a DataFrame
sums = territory_series(engine, territory="56@2025", indicator="econ.grdp")  # before 2025-07-01: two provinces' sum
events = locality_history(engine, "Ninh Thuận")                              # succeeded by Tỉnh Khánh Hòa (56@2025)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.api import *  # noqa: F403
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        """A name of models/api.py, which loads SQLAlchemy: who asks for something else does not wait for that."""
        if name in ("__all__", *__dir__()):
            return getattr(import_module("models.api"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return import_module("models.api").__all__
