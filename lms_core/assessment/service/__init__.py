"""The use cases of assessment. Other rooms and plugins come in by this door and by ``domain``."""

from lms_core.assessment.service import payloads
from lms_core.assessment.service.attempts import AttemptService, Sitting, StartAttempt
from lms_core.assessment.service.banks import BankListed, BankService, ItemListed
from lms_core.assessment.service.deadlines import Accommodate, DeadlineService, Extend
from lms_core.assessment.service.exams import ExamListed, ExamService, QuotaCheck
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.assessment.service.items import ItemService, ItemShown
from lms_core.assessment.service.results import Report, ResultService
from lms_core.assessment.service.reviews import BulkOutcome, ReviewService
from lms_core.assessment.service.saves import SaveResponse, SaveService
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.tokens import SaveTokens, Speaker

__all__ = [
    "Accommodate",
    "AttemptService",
    "BankListed",
    "BankService",
    "BulkOutcome",
    "DeadlineService",
    "ExamListed",
    "ExamService",
    "Extend",
    "ImportReport",
    "ImportService",
    "ItemListed",
    "ItemService",
    "ItemShown",
    "QuotaCheck",
    "Report",
    "ResultService",
    "ReviewService",
    "SaveResponse",
    "SaveService",
    "SaveTokens",
    "Sitting",
    "Speaker",
    "StartAttempt",
    "SubmissionService",
    "payloads",
]
