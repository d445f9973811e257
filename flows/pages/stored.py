"""An article of the database as the reader would hand it over, so that its page is that of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractors.facts import Article, Block, Evidence, Finding, Observation, Reading, Uncatalogued
from models.articles import LeftFigure, StandingArticle, StandingClaim


def reading_of(stored: StandingArticle) -> Reading:
    """The reading as far as it is stored. Of what an older program stored, blocks are lines, and no words are known
    that gave the slots."""
    place = {claim.row.key: at for at, claim in enumerate(stored.claims)}
    lines = (Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", stored.text))
    article = Article(
        text=stored.text,
        blocks=tuple(Block(*block) for block in stored.blocks) or tuple(lines),
        title=stored.title,
        published=stored.published,
        url=stored.url,
        author=stored.author,
        locality=stored.locality,
    )
    return Reading(
        article=article,
        locality=stored.locality,
        observations=tuple(_observation(claim, stored.evidence, place) for claim in stored.claims),
        uncatalogued=tuple(map(_left, stored.left)),
        findings=tuple(
            Finding(check, message, tuple(place[key] for key in keys if key in place))
            for check, message, keys in stored.findings
        ),
    )


def _observation(
    claim: StandingClaim, evidence: Mapping[str, Mapping[str, Any]], place: Mapping[str, int]
) -> Observation:
    row, gave = claim.row, evidence.get(claim.row.key, {})
    (start, end, quote), *further = claim.places or ((0, 0, ""),)
    return Observation(
        locality=row.locality,
        indicator=row.indicator,
        period=row.period,
        value=row.value_text if row.value is None else row.value,
        unit=row.unit,
        quote=quote,
        start=start,
        end=end,
        scope=row.scope,
        breakdown=tuple(json.loads(row.breakdown).items()) if row.breakdown else (),
        status=row.status,
        measure=row.measure,
        base=row.base or None,
        out_of=row.out_of,
        group=row.among,
        bound=row.bound,
        printed=row.printed,
        confidence=row.confidence,
        derived=row.derived,
        follows=tuple(place[key] for key in gave.get("follows", ()) if key in place),
        evidence=tuple(Evidence(*found) for found in gave.get("slots", ())),
        doubts=tuple(gave.get("doubts", ())),
        mentions=tuple((start, end) for start, end, _ in further),
    )


def _left(figure: LeftFigure) -> Uncatalogued:
    return Uncatalogued(
        text=figure.quote,
        value=Decimal(figure.value_text),
        unit=figure.unit,
        start=figure.char_start,
        end=figure.char_end,
        label=figure.label,
        why=figure.why,
        place=figure.place,
        candidates=tuple(figure.candidates.split()),
    )
