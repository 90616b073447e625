"""Mock exams: what is asked for, and what speaks against making one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cert_prep.domain.catalogue import standing
from cert_prep.hooks import Certification, DatedSpecification, Domain
from lms_core.foundation.errors import Refusal, Refused
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import text

AUTHOR: Final = "assessment.author_exam"
ITEMS: Final = 40
MINUTES: Final = 45
MOST_ITEMS: Final = 120
MOST_MINUTES: Final = 240


class MockExamRefused(Refused):
    """No mock exam is made from this outline; ``reasons`` says why."""

    code = "mock-exam-refused"
    default = text("No mock exam can be made from this outline.")


@dataclass(frozen=True, slots=True)
class MakeMockExam:
    """Make a mock exam from a credential's outline, for those who learn at ``place``.

    ``bank`` is a bank's id, or the short name of one that ships; empty: the credential's own. ``shaped``: in the shape
    of the vendor's own exams, which tells the number of items and the minutes; ``shortened`` to what the banks hold.
    """

    certification: str
    items: int = ITEMS
    minutes: int = MINUTES
    bank: str = ""
    as_of: str = ""
    place: Scope = SITE
    shaped: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A domain's published range beside the number of items that a form draws from it."""

    domain: Domain
    items: int

    @property
    def percent(self) -> float:
        """The middle of the published range."""
        return (self.domain.weight_min + self.domain.weight_max) / 2


def reasons_against(
    certification: Certification, specification: DatedSpecification, today: date
) -> tuple[Refusal, ...]:
    """Why no new mock exam is made from this outline."""
    found: list[Refusal] = []
    if standing(specification, today).retired:
        found.append(_retired(certification, specification))
    if not specification.domains:
        reason = text("%(code)s has no published outline to draw an exam from.", code=certification.code)
        found.append(Refusal("no-outline", reason))
    return tuple(found)


def _retired(certification: Certification, specification: DatedSpecification) -> Refusal:
    if specification.successor:
        reason = text(
            "%(code)s was retired on %(day)s. Make the exam from its successor, %(successor)s.",
            code=certification.code,
            day=specification.retired_on,
            successor=specification.successor,
        )
    else:
        reason = text("%(code)s was retired, so no new mock exams are made from it.", code=certification.code)
    return Refusal("version-retired", reason)
