"""Credentials for tests: made up, so that no vendor's news breaks a test."""

from dataclasses import replace
from datetime import date, timedelta

from cert_prep.hooks import Certification, DatedSpecification, Domain, RetakeLimits, RetakeRule, Source
from lms_core.foundation.policy import RuleVersion
from lms_core.foundation.text import Titles

CHECKED = date(2026, 3, 1)
FIRST_YEAR = RetakeLimits((timedelta(hours=24), timedelta(days=14)), 5, 12, "first")
ROLLING = RetakeLimits((timedelta(days=14), timedelta(days=60), timedelta(days=365)), 4, 24, "now")


def rule(limits: RetakeLimits, since: date = date(2026, 1, 1)) -> RetakeRule:
    """A retake rule with one version."""
    return RetakeRule("test.retake", (RuleVersion("1", since, limits),))


def specification(code: str = "XY-900", weights=((40, 45), (55, 60)), **more) -> DatedSpecification:
    """An outline with a domain for each of ``weights``."""
    domains = tuple(
        Domain(f"{code.lower()}.{number}", Titles(f"영역 {number}", f"Domain {number}"), least, most)
        for number, (least, most) in enumerate(weights, start=1)
    )
    plain = DatedSpecification("2026-02-01", "active", domains, CHECKED, (Source("Guide", "https://example.org/"),))
    return replace(plain, **more)


def certification(
    *versions: DatedSpecification, code: str = "XY-900", retake: RetakeRule | None = None
) -> Certification:
    """A credential with these versions, or one plain one."""
    titles = Titles("기초 자격증", "Fundamentals")
    return Certification("Vendor", code, titles, "fundamentals", versions or (specification(code),), retake)
