"""The use cases of university_outreach."""

from university_outreach.service.agreements import AgreementListed, AgreementService
from university_outreach.service.reading import VisitFound, VisitReader
from university_outreach.service.samples import SampleService
from university_outreach.service.visits import VisitService

__all__ = ["AgreementListed", "AgreementService", "SampleService", "VisitFound", "VisitReader", "VisitService"]
