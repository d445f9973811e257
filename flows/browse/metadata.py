"""What Datasette is told of the database: words.yml, and what data_dictionary says of every view and column.

{"title": …, "databases": {"solieu": {"tables": {"series": {"description": …, "columns": {…}, "facets": […]}}, …}}}
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import yaml
from sqlalchemy import Engine, inspect

from models.database import reading
from models.dictionary import meanings

NAME = "solieu"
"""What the pages call the database, whatever its file is called."""


def metadata(engine: Engine) -> dict[str, Any]:
    """Datasette's metadata; a view that the dictionary has is described, whenever it was made."""
    words = yaml.safe_load((files(__package__) / "words.yml").read_text(encoding="utf-8"))
    views = {name: _view(columns, words) for name, columns in meanings(engine).items()}
    with reading(engine) as conn:
        tables, inner = inspect(conn).get_table_names(), set(inspect(conn).get_view_names()) - set(views)
    hidden: dict[str, Any] = {name: {"hidden": True} for name in tables} | {name: {"allow": False} for name in inner}
    queries = {name: _query(name, query) for name, query in words["queries"].items()}
    said = {name: words[name] for name in ("title", "source", "license")}
    about, there = f"<p>{escape(words['description'])}</p>", _list("Views: a row is", views)
    home = about + _list("Questions", queries) + there
    database = {
        "title": words["title"],
        "description_html": about + there,  # the questions are listed below it by Datasette itself
        "tables": hidden | words["tables"] | views,
        "queries": queries,
    }
    return {**said, "description_html": home, "extra_css_urls": ["/words/pages.css"], "databases": {NAME: database}}


def _view(columns: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, Any]:
    """Its words, the columns whose values are counted, and the order of its rows."""
    facets = [name for name in words["facets"] if name in columns][: words["facets_a_view"]]
    newest = next((name for name in words["newest"] if name in columns), None)
    said: dict[str, Any] = {"description": columns[""], "columns": {name: columns[name] for name in columns if name}}
    return said | {"facets": facets} | ({"sort_desc": newest} if newest else {})


def _query(name: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """A question with its words, and a link that asks it with an example."""
    example = escape(f"/{NAME}/{name}?{urlencode(query['example'])}")
    html = f'<p>{escape(query["description"])}</p><p><a href="{example}">For example</a></p>'
    said = {key: query[key] for key in ("sql", "title", "description")}
    return {**said, "description_html": html, "hide_sql": True}


def _list(title: str, pages: Mapping[str, Any]) -> str:
    """Links to pages with their words, which Datasette's own lists do not have."""
    links = (
        f'<li><a href="/{NAME}/{name}">{escape(page.get("title", name))}</a>: {escape(page["description"])}</li>'
        for name, page in pages.items()
    )
    return f'<h3>{escape(title)}</h3><ul class="bullets">{"".join(links)}</ul>'
