"""The use cases of assessment. Other rooms and plugins come in by this door and by ``domain``."""

from lms_core.assessment.service import payloads
from lms_core.assessment.service.accommodations import AccommodationService
from lms_core.assessment.service.attempts import AttemptService
from lms_core.assessment.service.banks import BankListed, BankService, ItemListed
from lms_core.assessment.service.comments import Commenting, CommentService, wants_comments
from lms_core.assessment.service.deadlines import Accommodate, DeadlineService, Extend
from lms_core.assessment.service.exams import ExamListed, ExamService, QuotaCheck
from lms_core.assessment.service.exports import ExportBank, ExportReport, ExportService
from lms_core.assessment.service.gate import IntegrityGate
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.assessment.service.incidents import IncidentService
from lms_core.assessment.service.integrity import IntegrityService, SetIntegrity
from lms_core.assessment.service.items import ItemService, ItemShown
from lms_core.assessment.service.marking import AnswerShown, MarkingService
from lms_core.assessment.service.presence import PresenceService
from lms_core.assessment.service.proctoring import EventLogService, ProctorService
from lms_core.assessment.service.question_reports import QuestionReportService, ReportShown
from lms_core.assessment.service.regrades import ExamAsking, QuestionShown, RegradeService, RegradeShown
from lms_core.assessment.service.regrading import Regrader
from lms_core.assessment.service.results import Report, ResultService
from lms_core.assessment.service.revealing import RevealService
from lms_core.assessment.service.reviews import BulkOutcome, ReviewService
from lms_core.assessment.service.saves import SaveResponse, SaveService
from lms_core.assessment.service.sittings import Sitting, StartAttempt
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.suiting import SuitingService
from lms_core.assessment.service.takedowns import TakedownService
from lms_core.assessment.service.tokens import SaveTokens, Speaker
from lms_core.assessment.service.upkeep import UpkeepService
from lms_core.assessment.service.windows import WindowService

__all__ = [
    "Accommodate",
    "AccommodationService",
    "AnswerShown",
    "AttemptService",
    "BankListed",
    "BankService",
    "BulkOutcome",
    "CommentService",
    "Commenting",
    "DeadlineService",
    "EventLogService",
    "ExamAsking",
    "ExamListed",
    "ExamService",
    "ExportBank",
    "ExportReport",
    "ExportService",
    "Extend",
    "ImportReport",
    "ImportService",
    "IncidentService",
    "IntegrityGate",
    "IntegrityService",
    "ItemListed",
    "ItemService",
    "ItemShown",
    "MarkingService",
    "PresenceService",
    "ProctorService",
    "QuestionReportService",
    "QuestionShown",
    "QuotaCheck",
    "RegradeService",
    "RegradeShown",
    "Regrader",
    "Report",
    "ReportShown",
    "ResultService",
    "RevealService",
    "ReviewService",
    "SaveResponse",
    "SaveService",
    "SaveTokens",
    "SetIntegrity",
    "Sitting",
    "Speaker",
    "StartAttempt",
    "SubmissionService",
    "SuitingService",
    "TakedownService",
    "UpkeepService",
    "WindowService",
    "payloads",
    "wants_comments",
]
