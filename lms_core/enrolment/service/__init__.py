"""The use cases of enrolment. Other rooms and plugins come in by this door and by ``domain``."""

from lms_core.enrolment.service.applications import ApplicationService
from lms_core.enrolment.service.applying import ApplyingService
from lms_core.enrolment.service.attending import AttendingService
from lms_core.enrolment.service.cohorts import CohortService
from lms_core.enrolment.service.eligibility import Eligibility
from lms_core.enrolment.service.places import PlaceService
from lms_core.enrolment.service.reach import Whereabouts, cohort_scopes

__all__ = [
    "ApplicationService",
    "ApplyingService",
    "AttendingService",
    "CohortService",
    "Eligibility",
    "PlaceService",
    "Whereabouts",
    "cohort_scopes",
]
