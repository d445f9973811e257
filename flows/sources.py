"""A source is one YAML file: who publishes, where the lists are, what an article looks like, what a normal day brings.

    name: Báo Khánh Hòa
    url: https://baokhanhhoa.vn
    locality: "56"
    list: {rss: [https://baokhanhhoa.vn/rss/chinh-tri.rss], pages: [https://baokhanhhoa.vn/chinh-tri/]}
    article: '/\\d{6}/[^/]+/$'
    page: {title: h1, body: "div.content-detail", published: "span.date"}
    expect: {articles: [3, 200], dated: 0.95}

The file's name is the source's id; `Source` says what every field means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from flows.entries import ADHOC, SOURCE_ID
from flows.problems import SourceProblem, UnknownSource
from flows.source_parts import Expect, Layout, Lists, Manners, Part, Pattern, Web
from flows.web.addresses import canonical, domain
from flows.web.trust import tls_context


def _code(code: object) -> object:
    if isinstance(code, int):
        raise ValueError('a code is text: write it in quotes, as in "56"')
    return code


def _layouts(page: object) -> object:
    return page if isinstance(page, list) else [page]


class Source(Part):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    file: str
    """Where it is mended."""
    original: bytes = Field(b"", repr=False)
    """The YAML as it stands in the file."""
    name: str
    url: Web
    locality: Annotated[str | None, BeforeValidator(_code)] = None
    enabled: bool = True
    lists: Lists = Field(alias="list")
    article: Pattern = ""
    """Searched in an article's path and query."""
    skip: Pattern | None = None
    """What of these is left out all the same, such as '/(the-thao|giai-tri)/'."""
    page: Annotated[tuple[Layout, ...], BeforeValidator(_layouts)] = (Layout(),)
    encoding: str | None = None
    polite: Manners = Manners()
    expect: Expect = Expect()
    served_at: Web | None = None
    """Where the site answers when that is not `url` (a mirror, the demo); only this place may be a private address."""

    def layout(self, day: date) -> Layout:
        """The layout that was in use on a day."""
        dated = sorted((p for p in self.page if p.until and day <= p.until), key=lambda p: p.until or day)
        return next(iter([*dated, *(p for p in self.page if p.until is None)]), self.page[-1])

    def is_article(self, url: str) -> bool:
        """Whether a canonical address is an article of this source: its own domain, its pattern, and not to skip."""
        return self._fits(url) and not self.is_skipped(url)

    def is_skipped(self, url: str) -> bool:
        """Whether an address would be an article but for `skip`."""
        return bool(self.skip and re.search(self.skip, _path(url)) and self._fits(url))

    def _fits(self, url: str) -> bool:
        if domain(url) != domain(self.url) or url in self.list_urls:
            return False
        return bool(re.search(self.article, _path(url)))

    @property
    def ca(self) -> Path | None:
        return Path(self.file).parent / self.polite.ca if self.polite.ca else None

    @property
    def warnings(self) -> list[str]:
        """What a person should know every night."""
        unproven = f"{domain(self.url)}: no certificate is checked ({self.file}, polite.tls: unverified)"
        return [unproven] if self.polite.tls == "unverified" else []

    @cached_property
    def list_urls(self) -> frozenset[str]:
        return frozenset(canonical(u) for u in (self.url, *self.lists.rss, *self.lists.sitemaps, *self.lists.pages))


def _path(url: str) -> str:
    """Path and query."""
    return "/" + url.split("://", 1)[1].partition("/")[2]


def load_sources(folder: Path, only: Sequence[str] = ()) -> tuple[list[Source], list[SourceProblem]]:
    """Every source of a folder in order of id, and one problem for each file that cannot be read.

    Raises SourceProblem when the folder, or a source named in `only`, is not there.
    """
    if not folder.is_dir():
        raise SourceProblem(f"{folder}: no such folder of sources (SOLIEU_SOURCES_DIR)")
    files = sorted(folder.glob("*.yml"))
    if unknown := sorted(set(only) - {f.stem for f in files}):
        there = ", ".join(file.stem for file in files)
        raise UnknownSource(f"no source {', '.join(unknown)} in {folder}; there are: {there}")
    sources, problems = [], []
    for file in files:
        if only and file.stem not in only:
            continue
        try:
            _check_id(file)
            sources.append(_visitable(read_source(file)))
        except SourceProblem as problem:
            problems.append(problem)
    return sources, problems


def _check_id(file: Path) -> None:
    """The id becomes a folder of the archive. Raises SourceProblem."""
    if not SOURCE_ID.fullmatch(file.stem) or file.stem == ADHOC:
        raise SourceProblem(f"{file}: its name is the source's id: a-z, 0-9, - and _, and not {ADHOC}")


def _visitable(source: Source) -> Source:
    """The source, once its certificates can be read; its pages can be read without. Raises SourceProblem."""
    try:
        tls_context(source.polite.tls, source.ca)
    except OSError as error:
        raise SourceProblem(f"{source.file}: polite.ca: {source.ca} has no certificates ({error.strerror})") from None
    return source


def read_source(file: Path, source_id: str | None = None) -> Source:
    """One source. Raises SourceProblem naming the file and each field to mend."""
    try:
        original = file.read_bytes()
    except OSError as error:
        raise SourceProblem(f"{file}: cannot be read ({error.strerror})") from None
    return parse_source(original, source_id or file.stem, str(file)).model_copy(update={"file": _shown(file)})


def parse_source(original: bytes, source_id: str, file: str) -> Source:
    """The source that a file's bytes describe. Raises SourceProblem naming the file and each field to mend."""
    try:
        data: Any = yaml.safe_load(original)
    except (yaml.YAMLError, UnicodeError) as error:
        raise SourceProblem(f"{file}: not YAML: {yaml_fault(error)}") from None
    if not isinstance(data, dict):
        raise SourceProblem(f"{file}: a source is a mapping with name, url and list")
    try:
        made = {"id": source_id, "file": file, "original": original}
        return Source.model_validate({**data, **made})
    except ValidationError as error:
        raise SourceProblem(f"{file}: {'; '.join(complaints(error))}") from None


def yaml_fault(error: Exception) -> str:
    """`line 2: expected the node content, but found '<stream end>'`."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())


def complaints(error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        where = ".".join(str(part) for part in problem["loc"])
        what = "no such field" if problem["type"] == "extra_forbidden" else problem["msg"].removeprefix("Value error, ")
        yield f"{where}: {what[0].lower()}{what[1:]}"


def _shown(file: Path) -> str:
    """The path as a person would type it: from the working folder when it is inside."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)
