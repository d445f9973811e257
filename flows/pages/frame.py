"""What every page has: words in Vietnamese or English, a style, a script, and a policy that lets in nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.labels import Labels

HERE = Path(__file__).parent
STATIC = HERE / "static"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What HTML does not allow, and what a terminal would obey."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, in a language: its own words (words.yml), and what codes are called (labels.yml)."""

    language: str

    def __call__(self, name: str) -> str:
        """A heading or a sentence of the page itself."""
        return str(own_words()["text"][name][self.language])

    def word(self, kind: str, code: str) -> str:
        """What a code is called; the code where it has no name."""
        own = own_words()
        if kind in own:
            return str(own[kind].get(code, {}).get(self.language, code))
        return self.labels.word(kind, code)

    @property
    def labels(self) -> Labels:
        return Labels(self.language)

    @property
    def decimal(self) -> str:
        return "," if self.language == "vi" else "."


@cache
def own_words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.load((HERE / "words.yml").read_bytes(), yaml.CSafeLoader)
    return words


def render(template: str, words: Words, *, root: str | None = None, **facts: Any) -> str:
    """A page, whole in one file, or of the site whose folder is at `root`. Every text among `facts` is escaped."""
    style, script = (STATIC / "site.css").read_text("utf-8"), (STATIC / "site.js").read_text("utf-8")
    allowed = policy(_hash_of(style), _hash_of(script)) if root is None else policy("'self'", "'self'")
    inlined = {"style": style, "script": script, "policy": allowed, "root": root}
    page = _environment().get_template(template).render(say=words, **inlined, **facts)
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", page)


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page that may have these styles and scripts, and nothing from anywhere else."""
    rules = {
        "default-src": "'none'",
        "style-src": style,
        "script-src": script,
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in rules.items())


def _hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
