"""The use cases of bigtech_campus."""

from bigtech_campus.service.agreements import AgreementService, CampusAgreements
from bigtech_campus.service.programmes import curricula, programme_of, programmes, programmes_of_partner
from bigtech_campus.service.samples import plant
from bigtech_campus.service.terms import CampusProgramme, TermsService

__all__ = [
    "AgreementService",
    "CampusAgreements",
    "CampusProgramme",
    "TermsService",
    "curricula",
    "plant",
    "programme_of",
    "programmes",
    "programmes_of_partner",
]
