"""An article of the database as the reader would hand it over, so that its page is that of a file."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from extractors.facts import Article, Block, Finding, Observation, Reading, Uncatalogued
from models.articles import LeftFigure, StandingArticle, StandingClaim


def reading_of(stored: StandingArticle) -> Reading:
    """The reading as far as it is stored: blocks are lines, and the words that gave the slots are not known."""
    place = {claim.row.key: at for at, claim in enumerate(stored.claims)}
    article = Article(
        text=stored.text,
        blocks=tuple(Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", stored.text)),
        title=stored.title,
        published=stored.published,
        url=stored.url,
        locality=stored.locality,
    )
    return Reading(
        article=article,
        locality=stored.locality,
        observations=tuple(map(_observation, stored.claims)),
        uncatalogued=tuple(map(_left, stored.left)),
        findings=tuple(
            Finding(check, message, tuple(place[key] for key in keys if key in place))
            for check, message, keys in stored.findings
        ),
    )


def _observation(claim: StandingClaim) -> Observation:
    row = claim.row
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
