"""The use cases of cert_prep. Other plugins come in by this door, by ``domain`` and by ``hooks``."""

from cert_prep.service.banks import BankChoice, BankLoader
from cert_prep.service.catalogue import CatalogueReader, Listed
from cert_prep.service.mock_exams import MockExamService, shares
from cert_prep.service.readiness import LAST, Readiness, ReadinessService, Weakest
from cert_prep.service.rules import RuleService
from cert_prep.service.samples import SampleService

__all__ = [
    "LAST",
    "BankChoice",
    "BankLoader",
    "CatalogueReader",
    "Listed",
    "MockExamService",
    "Readiness",
    "ReadinessService",
    "RuleService",
    "SampleService",
    "Weakest",
    "shares",
]
