"""The use cases of progress. Plugins come in by this door and by ``domain``."""

from lms_core.progress.service.cohorts import CohortProgressService
from lms_core.progress.service.doing import ProgressService
from lms_core.progress.service.standing import StandingService
from lms_core.progress.service.syllabi import Syllabi

__all__ = ["CohortProgressService", "ProgressService", "StandingService", "Syllabi"]
