"""A specification as plain JSON, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lms_core.assessment.domain.specifications.parts import NO_WORDS, Bound, ExamSection, Quota
from lms_core.foundation.text import Titles

if TYPE_CHECKING:
    from lms_core.assessment.domain.specifications.specification import ExamSpecification

_PLAIN = (
    "seconds",
    "attempts_allowed",
    "pass_percent",
    "shuffle_choices",
    "forms",
    "most_exposures",
    "overlap_percent",
    "breaks",
    "comments",
    "practice",
)
_IDS = ("bank_ids", "required", "excluded", "pilots")
_LISTS = (*_IDS, "languages")
_MOMENTS = ("opens_at", "closes_at")


def written(specification: "ExamSpecification") -> dict[str, Any]:
    """As plain JSON."""
    plain = {name: getattr(specification, name) for name in _PLAIN}
    moments = {name: moment.isoformat() if (moment := getattr(specification, name)) else None for name in _MOMENTS}
    quotas = [
        {
            "domain": quota.domain,
            "items": quota.items,
            "titles": {"ko": quota.titles.ko, "en": quota.titles.en},
            "percent": [quota.least_percent, quota.most_percent],
            "difficulties": _bounds_written(quota.difficulties),
        }
        for quota in specification.quotas
    ]
    lists = {name: [str(each) for each in getattr(specification, name)] for name in _LISTS}
    sections = [asdict(each) for each in specification.sections]
    shape = {"sections": sections, "agreement": asdict(specification.agreement)}
    return {**plain, **moments, **lists, **shape, "quotas": quotas, "types": _bounds_written(specification.types)}


def read(written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a specification; those that were not known when it was written are left out."""
    plain = {name: written[name] for name in _PLAIN if name in written}
    moments = {name: datetime.fromisoformat(written[name]) if written[name] else None for name in _MOMENTS}
    ids = {name: tuple(UUID(each) for each in written.get(name, ())) for name in _IDS}
    return {
        **plain,
        **moments,
        **ids,
        "quotas": tuple(_quota(each) for each in written["quotas"]),
        "languages": tuple(written["languages"]),
        "types": _bounds(written, "types"),
        "sections": tuple(_section(each) for each in written.get("sections", ())),
        "agreement": Titles(**written["agreement"]) if "agreement" in written else NO_WORDS,
    }


def _quota(written: Mapping[str, Any]) -> Quota:
    least, most = written["percent"]
    titles, mix = Titles(**written["titles"]), _bounds(written, "difficulties")
    return Quota(written["domain"], written["items"], titles, least, most, mix)


def _section(written: Mapping[str, Any]) -> ExamSection:
    domains, types = tuple(written["domains"]), tuple(written["types"])
    titles, introduction = Titles(**written["titles"]), Titles(**written["introduction"])
    return ExamSection(titles, written["returns"], domains, types, introduction)


def _bounds_written(bounds: Sequence[Bound]) -> list[list[Any]]:
    return [[bound.name, bound.least, bound.most] for bound in bounds]


def _bounds(written: Mapping[str, Any], name: str) -> tuple[Bound, ...]:
    return tuple(Bound(*each) for each in written.get(name, ()))
