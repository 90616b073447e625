"""The use cases of cert_prep. Other plugins come in by this door, by ``domain`` and by ``hooks``."""

from cert_prep.service.banks import BankChoice, BankLoader
from cert_prep.service.catalogue import CatalogueReader, Listed
from cert_prep.service.mock_exams import MockExamService, shares
from cert_prep.service.practice import PracticeService
from cert_prep.service.preparedness import PreparednessService
from cert_prep.service.readiness import LAST, Readiness, ReadinessService, Weakest
from cert_prep.service.rules import RuleService
from cert_prep.service.samples import SamplePeople, SampleService
from cert_prep.service.tour import TourService
from cert_prep.service.withdrawn import WithdrawnService

__all__ = [
    "LAST",
    "BankChoice",
    "BankLoader",
    "CatalogueReader",
    "Listed",
    "MockExamService",
    "PracticeService",
    "PreparednessService",
    "Readiness",
    "ReadinessService",
    "RuleService",
    "SamplePeople",
    "SampleService",
    "TourService",
    "Weakest",
    "WithdrawnService",
    "shares",
]
