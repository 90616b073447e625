"""Where an exam belongs, with everything that place lies in."""

from uuid import UUID

from lms_core.assessment.domain.exams import Place
from lms_core.catalog.service import course_scopes
from lms_core.enrolment.service import cohort_scopes
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork
from lms_core.organisation.service import campus_scopes, organisation_scopes

RESOLVERS = {
    "cohort": cohort_scopes,
    "course": course_scopes,
    "campus": campus_scopes,
    "organisation": organisation_scopes,
}


def scopes_of_place(uow: UnitOfWork, place: Place) -> Scopes:
    """The scope set of ``place``. Raises Invalid, by field, for a place that does not exist."""
    found = EVERYWHERE
    for kind, resolve in RESOLVERS.items():
        identifier: UUID | None = getattr(place, f"{kind}_id")
        if identifier is None:
            continue
        there = resolve(uow, identifier)
        if there is None:
            raise Invalid(fields={f"{kind}_id": (text("There is no such place."),)})
        found |= there
    return found
