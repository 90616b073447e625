"""The shape of a vendor's exams: read from a catalogue file, and what a mock exam takes over from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from cert_prep.hooks import DatedSpecification, ExamShape, ShapeFact, ShapeSection, Source
from lms_core.assessment.domain.specifications import Bound, ExamSection, ExamSpecification, Quota, counts_by_weight
from lms_core.foundation.text import Titles

FEWEST: Final = 10
"""A mock exam that is shorter has no shape any more."""


def shape_in(written: Mapping[str, Any]) -> ExamShape:
    """A shape as a catalogue file writes it."""
    plain = {name: written[name] for name in ("name", "items", "minutes", "pilots", "breaks", "comments")}
    return ExamShape(
        titles=Titles(**written["title"]),
        sections=tuple(_section(each) for each in written["sections"]),
        facts=tuple(_fact(each) for each in written["facts"]),
        agreement=Titles(**written["agreement"]),
        types=tuple((name, least, most) for name, least, most in written["types"]),
        **plain,
    )


def quotas(outline: DatedSpecification, items: int) -> tuple[Quota, ...]:
    """How many of ``items`` each domain gives: midpoints, scaled to the whole, largest remainders."""
    counts = counts_by_weight([(domain.weight_min, domain.weight_max) for domain in outline.domains], items)
    return tuple(
        Quota(domain.id, count, domain.titles, domain.weight_min, domain.weight_max)
        for domain, count in zip(outline.domains, counts, strict=True)
    )


def shaped(plain: ExamSpecification, shape: ExamShape, pilots: Sequence[UUID]) -> ExamSpecification:
    """A specification in the shape: its sections and rules, and the time in proportion where it has fewer items.

    Of ``pilots`` as many as the shape says are asked in every form, unscored.
    """
    step = max(1, len(pilots) // shape.pilots) if shape.pilots else 1
    tried = tuple(pilots[::step][: shape.pilots])
    return replace(
        plain,
        seconds=-(-shape.minutes * min(plain.total, shape.items) // shape.items) * 60,
        types=tuple(Bound(*each) for each in shape.types),
        sections=tuple(ExamSection(one.titles, one.returns, (), one.types, one.introduction) for one in shape.sections),
        agreement=shape.agreement,
        breaks=shape.breaks,
        comments=shape.comments,
        pilots=tried,
        required=tried,
    )


def most_items(outline: DatedSpecification, shape: ExamShape, domains: Collection[str]) -> int:
    """How many items of the shape can be asked where the banks hold ``domains``, one entry an item."""
    there = list(domains)
    for items in range(shape.items, FEWEST, -1):
        if all(there.count(quota.domain) >= quota.items for quota in quotas(outline, items)):
            return items
    return FEWEST


def sources(shape: ExamShape) -> Iterator[Source]:
    """Where its facts were read, each once."""
    yield from dict.fromkeys(fact.source for fact in shape.facts)


def _section(written: Mapping[str, Any]) -> ShapeSection:
    titles, introduction = Titles(**written["title"]), Titles(**written["introduction"])
    return ShapeSection(titles, introduction, tuple(written["types"]), written["returns"])


def _fact(written: Mapping[str, Any]) -> ShapeFact:
    checked_at = date.fromisoformat(written["checked_at"])
    return ShapeFact(Titles(**written["said"]), Source(**written["source"]), checked_at)
