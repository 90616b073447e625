"""The use cases of bigtech_campus."""

from bigtech_campus.service.agreements import AgreementService, CampusAgreements
from bigtech_campus.service.following import CohortTerms, FollowingService, ProgrammePart
from bigtech_campus.service.participation import ParticipationService
from bigtech_campus.service.programmes import curricula, programme_of, programmes, programmes_of_partner
from bigtech_campus.service.samples import plant
from bigtech_campus.service.terms import CampusProgramme, TermsService

__all__ = [
    "AgreementService",
    "CampusAgreements",
    "CampusProgramme",
    "CohortTerms",
    "FollowingService",
    "ParticipationService",
    "ProgrammePart",
    "TermsService",
    "curricula",
    "plant",
    "programme_of",
    "programmes",
    "programmes_of_partner",
]
