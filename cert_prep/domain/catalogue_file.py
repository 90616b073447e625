"""Reads a catalogue file, as catalogue plugins ship it: ``lms-certifications/1``, JSON with facts and their sources."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from cert_prep.domain.shapes import shape_in
from cert_prep.hooks import (
    Certification,
    DatedSpecification,
    Domain,
    ExamShape,
    Objective,
    RetakeLimits,
    RetakeRule,
    Source,
)
from lms_core.foundation.policy import RuleVersion
from lms_core.foundation.text import Titles

FORMAT: Final = "lms-certifications/1"
_PLAIN = (
    "successor",
    "minutes",
    "seat_minutes",
    "questions_published",
    "scale",
    "pass_line",
    "korean",
    "validity_months",
    "fee_usd",
    "approximate",
    "confidence",
)


def certifications_in(written: Mapping[str, Any]) -> tuple[Certification, ...]:
    """The credentials in a catalogue file's JSON. Raises ValueError, KeyError or TypeError for another shape."""
    if written.get("format") != FORMAT:
        raise ValueError(f"a catalogue file says format {FORMAT}, not {written.get('format')!r}")
    rules = {rule["name"]: _rule(rule) for rule in written["retake_rules"]}
    shapes = {shape["name"]: shape_in(shape) for shape in written.get("shapes", ())}
    return tuple(_certification(each, rules, shapes) for each in written["certifications"])


def _rule(written: Mapping[str, Any]) -> RetakeRule:
    return RetakeRule(written["name"], tuple(_rule_version(each) for each in written["versions"]))


def _rule_version(written: Mapping[str, Any]) -> RuleVersion[RetakeLimits]:
    waits = tuple(timedelta(hours=hours) for hours in written["waits_hours"])
    limits = RetakeLimits(waits, written["attempts"], written["window_months"], written["window_from"])
    effective_from = date.fromisoformat(written["effective_from"])
    return RuleVersion(written["version"], effective_from, limits, written["source"])


def _certification(
    written: Mapping[str, Any], rules: Mapping[str, RetakeRule], shapes: Mapping[str, ExamShape]
) -> Certification:
    retake = rules[written["retake"]] if "retake" in written else None
    shape = shapes[written["shape"]] if "shape" in written else None
    versions = tuple(_version(each) for each in written["versions"])
    return Certification(
        written["vendor"], written["code"], Titles(**written["title"]), written["level"], versions, retake, shape
    )


def _version(written: Mapping[str, Any]) -> DatedSpecification:
    least, most = written.get("questions", (None, None))
    return DatedSpecification(
        as_of=written["as_of"],
        status=written["status"],
        domains=tuple(_domain(each) for each in written.get("domains", ())),
        checked_at=date.fromisoformat(written["checked_at"]),
        sources=tuple(Source(**each) for each in written["sources"]),
        retired_on=date.fromisoformat(written["retired_on"]) if "retired_on" in written else None,
        questions_min=least,
        questions_max=most,
        languages=tuple(written.get("languages", ())),
        formats=tuple(written.get("formats", ())),
        notes=tuple(Titles(**each) for each in written.get("notes", ())),
        **{name: written[name] for name in _PLAIN if name in written},
    )


def _domain(written: Mapping[str, Any]) -> Domain:
    least, most = written["weight"]
    objectives = tuple(
        Objective(each["id"], Titles(**each["title"]), tuple(each.get("topics", ())))
        for each in written.get("objectives", ())
    )
    return Domain(written["id"], Titles(**written["title"]), least, most, objectives)
