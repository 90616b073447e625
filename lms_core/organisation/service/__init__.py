"""The use cases of the organisation room. Other rooms and plugins come in by this door and by ``domain``."""

from lms_core.organisation.service.campuses import CampusService, campus_scopes, campuses_hosted_by
from lms_core.organisation.service.members import MemberListed, MemberService
from lms_core.organisation.service.organisations import OrganisationService, organisation_scopes

__all__ = [
    "CampusService",
    "MemberListed",
    "MemberService",
    "OrganisationService",
    "campus_scopes",
    "campuses_hosted_by",
    "organisation_scopes",
]
