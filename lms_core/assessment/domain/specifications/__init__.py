"""What an exam asks for: how many items of each domain, how long, when, how often, in which languages."""

from lms_core.assessment.domain.specifications.parts import NO_WORDS, Bound, ExamSection, Quota
from lms_core.assessment.domain.specifications.problems import LONGEST, LONGEST_AGREEMENT, MOST_ITEMS, MOST_SECTIONS
from lms_core.assessment.domain.specifications.shares import counts_by_weight
from lms_core.assessment.domain.specifications.specification import LANGUAGES, MODES, ExamSpecification

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "LONGEST_AGREEMENT",
    "MODES",
    "MOST_ITEMS",
    "MOST_SECTIONS",
    "NO_WORDS",
    "Bound",
    "ExamSection",
    "ExamSpecification",
    "Quota",
    "counts_by_weight",
]
