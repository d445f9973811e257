"""Replicas as web sites: a folder of pages a site, its list, and the YAML that reads it; served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from flows.samples import serve_folder
from tests.replicas import Replica, families, many


@dataclass(frozen=True)
class ReplicaSite:
    """A site of a family; its pages lie in `folder` as they are served."""

    id: str
    folder: Path
    pages: tuple[Replica, ...]

    @property
    def url(self) -> str:
        return f"http://{self.id}.example"

    def source(self, served_at: str) -> str:
        """The source's YAML."""
        return yaml.safe_dump(
            {
                "name": f"Báo {self.id}",
                "url": self.url,
                "served_at": served_at,
                "locality": "56",
                "list": {"pages": [f"{self.url}/tin/"]},
                "article": r"^/bai-\d+\.html$",
                "page": dict(self.pages[0].selectors),
                "polite": {"gap": 0},
                "expect": {"articles": [len(self.pages), len(self.pages)], "dated": 1},
            },
            allow_unicode=True,
        )


@contextmanager
def serve_replicas(root: Path, sources: Path, count: int, articles: int) -> Iterator[list[ReplicaSite]]:
    """So many sites, of the families in turn, with so many articles each; their YAML is in `sources`."""
    sources.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        sites = [_write(root, number, articles) for number in range(count)]
        for site in sites:
            address = stack.enter_context(serve_folder(site.folder))
            (sources / f"{site.id}.yml").write_text(site.source(address), encoding="utf-8")
        yield sites


def _write(root: Path, number: int, articles: int) -> ReplicaSite:
    family = list(families())[number % len(families())]
    name = f"bao{number:02}"
    site = ReplicaSite(name, root / name, tuple(many(family, articles, name)))
    (site.folder / "tin").mkdir(parents=True)
    for index, page in enumerate(site.pages):
        (site.folder / f"bai-{index}.html").write_bytes(page.page)
    links = "".join(f'<a href="/bai-{index}.html">{page.title}</a>' for index, page in enumerate(site.pages))
    (site.folder / "tin" / "index.html").write_text(f"<html><body>{links}</body></html>", encoding="utf-8")
    return site
