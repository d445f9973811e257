"""`solieu sources add URL`: survey the site, then write the draft of its source and one page to read beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.drafting.draft import draft, source_id, write_new
from flows.drafting.saved_pages import folder_of, keep_page
from flows.drafting.survey import survey
from flows.problems import BadWord
from flows.reading import Reader, default_reader
from flows.settings import Settings
from flows.source_parts import Lists, Manners
from flows.sources import Source, read_source
from flows.web.visit import Pauses, Visit, new_session


@dataclass(frozen=True)
class Added:
    """What was written, what was found for each part, and what a person has to look at."""

    id: str
    file: Path
    page: Path
    told: Sequence[tuple[str, str]]
    mend: Sequence[str]


def add_source(
    settings: Settings,
    url: str,
    *,
    id: str | None = None,
    locality: str | None = None,
    served_at: str | None = None,
    reader: Reader | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Added:
    """Draft a source. Raises BadWord for what is wrong in the command, FetchProblem and SurveyProblem for the site."""
    name = _checked(url, id, locality)
    file = settings.sources_dir / f"{name}.yml"
    if file.exists():
        raise BadWord(f"{file}: is there already and is not overwritten; --id gives the draft another name")
    manners = Manners(attempts=2) if served_at is None else Manners(attempts=1, gap=0)
    trial = Source(id=name, file=str(file), name=name, url=url, list=Lists(), polite=manners, served_at=served_at)
    with new_session(settings.agent) as session:
        found = survey(Visit(trial, session, Pauses(), now), url)
    made = draft(found, now().date(), locality=locality, served_at=served_at)
    write_new(file, made.text)
    source = read_source(file)
    page = keep_page(folder_of(settings.sources_dir, name), found.samples[0].page, source, reader or default_reader())
    return Added(name, file, page, made.told, made.mend)


def _checked(url: str, id: str | None, locality: str | None) -> str:
    """The id. Raises BadWord for an address, an id or a code that is none."""
    from extractors.places.gazetteer import locality as unit

    if not re.match(r"https?://[^/\s.]+\.[^/\s]+$|https?://[^/\s.]+\.[^/\s]+/\S*$", url):
        raise BadWord(f"{url}: not a web address: it begins with https:// or http://, as in https://baokhanhhoa.vn")
    if locality is not None and unit(locality) is None:
        raise BadWord(f"{locality}: no locality has this code: solieu localities NAME")
    if id is not None and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", id):
        raise BadWord(f"{id}: an id is made of a-z, 0-9, - and _")
    return id or source_id(url)
